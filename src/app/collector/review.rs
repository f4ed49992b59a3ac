//! What a trainer looks through and changes before anything is computed: who is missing, who
//! answered twice, whose answers are not to be trusted.

use super::Collector;
use crate::domain::changes::{ChangeFault, ChangeLog, Effective, Entry};
use crate::domain::coverage::{Coverage, Day, received_by_day};
use crate::domain::grouping::{Grouping, Tallies};
use crate::domain::needs::{Needs, needs};
use crate::domain::profile::{CrossTable, Standard, StandardsTable, against_standards, cross};
use crate::domain::quality::{Check, Flag, Limits, flags, without_flagged};
use crate::domain::roster::Roster;
use crate::domain::same_person::{Suspicion, suspicions};

impl Collector {
    /// With the changes that were kept.
    #[must_use]
    pub fn with_log(mut self, log: ChangeLog) -> Self {
        self.log = log;
        self
    }

    /// What was changed.
    pub fn log(&self) -> &ChangeLog {
        &self.log
    }

    /// Changes something; the log has to be kept then.
    ///
    /// # Errors
    /// When that change cannot be made.
    pub fn change(&mut self, entry: Entry) -> Result<(), ChangeFault> {
        self.log.add(&self.form, &self.dataset, entry)
    }

    /// Takes over the changes of another desk.
    pub fn merge_log(&mut self, other: &ChangeLog) {
        self.log.merge(other);
    }

    /// The responses with the changes that hold: what every number is computed from.
    pub fn effective(&self) -> Effective<'_> {
        self.log.effective(&self.form, &self.dataset)
    }

    /// The pairs that may be one person, of which nobody has decided yet.
    pub fn undecided(&self) -> Vec<Suspicion> {
        let mut found = suspicions(&self.form, &self.effective().counting());
        found.retain(|suspicion| self.log.decision(&suspicion.pair).is_none());
        found
    }

    /// Who has answered, against a roster.
    pub fn coverage(&self, roster: &Roster) -> Coverage {
        Coverage::of(&self.form, roster, self.effective().counting())
    }

    /// How many people handed in on each day, on a clock this many minutes ahead of UTC.
    pub fn days(&self, utc_offset: i16) -> Vec<Day> {
        let effective = self.effective();
        let counting = effective.counting();
        let rows = counting.iter().flat_map(|response| self.dataset.of_root(&response.root));
        received_by_day(rows, utc_offset)
    }

    /// Every response that counts with why it may not be trusted, by root, in the order of handing
    /// in. What the log corrected is no edit by hand; one that came in stays flagged.
    pub fn flagged(&self, limits: &Limits, checks: &[Check]) -> Vec<(String, Vec<Flag>)> {
        let effective = self.effective();
        let counting = effective.counting();
        let flags = flags(&self.form, &counting, limits, checks);
        counting.iter().map(|response| response.root.clone()).zip(flags).collect()
    }

    /// The needs when those with so many flags or more are left out: beside [`Collector::needs`]
    /// they show what the flagged ones do to the ranking.
    pub fn needs_without_flagged(
        &self,
        grouping: Grouping,
        limits: &Limits,
        checks: &[Check],
        from: usize,
    ) -> Needs {
        let effective = self.effective();
        let counting = effective.counting();
        let flags = flags(&self.form, &counting, limits, checks);
        let kept = without_flagged(&counting, &flags, from);
        needs(&self.form, grouping, &Tallies::count(&self.form, grouping, kept))
    }

    /// How many people give which answer to a question, of everybody together or by the answer to
    /// another one; `None` where the form does not ask it.
    pub fn cross(&self, question: &str, by: Option<&str>) -> Option<CrossTable> {
        let question = self.form.question(question)?;
        let by = by.and_then(|by| self.form.question(by));
        Some(cross(&self.form, question, by, self.effective().counting()))
    }

    /// How everybody stands to what the posts ask for.
    pub fn standing(&self, standards: &[Standard]) -> StandardsTable {
        against_standards(&self.form, standards, self.effective().counting())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::protocol::Export;
    use crate::domain::changes::Change;
    use crate::domain::response::Response;
    use crate::domain::response::tests::response;
    use crate::domain::same_person::Decision;
    use crate::domain::timestamp::Timestamp;
    use crate::formats::table::Profile;
    use crate::forms;
    use crate::text::Language;

    fn person(root: &str, name: &str, post: &str) -> Response {
        let place = [("ho_ten", name), ("don_vi", "05443"), ("chuc_danh", post)];
        let rated = [("imp_A1", "5"), ("abl_A1", "2")];
        response(root, 1, &[&place[..], &rated].concat())
    }

    fn entry(id: &str, change: Change) -> Entry {
        let at = Timestamp::parse("2026-12-05T08:00:00Z").unwrap();
        Entry { id: id.into(), at, change, why: "hỏi lại".into() }
    }

    #[test]
    fn what_was_set_aside_or_decided_changes_every_number_and_every_export() {
        let people = [
            person("a", "Nguyễn Văn An", "bt"),
            person("b", "nguyen van an", "bt"),
            person("c", "Lê Thị Bình", "ct_ubnd"),
        ];
        let mut collector = Collector::new(forms::needs().unwrap(), people);
        let people = |collector: &Collector| collector.needs(Grouping::Overall).groups[0].people;
        assert_eq!(people(&collector), 3);
        let [twice] = collector.undecided().try_into().unwrap();
        let decision = Decision::KeepOne { root: "a".into() };
        collector.change(entry("1", Change::Decided { pair: twice.pair, decision })).unwrap();
        collector.change(entry("2", Change::SetAside { root: "c".into() })).unwrap();
        assert_eq!((people(&collector), collector.undecided()), (1, Vec::new()));
        assert_eq!(collector.summary().people, 3, "three came in");
        assert_eq!(collector.days(420)[0].received, 1);
        let (_, csv) = collector.export(Export::Dataset, Profile::Data, Language::Vi);
        assert_eq!(String::from_utf8(csv).unwrap().lines().count(), 2);
        let kept = collector.log().clone();
        collector.change(entry("3", Change::TakenBack { entry: "2".into() })).unwrap();
        assert_eq!(people(&collector), 2);
        let rows = collector.dataset().rows().cloned().collect::<Vec<_>>();
        let again = Collector::new(forms::needs().unwrap(), rows).with_log(kept);
        assert_eq!(people(&again), 1);
    }

    #[test]
    fn who_is_put_where_they_belong_is_not_said_to_have_edited_the_file() {
        let mut collector = Collector::new(forms::needs().unwrap(), [person("a", "An", "ct_ubnd")]);
        let change = Change::Corrected {
            root: "a".into(),
            key: "chuc_danh".into(),
            from: String::new(),
            to: "bt".into(),
        };
        collector.change(entry("1", change)).unwrap();
        let flags = collector.flagged(&Limits::default(), &[]);
        assert!(!flags[0].1.contains(&Flag::EditedByHand), "{flags:?}");
        let roster = forms::sample_roster::sample_roster();
        assert_eq!(collector.coverage(&roster).unexpected[0].post, "bt");
    }
}
