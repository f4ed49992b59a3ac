//! The map of needs as a drawing.

use super::map_labels::{Labels, labelled};
use super::{
    Chart, FAINT, FIRST_FIELD, INK, JADE, LACQUER, LINE, Layout, QUIET_INK, Style, WHITE, block,
    letters, line, px,
};
use crate::domain::chart::labels::Area;
use crate::domain::chart::need_map::{Corner, MapView, NeedMap, Placed};
use crate::domain::form::Form;
use crate::domain::measure::interval::Interval;
use crate::formats::svg::Shape;
use crate::text::Language;

/// From the end of the line of balance to the end of its words.
const BALANCE_INSET: f64 = 14.0;

/// The half of a mark's width.
const MARK: f64 = 5.0;

/// The range of values along an axis, and where it lies in the drawing.
#[derive(Debug, Clone, Copy)]
struct Axis {
    low: f64,
    high: f64,
    /// The place of the low end.
    from: f64,
    /// The place of the high end.
    to: f64,
}

impl Axis {
    /// As wide as what is to be seen, and so that no field is too narrow for its name.
    fn around(
        values: impl Iterator<Item = f64>,
        line: f64,
        (low, high): (f64, f64),
        edge: f64,
    ) -> Self {
        let (mut from, mut to) =
            values.fold((line, line), |(from, to), value| (from.min(value), to.max(value)));
        let room = ((to - from) * edge).max(0.12);
        (from, to) = (from - room, to + room);
        for _ in 0..3 {
            let span = to - from;
            from = from.min(line - 0.2 * span);
            to = to.max(line + 0.2 * span);
        }
        Self { low: from.max(low), high: to.min(high), from: 0.0, to: 1.0 }
    }

    fn between(self, from: f64, to: f64) -> Self {
        Self { from, to, ..self }
    }

    fn place(&self, value: f64) -> f64 {
        let part = (value.clamp(self.low, self.high) - self.low) / (self.high - self.low);
        self.from + part * (self.to - self.from)
    }

    /// Round values along it.
    fn ticks(&self) -> Vec<f64> {
        let span = self.high - self.low;
        let step = if span <= 1.2 { 0.25 } else { 0.5 };
        let first = (self.low / step).ceil();
        std::iter::successors(Some(first), |tick| Some(tick + 1.0))
            .map(|tick| tick * step)
            .take_while(|tick| *tick <= self.high + 1e-9)
            .collect()
    }
}

/// What lies where.
struct Plane {
    layout: Layout,
    x: Axis,
    y: Axis,
    lines: (f64, f64),
    frame: Area,
}

impl Plane {
    fn of(
        layout: Layout,
        view: MapView,
        lines: (f64, f64),
        placed: &[Placed],
        with_intervals: bool,
    ) -> Self {
        let (width, height, left) = match layout {
            Layout::Wide => (1000.0, 640.0, 64.0),
            Layout::Narrow => (344.0, 380.0, 38.0),
        };
        let frame = Area { left, top: 6.0, width: width - left - 6.0, height: height - 58.0 };
        let ends = |interval: Option<Interval>| {
            let shown = interval.filter(|_| with_intervals);
            shown.into_iter().flat_map(|interval| [interval.low, interval.high])
        };
        let across = placed.iter().flat_map(|own| ends(own.x_interval).chain([own.x]));
        let up = placed.iter().flat_map(|own| ends(own.y_interval).chain([own.y]));
        let (x_scale, y_scale) = match view {
            MapView::Fields(_) => ((1.0, 5.0), (1.0, 5.0)),
            MapView::Focus => ((1.0, 5.0), (-4.0, 4.0)),
        };
        // What lies at the end of the scale keeps its mark within the frame.
        let wider = |(low, high): (f64, f64)| (low - 0.08, high + 0.08);
        // Room for the names in the corners.
        let edge = if layout == Layout::Wide { 0.08 } else { 0.14 };
        let x =
            Axis::around(across, lines.0, wider(x_scale), edge).between(frame.left, frame.right());
        let y = Axis::around(up, lines.1, wider(y_scale), edge).between(frame.bottom(), frame.top);
        Self { layout, x, y, lines, frame }
    }

    fn at(&self, x: f64, y: f64) -> (f64, f64) {
        (self.x.place(x), self.y.place(y))
    }

    fn middle(&self) -> (f64, f64) {
        self.at(self.lines.0, self.lines.1)
    }

    /// The line on which ability equals importance, where it is in sight.
    fn balance(&self, view: MapView) -> Option<((f64, f64), (f64, f64))> {
        let (from, to) = match view {
            MapView::Fields(_) => {
                let (low, high) = (self.x.low.max(self.y.low), self.x.high.min(self.y.high));
                ((low, low), (high, high))
            }
            MapView::Focus => ((self.x.low, 0.0), (self.x.high, 0.0)),
        };
        let is_seen = from.0 < to.0 && self.y.low <= from.1 && to.1 <= self.y.high;
        is_seen.then(|| (self.at(from.0, from.1), self.at(to.0, to.1)))
    }

    /// How wide the words along that line are, where they stand there.
    fn words_of_balance(&self, view: MapView, t: Language) -> Option<f64> {
        let (from, to) = self.balance(view)?;
        let width = letters::width_of(t.axis_balance(), self.small().size);
        let length = libm::hypot(to.0 - from.0, to.1 - from.1);
        (self.layout == Layout::Wide && length > width + 40.0).then_some(width)
    }

    fn small(&self) -> Style {
        Style::NOTE.sized(if self.layout == Layout::Wide { 12.5 } else { 11.0 })
    }
}

/// What is to be seen of a map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MapLook {
    /// Axes and lines.
    pub view: MapView,
    /// True where the intervals are drawn as crosses.
    pub with_intervals: bool,
}

/// The drawing; `None` where there is no point.
pub fn draw(
    form: &Form,
    map: &NeedMap,
    look: MapLook,
    layout: Layout,
    t: Language,
) -> Option<Chart> {
    let lines = map.lines(look.view)?;
    let placed = map.placed(look.view);
    let plane = Plane::of(layout, look.view, lines, &placed, look.with_intervals);
    let corners: Vec<(Style, Vec<String>, Area)> =
        Corner::ALL.into_iter().map(|corner| corner_name(&plane, look.view, corner, t)).collect();
    let names = corners.iter().map(|(_, _, area)| *area);
    let taken: Vec<Area> = names.chain(beside_balance(&plane, look.view, t)).collect();
    let marks: Vec<Area> = placed
        .iter()
        .map(|own| Area::around(plane.at(own.x, own.y), 2.0 * MARK + 1.0, 2.0 * MARK + 1.0))
        .collect();
    let mut shapes = background(&plane, look.view);
    shapes.extend(axes(&plane, look.view, t));
    shapes.extend(balance(&plane, look.view, t));
    for (style, lines, area) in &corners {
        shapes.extend(style.lines(lines, (area.left, area.top)));
    }
    if look.with_intervals {
        shapes.extend(placed.iter().flat_map(|own| cross(&plane, own)));
    }
    let Labels { shapes: labels, list, height } =
        labelled(form, &placed, look.view, layout, (&plane.frame, &marks, &taken), t);
    shapes.extend(labels);
    shapes.extend(placed.iter().map(|own| mark(plane.at(own.x, own.y), look.view, own)));
    let mut bottom = plane.frame.bottom() + 52.0;
    let (key, key_height) = key(&plane, look.view, bottom, t);
    shapes.extend(key);
    bottom += key_height;
    let list =
        Shape::new("g").with("transform", format!("translate(0 {})", px(bottom))).holding(list);
    shapes.push(list);
    let width = plane.frame.right() + 6.0;
    Some(Chart { shapes, width, height: bottom + height })
}

/// The name of a field in the words of the screen.
pub fn field_name(view: MapView, corner: Corner, t: Language) -> &'static str {
    match (view, corner) {
        (MapView::Fields(_), Corner::TopLeft) => t.field_concentrate(),
        (MapView::Fields(_), Corner::TopRight) => t.field_keep_up(),
        (MapView::Fields(_), Corner::BottomLeft) => t.field_low_priority(),
        (MapView::Fields(_), Corner::BottomRight) => t.field_overkill(),
        (MapView::Focus, Corner::TopRight) => t.focus_both(),
        (MapView::Focus, Corner::BottomRight) => t.focus_importance(),
        (MapView::Focus, Corner::TopLeft) => t.focus_gap(),
        (MapView::Focus, Corner::BottomLeft) => t.focus_neither(),
    }
}

/// The fields' ground and the lines between them.
fn background(plane: &Plane, view: MapView) -> Vec<Shape> {
    let Area { left, top, width, height } = plane.frame;
    let (x, y) = plane.middle();
    let first = match view.first() {
        Corner::TopLeft => (left, top, x - left, y - top),
        _ => (x, top, plane.frame.right() - x, y - top),
    };
    let mut shapes = vec![
        block("chart-ground", WHITE, (left, top, width, height)),
        block("chart-first", FIRST_FIELD, first),
    ];
    for tick in plane.x.ticks() {
        let at = plane.x.place(tick);
        shapes.push(line("chart-grid", FAINT, (at, top), (at, plane.frame.bottom())));
    }
    for tick in plane.y.ticks() {
        let at = plane.y.place(tick);
        shapes.push(line("chart-grid", FAINT, (left, at), (plane.frame.right(), at)));
    }
    let wide = |shape: Shape| shape.with("stroke-width", "1.6");
    shapes.push(wide(line("chart-line", QUIET_INK, (x, top), (x, plane.frame.bottom()))));
    shapes.push(wide(line("chart-line", QUIET_INK, (left, y), (plane.frame.right(), y))));
    let border = block("chart-border", "none", (left, top, width, height));
    shapes.push(border.with("stroke", LINE));
    shapes
}

/// Numbers along the edges, and what they are.
fn axes(plane: &Plane, view: MapView, t: Language) -> Vec<Shape> {
    let (across, up) = match view {
        MapView::Fields(_) => (t.axis_ability(), t.axis_importance()),
        MapView::Focus => (t.axis_importance(), t.axis_gap()),
    };
    let style = plane.small();
    let decimals = |axis: &Axis| if axis.high - axis.low <= 1.2 { 2 } else { 1 };
    let mut shapes = Vec::new();
    for tick in plane.x.ticks() {
        let number = t.number(tick, decimals(&plane.x));
        let foot = (plane.x.place(tick), plane.frame.bottom() + style.size + 4.0);
        shapes.push(style.anchored("middle").text(&number, foot));
    }
    for tick in plane.y.ticks() {
        let number = t.number(tick, decimals(&plane.y));
        let foot = (plane.frame.left - 5.0, plane.y.place(tick) + style.size * 0.35);
        shapes.push(style.anchored("end").text(&number, foot));
    }
    let (middle_x, middle_y) = plane.frame.middle();
    let bold = Style { class: "ink", colour: INK, ..style.bold().anchored("middle") };
    shapes.push(bold.text(across, (middle_x, plane.frame.bottom() + 2.0 * style.size + 12.0)));
    let x = style.size;
    let turned = bold.text(up, (x, middle_y));
    shapes.push(turned.with("transform", format!("rotate(-90 {} {})", px(x), px(middle_y))));
    shapes
}

/// Where importance and ability are the same, as far as it is in sight, with its words.
fn balance(plane: &Plane, view: MapView, t: Language) -> Vec<Shape> {
    let Some((from, to)) = plane.balance(view) else { return Vec::new() };
    let mut shapes = vec![dashed(from, to)];
    if plane.words_of_balance(view, t).is_some() {
        let style = Style { class: "label balance", colour: JADE, ..plane.small().anchored("end") };
        let angle = libm::atan2(to.1 - from.1, to.0 - from.0).to_degrees();
        let turn = format!("rotate({} {} {})", px(angle), px(to.0), px(to.1));
        let top = (to.0 - BALANCE_INSET, to.1 - 5.0 - style.line_height());
        let name = style.lines_on(WHITE, &[t.axis_balance().to_owned()], top);
        shapes.extend(name.into_iter().map(|name| name.with("transform", &turn)));
    }
    shapes
}

/// What the words along that line take up, in pieces, since they lean.
fn beside_balance(plane: &Plane, view: MapView, t: Language) -> Vec<Area> {
    const PIECE: f64 = 12.0;
    let Some((from, to)) = plane.balance(view) else { return Vec::new() };
    let Some(width) = plane.words_of_balance(view, t) else { return Vec::new() };
    let length = libm::hypot(to.0 - from.0, to.1 - from.1);
    let (right, down) = ((to.0 - from.0) / length, (to.1 - from.1) / length);
    let places = std::iter::successors(Some(BALANCE_INSET), |back| Some(back + PIECE));
    let pieces = places.take_while(|back| *back < BALANCE_INSET + width).map(|back| {
        // Above the line, which rises.
        let above = plane.small().size;
        let middle = (to.0 - right * back + down * above, to.1 - down * back - right * above);
        Area::around(middle, PIECE, PIECE)
    });
    pieces.collect()
}

fn dashed(from: (f64, f64), to: (f64, f64)) -> Shape {
    let dashed = line("chart-balance", JADE, from, to).with("stroke-width", "1.3");
    dashed.with("stroke-dasharray", "6 4")
}

fn corner_name(
    plane: &Plane,
    view: MapView,
    corner: Corner,
    t: Language,
) -> (Style, Vec<String>, Area) {
    const INSET: f64 = 7.0;
    let (size, room) = match plane.layout {
        Layout::Wide => (15.0, 220.0),
        Layout::Narrow => (11.5, 84.0),
    };
    let is_first = corner == view.first();
    let (class, colour) = if is_first { ("first", LACQUER) } else { ("quiet", QUIET_INK) };
    let style = Style { size, is_bold: true, class, colour, anchor: "start" };
    let lines = letters::wrapped(field_name(view, corner, t), size, room);
    let (width, height) = style.size_of(&lines);
    let frame = &plane.frame;
    let left = if corner.is_left() { frame.left + INSET } else { frame.right() - INSET - width };
    let top = if corner.is_top() { frame.top + INSET } else { frame.bottom() - INSET - height };
    (style, lines, Area { left, top, width, height })
}

fn cross(plane: &Plane, own: &Placed) -> Vec<Shape> {
    let (x, y) = plane.at(own.x, own.y);
    let across = own
        .x_interval
        .map(|interval| ((plane.x.place(interval.low), y), (plane.x.place(interval.high), y)));
    let up = own
        .y_interval
        .map(|interval| ((x, plane.y.place(interval.low)), (x, plane.y.place(interval.high))));
    let lines = [across, up].into_iter().flatten();
    lines
        .map(|(from, to)| line("chart-interval", QUIET_INK, from, to).with("opacity", "0.55"))
        .collect()
}

/// A diamond in the first field, a disc elsewhere; hollow where the field may be due to chance.
fn mark(at: (f64, f64), view: MapView, own: &Placed) -> Shape {
    mark_of(at, own.corner == view.first(), own.is_open)
}

fn mark_of((x, y): (f64, f64), is_first: bool, is_open: bool) -> Shape {
    let (colour, class) = match (is_first, is_open) {
        (true, false) => (LACQUER, "mark-first"),
        (true, true) => (LACQUER, "mark-first mark-open"),
        (false, false) => (INK, "mark"),
        (false, true) => (INK, "mark mark-open"),
    };
    let shape = if is_first {
        let reach = MARK * 1.25;
        let corners = [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)];
        let corners = corners.map(|(x, y)| format!("{},{}", px(x), px(y)));
        Shape::new("polygon").with("points", corners.join(" "))
    } else {
        Shape::new("circle").with("cx", px(x)).with("cy", px(y)).with("r", px(MARK * 0.9))
    };
    shape
        .with("class", class)
        .with("fill", if is_open { WHITE } else { colour })
        .with("stroke", colour)
        .with("stroke-width", "1.6")
}

/// What the marks mean, and how high that is.
fn key(plane: &Plane, view: MapView, top: f64, t: Language) -> (Vec<Shape>, f64) {
    let first = field_name(view, view.first(), t);
    let mut entries = vec![
        (Some((true, false)), first),
        (Some((false, false)), t.map_key_other()),
        (Some((false, true)), t.map_key_open()),
    ];
    // Where there is room, it is written along the line.
    if plane.layout == Layout::Narrow && plane.balance(view).is_some() {
        entries.push((None, t.axis_balance()));
    }
    let style = plane.small();
    let start = plane.frame.left.min(40.0) + MARK;
    let (mut x, mut y, mut bottom, mut shapes) = (start, top, top, Vec::new());
    for (own_mark, words) in entries {
        let lines = letters::wrapped(words, style.size, plane.frame.right() - start - 14.0);
        let (width, height) = style.size_of(&lines);
        if x > start && x + 14.0 + width > plane.frame.right() {
            (x, y) = (start, bottom + 4.0);
        }
        let middle = y + style.line_height() * 0.55;
        shapes.push(match own_mark {
            Some((is_first, is_open)) => mark_of((x, middle), is_first, is_open),
            None => dashed((x - MARK, middle), (x + MARK + 1.0, middle)),
        });
        shapes.extend(style.lines(&lines, (x + 11.0, y)));
        x += width + 36.0;
        bottom = bottom.max(y + height);
    }
    (shapes, bottom - top + 12.0)
}
