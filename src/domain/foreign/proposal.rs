//! What each column probably says: by its heading, by the place among columns that are called the
//! same, by likeness to a label, and by what stands in it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::choice_words::{ChoiceWords, Part};
use super::heading::{likeness, plain, unnumbered, words_of};
use super::identity::id_heading;
use super::known_headings::KnownHeadings;
use super::moment::DayOrder;
use super::{Mapping, Meaning, value};
use crate::domain::form::Question;

/// How like a label a heading must be, of a hundred.
const LEAST_LIKENESS: u32 = 60;

/// The same where every cell is an answer to no other question.
const LEAST_WITH_VALUES: u32 = 30;

/// How a table is probably read. `samples` are some filled cells of each column.
pub fn proposed(known: &KnownHeadings<'_>, headings: &[String], samples: &[Vec<&str>]) -> Mapping {
    let mut columns: Vec<Meaning> = vec![Meaning::Nothing; headings.len()];
    let sure: Vec<Option<Meaning>> = headings.iter().map(|heading| known.sure(heading)).collect();
    let ids =
        headings.iter().enumerate().filter_map(|(at, heading)| Some((id_heading(heading)?, at)));
    // Of an id, that one which is filled.
    let best_id =
        ids.filter(|(_, at)| samples.get(*at).is_some_and(|cells| !cells.is_empty())).min();
    let mut taken = BTreeSet::new();
    for ((at, slot), meaning) in columns.iter_mut().enumerate().zip(sure) {
        let Some(meaning) = meaning else { continue };
        let is_best = meaning != Meaning::Id || best_id.is_some_and(|(_, best)| best == at);
        if is_best && taken.insert(meaning.clone()) {
            *slot = meaning;
        }
    }
    in_form_order(known, headings, &mut columns, &mut taken);
    by_likeness(known, headings, samples, &mut columns, &mut taken);
    // Where the whole answer stands in a column, those of its choices say it again.
    let whole: BTreeSet<String> = columns
        .iter()
        .filter_map(|column| match column {
            Meaning::Answer(key) => Some(key.clone()),
            _ => None,
        })
        .collect();
    for column in &mut columns {
        if matches!(column, Meaning::Choice(key, _) if whole.contains(key)) {
            *column = Meaning::Nothing;
        }
    }
    let days = DayOrder::shown_by(samples.iter().flatten().copied()).unwrap_or_default();
    Mapping { columns, words: BTreeMap::new(), days }
}

/// Columns that are called the same are the questions of that label in form order, where there
/// are as many of either.
fn in_form_order(
    known: &KnownHeadings<'_>,
    headings: &[String],
    columns: &mut [Meaning],
    taken: &mut BTreeSet<Meaning>,
) {
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, heading) in headings.iter().enumerate() {
        if columns.get(at) == Some(&Meaning::Nothing) {
            alike.entry(plain(heading)).or_default().push(at);
        }
    }
    for (heading, places) in alike {
        let keys = known.sharing(&heading);
        if keys.len() != places.len() {
            continue;
        }
        for (at, key) in places.into_iter().zip(keys) {
            let meaning = Meaning::Answer(key.to_owned());
            if let Some(slot) = columns.get_mut(at).filter(|_| taken.insert(meaning.clone())) {
                *slot = meaning;
            }
        }
    }
}

fn by_likeness(
    known: &KnownHeadings<'_>,
    headings: &[String],
    samples: &[Vec<&str>],
    columns: &mut [Meaning],
    taken: &mut BTreeSet<Meaning>,
) {
    let mut lists: HashMap<&str, ChoiceWords<'_>> = HashMap::new();
    let mut fits: Vec<(u32, usize, String)> = Vec::new();
    let open: Vec<usize> =
        (0..headings.len()).filter(|at| columns.get(*at) == Some(&Meaning::Nothing)).collect();
    if open.is_empty() {
        return;
    }
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for (_, question) in known.questions() {
        if let Some(list) = question.kind.list() {
            *uses.entry(list).or_default() += 1;
        }
    }
    let heading_words: Vec<String> = headings.iter().map(|heading| unnumbered(heading)).collect();
    for (key, question) in known.questions() {
        let meaning = Meaning::Answer(key.to_owned());
        if taken.contains(&meaning) || question.rating.is_some() || !question.kind.is_answered() {
            continue;
        }
        let labels: Vec<String> = question.label.all().map(plain).collect();
        for at in &open {
            let (Some(heading), Some(cells)) = (heading_words.get(*at), samples.get(*at)) else {
                continue;
            };
            let words = words_of(heading);
            let usual = KnownHeadings::usual_likeness(heading, question.role);
            let alike = labels.iter().map(|label| likeness(&words_of(label), &words));
            let alike = alike.chain([usual]).max();
            let Some(alike) = alike.filter(|alike| *alike >= LEAST_WITH_VALUES) else { continue };
            let list = question.kind.list();
            if let Some(list) = list {
                lists
                    .entry(list)
                    .or_insert_with(|| ChoiceWords::of(known.form(), list, question.role));
            }
            let words = list.and_then(|list| lists.get(list));
            let share = share_read(known, question, words, cells);
            let is_own = list.is_some_and(|list| uses.get(list) == Some(&1));
            let fits_values = share == Some(100) && is_own;
            if share.is_some_and(|share| share < 50) || (alike < LEAST_LIKENESS && !fits_values) {
                continue;
            }
            fits.push((alike + share.unwrap_or(0), *at, key.to_owned()));
        }
    }
    fits.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    for (fit, at, key) in &fits {
        // What fits two equally well is asked.
        let is_free = columns.get(*at) == Some(&Meaning::Nothing);
        let has_twin = fits.iter().any(|(other, there, of)| {
            other == fit && (there == at) != (of == key) && {
                let free = columns.get(*there) == Some(&Meaning::Nothing);
                free && !taken.contains(&Meaning::Answer(of.clone()))
            }
        });
        let meaning = Meaning::Answer(key.clone());
        if is_free && !has_twin && !taken.contains(&meaning) {
            taken.insert(meaning.clone());
            if let Some(slot) = columns.get_mut(*at) {
                *slot = meaning;
            }
        }
    }
}

/// How many of a hundred different cells are an answer; `None` where nothing can be said.
fn share_read(
    known: &KnownHeadings<'_>,
    question: &Question,
    words: Option<&ChoiceWords<'_>>,
    cells: &[&str],
) -> Option<u32> {
    let cells: BTreeSet<&str> = cells.iter().copied().collect();
    let is_read = |cell: &&&str| match words {
        Some(words) if question.kind.is_several() => {
            words.several(cell).iter().any(|part| matches!(part, Part::Choice(_)))
        }
        Some(words) => words.one(cell).is_some(),
        None => value::value(known.form(), question, cell, DayOrder::DayFirst).is_ok(),
    };
    let says_much = words.is_some() || value::is_narrow(&question.kind);
    if cells.is_empty() || !says_much {
        return None;
    }
    u32::try_from(cells.iter().filter(is_read).count() * 100 / cells.len()).ok()
}
