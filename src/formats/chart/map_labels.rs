//! The names of the competencies on the map: beside their marks where there is room, else their
//! codes, with a list below that says what these stand for.

use super::letters::wrapped;
use super::need_map::field_name;
use super::{INK, JADE, LACQUER, Layout, QUIET_INK, Style, line};
use crate::domain::chart::labels::{Area, LEADER_FROM, PlacedLabel, place_labels};
use crate::domain::chart::need_map::{Corner, MapView, Placed};
use crate::domain::form::Form;
use crate::formats::svg::Shape;
use crate::text::Language;

/// Labels, and the list that is to stand below the map with its height.
pub(super) struct Labels {
    pub(super) shapes: Vec<Shape>,
    pub(super) list: Vec<Shape>,
    pub(super) height: f64,
}

/// Names may be so far from their marks; codes, of which there is no shorter form, anywhere.
const FAR: f64 = 75.0;

/// A longer code is no easier to find than a number.
const LONGEST_CODE: usize = 4;

/// Which competencies are written in full.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    All,
    First,
    None,
}

pub(super) fn labelled(
    form: &Form,
    placed: &[Placed],
    view: MapView,
    layout: Layout,
    (frame, marks, obstacles): (&Area, &[Area], &[Area]),
    t: Language,
) -> Labels {
    let attempts: &[Named] = match layout {
        Layout::Wide => &[Named::All, Named::First, Named::None],
        Layout::Narrow => &[Named::None],
    };
    let style = label_style(layout);
    for named in attempts {
        let is_named = |own: &Placed| match named {
            Named::All => true,
            Named::First => own.corner == view.first(),
            Named::None => false,
        };
        let lines: Vec<Vec<String>> = placed
            .iter()
            .map(|own| {
                if is_named(own) {
                    wrapped(name(form, own, t), style.size, 150.0)
                } else {
                    vec![code(form, own)]
                }
            })
            .collect();
        let sizes: Vec<(f64, f64)> = lines.iter().map(|lines| room_for(style, lines)).collect();
        let labels = place_labels(frame, marks, obstacles, &sizes);
        let fits = |(label, own): (&Option<PlacedLabel>, &Placed)| {
            label.is_some_and(|label| !is_named(own) || label.distance <= FAR)
        };
        if *named != Named::None && !labels.iter().zip(placed).all(fits) {
            continue;
        }
        let shapes = labels.iter().zip(&lines).zip(marks.iter().zip(placed));
        let shapes = shapes.flat_map(|((label, lines), (mark, own))| {
            label.map(|label| drawn(style, &label, lines, mark, own.corner == view.first()))
        });
        let shapes = shapes.flatten().collect();
        let listed: Vec<&Placed> = placed.iter().filter(|own| !is_named(own)).collect();
        let (list, height) = list(form, &listed, view, (layout, frame.right() + 6.0), t);
        return Labels { shapes, list, height };
    }
    Labels { shapes: Vec::new(), list: Vec::new(), height: 0.0 }
}

fn label_style(layout: Layout) -> Style {
    Style::PLAIN.sized(if layout == Layout::Wide { 12.0 } else { 11.0 })
}

/// A little more than the letters.
fn room_for(style: Style, lines: &[String]) -> (f64, f64) {
    let (width, height) = style.size_of(lines);
    (width + 3.0, height + 2.0)
}

fn drawn(
    style: Style,
    label: &PlacedLabel,
    lines: &[String],
    mark: &Area,
    is_first: bool,
) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let (class, colour) = if is_first { ("first", LACQUER) } else { ("ink", INK) };
    if label.distance >= LEADER_FROM {
        let (from, to) = (mark.middle(), label.area.nearest(mark.middle()));
        let leader = line("chart-leader", QUIET_INK, from, to);
        shapes.push(leader.with("stroke-width", "0.8").with("opacity", "0.7"));
    }
    // Lines lean towards their mark.
    let (x, _) = mark.middle();
    let (anchor, at) = if label.area.right() <= x {
        ("end", label.area.right() - 1.5)
    } else if label.area.left >= x {
        ("start", label.area.left + 1.5)
    } else {
        ("middle", label.area.middle().0)
    };
    let style = Style { class, colour, ..style.anchored(anchor) };
    shapes.extend(style.lines(lines, (at, label.area.top + 1.0)));
    shapes
}

fn name<'f>(form: &'f Form, own: &Placed, t: Language) -> &'f str {
    let competency = form.competencies.iter().find(|c| c.code == own.point.competency);
    competency.map_or("", |competency| competency.label.get(t.code()))
}

/// The competency's code, or its number in the form where codes are long.
fn code(form: &Form, own: &Placed) -> String {
    let is_long = |code: &str| code.chars().count() > LONGEST_CODE;
    if form.competencies.iter().any(|competency| is_long(&competency.code)) {
        let place = form.competency_position(&own.point.competency).unwrap_or(0);
        return (place + 1).to_string();
    }
    own.point.competency.clone()
}

/// What the codes stand for, field by field.
fn list(
    form: &Form,
    listed: &[&Placed],
    view: MapView,
    (layout, width): (Layout, f64),
    t: Language,
) -> (Vec<Shape>, f64) {
    let columns = if layout == Layout::Wide { 3 } else { 1 };
    let style = Style::PLAIN.sized(12.0);
    let column_width = width / f64::from(columns);
    let code_width =
        listed.iter().map(|own| style.bold().size_of(&[code(form, own)]).0).fold(0.0, f64::max)
            + 8.0;
    let mut blocks: Vec<(Vec<Shape>, f64)> = Vec::new();
    let mut fields = Corner::ALL;
    fields.sort_by_key(|corner| *corner != view.first());
    for corner in fields {
        let mut own: Vec<&&Placed> = listed.iter().filter(|own| own.corner == corner).collect();
        own.sort_by(|one, other| other.point.gap.total_cmp(&one.point.gap));
        for (at, entry) in own.into_iter().enumerate() {
            let mut shapes = Vec::new();
            let mut y = 0.0;
            if at == 0 {
                let (class, colour) =
                    if corner == view.first() { ("first", LACQUER) } else { ("balance", JADE) };
                let heading = Style { class, colour, ..style.bold() };
                shapes.push(heading.text(field_name(view, corner, t), (0.0, style.size + 6.0)));
                y = style.size + 12.0;
            }
            let room = column_width - code_width - 16.0;
            let lines = wrapped(name(form, entry, t), style.size, room);
            shapes.extend(style.bold().lines(&[code(form, entry)], (0.0, y)));
            shapes.extend(style.lines(&lines, (code_width, y)));
            blocks.push((shapes, y + style.size_of(&lines).1.max(style.line_height()) + 2.0));
        }
    }
    in_columns(blocks, columns, column_width)
}

/// Blocks one below the other, in columns of about the same height.
fn in_columns(blocks: Vec<(Vec<Shape>, f64)>, columns: u32, width: f64) -> (Vec<Shape>, f64) {
    let all: f64 = blocks.iter().map(|(_, height)| height).sum();
    let each = all / f64::from(columns);
    let (mut shapes, mut column, mut y, mut tallest) = (Vec::new(), 0.0, 0.0_f64, 0.0_f64);
    for (block, height) in blocks {
        if y + height / 2.0 > each && column + 1.0 < f64::from(columns) {
            column += 1.0;
            y = 0.0;
        }
        let place = format!("translate({} {})", super::px(column * width), super::px(y));
        shapes.push(Shape::new("g").with("transform", place).holding(block));
        y += height;
        tallest = tallest.max(y);
    }
    (shapes, tallest)
}
