//! A gap as a bar from zero, with its interval as a line across the bar's end.
//!
//! Places along it are percent, so that it is as wide as its column; the attributes carry the
//! colours of a file on white, and on screen styles choose others by class.

use super::svg::Shape;
use crate::domain::measure::interval::Interval;

/// The numbers that the bars of one table have room for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    low: f64,
    high: f64,
}

impl Span {
    /// Room for zero, for one, and for all of these gaps with their intervals.
    pub fn of(gaps: impl IntoIterator<Item = (f64, Option<Interval>)>) -> Self {
        gaps.into_iter().fold(Self { low: 0.0, high: 1.0 }, |span, (gap, interval)| {
            let (low, high) = interval.map_or((gap, gap), |interval| (interval.low, interval.high));
            Self { low: span.low.min(low), high: span.high.max(high) }
        })
    }

    fn place(&self, value: f64) -> String {
        format!("{:.2}%", 1.0 + 98.0 * (value - self.low) / (self.high - self.low))
    }
}

/// The bar of one gap.
pub fn gap_bar(gap: f64, interval: Option<Interval>, span: &Span) -> Shape {
    let line = |class: &'static str, colour: &'static str, width: &str, from: f64, to: f64| {
        Shape::new("line")
            .with("class", class)
            .with("x1", span.place(from))
            .with("x2", span.place(to))
            .with("y1", "50%")
            .with("y2", "50%")
            .with("stroke", colour)
            .with("stroke-width", width)
    };
    let across = |class: &'static str, at: f64, from: &str, to: &str| {
        Shape::new("line")
            .with("class", class)
            .with("x1", span.place(at))
            .with("x2", span.place(at))
            .with("y1", from)
            .with("y2", to)
            .with("stroke", "#0b6b5c")
            .with("stroke-width", "0.12em")
    };
    let whiskers = interval
        .map(|interval| line("gap-interval", "#0b6b5c", "0.12em", interval.low, interval.high));
    Shape::new("svg")
        .with("class", "gap-bar")
        .with("width", "100%")
        .with("height", "1.5em")
        .with("aria-hidden", "true")
        .holding([line("gap-size", "#b9d9cb", "0.7em", 0.0, gap)])
        .holding([across("gap-zero", 0.0, "0%", "100%")])
        .holding([across("gap-end", gap, "25%", "75%")])
        .holding(whiskers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_below_zero_is_drawn_to_the_other_side() {
        let interval = Interval { low: -1.0, high: 0.0 };
        let span = Span::of([(-0.5, Some(interval)), (0.2, None)]);
        let bar = gap_bar(-0.5, Some(interval), &span).to_string();
        assert!(bar.contains("x1=\"50.00%\" x2=\"25.50%\""), "{bar}");
        assert!(bar.contains("class=\"gap-interval\" x1=\"1.00%\" x2=\"50.00%\""), "{bar}");
    }
}
