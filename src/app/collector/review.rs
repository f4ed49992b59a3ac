//! What a trainer looks through and changes before anything is computed: who is missing, who
//! answered twice, whose answers are not to be trusted.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::looked::{Basis, receipt, who};
use super::{Collector, Undone};
use crate::app::protocol::{
    DecidedPair, LogLine, PairView, Pairs, People, Quality, ResponseView, ReviewReply,
    ReviewRequest, Who,
};
use crate::domain::campaign::Campaign;
use crate::domain::changes::{Change, ChangeFault, ChangeLog, Effective, Entry, Standing};
use crate::domain::coverage::{Coverage, Day, received_by_day};
use crate::domain::dataset::RowChange;
use crate::domain::filter::Filter;
use crate::domain::form::Role;
use crate::domain::profile::{
    Evaluation, against_standards, cross, cross_by_posts, profile_questions,
};
use crate::domain::response::Response;
use crate::domain::roster::Roster;
use crate::domain::same_person::{Pair, Suspicion, differences};
use crate::domain::versions::versions;
use crate::forms::standards::evaluation_of;

/// From how many flags on a response is left out of the second ranking, where nothing else is
/// said (methods.md, section 11).
const SEVERAL_FLAGS: usize = 2;

/// So many flagged responses, pairs and people below a standard are sent; of more, the counts
/// tell.
const LISTED: usize = 2000;

impl Collector {
    /// With the changes that were kept.
    #[must_use]
    pub fn with_log(mut self, log: ChangeLog) -> Self {
        self.log = log;
        self.look_anew();
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
        self.log.add(&self.form, &self.dataset, entry)?;
        self.look_anew();
        Ok(())
    }

    /// The responses with the changes that hold: what every number is computed from.
    pub fn effective(&self) -> &Effective {
        self.looked.effective(self.basis())
    }

    /// Answers what does not change anything; `None` of what does.
    pub fn review(
        &self,
        request: ReviewRequest,
        campaign: &Campaign,
        utc_offset: i16,
    ) -> Option<ReviewReply> {
        Some(match request {
            ReviewRequest::Coverage(filter) => {
                let coverage = self.coverage(&filter, &campaign.roster);
                let days = self.days(&filter, utc_offset);
                ReviewReply::Coverage(filter, coverage, days)
            }
            ReviewRequest::People(filter) => {
                let evaluation = evaluation_of(campaign, &self.form);
                let people = self.people(&filter, &evaluation);
                ReviewReply::People(filter, people)
            }
            ReviewRequest::Rows(wanted) => ReviewReply::Rows(self.rows(wanted)),
            ReviewRequest::Response(root) => {
                ReviewReply::Response(self.response(&root).map(Box::new))
            }
            ReviewRequest::Quality(filter) => {
                let quality = self.quality(&filter);
                ReviewReply::Quality(filter, Box::new(quality))
            }
            ReviewRequest::SamePerson => {
                let undecided = self.undecided();
                ReviewReply::SamePerson(Pairs {
                    undecided: undecided.len(),
                    open: self.side_by_side(undecided),
                    decided: self.decided_pairs(),
                })
            }
            ReviewRequest::Log => {
                let counting = self.effective().counting();
                ReviewReply::Log(self.log_lines(), versions(&self.form, &counting))
            }
            ReviewRequest::Change(_) | ReviewRequest::UndoImport => return None,
        })
    }

    /// Takes the last import back; what has to be stored anew.
    pub fn undo_import(&mut self) -> Undone {
        let mut undone = Undone::default();
        // Of a row that changed twice, what was there first is what it becomes.
        for RowChange { before, after } in std::mem::take(&mut self.last_import).into_iter().rev() {
            self.dataset.remove(&after);
            if let Some(before) = before {
                self.dataset.merge(before);
            }
            undone.gone.push(after);
        }
        let as_it_is = |gone: &Rc<Response>| {
            let mut there = self.dataset.of_root(&gone.root);
            there.find(|row| row.says_the_same(gone)).map(Rc::clone)
        };
        undone.instead = undone.gone.iter().filter_map(as_it_is).collect();
        self.look_anew();
        undone
    }

    /// True while the last import can be taken back.
    pub fn can_undo(&self) -> bool {
        !self.last_import.is_empty()
    }

    /// Who has answered, against a roster.
    pub fn coverage(&self, filter: &Filter, roster: &Roster) -> Coverage {
        Coverage::of(&self.form, roster, self.looked.counting(self.basis(), filter))
    }

    /// How many people handed in on each day, on a clock this many minutes ahead of UTC.
    pub fn days(&self, filter: &Filter, utc_offset: i16) -> Vec<Day> {
        let counting = self.looked.counting(self.basis(), filter);
        let rows = counting.iter().flat_map(|response| self.dataset.of_root(&response.root));
        received_by_day(rows.map(|row| &**row), utc_offset)
    }

    /// Who the people are.
    pub fn people(&self, filter: &Filter, evaluation: &Evaluation) -> People {
        let form = &self.form;
        let counting = self.looked.counting(self.basis(), filter);
        let post = form.with_role(Role::Post);
        let judged: BTreeSet<&str> =
            evaluation.standards.iter().map(|standard| standard.question.as_str()).collect();
        let asked = profile_questions(form, &evaluation.standards);
        let judged = asked.iter().filter(|question| judged.contains(question.name.as_str()));
        let judged: Vec<_> = judged.copied().collect();
        let all = || counting.iter().copied();
        let mut standards = against_standards(form, &evaluation.standards, all());
        let lacking = std::mem::take(&mut standards.lacking);
        let lacking_people = lacking.len();
        let lacking = lacking
            .into_iter()
            .take(LISTED)
            .filter_map(|lacking| Some((self.who(&lacking.root)?, lacking.questions)));
        let groups = &evaluation.post_groups;
        let of_groups = judged.iter().filter(|_| !groups.is_empty());
        People {
            people: counting.len(),
            overall: asked.iter().map(|question| cross(form, question, None, all())).collect(),
            by_post: judged.iter().map(|question| cross(form, question, post, all())).collect(),
            by_post_group: of_groups
                .map(|question| cross_by_posts(form, question, groups, &counting))
                .collect(),
            standards,
            lacking_people,
            lacking: lacking.collect(),
        }
    }

    /// One response in full.
    fn response(&self, root: &str) -> Option<ResponseView> {
        let row = self.effective().row(root)?;
        let mut older = self.dataset.of_root(root);
        let current = older.next()?;
        let entries: Vec<Entry> =
            self.log.in_force().filter(|entry| concerns(&entry.change, root)).cloned().collect();
        let mut named: BTreeSet<&str> =
            entries.iter().flat_map(|entry| roots(&entry.change)).collect();
        named.insert(root);
        if let Standing::OnePersonWith { root, .. } = &row.standing {
            named.insert(root);
        }
        Some(ResponseView {
            receipts: named
                .into_iter()
                .map(|root| (root.to_owned(), receipt(&self.dataset, root)))
                .collect(),
            response: Rc::clone(&row.response),
            original: current.answers.clone(),
            older: older.count(),
            standing: row.standing.clone(),
            flags: self.looked.flags(self.basis()).get(root).cloned().unwrap_or_default(),
            entries,
        })
    }

    /// Which responses look as if they should not be trusted. What the log corrected is no edit by
    /// hand; a row that came in edited stays flagged.
    pub fn quality(&self, filter: &Filter) -> Quality {
        let basis = self.basis();
        let everybody = Filter { flags_below: None, ..filter.clone() };
        let from = filter.flags_below.unwrap_or(SEVERAL_FLAGS);
        let counting = self.looked.counting(basis, &everybody);
        let all_flags = self.looked.flags(basis);
        let flags =
            |response: &Response| all_flags.get(&response.root).map_or(&[][..], Vec::as_slice);
        let mut flagged: Vec<&Response> =
            counting.iter().copied().filter(|response| !flags(response).is_empty()).collect();
        flagged.sort_by_key(|response| std::cmp::Reverse(flags(response).len()));
        let kept = counting.iter().filter(|response| flags(response).len() < from).count();
        let flagged_people = flagged.len();
        let flagged =
            flagged.iter().map(|response| (who(self.basis(), response), flags(response).to_vec()));
        Quality {
            people: counting.len(),
            flagged_people,
            flagged: flagged.take(LISTED).collect(),
            from,
            left_out: counting.len() - kept,
            with: self.own_needs(&everybody),
            without: self.own_needs(&Filter { flags_below: Some(from), ..everybody }),
        }
    }

    /// The pairs that may be one person, of which nobody has decided yet.
    pub fn undecided(&self) -> Vec<Suspicion> {
        let mut found = self.looked.suspicions(self.basis()).to_vec();
        found.retain(|suspicion| self.log.decision(&suspicion.pair).is_none());
        found
    }

    fn side_by_side(&self, suspicions: Vec<Suspicion>) -> Vec<PairView> {
        let effective = self.effective();
        let pairs = suspicions.into_iter().take(LISTED).filter_map(|suspicion| {
            let [one, other] = suspicion.pair.roots().map(|root| effective.row(root));
            let rows = [&*one?.response, &*other?.response];
            let [one, other] = rows.map(|row| &row.answers);
            let differences = differences(&self.form, one, other);
            let same = one.iter().filter(|(key, value)| other.get(key) == *value).count();
            Some(PairView {
                who: rows.map(|row| who(self.basis(), row)),
                submitted: rows.map(|row| row.submitted),
                suspicion,
                differences,
                same,
            })
        });
        pairs.collect()
    }

    fn decided_pairs(&self) -> Vec<DecidedPair> {
        let decided = self.log.in_force().filter_map(|entry| match &entry.change {
            Change::Decided { pair, .. } if self.decides(entry, pair) => Some((entry, pair)),
            _ => None,
        });
        let decided = decided.filter_map(|(entry, pair)| {
            let [one, other] = pair.roots().map(|root| self.who(root));
            Some(DecidedPair { entry: entry.clone(), who: [one?, other?] })
        });
        decided.collect()
    }

    /// True for the line whose decision about a pair is the last one.
    fn decides(&self, entry: &Entry, pair: &Pair) -> bool {
        self.log.decision(pair).is_some_and(|(last, _)| last.id == entry.id)
    }

    fn log_lines(&self) -> Vec<LogLine> {
        let taken_back = self.log.taken_back();
        let lines = self.log.entries().iter().map(|entry| LogLine {
            entry: entry.clone(),
            who: roots(&entry.change).into_iter().filter_map(|root| self.who(root)).collect(),
            taken_back: taken_back.get(entry.id.as_str()).copied(),
        });
        lines.collect()
    }

    fn who(&self, root: &str) -> Option<Who> {
        self.effective().row(root).map(|row| who(self.basis(), &row.response))
    }

    pub(super) fn basis(&self) -> Basis<'_> {
        Basis { form: &self.form, dataset: &self.dataset, log: &self.log }
    }
}

/// The responses that a change is about.
fn roots(change: &Change) -> Vec<&str> {
    match change {
        Change::Corrected { root, .. } | Change::SetAside { root } => vec![root],
        Change::Decided { pair, .. } => pair.roots().to_vec(),
        Change::TakenBack { .. } => Vec::new(),
    }
}

fn concerns(change: &Change, root: &str) -> bool {
    roots(change).contains(&root)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::protocol::{Export, ExportWanted};
    use crate::domain::grouping::Grouping;
    use crate::domain::quality::Flag;
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
        let people = |collector: &Collector| {
            collector.needs(Grouping::OVERALL, &Filter::default()).groups[0].people
        };
        assert_eq!(people(&collector), 3);
        let [twice] = collector.undecided().try_into().unwrap();
        let decision = Decision::KeepOne { root: "a".into() };
        collector.change(entry("1", Change::Decided { pair: twice.pair, decision })).unwrap();
        collector.change(entry("2", Change::SetAside { root: "c".into() })).unwrap();
        assert_eq!((people(&collector), collector.undecided()), (1, Vec::new()));
        assert_eq!(collector.summary().people, 3, "three came in");
        assert_eq!(collector.days(&Filter::default(), 420)[0].received, 1);
        let (all, now) = (Roster::default(), Timestamp::parse("2026-12-06T08:00:00Z").unwrap());
        let (_, csv) = collector
            .export(&ExportWanted::plain(Export::Dataset, Profile::Data, Language::Vi), &all, now)
            .unwrap();
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
        let flagged = collector.quality(&Filter::default()).flagged;
        assert!(flagged.iter().all(|(_, flags)| !flags.contains(&Flag::EditedByHand)));
        let roster = forms::sample_roster::sample_roster();
        assert_eq!(collector.coverage(&Filter::default(), &roster).unexpected[0].post, "bt");
    }
}
