//! The drawing of a person's own picture: one track from 1 to 5 a competency.
//!
//! A track is as wide as it may be and grows with the size of text: places along it are percent,
//! all else is in units of the letter. The attributes carry the colours of a file on white; on
//! screen styles choose others by class. Shape and number tell marks apart, not colour alone.

use super::svg::{Shape, in_lines};
use crate::domain::form::Form;
use crate::domain::own_picture::{OwnPicture, Standing};
use crate::text::Language;

const INK: &str = "#1c211f";
const QUIET_INK: &str = "#56605b";
const LINE: &str = "#c9c3b5";
const JADE: &str = "#0b6b5c";
const JADE_SOFT: &str = "#b9d9cb";
const WHITE: &str = "#ffffff";

/// The height of the track's line below its top.
const MIDDLE: &str = "1.15em";

/// Where a level stands along a track.
fn place(level: u8) -> String {
    format!("{}%", 4 + 23 * u16::from(level.clamp(1, 5) - 1))
}

/// Where the person stands, the distance to what is wanted, and the marks of both. Screen readers
/// pass it over: the sentence beside it says the same.
pub fn track(own: &Standing, t: Language) -> Shape {
    let ability = own.ability.level;
    let importance = own.importance.map(|importance| importance.level);
    let wanted = importance.max(own.required).unwrap_or(ability);
    let mut track = band("3.25em", "100%")
        .holding([stroke("track-line", LINE, "0.25em", 1, 5)])
        .holding((1..=5).map(|level| dot("track-line", &place(level), "0.25em", LINE)));
    if wanted > ability {
        track = track.holding([stroke("track-way", JADE_SOFT, "0.55em", ability, wanted)]);
    }
    if let Some(required) = own.required {
        let word = text(INK, &t.own_mark_required_short(&required))
            .with("class", "track-required")
            .with("x", place(required))
            .with("y", "3.5em")
            .with("font-size", "0.875em")
            .with("text-anchor", "middle");
        track = track.holding([required_mark(&place(required)), word]);
    }
    if let Some(importance) = importance {
        // Around the mark of ability where both are the same.
        let (radius, number) =
            if importance == ability { ("1.05em", None) } else { ("0.75em", Some(importance)) };
        track = track.holding(importance_mark(&place(importance), radius, number));
    }
    track.holding(ability_mark(&place(ability), Some(ability)))
}

/// The marks with what they stand for, as far as the picture has them.
pub fn legend(picture: &OwnPicture, t: Language) -> Vec<(Shape, &'static str)> {
    let any = |has: fn(&Standing) -> bool| picture.standings().any(has);
    let mark = |shapes: Vec<Shape>| band("2.3em", "1.75em").holding(shapes);
    let mut legend = vec![(mark(ability_mark("50%", None)), t.own_mark_now())];
    if any(|own| own.importance.is_some()) {
        legend.push((mark(importance_mark("50%", "0.75em", None)), t.own_mark_importance()));
    }
    if any(|own| own.required.is_some()) {
        legend.push((mark(vec![required_mark("50%")]), t.own_mark_required()));
    }
    legend
}

fn band(height: &'static str, width: &'static str) -> Shape {
    Shape::new("svg")
        .with("class", "track")
        .with("width", width)
        .with("height", height)
        .with("overflow", "visible")
        .with("aria-hidden", "true")
}

fn stroke(class: &'static str, colour: &'static str, width: &str, from: u8, to: u8) -> Shape {
    Shape::new("line")
        .with("class", class)
        .with("x1", place(from))
        .with("x2", place(to))
        .with("y1", MIDDLE)
        .with("y2", MIDDLE)
        .with("stroke", colour)
        .with("stroke-width", width)
        .with("stroke-linecap", "round")
}

fn dot(class: &'static str, x: &str, radius: &str, colour: &'static str) -> Shape {
    Shape::new("circle")
        .with("class", class)
        .with("cx", x)
        .with("cy", MIDDLE)
        .with("r", radius)
        .with("fill", colour)
}

/// A full disc with its number.
fn ability_mark(x: &str, level: Option<u8>) -> Vec<Shape> {
    let disc = dot("track-ability", x, "0.75em", JADE);
    [disc].into_iter().chain(number("track-ability-number", WHITE, x, level)).collect()
}

/// A ring with its number.
fn importance_mark(x: &str, radius: &str, level: Option<u8>) -> Vec<Shape> {
    let ring = dot("track-importance", x, radius, WHITE)
        .with("stroke-width", "0.14em")
        .with("stroke", INK);
    [ring].into_iter().chain(number("track-importance-number", INK, x, level)).collect()
}

/// A bar across the line.
fn required_mark(x: &str) -> Shape {
    Shape::new("line")
        .with("class", "track-required-bar")
        .with("x1", x)
        .with("x2", x)
        .with("y1", "0.1em")
        .with("y2", "2.05em")
        .with("stroke", INK)
        .with("stroke-width", "0.22em")
}

fn number(class: &'static str, colour: &'static str, x: &str, level: Option<u8>) -> Option<Shape> {
    let number = text(colour, &level?.to_string())
        .with("class", class)
        .with("x", x)
        .with("y", MIDDLE)
        .with("font-weight", "700")
        .with("text-anchor", "middle")
        .with("dominant-baseline", "central");
    Some(number)
}

fn text(colour: &'static str, words: &str) -> Shape {
    Shape::new("text").with("fill", colour).saying(words)
}

/// The whole picture as a file of its own. Under its heading stands what it is `about`, line by line.
pub fn write(
    form: &Form,
    picture: &OwnPicture,
    about: &[String],
    t: Language,
    words: &str,
) -> String {
    let mut sheet = Sheet { y: MARGIN, shapes: Vec::new() };
    sheet.add_text(&TITLE, t.own_picture());
    for line in about {
        sheet.add_text(&QUIET, line);
    }
    sheet.y += 6;
    sheet.add_text(&QUIET, t.own_picture_lead());
    sheet.y += 12;
    for (mark, meaning) in legend(picture, t) {
        sheet.shapes.push(mark.with("x", MARGIN).with("y", sheet.y).with("font-size", 14));
        let line = text(INK, meaning).with("x", MARGIN + 36).with("y", sheet.y + 22);
        sheet.shapes.push(line.with("font-size", 16));
        sheet.y += 34;
    }
    if !picture.strengths.is_empty() {
        sheet.add_heading(t.own_strengths());
        for own in &picture.strengths {
            sheet.add_standing(own, None, &t.standing(form, own, words), t, words);
        }
    }
    sheet.add_heading(t.own_to_train());
    if picture.to_train.is_empty() {
        sheet.add_text(&PLAIN, t.own_nothing_to_train());
    } else {
        sheet.add_text(&QUIET, t.own_to_train_lead());
    }
    for (own, rank) in picture.to_train.iter().zip(1..) {
        sheet.add_standing(own, Some(rank), &t.standing(form, own, words), t, words);
    }
    sheet.finish(t.own_picture()).to_string()
}

const WIDTH: u32 = 720;
const MARGIN: u32 = 36;
const FONTS: &str = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

/// How a text stands on the sheet. Lines are as long as fits in the widest of the fonts.
struct Style {
    size: u32,
    weight: &'static str,
    colour: &'static str,
    letters: usize,
}

const TITLE: Style = Style { size: 30, weight: "700", colour: INK, letters: 33 };
const HEADING: Style = Style { size: 23, weight: "700", colour: JADE, letters: 45 };
const NAME: Style = Style { size: 20, weight: "700", colour: INK, letters: 52 };
const PLAIN: Style = Style { size: 17, weight: "400", colour: INK, letters: 70 };
const QUIET: Style = Style { size: 16, weight: "400", colour: QUIET_INK, letters: 73 };

/// A page that grows downwards.
struct Sheet {
    y: u32,
    shapes: Vec<Shape>,
}

impl Sheet {
    fn add_text(&mut self, style: &Style, words: &str) {
        for line in in_lines(words, style.letters) {
            self.y += style.size * 3 / 2;
            let line = text(style.colour, &line)
                .with("x", MARGIN)
                .with("y", self.y - style.size / 3)
                .with("font-size", style.size)
                .with("font-weight", style.weight);
            self.shapes.push(line);
        }
    }

    fn add_heading(&mut self, words: &str) {
        self.y += 24;
        self.add_text(&HEADING, words);
    }

    fn add_standing(
        &mut self,
        own: &Standing,
        rank: Option<usize>,
        sentence: &str,
        t: Language,
        words: &str,
    ) {
        self.y += 14;
        let name = own.competency.label.get(words);
        self.add_text(&NAME, &rank.map_or(name.to_owned(), |rank| format!("{rank}. {name}")));
        let track = track(own, t).with("x", MARGIN).with("y", self.y + 6).with("font-size", 18);
        // The width of the track is a part of what lies around it.
        let column =
            Shape::new("svg").with("width", WIDTH - 2 * MARGIN).with("overflow", "visible");
        self.shapes.push(column.holding([track]));
        self.y += 70;
        self.add_text(&PLAIN, sentence);
    }

    fn finish(self, title: &str) -> Shape {
        let height = self.y + MARGIN;
        let paper = Shape::new("rect").with("width", WIDTH).with("height", height);
        Shape::new("svg")
            .with("xmlns", "http://www.w3.org/2000/svg")
            .with("width", WIDTH)
            .with("height", height)
            .with("role", "img")
            .with("font-family", FONTS)
            .holding([Shape::new("title").saying(title), paper.with("fill", WHITE)])
            .holding(self.shapes)
    }
}
