//! The table of groups by competencies as a drawing: every cell carries its number.

use super::letters::{wrapped, wrapped_within};
use super::{Chart, INK, LINE, QUIET_INK, Style, WHITE, block, line, px};
use crate::domain::chart::heat_table::{HeatCell, HeatOrder, HeatRow, HeatTable, HeatValue};
use crate::domain::form::{Competency, Form};
use crate::formats::export::group_name;
use crate::formats::svg::Shape;
use crate::text::Language;

/// A cell's ground: one colour that darkens, so that it does in grey, too; below zero another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shade {
    /// The style's class.
    pub class: &'static str,
    colour: &'static str,
    ink: &'static str,
}

const BELOW_ZERO: Shade = Shade { class: "heat-below", colour: "#d9e8f2", ink: INK };

const SHADES: [Shade; 6] = [
    Shade { class: "heat-0", colour: "#fdf7ec", ink: INK },
    Shade { class: "heat-1", colour: "#fae3bb", ink: INK },
    Shade { class: "heat-2", colour: "#f4c67f", ink: INK },
    Shade { class: "heat-3", colour: "#e39a52", ink: INK },
    Shade { class: "heat-4", colour: "#b4502a", ink: WHITE },
    Shade { class: "heat-5", colour: "#7d2a12", ink: WHITE },
];

/// From which number on each shade holds: the same for all groups and campaigns, so that charts
/// can be held side by side.
fn steps(value: HeatValue) -> [f64; 6] {
    match value {
        HeatValue::Gap | HeatValue::Shortfall => [0.0, 0.25, 0.5, 1.0, 1.5, 2.0],
        HeatValue::HighNeed => [0.0, 0.1, 0.2, 0.3, 0.45, 0.6],
    }
}

/// The shade of a number.
pub fn shade(value: HeatValue, number: f64) -> Shade {
    let shades = SHADES.into_iter().zip(steps(value)).rev();
    let mut reached = shades.filter(|(_, from)| number >= *from).map(|(shade, _)| shade);
    reached.next().unwrap_or(BELOW_ZERO)
}

/// What stands in a cell.
pub fn cell_text(value: HeatValue, cell: HeatCell, t: Language) -> String {
    match cell {
        HeatCell::Of(number, _) => number_text(value, number, t),
        HeatCell::Hidden => "~".to_owned(),
        HeatCell::Nobody => "–".to_owned(),
        HeatCell::NoLevel => "·".to_owned(),
    }
}

fn number_text(value: HeatValue, number: f64, t: Language) -> String {
    match value {
        HeatValue::Gap | HeatValue::Shortfall => t.number(number, 2),
        HeatValue::HighNeed => t.percent(&t.number(number * 100.0, 0)),
    }
}

const ROW_NAME: f64 = 290.0;
const COLUMN: f64 = 42.0;
const ROW: f64 = 34.0;
const HEADING: f64 = 206.0;
const DOMAIN: f64 = 34.0;

/// The drawing; `None` where there is no row.
pub fn draw(form: &Form, table: &HeatTable, t: Language) -> Option<Chart> {
    if table.rows.is_empty() {
        return None;
    }
    let columns: Vec<&Competency> =
        table.columns.iter().filter_map(|code| form.competency(code)).collect();
    let mut shapes = Vec::new();
    let mut top = 0.0;
    if table.order == HeatOrder::Form {
        shapes.extend(domains(form, &columns, t));
        top += DOMAIN;
    }
    for (competency, x) in columns.iter().zip(places(ROW_NAME, COLUMN)) {
        shapes.extend(column_name(competency, (x, top + HEADING), t));
    }
    top += HEADING + 6.0;
    for (row, y) in table.rows.iter().zip(places(top, ROW)) {
        shapes.extend(row_name(form, table, row, y, t));
        for (cell, x) in row.cells.iter().zip(places(ROW_NAME, COLUMN)) {
            shapes.extend(drawn_cell(table.value, *cell, (x, y), t));
        }
    }
    top += ROW * table.rows.len() as f64 + 14.0;
    let width = (ROW_NAME + COLUMN * columns.len() as f64).max(620.0);
    let (key, height) = key(table.value, (top, width), t);
    shapes.extend(key);
    Some(Chart { shapes, width, height: top + height })
}

/// Places one after the other.
fn places(from: f64, step: f64) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(from), move |at| Some(at + step))
}

/// The domains above their columns.
fn domains(form: &Form, columns: &[&Competency], t: Language) -> Vec<Shape> {
    let style = Style::PLAIN.sized(11.5).bold();
    let mut x = ROW_NAME;
    let mut shapes = Vec::new();
    for together in columns.chunk_by(|one, other| one.domain == other.domain) {
        let width = COLUMN * together.len() as f64;
        let name = together.first().map(|own| form.domain_label(&own.domain, t.code()));
        let lines = wrapped_within(&name.unwrap_or_default(), style.size, (width - 10.0) / 1.1, 2);
        let top = DOMAIN - 6.0 - style.size_of(&lines).1;
        shapes.extend(style.lines(&lines, (x + 3.0, top)));
        let rule =
            line("chart-line", QUIET_INK, (x + 2.0, DOMAIN - 3.0), (x + width - 4.0, DOMAIN - 3.0));
        shapes.push(rule.with("stroke-width", "1.4"));
        x += width;
    }
    shapes
}

/// A competency's name, from below upwards.
fn column_name(competency: &Competency, (x, bottom): (f64, f64), t: Language) -> Vec<Shape> {
    let style = Style::PLAIN.sized(11.0);
    let name = competency.label.get(t.code());
    let lines = wrapped_within(name, style.size, HEADING - 8.0, 3);
    let first = x + COLUMN / 2.0 - style.size_of(&lines).1 / 2.0 + style.size;
    let lines = lines.iter().zip(places(first, style.line_height()));
    let lines = lines.map(|(words, x)| {
        let turn = format!("rotate(-90 {} {})", px(x), px(bottom));
        style.text(words, (x, bottom)).with("transform", turn)
    });
    lines.collect()
}

fn row_name(form: &Form, table: &HeatTable, row: &HeatRow, y: f64, t: Language) -> Vec<Shape> {
    let style = Style::PLAIN.sized(12.5);
    let count = format!("n = {}", t.number(row.people as f64, 0));
    let name = group_name(form, table.grouping, &row.group, Some(t));
    let lines = wrapped_within(&name, style.size, ROW_NAME - 66.0, 2);
    let top = y + (ROW - style.size_of(&lines).1) / 2.0;
    let mut shapes = style.lines(&lines, (0.0, top));
    let quiet = Style::NOTE.sized(11.0).anchored("end");
    shapes.push(quiet.text(&count, (ROW_NAME - 8.0, y + ROW / 2.0 + 4.0)));
    shapes
}

fn drawn_cell(value: HeatValue, cell: HeatCell, (x, y): (f64, f64), t: Language) -> Vec<Shape> {
    let area = (x, y, COLUMN - 1.0, ROW - 1.0);
    let foot = (x + (COLUMN - 1.0) / 2.0, y + ROW / 2.0 + 3.5);
    let words = cell_text(value, cell, t);
    let style = Style::PLAIN.sized(11.5).anchored("middle");
    if let Some(shade) = cell.number().map(|number| shade(value, number)) {
        let style = Style { class: "heat-number", colour: shade.ink, ..style };
        return vec![block(shade.class, shade.colour, area), style.text(&words, foot)];
    }
    let empty = block("heat-empty", WHITE, area).with("stroke", LINE);
    let style = Style { class: "quiet", colour: QUIET_INK, ..style };
    vec![empty.with("stroke-width", "0.5"), style.text(&words, foot)]
}

/// Each shade with the numbers it stands for.
pub fn shades(value: HeatValue, t: Language) -> Vec<(Shade, String)> {
    let from = steps(value);
    let number = |at: usize| from.get(at).map(|from| number_text(value, *from, t));
    let below = (value == HeatValue::Gap).then(|| (BELOW_ZERO, t.heat_below_zero().to_owned()));
    let steps = SHADES.into_iter().enumerate().map(|(at, shade)| {
        let words = match (number(at), number(at + 1)) {
            (Some(low), Some(high)) => t.heat_from_to(&low, &high),
            (low, _) => t.heat_from(&low.unwrap_or_default()),
        };
        (shade, words)
    });
    below.into_iter().chain(steps).collect()
}

/// What the signs in empty cells mean, as far as the value can have them.
pub fn signs(value: HeatValue, t: Language) -> Vec<(&'static str, &'static str)> {
    let signs = [("~", t.heat_hidden()), ("–", t.heat_nobody()), ("·", t.heat_no_level())];
    let count = if value == HeatValue::Shortfall { 3 } else { 2 };
    signs.into_iter().take(count).collect()
}

fn key(value: HeatValue, (top, width): (f64, f64), t: Language) -> (Vec<Shape>, f64) {
    let style = Style::NOTE;
    let (mut x, mut y, mut shapes) = (0.0, top, Vec::new());
    for (shade, words) in shades(value, t) {
        let room = 26.0 + style.size_of(std::slice::from_ref(&words)).0 + 18.0;
        if x + room > width {
            (x, y) = (0.0, y + 22.0);
        }
        let swatch = block(shade.class, shade.colour, (x, y, 20.0, 14.0));
        shapes.push(swatch.with("stroke", LINE).with("stroke-width", "0.5"));
        shapes.push(style.text(&words, (x + 26.0, y + 11.5)));
        x += room;
    }
    y += 24.0;
    let signs = signs(value, t).into_iter().map(|(sign, meaning)| format!("{sign} {meaning}"));
    let lines = wrapped(&signs.collect::<Vec<_>>().join("; "), style.size, width);
    shapes.extend(style.lines(&lines, (0.0, y)));
    (shapes, y - top + style.size_of(&lines).1 + 6.0)
}
