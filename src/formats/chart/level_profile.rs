//! How a group or a person stands to the required levels, as a drawing: a track from 1 to 5 a
//! competency.

use super::letters::wrapped;
use super::{Chart, FAINT, INK, JADE, LINE, Layout, QUIET_INK, Style, WHITE, line, px};
use crate::domain::chart::level_profile::{LevelProfile, ProfileRow};
use crate::domain::form::{Competency, Form};
use crate::formats::svg::Shape;
use crate::text::Language;

const SHORTFALL: &str = "#e0a06a";

/// Where things stand from left to right.
struct Columns {
    layout: Layout,
    width: f64,
    track: (f64, f64),
}

impl Columns {
    fn of(layout: Layout) -> Self {
        match layout {
            Layout::Wide => Self { layout, width: 900.0, track: (360.0, 740.0) },
            Layout::Narrow => Self { layout, width: 344.0, track: (14.0, 230.0) },
        }
    }

    fn place(&self, level: f64) -> f64 {
        let (from, to) = self.track;
        from + (level.clamp(1.0, 5.0) - 1.0) / 4.0 * (to - from)
    }

    fn name_width(&self) -> f64 {
        if self.layout == Layout::Wide { self.track.0 - 34.0 } else { self.width }
    }
}

/// The drawing; `None` where there is no row.
pub fn draw(form: &Form, profile: &LevelProfile, layout: Layout, t: Language) -> Option<Chart> {
    if profile.rows.is_empty() {
        return None;
    }
    let columns = Columns::of(layout);
    let (mut shapes, mut y) = key(profile, &columns, t);
    let mut domain: Option<&str> = None;
    for row in &profile.rows {
        let Some(competency) = form.competency(&row.competency) else {
            continue;
        };
        if domain != Some(&competency.domain) {
            domain = Some(&competency.domain);
            let (heading, below) = heading(form, competency, &columns, y, t);
            shapes.extend(heading);
            y = below;
        }
        let (drawn, below) = drawn_row(profile, row, competency, &columns, y, t);
        shapes.extend(drawn);
        y = below;
    }
    Some(Chart { shapes, width: columns.width, height: y + 4.0 })
}

/// The domain's name, and the numbers of the scale above its tracks.
fn heading(
    form: &Form,
    competency: &Competency,
    columns: &Columns,
    y: f64,
    t: Language,
) -> (Vec<Shape>, f64) {
    let style = Style { class: "balance", colour: JADE, ..Style::PLAIN.sized(13.0).bold() };
    let name = form.domain_label(&competency.domain, t.code());
    let lines = wrapped(&name, style.size, columns.name_width());
    let mut shapes = style.lines(&lines, (0.0, y + 12.0));
    let below = y + 14.0 + style.size_of(&lines).1;
    let foot = match columns.layout {
        Layout::Wide => below - 3.0,
        Layout::Narrow => below + 13.0,
    };
    let small = Style::NOTE.sized(11.0).anchored("middle");
    for level in 1..=5u8 {
        shapes.push(small.text(&level.to_string(), (columns.place(level.into()), foot)));
    }
    let rule = foot + 4.0;
    shapes.push(line("chart-grid", LINE, (0.0, rule), (columns.width, rule)));
    (shapes, rule + 2.0)
}

fn drawn_row(
    profile: &LevelProfile,
    row: &ProfileRow,
    competency: &Competency,
    columns: &Columns,
    y: f64,
    t: Language,
) -> (Vec<Shape>, f64) {
    let style = Style::PLAIN.sized(if columns.layout == Layout::Wide { 13.0 } else { 12.5 });
    let lines = wrapped(competency.label.get(t.code()), style.size, columns.name_width());
    let (_, name_height) = style.size_of(&lines);
    let (height, middle, name_top) = match columns.layout {
        Layout::Wide => {
            let height = (name_height + 8.0).max(30.0);
            (height, y + height / 2.0, y + (height - name_height) / 2.0)
        }
        Layout::Narrow => (name_height + 34.0, y + name_height + 18.0, y + 4.0),
    };
    let mut shapes = style.lines(&lines, (0.0, name_top));
    for level in 1..=5u8 {
        let x = columns.place(level.into());
        shapes.push(line("chart-grid", FAINT, (x, middle - 11.0), (x, middle + 11.0)));
    }
    let ends = (columns.place(1.0), columns.place(5.0));
    shapes.push(line("chart-grid", LINE, (ends.0, middle), (ends.1, middle)));
    if let (Some(ability), Some(required)) = (row.ability, row.required)
        && ability < required
    {
        let (from, to) = ((columns.place(ability), middle), (columns.place(required), middle));
        let way = line("profile-way", SHORTFALL, from, to);
        shapes.push(way.with("stroke-width", "6"));
    }
    shapes.extend(row.importance.map(|level| importance_mark((columns.place(level), middle))));
    shapes.extend(row.required.map(|level| required_mark((columns.place(level), middle))));
    shapes.extend(row.ability.map(|level| ability_mark((columns.place(level), middle))));
    let words = in_words(profile, row, t);
    let note = Style::NOTE.sized(if columns.layout == Layout::Wide { 12.0 } else { 11.0 });
    let is_short = row.shortfall.is_some_and(|missing| missing > 0.0);
    let style = if is_short { Style { class: "ink", colour: INK, ..note } } else { note };
    shapes.push(style.text(&words, (columns.track.1 + 18.0, middle + 4.0)));
    let rule = y + height;
    shapes.push(line("chart-grid", FAINT, (0.0, rule), (columns.width, rule)));
    (shapes, rule)
}

/// What stands at the end of a track: how many are below, or of one person how far.
fn in_words(profile: &LevelProfile, row: &ProfileRow, t: Language) -> String {
    match (profile.people, row.shortfall, row.below) {
        (Some(1), Some(missing), _) if missing > 0.0 => t.profile_missing(&t.number(missing, 0)),
        (Some(1), Some(_), _) => t.profile_enough().to_owned(),
        (_, _, Some(below)) => t.profile_below(&t.percent(&t.number(below * 100.0, 0))),
        (_, None, _) if profile.has_levels() => t.profile_no_level().to_owned(),
        _ => String::new(),
    }
}

/// A full disc.
fn ability_mark((x, y): (f64, f64)) -> Shape {
    Shape::new("circle")
        .with("class", "profile-ability")
        .with("cx", px(x))
        .with("cy", px(y))
        .with("r", "6")
        .with("fill", JADE)
}

/// A ring around where the disc may be.
fn importance_mark((x, y): (f64, f64)) -> Shape {
    Shape::new("circle")
        .with("class", "profile-importance")
        .with("cx", px(x))
        .with("cy", px(y))
        .with("r", "8.5")
        .with("fill", WHITE)
        .with("stroke", QUIET_INK)
        .with("stroke-width", "1.6")
}

/// A bar across the line.
fn required_mark((x, y): (f64, f64)) -> Shape {
    let bar = line("profile-required", INK, (x, y - 11.0), (x, y + 11.0));
    bar.with("stroke-width", "3.2")
}

/// What the marks stand for, as far as the profile has them.
fn key(profile: &LevelProfile, columns: &Columns, t: Language) -> (Vec<Shape>, f64) {
    let is_person = profile.people == Some(1);
    let mut entries: Vec<(Vec<Shape>, &'static str)> = Vec::new();
    let middle = |y: f64| (9.0, y);
    let style = Style::PLAIN.sized(12.5);
    let ability = if is_person { t.profile_key_own_ability() } else { t.profile_key_ability() };
    entries.push((vec![ability_mark(middle(0.0))], ability));
    if profile.has_levels() {
        entries.push((vec![required_mark(middle(0.0))], t.profile_key_required()));
        let way = line("profile-way", SHORTFALL, (0.0, 0.0), (18.0, 0.0));
        entries.push((vec![way.with("stroke-width", "6")], t.profile_key_way()));
    }
    entries.push((vec![importance_mark(middle(0.0))], t.profile_key_importance()));
    let (mut x, mut y, mut shapes) = (0.0, 12.0, Vec::new());
    for (mark, words) in entries {
        let lines = wrapped(words, style.size, columns.width - 26.0);
        let (width, height) = style.size_of(&lines);
        if x > 0.0 && x + 26.0 + width > columns.width {
            (x, y) = (0.0, y + 26.0);
        }
        let place = format!("translate({} {})", px(x), px(y));
        shapes.push(Shape::new("g").with("transform", place).holding(mark));
        shapes.extend(style.lines(&lines, (x + 26.0, y - style.line_height() / 2.0)));
        x += 26.0 + width + 24.0;
        if lines.len() > 1 {
            (x, y) = (0.0, y + height + 8.0);
        }
    }
    (shapes, y + 16.0)
}
