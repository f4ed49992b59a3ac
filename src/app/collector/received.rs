//! Tallies of other desks, added to what this one counts itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Collector, Staged};
use crate::app::protocol::{FileReport, ReceivedTally, TallyTaken};
use crate::domain::dataset::Taken;
use crate::domain::filter::Filter;
use crate::domain::form::Form;
use crate::domain::grouping::{Grouping, Tallies};
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::rating_counts::RatingCounts;
use crate::domain::timestamp::Timestamp;
use crate::formats::tally_csv::{self, TallyFile};

/// A tally as it is kept: its file as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptTally {
    /// The desk that counted it.
    pub desk: String,
    /// The file's name.
    pub source: String,
    /// Its content.
    pub text: String,
}

/// A file's name, with the tally in it or why there is none.
pub(super) type StagedTally = (String, Result<(KeptTally, TallyFile), Problem>);

/// The tallies of other desks, by desk.
#[derive(Default)]
pub(super) struct Received(BTreeMap<String, OneTally>);

/// The tally of one desk.
struct OneTally {
    source: String,
    file: TallyFile,
    tallies: BTreeMap<Grouping, Tallies>,
}

impl OneTally {
    fn of(form: &Form, source: &str, file: TallyFile) -> Self {
        let competencies = form.competencies.len();
        let tallies = file.counts.iter().map(|(by, counts)| (*by, counts.tallies(competencies)));
        Self { source: source.to_owned(), tallies: tallies.collect(), file }
    }

    fn people(&self) -> u64 {
        let everybody = self.tallies.get(&Grouping::OVERALL);
        everybody.and_then(|all| all.groups().next()).map_or(0, |(_, group)| group.people)
    }
}

impl Received {
    /// Takes the newest tally of each desk.
    fn take(&mut self, form: &Form, source: &str, file: TallyFile) -> Taken {
        let there = self.0.get(&file.origin.desk).map(|there| there.file.origin.made);
        let taken = match there {
            None => Taken::New,
            Some(there) if there < file.origin.made => Taken::Newer,
            Some(there) if there == file.origin.made => Taken::AlreadyThere,
            Some(_) => Taken::Older,
        };
        if matches!(taken, Taken::New | Taken::Newer) {
            self.0.insert(file.origin.desk.clone(), OneTally::of(form, source, file));
        }
        taken
    }
}

impl Staged {
    /// Adds a file if it is a tally; says whether it is.
    pub fn add_if_tally(&mut self, form: &Form, name: &str, bytes: &[u8]) -> bool {
        let is_tally = tally_csv::is_tally_file(bytes);
        if is_tally {
            let read = tally_csv::read(form, bytes).map(|file| {
                let text = String::from_utf8_lossy(bytes).into_owned();
                (KeptTally { desk: file.origin.desk.clone(), source: name.to_owned(), text }, file)
            });
            self.tallies.push((name.to_owned(), read));
        }
        is_tally
    }
}

impl Collector {
    /// With the tallies that were kept.
    #[must_use]
    pub fn with_tallies(mut self, kept: &[KeptTally]) -> Self {
        for KeptTally { source, text, .. } in kept {
            // It was read before it was kept.
            if let Ok(file) = tally_csv::read(&self.form, text.as_bytes()) {
                self.received.take(&self.form, source, file);
            }
        }
        self
    }

    /// Takes the tallies of an import: a report each, and what has to be kept now.
    pub(super) fn take_tallies(
        &mut self,
        staged: Vec<StagedTally>,
    ) -> (Vec<FileReport>, Vec<KeptTally>) {
        let mut to_keep = Vec::new();
        let reports = staged.into_iter().map(|(name, read)| {
            let read = read.and_then(|(kept, file)| {
                let is_own = file.origin.desk == self.desk;
                if is_own { Err(Problem::of_file(ProblemKind::OwnTally)) } else { Ok((kept, file)) }
            });
            let mut report = FileReport { file: name.clone(), ..FileReport::default() };
            match read {
                Err(problem) => report.problems.push(problem),
                Ok((kept, file)) => {
                    let taken = self.received.take(&self.form, &name, file);
                    if matches!(taken, Taken::New | Taken::Newer) {
                        to_keep.push(kept.clone());
                    }
                    let people = self.received.0.get(&kept.desk).map_or(0, OneTally::people);
                    report.tally = Some(TallyTaken { people, taken });
                }
            }
            report
        });
        (reports.collect(), to_keep)
    }

    /// Leaves the tally of a desk out again.
    pub fn forget_tally(&mut self, desk: &str) {
        self.received.0.remove(desk);
        self.look_anew();
    }

    /// The tallies that came in.
    pub fn received(&self) -> Vec<ReceivedTally> {
        let told = |(desk, one): (&String, &OneTally)| ReceivedTally {
            desk: desk.clone(),
            source: one.source.clone(),
            made: one.file.origin.made,
            people: one.people(),
            hides: one.file.counts.values().any(|counts| counts.hidden().next().is_some()),
        };
        self.received.0.iter().map(told).collect()
    }

    /// The tallies that add to those of a grouping: none where responses are picked, since of
    /// other desks' tallies none can be.
    pub(super) fn received_of(
        &self,
        grouping: Grouping,
        filter: &Filter,
    ) -> impl Iterator<Item = &Tallies> {
        let all = self.received.0.values().filter(|_| filter.is_empty());
        all.filter_map(move |one| one.tallies.get(&grouping))
    }

    /// Everything that is counted here, for a desk above this one.
    pub(super) fn counts(&self, grouping: Grouping) -> RatingCounts {
        let (ratings, people) = self.rated(&Filter::default());
        let mut counts = ratings.counts(grouping, &self.clusters, &people);
        for one in self.received.0.values() {
            if let Some(received) = one.file.counts.get(&grouping) {
                counts.merge(received);
            }
        }
        counts
    }

    /// Where the tallies of this desk come from.
    pub(super) fn origin(&self, made: Timestamp) -> tally_csv::Origin {
        tally_csv::Origin { form: self.form.id.clone(), desk: self.desk.clone(), made }
    }
}
