//! What is said about responses that are looked through: flags, signs, changes, filters.

use super::Language;
use crate::domain::changes::{Change, ChangeFault};
use crate::domain::dataset::Taken;
use crate::domain::filter::{Condition, Test};
use crate::domain::form::{Form, Scale};
use crate::domain::quality::{Conflict, Flag};
use crate::domain::roster::Side;
use crate::domain::same_person::{Decision, Sign};

impl Language {
    /// What became of something that was taken in.
    pub fn taken(self, taken: Taken) -> &'static str {
        match taken {
            Taken::New => self.taken_new(),
            Taken::Newer => self.taken_newer(),
            Taken::Older => self.taken_older(),
            Taken::AlreadyThere => self.taken_already(),
            Taken::Differs => self.taken_differing(),
        }
    }

    /// Why a response may not be trusted.
    pub fn flag(self, form: &Form, flag: &Flag) -> String {
        match flag {
            Flag::LongRun { scale, run, asked } => {
                let scale = match scale {
                    Scale::Importance => self.scale_importance(),
                    Scale::Ability => self.scale_ability(),
                };
                self.flag_long_run(&scale, run, asked)
            }
            Flag::NoVariance { rated } => self.flag_no_variance(rated),
            Flag::TooFast { seconds, rated } => self.flag_too_fast(seconds, rated),
            Flag::FasterThanOthers { seconds, median } => {
                self.flag_faster(seconds, &self.number(*median, 0))
            }
            Flag::ManyMissing { missing, asked } => self.flag_many_missing(missing, asked),
            Flag::SameAsOthers { roots, rated } => self.flag_same_as_others(rated, &roots.len()),
            Flag::Conflict(conflict) => self.conflict(form, conflict),
            Flag::EditedByHand => self.flag_edited().to_owned(),
        }
    }

    fn conflict(self, form: &Form, conflict: &Conflict) -> String {
        let label = |name: &str| self.question_label(form, name);
        match conflict {
            Conflict::Check { questions, .. } => {
                let labels: Vec<String> = questions.iter().map(|name| label(name)).collect();
                self.conflict_check(&labels.join("; "))
            }
            Conflict::NotAsked { question } => self.conflict_not_asked(&label(question)),
            Conflict::NotAllowed { question } => self.conflict_not_allowed(&label(question)),
            Conflict::NotOffered { question } => self.conflict_not_offered(&label(question)),
            Conflict::EndsBeforeStart => self.conflict_clock().to_owned(),
        }
    }

    /// A question's label, with the competency of a rating; its name where it has none.
    pub fn question_label(self, form: &Form, name: &str) -> String {
        let Some(question) = form.question(name) else { return name.to_owned() };
        let label = question.label.get(self.code());
        let label = if label.is_empty() { name } else { label };
        let rated = question.rating.as_ref().and_then(|rating| form.competency(&rating.competency));
        match rated {
            Some(competency) => format!("{} · {label}", competency.label.get(self.code())),
            None => label.to_owned(),
        }
    }

    /// An answer in words; those of no choice as they stand, and none as such.
    pub fn answer_words(self, form: &Form, name: &str, value: &str) -> String {
        match form.question(name) {
            _ if value.is_empty() => self.no_answer().to_owned(),
            Some(question) => form.answer_in_words(question, value, self.code()),
            None => value.to_owned(),
        }
    }

    /// What is counted of a unit and post, as columns.
    pub fn coverage_columns(self) -> [&'static str; 6] {
        [
            self.side(Side::Quota),
            self.side(Side::Actual),
            self.col_asked(),
            self.col_received(),
            self.col_missing(),
            self.col_doubled(),
        ]
    }

    /// Why two responses may be one person's.
    pub fn sign(self, sign: &Sign) -> String {
        match sign {
            Sign::SameContent => self.sign_same_content().to_owned(),
            Sign::SameName => self.sign_same_name().to_owned(),
            Sign::NearName { .. } => self.sign_near_name().to_owned(),
            Sign::NearAnswers { differing, compared } => {
                self.sign_near_answers(differing, compared)
            }
        }
    }

    /// What was changed; responses are called by their receipt codes.
    pub fn change(self, form: &Form, change: &Change, receipt: impl Fn(&str) -> String) -> String {
        match change {
            Change::Corrected { key, from, to, .. } => self.change_corrected(
                &self.question_label(form, key),
                &self.answer_words(form, key, from),
                &self.answer_words(form, key, to),
            ),
            Change::SetAside { .. } => self.change_set_aside().to_owned(),
            Change::Decided { decision, .. } => match decision {
                Decision::KeepBoth => self.change_keep_both().to_owned(),
                Decision::KeepOne { root } => self.change_keep_one(&receipt(root)),
                Decision::Merge { into, taken } => self.change_merge(&receipt(into), &taken.len()),
            },
            Change::TakenBack { .. } => self.change_taken_back().to_owned(),
        }
    }

    /// Why a change cannot be made.
    pub fn change_fault(self, fault: &ChangeFault) -> &'static str {
        match fault {
            ChangeFault::NoReason => self.fault_no_reason(),
            ChangeFault::NoResponse => self.fault_no_response(),
            ChangeFault::NoQuestion => self.fault_no_question(),
            ChangeFault::Answer(fault) => self.answer_fault(fault),
            ChangeFault::Nothing => self.fault_nothing_changes(),
            ChangeFault::NoEntry => self.fault_no_entry(),
        }
    }

    /// A condition of a filter.
    pub fn condition(self, form: &Form, condition: &Condition) -> String {
        let name = &condition.question;
        let label = self.question_label(form, name);
        let number = |end: f64| self.plain_number(end);
        match &condition.test {
            Test::OneOf(values) => {
                let words: Vec<String> =
                    values.iter().map(|value| self.answer_words(form, name, value)).collect();
                self.filter_one_of(&label, &words.join(&format!(" {} ", self.filter_or())))
            }
            Test::Contains(text) => self.filter_contains(&label, text),
            Test::Between(Some(from), Some(to)) => {
                self.filter_between(&label, &number(*from), &number(*to))
            }
            Test::Between(Some(from), None) => self.filter_from(&label, &number(*from)),
            Test::Between(None, Some(to)) => self.filter_to(&label, &number(*to)),
            Test::Between(None, None) => label,
        }
    }
}
