//! The names of the competencies on the map: beside their marks where there is room, else their
//! codes, with a list below that says what these stand for.

use super::letters::wrapped;
use super::need_map::field_name;
use super::{FIRST_FIELD, INK, JADE, LACQUER, Layout, QUIET_INK, Style, WHITE, line};
use crate::domain::chart::labels::{Area, LEADER_FROM, Label, PlacedLabel, place_labels};
use crate::domain::chart::need_map::{MapView, Placed};
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

/// The height of a field's name in the list.
const HEADING: f64 = 22.0;

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
        let wanted: Vec<Label> = lines
            .iter()
            .zip(placed)
            .map(|(lines, own)| {
                let (width, height) = room_for(style, lines);
                let reach = if is_named(own) { FAR } else { f64::INFINITY };
                Label { width, height, reach }
            })
            .collect();
        let labels = place_labels(frame, marks, obstacles, &wanted);
        if *named != Named::None && labels.iter().any(Option::is_none) {
            continue;
        }
        let shapes = labels.iter().zip(&lines).zip(marks.iter().zip(placed));
        let shapes = shapes.filter_map(|((label, lines), (mark, own))| {
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
    let (class, colour, ground) =
        if is_first { ("label first", LACQUER, FIRST_FIELD) } else { ("label ink", INK, WHITE) };
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
    shapes.extend(style.lines_on(ground, lines, (at, label.area.top + 1.0)));
    shapes
}

fn name<'f>(form: &'f Form, own: &Placed, t: Language) -> &'f str {
    let competency = form.competency(&own.point.competency);
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

/// What the codes stand for, field by field, in columns of about the same height.
fn list(
    form: &Form,
    listed: &[&Placed],
    view: MapView,
    (layout, width): (Layout, f64),
    t: Language,
) -> (Vec<Shape>, f64) {
    let columns = if layout == Layout::Wide { 3.0 } else { 1.0 };
    let style = Style::PLAIN.sized(12.0);
    let column_width = width / columns;
    let codes = listed.iter().map(|own| style.bold().size_of(&[code(form, own)]).0);
    let code_width = codes.fold(0.0, f64::max) + 8.0;
    let mut sorted = listed.to_vec();
    sorted.sort_by(|one, other| {
        let field = |own: &Placed| (own.corner != view.first(), own.corner);
        field(one).cmp(&field(other)).then(other.point.gap.total_cmp(&one.point.gap))
    });
    let entries: Vec<(&Placed, Vec<String>)> = sorted
        .into_iter()
        .map(|own| {
            let room = column_width - code_width - 16.0;
            (own, wrapped(name(form, own, t), style.size, room))
        })
        .collect();
    let height_of = |lines: &[String]| style.size_of(lines).1.max(style.line_height()) + 2.0;
    let all: f64 = entries.iter().map(|(_, lines)| height_of(lines)).sum();
    let each = (all + 4.0 * HEADING) / columns;
    let (mut shapes, mut x, mut y, mut tallest) = (Vec::new(), 0.0, 0.0_f64, 0.0_f64);
    let mut headed = None;
    for (own, lines) in entries {
        let height = height_of(&lines);
        if y + height / 2.0 > each && x + column_width * 1.5 < width {
            (x, y, headed) = (x + column_width, 0.0, None);
        }
        if headed.replace(own.corner) != Some(own.corner) {
            let (class, colour) =
                if own.corner == view.first() { ("first", LACQUER) } else { ("balance", JADE) };
            let heading = Style { class, colour, ..style.bold() };
            let foot = (x, y + style.size + 5.0);
            shapes.push(heading.text(field_name(view, own.corner, t), foot));
            y += HEADING;
        }
        shapes.extend(style.bold().lines(&[code(form, own)], (x, y)));
        shapes.extend(style.lines(&lines, (x + code_width, y)));
        y += height;
        tallest = tallest.max(y);
    }
    (shapes, tallest)
}
