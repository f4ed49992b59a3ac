//! The rules of a form in words, as they stand on paper.

use super::Language;
use crate::domain::condition::{Amount, Condition, Limit, Offer, Rule};
use crate::domain::expression::{Operator, mentions};
use crate::domain::form::{Form, Kind, Question, Role, Scale};
use crate::domain::paper::{Paper, is_consent};

/// So many choices may be left out of a sentence that says "other than".
const MOST_EXCEPTIONS: usize = 3;

/// Says the rules of one form in one language.
#[derive(Clone, Copy)]
pub struct Wording<'f> {
    /// The language.
    pub language: Language,
    /// The form.
    pub form: &'f Form,
    /// The form as it is printed, for the numbers of its questions.
    pub paper: &'f Paper,
}

/// A rule as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The rule in words.
    pub words: String,
    /// The expression behind it, where the words do not say it.
    pub expression: Option<String>,
}

impl Wording<'_> {
    /// When a question is to be answered; nothing where it always is.
    pub fn rule(self, rule: &Rule) -> Option<Sentence> {
        self.sentence(rule, |condition| self.language.rule_only_if(&condition))
    }

    /// When a part is to be answered.
    pub fn part_rule(self, rule: &Rule) -> Option<Sentence> {
        self.sentence(rule, |condition| self.language.rule_part_only_if(&condition))
    }

    /// When a question must be answered that need not always be.
    pub fn required(self, rule: &Rule) -> Option<Sentence> {
        match rule {
            Rule::When(Condition::Never) => None,
            Rule::When(condition) if *condition != Condition::Always => {
                Some(said(self.language.paper_required_if(&self.condition(condition))))
            }
            // An expression that decides this alone tells a reader nothing.
            _ => None,
        }
    }

    /// Which choices a question offers; nothing where it offers all, or where each says so itself.
    pub fn offer(self, offer: &Offer) -> Option<Sentence> {
        let t = self.language;
        Some(match offer {
            Offer::Always(_) | Offer::ByCondition(_) => return None,
            Offer::ButThoseChosenAt(question) => said(t.rule_all_but(&self.question(*question))),
            Offer::ThoseChosenAt(question) => said(t.rule_chosen_only(&self.question(*question))),
            Offer::ThoseWithAGap => said(t.rule_with_gap().to_owned()),
            Offer::Fitting(questions) => self.fitting(questions),
            Offer::Beyond(expression) => self.beyond(expression),
        })
    }

    /// That a choice must fit the answers to these questions.
    pub fn fitting(self, questions: &[usize]) -> Sentence {
        let names = questions.iter().map(|question| self.question(*question)).collect();
        said(self.language.rule_fitting(&self.all_of(names)))
    }

    /// Above choices that are offered under one condition.
    pub fn choices_if(self, condition: &Condition) -> String {
        match condition {
            Condition::Always => self.language.rule_choices_always().to_owned(),
            other => self.language.rule_choices_if(&self.condition(other)),
        }
    }

    /// A text of the form, with the numbers of the questions whose answers it mentions.
    pub fn text(self, text: &str) -> String {
        let mut worded = String::new();
        let mut end = 0;
        for (name, place) in mentions(text) {
            worded.push_str(text.get(end..place.start).unwrap_or_default());
            match self.form.position(name).filter(|at| self.paper.number(*at).is_some()) {
                Some(at) => worded.push_str(&self.language.paper_answer_of(&self.question(at))),
                None => worded.push('…'),
            }
            end = place.end;
        }
        worded.push_str(text.get(end..).unwrap_or_default());
        worded
    }

    fn sentence(self, rule: &Rule, only_if: impl Fn(String) -> String) -> Option<Sentence> {
        match rule {
            Rule::When(Condition::Always) => None,
            Rule::When(condition) => {
                let for_posts = self.for_posts(condition);
                Some(said(for_posts.unwrap_or_else(|| only_if(self.condition(condition)))))
            }
            Rule::Beyond(expression) => Some(self.beyond(expression)),
        }
    }

    fn beyond(self, expression: &str) -> Sentence {
        let words = self.language.paper_beyond().to_owned();
        Sentence { words, expression: Some(expression.to_owned()) }
    }

    /// Whom a rule concerns that asks for nothing but the post.
    fn for_posts(self, condition: &Condition) -> Option<String> {
        let Condition::Among { question, choices, blank: false } = condition else { return None };
        let asked = self.asked(*question).filter(|asked| asked.role == Some(Role::Post))?;
        let t = self.language;
        let classes = self.paper.classes(*question).and_then(|classes| classes.covering(choices));
        if let Some(classes) = classes {
            return Some(
                t.rule_only_for_classes(&self.classes(&classes), &self.question(*question)),
            );
        }
        let labels: Vec<_> = choices.iter().map(|choice| self.label(asked, choice)).collect();
        Some(t.rule_only_for(&labels.join("; ")))
    }

    /// A condition as the clause after "if".
    pub fn condition(self, condition: &Condition) -> String {
        let t = self.language;
        match condition {
            // Neither is printed: what always holds is no rule, what never holds is not asked.
            Condition::Always | Condition::Never => t.when_never().to_owned(),
            Condition::All(parts) => match parts.as_slice() {
                [
                    Condition::Answered { question, holds: true },
                    Condition::Chosen { question: same, choices, holds: false },
                ] if question == same => {
                    let labels = self.any_of(self.labels(*question, choices));
                    t.when_answered_but(&self.question(*question), &labels)
                }
                parts => self.all_of(self.parts(parts)),
            },
            Condition::Any(parts) => self.any_of(self.parts(parts)),
            Condition::Among { question, choices, blank } => self.among(*question, choices, *blank),
            Condition::Chosen { question, choices, holds } => {
                let labels = self.labels(*question, choices);
                let name = self.question(*question);
                if *holds {
                    t.when_chosen(&name, &self.any_of(labels))
                } else {
                    t.when_not_chosen(&name, &self.any_of(labels))
                }
            }
            Condition::Answered { question, holds } => self.answered(*question, *holds),
            Condition::Reads { question, text, holds } => {
                let name = self.question(*question);
                match (self.asked(*question).filter(|asked| asked.kind.is_several()), holds) {
                    (Some(asked), _) => {
                        let choice = t.quoted(&self.label(asked, text));
                        if *holds {
                            t.when_only_chosen(&name, &choice)
                        } else {
                            t.when_not_only_chosen(&name, &choice)
                        }
                    }
                    (None, true) => t.when_reads(&name, &t.quoted(text)),
                    (None, false) => t.when_not_reads(&name, &t.quoted(text)),
                }
            }
            Condition::Compares { amount, comparison, with } => {
                self.compares(*amount, *comparison, *with)
            }
            Condition::SomeGap => t.when_some_gap().to_owned(),
        }
    }

    fn among(self, question: usize, choices: &[String], blank: bool) -> String {
        let (t, name) = (self.language, self.question(question));
        let classes = self.paper.classes(question).and_then(|classes| classes.covering(choices));
        if let Some(classes) = classes.filter(|_| !blank) {
            return t.when_in_classes(&name, &self.classes(&classes));
        }
        let list = self.asked(question).and_then(|asked| asked.kind.list()).unwrap_or_default();
        let all = self.form.choices(list).iter().map(|choice| &choice.name);
        let others: Vec<String> = all.filter(|name| !choices.contains(name)).cloned().collect();
        let is_short =
            if blank { others.len() <= choices.len() } else { others.len() < choices.len() };
        if others.len() <= MOST_EXCEPTIONS && is_short {
            let others = self.any_of(self.labels(question, &others));
            return if blank {
                t.when_not_chosen(&name, &others)
            } else {
                t.when_other_chosen(&name, &others)
            };
        }
        let chosen = t.when_chosen(&name, &self.any_of(self.labels(question, choices)));
        if blank { t.list_or(&chosen, &t.when_blank(&name)) } else { chosen }
    }

    fn answered(self, question: usize, holds: bool) -> String {
        let (t, name) = (self.language, self.question(question));
        let is_box = self.asked(question).is_some_and(|asked| asked.kind == Kind::Acknowledge);
        match (is_box, holds) {
            (false, true) => t.when_answered(&name),
            (false, false) => t.when_blank(&name),
            (true, true) => t.when_ticked(&name),
            (true, false) => t.when_not_ticked(&name),
        }
    }

    fn compares(self, amount: Amount, comparison: Operator, with: Limit) -> String {
        let t = self.language;
        let amount = match amount {
            Amount::Answer(question) => self.question(question),
            Amount::Choices(question) => t.ref_count(&self.question(question)),
        };
        let with = match with {
            Limit::Number(number) => t.plain_number(number),
            Limit::Answer(question) => self.question(question),
        };
        match comparison {
            Operator::NotEqual => t.when_not_equal(&amount, &with),
            Operator::Less => t.when_less(&amount, &with),
            Operator::LessOrEqual => t.when_at_most(&amount, &with),
            Operator::Greater => t.when_more(&amount, &with),
            Operator::GreaterOrEqual => t.when_at_least(&amount, &with),
            _ => t.when_equal(&amount, &with),
        }
    }

    /// How a sentence names a question.
    pub fn question(self, question: usize) -> String {
        let t = self.language;
        let Some(asked) = self.asked(question) else { return String::new() };
        match (self.paper.number(question), &asked.rating) {
            (Some(number), _) => t.ref_question(&number),
            (None, Some(rating)) => match rating.scale {
                Scale::Importance => t.ref_importance(&rating.competency),
                Scale::Ability => t.ref_ability(&rating.competency),
            },
            (None, None) if is_consent(self.form, asked) => t.ref_consent().to_owned(),
            (None, None) => asked.label.get(t.code()).to_owned(),
        }
    }

    fn asked(&self, question: usize) -> Option<&Question> {
        self.form.questions().get(question)
    }

    fn label(self, question: &Question, choice: &str) -> String {
        let known = self.form.choice(question, choice);
        known.map_or(choice, |known| known.label.get(self.language.code())).to_owned()
    }

    fn labels(self, question: usize, choices: &[String]) -> Vec<String> {
        let quoted = |choice: &String| match self.asked(question) {
            Some(asked) => self.language.quoted(&self.label(asked, choice)),
            None => String::new(),
        };
        choices.iter().map(quoted).collect()
    }

    /// The clauses of conditions that are joined; those that are joined themselves in brackets.
    fn parts(self, parts: &[Condition]) -> Vec<String> {
        let clause = |part: &Condition| match part {
            Condition::All(_) | Condition::Any(_) => {
                self.language.in_brackets(&self.condition(part))
            }
            _ => self.condition(part),
        };
        parts.iter().map(clause).collect()
    }

    fn classes(self, classes: &[usize]) -> String {
        self.any_of(classes.iter().map(ToString::to_string).collect())
    }

    fn all_of(self, items: Vec<String>) -> String {
        listed(items, |first, last| self.language.list_and(&first, &last))
    }

    fn any_of(self, items: Vec<String>) -> String {
        listed(items, |first, last| self.language.list_or(&first, &last))
    }
}

fn said(words: String) -> Sentence {
    Sentence { words, expression: None }
}

fn listed(mut items: Vec<String>, join: impl Fn(String, String) -> String) -> String {
    match items.pop() {
        Some(last) if !items.is_empty() => join(items.join(", "), last),
        Some(only) => only,
        None => String::new(),
    }
}
