//! How those who need a course are put into classes.
//!
//! They are told apart by place, level and family of posts, as far as the settings say. A group
//! below the floor goes with the next family of its place and level, then with the other level of
//! its place, then with the next place. What a group has is dealt out to its classes in turn, unit
//! by unit, so that sizes differ by one at most and a unit's people sit in different classes.

use std::collections::{BTreeMap, BTreeSet};

use super::cluster::Clusters;
use super::learner::Learners;
use super::need::{Band, Needing};
use super::{Class, ClassWishes, Course, PlanSettings, Seat, Split, TooFew};

/// What tells groups apart, in the order in which they stand: cluster, level, family.
type Key = (usize, Option<Band>, Option<usize>);

/// People who learn together.
#[derive(Default)]
struct Group {
    keys: Vec<Key>,
    people: Vec<Needing>,
}

impl Group {
    fn absorb(&mut self, other: Self) {
        self.keys.extend(other.keys);
        self.people.extend(other.people);
    }

    fn count(&self) -> u64 {
        self.people.len() as u64
    }
}

/// The classes of a course, without weeks.
pub(super) fn divide(
    settings: &PlanSettings,
    course: &Course,
    learners: &Learners<'_>,
    clusters: &Clusters,
    needing: &[Needing],
) -> Vec<Class> {
    let mut groups: BTreeMap<Key, Group> = BTreeMap::new();
    for one in needing {
        let Some(own) = learners.get(one.person) else { continue };
        let by = |split| settings.splits(split);
        let cluster = if by(Split::Place) { clusters.of(own.unit) } else { 0 };
        let family = by(Split::Family).then_some(own.family);
        let key = (cluster, by(Split::Level).then(|| one.shortfall.band()), family);
        let group =
            groups.entry(key).or_insert_with(|| Group { keys: vec![key], people: Vec::new() });
        group.people.push(*one);
    }
    let groups: Vec<Group> = groups.into_values().collect();
    let (rooms, online) = match settings.too_few {
        TooFew::Merge => (merged(settings, groups), Vec::new()),
        TooFew::Online => {
            let (few, enough): (Vec<Group>, Vec<Group>) =
                groups.into_iter().partition(|g| settings.bounds.is_below_floor(g.count()));
            let together = few.into_iter().reduce(|mut together, group| {
                together.absorb(group);
                together
            });
            (enough, together.into_iter().collect())
        }
    };
    let groups = rooms.into_iter().map(|group| (group, false));
    let groups = groups.chain(online.into_iter().map(|group| (group, true)));
    let mut classes = Vec::new();
    for (group, is_online) in groups {
        deal(settings, course, learners, group, is_online, &mut classes);
    }
    for (number, class) in (1..).zip(&mut classes) {
        class.number = number;
    }
    classes
}

/// Groups below the floor go with others, nearest first.
fn merged(settings: &PlanSettings, groups: Vec<Group>) -> Vec<Group> {
    let first = |group: &Group| group.keys.first().copied();
    let by_level = |group: &Group| first(group).map(|(cluster, band, _)| (cluster, band));
    let by_cluster = |group: &Group| first(group).map(|(cluster, ..)| cluster);
    let groups = merged_within(settings, groups, by_level);
    let groups = merged_within(settings, groups, by_cluster);
    merged_within(settings, groups, |_| ())
}

fn merged_within<W: PartialEq>(
    settings: &PlanSettings,
    groups: Vec<Group>,
    within: impl Fn(&Group) -> W,
) -> Vec<Group> {
    let mut runs: Vec<(W, Vec<Group>)> = Vec::new();
    for group in groups {
        let own = within(&group);
        match runs.last_mut() {
            Some((known, run)) if *known == own => run.push(group),
            _ => runs.push((own, vec![group])),
        }
    }
    let mut all = Vec::new();
    for (_, run) in runs {
        let sizes: Vec<u64> = run.iter().map(Group::count).collect();
        let mut run: Vec<Option<Group>> = run.into_iter().map(Some).collect();
        for together in settings.bounds.merged(&sizes) {
            let groups = together.into_iter().filter_map(|at| run.get_mut(at)?.take());
            let group = groups.reduce(|mut together, group| {
                together.absorb(group);
                together
            });
            all.extend(group);
        }
    }
    all
}

/// Deals a group out to its classes.
fn deal(
    settings: &PlanSettings,
    course: &Course,
    learners: &Learners<'_>,
    mut group: Group,
    is_online: bool,
    classes: &mut Vec<Class>,
) {
    group.people.sort_by_key(|one| learners.sort_key(one.person));
    let count = settings.bounds.sizes(group.count()).len();
    let mut hands: Vec<Vec<Seat>> = vec![Vec::new(); count];
    for (turn, one) in group.people.iter().enumerate() {
        if let Some(hand) = hands.get_mut(turn.checked_rem(count).unwrap_or(0)) {
            let shortfall = one.shortfall.mean();
            hand.push(Seat { person: one.person, shortfall, is_moved: false });
        }
    }
    let by = |split| settings.splits(split);
    let families: BTreeSet<usize> =
        group.keys.iter().filter_map(|(_, _, family)| *family).collect();
    let families = families.into_iter().filter_map(|at| learners.families.get(at).cloned());
    let families: Vec<String> = families.collect();
    let bands: BTreeSet<Band> = group.keys.iter().filter_map(|(_, band, _)| *band).collect();
    let places: BTreeSet<usize> = group.keys.iter().map(|(cluster, ..)| *cluster).collect();
    for seats in hands {
        classes.push(Class {
            number: 0,
            families: families.clone(),
            bands: bands.iter().copied().collect(),
            clusters: places.iter().copied().filter(|_| by(Split::Place)).collect(),
            is_online,
            week: None,
            weeks: course.weeks(),
            is_week_moved: false,
            people: seats.len(),
            seats,
            wishes: ClassWishes::default(),
            cost: None,
            gap: 0.0,
        });
    }
}
