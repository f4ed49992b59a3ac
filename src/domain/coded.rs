//! The ratings of many responses as small numbers, so that they are counted anew for every filter
//! and grouping without reading an answer: a hundred thousand people in some milliseconds.

use std::collections::HashMap;

use indexmap::IndexMap;
use rows::counted::{Codes, Counter};

use super::clusters::Clusters;
use super::form::Form;
use super::grouping::{Facet, Group, GroupTallies, Grouping, Tallies};
use super::rating::{Rating, RatingReader};
use super::rating_counts::RatingCounts;
use super::response::Response;
use rows::answers::AnswerReader;

/// What responses rate and which groups they belong to. People are known by their positions among
/// the responses that it was made of.
#[derive(Debug, Clone, Default)]
pub struct CodedRatings {
    /// By the competency's position.
    codes: Codes,
    /// The facets that the form asks for, but clusters, which follow from units.
    facets: Vec<(Facet, Column)>,
}

/// The answers to one question.
#[derive(Debug, Clone, Default)]
struct Column {
    /// Every answer once.
    texts: Vec<String>,
    /// Of each person which of them.
    places: Vec<u32>,
}

/// Different texts, numbered.
#[derive(Default)]
struct Texts {
    all: Vec<String>,
    known: HashMap<String, u32>,
}

impl Texts {
    fn place(&mut self, text: &str) -> u32 {
        if let Some(place) = self.known.get(text) {
            return *place;
        }
        let place = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(text.to_owned());
        self.known.insert(text.to_owned(), place);
        place
    }
}

impl Column {
    fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut known = Texts::default();
        let places = texts.map(|text| known.place(text)).collect();
        Self { texts: known.all, places }
    }

    /// The same with another text in place of each.
    fn renamed<'t>(&'t self, name: impl Fn(&'t str) -> &'t str) -> Self {
        Self::of(self.places.iter().map(|place| name(self.text(*place))))
    }

    fn text(&self, place: u32) -> &str {
        usize::try_from(place).ok().and_then(|at| self.texts.get(at)).map_or("", String::as_str)
    }
}

impl CodedRatings {
    /// Of responses to this form.
    pub fn of<'r>(form: &Form, responses: impl IntoIterator<Item = &'r Response>) -> Self {
        let responses: Vec<&Response> = responses.into_iter().collect();
        let mut reader = RatingReader::of(form);
        let facets: Vec<Facet> =
            Facet::available(form).into_iter().filter(|facet| *facet != Facet::Cluster).collect();
        let question = |facet: &Facet| facet.question(form).map_or("", |asked| &asked.name);
        let mut texts: Vec<Texts> = facets.iter().map(|_| Texts::default()).collect();
        let mut places = vec![Vec::with_capacity(responses.len()); facets.len()];
        let asked = facets.iter().map(question).collect();
        let mut groups = AnswerReader::new(asked, |facet, answer: &str| {
            texts.get_mut(facet).map_or(0, |texts| texts.place(answer))
        });
        let mut codes = Codes::new(form.competencies.len());
        for response in &responses {
            codes.push(reader.codes(response));
            let own = groups.numbers(&response.answers);
            places.iter_mut().zip(own).for_each(|(places, place)| places.push(*place));
        }
        let columns = texts.into_iter().zip(places);
        let columns = columns.map(|(Texts { all, .. }, places)| Column { texts: all, places });
        let facets = facets.into_iter().zip(columns).collect();
        Self { codes, facets }
    }

    /// The positions of all people.
    pub fn everybody(&self) -> Vec<usize> {
        (0..self.codes.people()).collect()
    }

    /// The tallies of these people by a grouping.
    pub fn tallies(&self, by: Grouping, clusters: &Clusters, people: &[usize]) -> Tallies {
        let mut tallies = Vec::new();
        self.count(by, clusters, people, |group, own, counts| {
            let mut counted = GroupTallies::of_people(own as u64, self.codes.columns());
            for (at, rating, people) in counts {
                counted.add(at, rating, people);
            }
            tallies.push((group, counted));
        });
        tallies.into_iter().collect()
    }

    /// How many of these people gave each rating, by a grouping.
    pub fn counts(&self, by: Grouping, clusters: &Clusters, people: &[usize]) -> RatingCounts {
        let mut all = RatingCounts::default();
        self.count(by, clusters, people, |group, _, counts| {
            for (at, rating, people) in counts {
                all.add(group.clone(), at, rating, people);
            }
        });
        all
    }

    /// Tells of each group how many people are in it, and which of its competencies, by position,
    /// so many of them rate alike.
    fn count(
        &self,
        by: Grouping,
        clusters: &Clusters,
        people: &[usize],
        mut tell: impl FnMut(Group, usize, &mut dyn Iterator<Item = (usize, Rating, u64)>),
    ) {
        let mut counter = Counter::new(self.codes.columns(), Rating::CODES);
        for (group, people) in self.groups(by, clusters, people) {
            self.codes.count(&people, &mut counter);
            let told = counter.drain();
            let told = told.map(|(at, code, n)| (at, Rating::of_code(code), u64::from(n)));
            tell(group, people.len(), &mut { told });
        }
    }

    /// How many competencies there are.
    pub fn competencies(&self) -> usize {
        self.codes.columns()
    }

    /// What each of these people says of each competency, person by person, as a number.
    pub fn as_numbers(&self, people: &[usize], number: impl Fn(Rating) -> u64) -> Vec<u64> {
        let codes = (0..).take(Rating::CODES);
        let numbers: Vec<u64> = codes.map(|code| number(Rating::of_code(code))).collect();
        self.codes.looked_up(people, &numbers)
    }

    /// Those of these people who are in one group of a grouping.
    pub fn in_group(
        &self,
        by: Grouping,
        clusters: &Clusters,
        people: &[usize],
        group: &Group,
    ) -> Vec<usize> {
        let groups = self.groups(by, clusters, people);
        let own = groups.into_iter().find(|(own, _)| own == group);
        own.map_or_else(Vec::new, |(_, people)| people)
    }

    /// The people of each group.
    fn groups(
        &self,
        by: Grouping,
        clusters: &Clusters,
        people: &[usize],
    ) -> Vec<(Group, Vec<usize>)> {
        let facets: Vec<Column> = by.facets().map(|facet| self.column(facet, clusters)).collect();
        // A grouping has two facets at most.
        let mut groups: IndexMap<[u32; 2], Vec<usize>> = IndexMap::new();
        if facets.is_empty() {
            let everybody = (Group::default(), people.to_vec());
            return if people.is_empty() { Vec::new() } else { vec![everybody] };
        }
        for person in people {
            let mut key = [u32::MAX; 2];
            for (place, own) in key.iter_mut().zip(&facets) {
                *place = own.places.get(*person).copied().unwrap_or(u32::MAX);
            }
            groups.entry(key).or_default().push(*person);
        }
        let name = |key: [u32; 2]| {
            let texts = facets.iter().zip(key).map(|(own, place)| own.text(place).to_owned());
            Group(texts.collect())
        };
        groups.into_iter().map(|(key, people)| (name(key), people)).collect()
    }

    fn column(&self, facet: Facet, clusters: &Clusters) -> Column {
        let asked = if facet == Facet::Cluster { Facet::Unit } else { facet };
        let known = self.facets.iter().find(|(known, _)| *known == asked);
        let column = known.map(|(_, column)| column);
        match column {
            Some(column) if facet == Facet::Cluster => column.renamed(|unit| clusters.of(unit)),
            Some(column) => column.clone(),
            None => Column::of(std::iter::repeat_n("", self.codes.people())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::gazetteer::Gazetteer;
    use crate::domain::roster::Roster;
    use crate::formats::response_csv;
    use crate::forms::{self, units};
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use std::sync::LazyLock;

    static FORM: LazyLock<Form> = LazyLock::new(|| forms::needs().unwrap());
    static UNITS: LazyLock<Gazetteer> = LazyLock::new(units::gazetteer);

    /// What comes out where every answer is read for itself.
    fn counted_one_by_one<'r>(
        by: Grouping,
        clusters: &Clusters,
        people: impl Iterator<Item = &'r Response>,
    ) -> (Tallies, RatingCounts) {
        let mut groups: BTreeMap<Group, GroupTallies> = BTreeMap::new();
        let (mut counts, mut reader) = (RatingCounts::default(), RatingReader::of(&FORM));
        for response in people {
            let answers = by.facets().map(|facet| {
                let answer = response.answers.get(&facet.question(&FORM).unwrap().name);
                if facet == Facet::Cluster { clusters.of(answer) } else { answer }
            });
            let group = Group(answers.map(str::to_owned).collect());
            let counted = groups.entry(group.clone()).or_default();
            counted.people += 1;
            for (at, rating) in reader.ratings(response).enumerate() {
                counted.add(at, rating, 1);
                counts.add(group.clone(), at, rating, 1);
            }
        }
        (groups.into_iter().collect(), counts)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn people_are_counted_as_they_are_from_their_answers(
            rows in prop::collection::vec(
                (
                    prop::sample::select(vec!["bt", "ct_ubnd", ""]),
                    prop::sample::select(vec!["00004", "00008", "05443", ""]),
                    prop::sample::select(vec!["nam", "nu", ""]),
                    prop::sample::select(vec!["1", "4", "5", "na", ""]),
                    prop::sample::select(vec!["1", "2", "5", "na", ""]),
                    any::<bool>(),
                ),
                0..30,
            ),
        ) {
            let mut text =
                String::from("chuc_danh,don_vi,gioi_tinh,imp_A1,abl_A1,imp_D9,abl_D9,_form,_root\n");
            for (number, (post, unit, gender, one, other, _)) in rows.iter().enumerate() {
                let answers = [*post, unit, gender, one, other, other, one].join(",");
                text.extend([answers, format!(",nhu-cau,r{number}\n")]);
            }
            let read = response_csv::read(&FORM, "x.csv", text.as_bytes());
            let all: Vec<&Response> = read.responses.iter().collect();
            let clusters = Clusters::of_units(&Roster::default(), &UNITS);
            let coded = CodedRatings::of(&FORM, all.iter().copied());
            let admitted: Vec<usize> =
                (0..all.len()).filter(|at| rows.get(*at).is_some_and(|row| row.5)).collect();
            let some = || admitted.iter().map(|at| all[*at]);
            let mut groupings = Grouping::single(&FORM);
            groupings.push(Grouping::by_two(Facet::Post, Facet::Gender));
            for by in groupings {
                let (tallies, counts) = counted_one_by_one(by, &clusters, some());
                prop_assert_eq!(coded.tallies(by, &clusters, &admitted), tallies);
                prop_assert_eq!(coded.counts(by, &clusters, &admitted), counts);
            }
        }
    }
}
