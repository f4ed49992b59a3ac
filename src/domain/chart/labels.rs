//! Where labels stand beside the marks they belong to, so that none lies on another.
//!
//! Greedy, the most crowded mark first: each label takes the nearest free place around its mark.
//! Where one finds none, or only one whose line passes through another label, it goes first in
//! another round, as long as that makes it better. The same marks give the same places.

/// A rectangle; down is more.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Area {
    /// Its left edge.
    pub left: f64,
    /// Its upper edge.
    pub top: f64,
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
}

/// A label in its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedLabel {
    /// Where it stands.
    pub area: Area,
    /// How far its nearest edge is from the mark's.
    pub distance: f64,
}

/// From this distance on a line leads from the mark to its label.
pub const LEADER_FROM: f64 = 7.0;

/// The gap between a mark and its label, from near to far.
const RINGS: [f64; 14] =
    [2.0, 5.0, 9.0, 14.0, 20.0, 28.0, 38.0, 50.0, 65.0, 85.0, 110.0, 140.0, 180.0, 230.0];

/// Directions around a mark in the order they are liked, in sixteenths of a turn: right, left,
/// above, below, then between.
const DIRECTIONS: [u8; 16] = [0, 8, 12, 4, 14, 10, 2, 6, 15, 1, 9, 7, 13, 11, 3, 5];

/// Rounds in which labels that found no place go first.
const ROUNDS: usize = 6;

impl Area {
    /// Around a point.
    pub fn around((x, y): (f64, f64), width: f64, height: f64) -> Self {
        Self { left: x - width / 2.0, top: y - height / 2.0, width, height }
    }

    /// Its right edge.
    pub fn right(&self) -> f64 {
        self.left + self.width
    }

    /// Its lower edge.
    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// Its middle.
    pub fn middle(&self) -> (f64, f64) {
        (self.left + self.width / 2.0, self.top + self.height / 2.0)
    }

    /// True when the two have more than an edge in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right()
            && other.left < self.right()
            && self.top < other.bottom()
            && other.top < self.bottom()
    }

    /// True when another lies wholly in it.
    pub fn holds(&self, other: &Self) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }

    /// The point of it that is nearest to another point.
    pub fn nearest(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (x.clamp(self.left, self.right()), y.clamp(self.top, self.bottom()))
    }

    /// True when a line between two points passes through it: the part of the line that is within
    /// its sides (Liang & Barsky 1984) is not empty.
    fn is_crossed_by(&self, from: (f64, f64), to: (f64, f64)) -> bool {
        let (across, down) = (to.0 - from.0, to.1 - from.1);
        let sides = [
            (-across, from.0 - self.left),
            (across, self.right() - from.0),
            (-down, from.1 - self.top),
            (down, self.bottom() - from.1),
        ];
        let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
        for (way, room) in sides {
            if way < 0.0 {
                enters = enters.max(room / way);
            } else if way > 0.0 {
                leaves = leaves.min(room / way);
            } else if room <= 0.0 {
                return false;
            }
        }
        enters < leaves
    }
}

/// What has to be placed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Label {
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
    /// How far from its mark it may be.
    pub reach: f64,
}

/// A place for each label beside its mark; `None` where there is no room any more. Labels lie within
/// the frame, and neither on each other nor on a mark or obstacle.
pub fn place_labels(
    frame: &Area,
    marks: &[Area],
    obstacles: &[Area],
    labels: &[Label],
) -> Vec<Option<PlacedLabel>> {
    let mut order: Vec<usize> = (0..labels.len().min(marks.len())).collect();
    order.sort_by_key(|place| std::cmp::Reverse(crowd(marks, *place)));
    let placing = Placing { frame, marks, obstacles, labels };
    let mut best: Option<Round> = None;
    for _ in 0..ROUNDS {
        let round = placing.in_order(&order);
        if best.as_ref().is_some_and(|best| round.faults() >= best.faults()) {
            break;
        }
        let badly_placed = round.badly_placed();
        best = Some(round);
        if badly_placed.is_empty() {
            break;
        }
        order.retain(|place| !badly_placed.contains(place));
        order.splice(0..0, badly_placed);
    }
    best.map(|round| round.placed).unwrap_or_default()
}

/// What came of one order.
struct Round {
    placed: Vec<Option<PlacedLabel>>,
    /// Labels whose lines pass through others, by position.
    crossing: Vec<usize>,
}

impl Round {
    fn missing(&self) -> Vec<usize> {
        let labels = self.placed.iter().enumerate();
        labels.filter(|(_, label)| label.is_none()).map(|(place, _)| place).collect()
    }

    fn badly_placed(&self) -> Vec<usize> {
        self.missing().into_iter().chain(self.crossing.iter().copied()).collect()
    }

    /// Missing labels are worse than crossing ones.
    fn faults(&self) -> (usize, usize) {
        (self.missing().len(), self.crossing.len())
    }
}

/// How many marks are near one.
fn crowd(marks: &[Area], place: usize) -> usize {
    const NEAR: f64 = 70.0;
    let Some(own) = marks.get(place).map(Area::middle) else { return 0 };
    let is_near = |mark: &&Area| {
        let (x, y) = mark.middle();
        (x - own.0).abs() < NEAR && (y - own.1).abs() < NEAR / 2.0
    };
    marks.iter().filter(is_near).count()
}

struct Placing<'p> {
    frame: &'p Area,
    marks: &'p [Area],
    obstacles: &'p [Area],
    labels: &'p [Label],
}

impl Placing<'_> {
    fn in_order(&self, order: &[usize]) -> Round {
        let (mut placed, mut crossing) = (vec![None; order.len()], Vec::new());
        let mut taken: Vec<(Area, (f64, f64))> = Vec::new();
        for place in order {
            let (Some(mark), Some(label)) = (self.marks.get(*place), self.labels.get(*place))
            else {
                continue;
            };
            let Some((area, is_clear)) = self.free_place(mark, label, &taken) else { continue };
            if !is_clear {
                crossing.push(*place);
            }
            taken.push((area, mark.middle()));
            if let Some(own) = placed.get_mut(*place) {
                *own = Some(PlacedLabel { area, distance: distance(mark, &area) });
            }
        }
        Round { placed, crossing }
    }

    /// The first place around a mark that is free, and whether a line can lead to it without
    /// passing through a label; else the nearest one anywhere that is free.
    fn free_place(
        &self,
        mark: &Area,
        label: &Label,
        taken: &[(Area, (f64, f64))],
    ) -> Option<(Area, bool)> {
        let around = || {
            RINGS.iter().take_while(|ring| **ring <= label.reach).flat_map(|ring| {
                DIRECTIONS.iter().map(|direction| beside(mark, label, *ring, *direction))
            })
        };
        let is_free = |area: &Area| {
            self.frame.holds(area)
                && !self.marks.iter().chain(self.obstacles).any(|other| other.overlaps(area))
                && !taken.iter().any(|(other, _)| other.overlaps(area))
                && distance(mark, area) <= label.reach
        };
        let has_clear_way = |area: &Area| {
            let (from, to) = (mark.middle(), area.nearest(mark.middle()));
            distance(mark, area) < LEADER_FROM
                || !taken.iter().any(|(other, middle)| {
                    other.is_crossed_by(from, to)
                        || area.is_crossed_by(*middle, other.nearest(*middle))
                })
        };
        let clear = around().find(|area| is_free(area) && has_clear_way(area));
        let any = || around().find(is_free).or_else(|| self.nearest_anywhere(mark, label, is_free));
        clear.map(|area| (area, true)).or_else(|| any().map(|area| (area, false)))
    }

    fn nearest_anywhere(
        &self,
        mark: &Area,
        Label { width, height, reach }: &Label,
        is_free: impl Fn(&Area) -> bool,
    ) -> Option<Area> {
        const STEP: f64 = 5.0;
        // The rings go so far.
        if RINGS.last().is_some_and(|last| reach <= last) {
            return None;
        }
        let (width, height) = (*width, *height);
        let steps = |from: f64, to: f64| {
            std::iter::successors(Some(from), |at| Some(at + STEP)).take_while(move |at| *at <= to)
        };
        let frame = self.frame;
        let areas = steps(frame.top, frame.bottom() - height).flat_map(|top| {
            let across = steps(frame.left, frame.right() - width);
            across.map(move |left| Area { left, top, width, height })
        });
        let free = areas.filter(is_free);
        free.min_by(|one, other| distance(mark, one).total_cmp(&distance(mark, other)))
    }
}

/// A label beside a mark, in one of sixteen directions.
fn beside(mark: &Area, Label { width, height, .. }: &Label, gap: f64, direction: u8) -> Area {
    let angle = f64::from(direction) * std::f64::consts::TAU / 16.0;
    let (right, down) = (libm::cos(angle), libm::sin(angle));
    // As far as the edges of a square, so that edges touch and corners do, too.
    let longest = right.abs().max(down.abs());
    let (x, y) = mark.middle();
    let reach = |half_mark: f64, half_label: f64, way: f64| {
        (half_mark + half_label) * way / longest + gap * way
    };
    let middle = (
        x + reach(mark.width / 2.0, width / 2.0, right),
        y + reach(mark.height / 2.0, height / 2.0, down),
    );
    Area::around(middle, *width, *height)
}

/// How far a label is from a mark, from edge to edge.
fn distance(mark: &Area, label: &Area) -> f64 {
    let apart = |from: f64, to: f64, other_from: f64, other_to: f64| {
        (other_from - to).max(from - other_to).max(0.0)
    };
    let across = apart(mark.left, mark.right(), label.left, label.right());
    let down = apart(mark.top, mark.bottom(), label.top, label.bottom());
    libm::hypot(across, down)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FRAME: Area = Area { left: 0.0, top: 0.0, width: 700.0, height: 520.0 };

    fn marks(points: &[(f64, f64)]) -> Vec<Area> {
        points.iter().map(|point| Area::around(*point, 9.0, 9.0)).collect()
    }

    fn label(width: f64, height: f64) -> Label {
        Label { width, height, reach: f64::INFINITY }
    }

    fn assert_apart(marks: &[Area], placed: &[Option<PlacedLabel>]) {
        let labels: Vec<&PlacedLabel> = placed.iter().flatten().collect();
        for (at, label) in labels.iter().enumerate() {
            assert!(FRAME.holds(&label.area), "{label:?}");
            assert!(!labels[..at].iter().any(|other| other.area.overlaps(&label.area)));
            assert!(!marks.iter().any(|mark| mark.overlaps(&label.area)), "{label:?}");
        }
    }

    #[test]
    fn a_mark_alone_has_its_label_to_the_right() {
        let marks = marks(&[(100.0, 100.0)]);
        let [Some(label)] = place_labels(&FRAME, &marks, &[], &[label(60.0, 14.0)])[..] else {
            panic!()
        };
        assert!((label.area.left - 106.5).abs() < 1e-9 && label.distance < LEADER_FROM);
        let (_, middle) = label.area.middle();
        assert!((middle - 100.0).abs() < 1e-9);
    }

    #[test]
    fn at_the_right_edge_the_label_stands_on_the_left() {
        let marks = marks(&[(690.0, 100.0)]);
        let [Some(label)] = place_labels(&FRAME, &marks, &[], &[label(60.0, 14.0)])[..] else {
            panic!()
        };
        assert!(label.area.right() < 690.0);
    }

    #[test]
    fn thirty_six_marks_in_one_place_all_keep_a_label() {
        let marks = marks(&[(350.0, 260.0); 36]);
        let placed = place_labels(&FRAME, &marks, &[], &[label(26.0, 16.0); 36]);
        assert!(placed.iter().all(Option::is_some));
        assert_apart(&marks, &placed);
    }

    #[test]
    fn where_there_is_no_room_at_all_there_is_no_label() {
        let placed = place_labels(&FRAME, &marks(&[(5.0, 5.0)]), &[], &[label(900.0, 14.0)]);
        assert_eq!(placed, [None]);
        assert_eq!(place_labels(&FRAME, &[], &[], &[]), []);
        let obstacle = [FRAME];
        assert_eq!(
            place_labels(&FRAME, &marks(&[(5.0, 5.0)]), &obstacle, &[label(9.0, 9.0)]),
            [None]
        );
    }

    #[test]
    fn a_label_that_must_be_near_is_left_out_rather_than_put_far_away() {
        let marks = marks(&[(350.0, 260.0); 36]);
        let near = Label { reach: 20.0, ..label(80.0, 30.0) };
        let placed = place_labels(&FRAME, &marks, &[], &[near; 36]);
        assert!(placed.iter().flatten().all(|label| label.distance <= 20.0));
        assert!(placed.iter().any(Option::is_some) && placed.iter().any(Option::is_none));
    }

    #[test]
    fn a_line_crosses_what_it_passes_through_and_not_what_it_passes_by() {
        let area = Area { left: 10.0, top: 10.0, width: 20.0, height: 10.0 };
        assert!(area.is_crossed_by((0.0, 0.0), (40.0, 30.0)));
        assert!(area.is_crossed_by((20.0, 0.0), (20.0, 40.0)));
        assert!(!area.is_crossed_by((0.0, 0.0), (9.0, 40.0)));
        assert!(!area.is_crossed_by((0.0, 10.0), (40.0, 10.0)), "along an edge");
        assert!(!area.is_crossed_by((0.0, 0.0), (8.0, 8.0)), "too short");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn labels_never_lie_on_each_other_and_short_ones_always_find_a_place(
            points in prop::collection::vec((5.0..695.0, 5.0..515.0), 0..37), long in any::<bool>(),
        ) {
            let marks = marks(&points);
            let label = if long { label(120.0, 34.0) } else { label(26.0, 16.0) };
            let sizes = vec![label; marks.len()];
            let placed = place_labels(&FRAME, &marks, &[], &sizes);
            prop_assert_eq!(placed.len(), marks.len());
            prop_assert!(long || placed.iter().all(Option::is_some));
            assert_apart(&marks, &placed);
            prop_assert_eq!(placed, place_labels(&FRAME, &marks, &[], &sizes), "always the same");
        }
    }
}
