//! Drawings of charts, for the screen, for paper and for files.
//!
//! The attributes carry the colours of a file on white; on screen styles choose others by class.
//! What a mark means is told by its shape, its place or a number, never by colour alone.

pub mod heatmap;
mod letters;
pub mod level_profile;
mod map_labels;
pub mod need_map;
pub mod twin;

use super::svg::Shape;
use letters::{width_of, wrapped};

const INK: &str = "#1c211f";
const QUIET_INK: &str = "#56605b";
const LINE: &str = "#c9c3b5";
const FAINT: &str = "#e9e5db";
const JADE: &str = "#0b6b5c";
const LACQUER: &str = "#a8321f";
const FIRST_FIELD: &str = "#fbeee9";
const WHITE: &str = "#ffffff";
const FONTS: &str = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

/// For which width a chart is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A laptop, paper, or a file.
    Wide,
    /// A phone held upright.
    Narrow,
}

/// What is written around a chart in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Caption {
    /// What it shows.
    pub title: String,
    /// Of which campaign and people, and how many.
    pub about: Vec<String>,
    /// How it is computed and read.
    pub method: Vec<String>,
}

/// A drawing without its caption.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    shapes: Vec<Shape>,
    width: f64,
    height: f64,
}

impl Chart {
    /// As an image within a page; `description` says in words what it shows.
    pub fn on_screen(&self, title: &str, description: &str) -> Shape {
        Shape::new("svg")
            .with("class", "chart")
            .with("viewBox", format!("0 0 {} {}", px(self.width), px(self.height)))
            .with("role", "img")
            .with("aria-label", format!("{title}. {description}"))
            .holding(self.shapes.clone())
    }

    /// As a file of its own.
    pub fn file(&self, caption: &Caption) -> String {
        const MARGIN: f64 = 28.0;
        let width = self.width.max(560.0);
        let mut shapes = vec![Shape::new("title").saying(caption.title.as_str())];
        let mut y = MARGIN;
        let write = |shapes: &mut Vec<Shape>, words: &str, style: Style, y: &mut f64| {
            for line in wrapped(words, style.size, width) {
                *y += style.size * 1.4;
                shapes.push(style.text(&line, (MARGIN, *y - style.size * 0.35)));
            }
        };
        let paper = shapes.len();
        write(&mut shapes, &caption.title, Style::TITLE, &mut y);
        for line in &caption.about {
            write(&mut shapes, line, Style::PLAIN, &mut y);
        }
        y += 14.0;
        let inner = Shape::new("g")
            .with("transform", format!("translate({} {})", px(MARGIN), px(y)))
            .holding(self.shapes.clone());
        shapes.push(inner);
        y += self.height + 8.0;
        for line in &caption.method {
            write(&mut shapes, line, Style::NOTE, &mut y);
        }
        let (width, height) = (px(width + 2.0 * MARGIN), px(y + MARGIN));
        let sheet = Shape::new("rect").with("width", &width).with("height", &height);
        shapes.insert(paper, sheet.with("fill", WHITE));
        Shape::new("svg")
            .with("xmlns", "http://www.w3.org/2000/svg")
            .with("width", &width)
            .with("height", &height)
            .with("viewBox", format!("0 0 {width} {height}"))
            .with("role", "img")
            .with("font-family", FONTS)
            .holding(shapes)
            .to_string()
    }
}

/// A length or place, as short as a drawing needs it.
fn px(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// How a text stands.
#[derive(Debug, Clone, Copy)]
struct Style {
    size: f64,
    is_bold: bool,
    class: &'static str,
    colour: &'static str,
    anchor: &'static str,
}

impl Style {
    const PLAIN: Self =
        Self { size: 14.0, is_bold: false, class: "ink", colour: INK, anchor: "start" };
    const TITLE: Self = Self { size: 24.0, is_bold: true, ..Self::PLAIN };
    const NOTE: Self = Self { size: 12.0, class: "quiet", colour: QUIET_INK, ..Self::PLAIN };

    fn sized(self, size: f64) -> Self {
        Self { size, ..self }
    }

    fn bold(self) -> Self {
        Self { is_bold: true, ..self }
    }

    fn anchored(self, anchor: &'static str) -> Self {
        Self { anchor, ..self }
    }

    /// One line with its foot at a place.
    fn text(self, words: &str, (x, y): (f64, f64)) -> Shape {
        let text = Shape::new("text")
            .with("class", self.class)
            .with("x", px(x))
            .with("y", px(y))
            .with("font-size", px(self.size))
            .with("fill", self.colour);
        let text = if self.is_bold { text.with("font-weight", "700") } else { text };
        let text =
            if self.anchor == "start" { text } else { text.with("text-anchor", self.anchor) };
        text.saying(words)
    }

    /// As [`Style::lines`], set off from what lies below by a rim in the colour of its ground.
    fn lines_on(self, ground: &'static str, lines: &[String], at: (f64, f64)) -> Vec<Shape> {
        let rimmed = |shape: Shape| {
            let shape = shape.with("stroke", ground).with("stroke-width", "3");
            shape.with("stroke-linejoin", "round").with("paint-order", "stroke")
        };
        self.lines(lines, at).into_iter().map(rimmed).collect()
    }

    /// Several lines, the first with its top at a place.
    fn lines(self, lines: &[String], (x, top): (f64, f64)) -> Vec<Shape> {
        let feet = (1..).map(|line| top + self.line_height() * f64::from(line) - self.size * 0.3);
        lines.iter().zip(feet).map(|(line, y)| self.text(line, (x, y))).collect()
    }

    fn line_height(self) -> f64 {
        self.size * 1.2
    }

    /// How wide the widest line is, and how high all are.
    fn size_of(self, lines: &[String]) -> (f64, f64) {
        let factor = if self.is_bold { 1.1 } else { 1.0 };
        let width = lines.iter().map(|line| width_of(line, self.size) * factor).fold(0.0, f64::max);
        (width, self.line_height() * lines.len() as f64)
    }
}

/// A straight line.
fn line(class: &'static str, colour: &'static str, from: (f64, f64), to: (f64, f64)) -> Shape {
    Shape::new("line")
        .with("class", class)
        .with("x1", px(from.0))
        .with("y1", px(from.1))
        .with("x2", px(to.0))
        .with("y2", px(to.1))
        .with("stroke", colour)
}

/// A filled rectangle.
fn block(class: &'static str, colour: &'static str, area: (f64, f64, f64, f64)) -> Shape {
    let (left, top, width, height) = area;
    Shape::new("rect")
        .with("class", class)
        .with("x", px(left))
        .with("y", px(top))
        .with("width", px(width))
        .with("height", px(height))
        .with("fill", colour)
}
