//! A form on paper: what is printed in which order, with which numbers and rules.

mod classes;
mod ratings;

use std::collections::BTreeMap;
use std::ops::Range;

use super::condition::{Condition, Offer, Rule};
use super::expression::{Expression, Function, Operator};
use super::form::{Form, Item, Kind, Question, Repeat};
use super::outline::Outline;

pub use classes::Classes;
pub use ratings::{RatedCompetency, RatedSection, RatingColumn, Ratings};

/// The word of the appearance column for what makes sense on a screen alone.
pub const SCREEN_ONLY: &str = "screen-only";

/// How often a repeat is printed that is answered as often as there is something to tell.
const COPIES: usize = 3;

/// A form as it is printed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paper {
    /// What stands on it, in order.
    pub blocks: Vec<Block>,
    /// The numbers of the questions, by position.
    numbers: BTreeMap<usize, usize>,
    /// The choices of a question that many rules name, in classes; by the question's position.
    classes: BTreeMap<usize, Classes>,
}

/// Something on the paper.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A group with its heading.
    Part(Part),
    /// A question, or a note.
    Question(Asked),
    /// Competencies to rate, in a table.
    Ratings(Ratings),
}

/// A group and what lies in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its position in the form.
    pub group: usize,
    /// Which it is among the outermost parts, from 1; none of a part in another one.
    pub number: Option<usize>,
    /// When it is asked.
    pub rule: Rule,
    /// Of a repeat: how often it is printed, and the question that says how often it is answered.
    pub copies: Option<(usize, Option<usize>)>,
    /// What lies in it.
    pub blocks: Vec<Block>,
}

/// A question as it is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Its position in the form.
    pub question: usize,
    /// When it is asked.
    pub rule: Rule,
    /// When it must be answered.
    pub required: Rule,
    /// Which choices it offers.
    pub offer: Offer,
    /// True when what is said about a wrong answer is worth saying beforehand.
    pub has_constraint_note: bool,
    /// Of a whole number that has a largest value: how many digits that has.
    pub digits: Option<usize>,
}

impl Paper {
    /// A form, printed.
    pub fn of(form: &Form) -> Self {
        let outline = Outline::of(form);
        let mut paper = Self::default();
        let mut printer = Printer { form, outline: &outline, numbers: BTreeMap::new(), parts: 0 };
        paper.blocks = printer.blocks(0..outline.entries().len(), true);
        paper.numbers = printer.numbers;
        let mut rules = Vec::new();
        collect_rules(&paper.blocks, &mut rules);
        paper.classes = classes::of(form, &rules);
        let known = |question: &usize| {
            let asked = form.questions().get(*question);
            paper.numbers.contains_key(question)
                || asked.is_some_and(|asked| asked.rating.is_some() || is_consent(form, asked))
        };
        let mut blocks = std::mem::take(&mut paper.blocks);
        leave_to_expressions(form, &mut blocks, &known);
        paper.blocks = blocks;
        paper
    }

    /// The number of a question.
    pub fn number(&self, question: usize) -> Option<usize> {
        self.numbers.get(&question).copied()
    }

    /// The classes of a question's choices, where rules name them.
    pub fn classes(&self, question: usize) -> Option<&Classes> {
        self.classes.get(&question)
    }

    /// The questions with classes.
    pub fn classified(&self) -> impl Iterator<Item = (usize, &Classes)> {
        self.classes.iter().map(|(question, classes)| (*question, classes))
    }

    /// Every rule on the paper.
    pub fn rules(&self) -> Vec<&Rule> {
        let mut rules = Vec::new();
        collect_rules(&self.blocks, &mut rules);
        rules
    }

    /// The offers of all questions with choices.
    pub fn offers(&self) -> Vec<&Offer> {
        fn collect<'b>(blocks: &'b [Block], offers: &mut Vec<&'b Offer>) {
            for block in blocks {
                match block {
                    Block::Part(part) => collect(&part.blocks, offers),
                    Block::Question(asked) => offers.push(&asked.offer),
                    Block::Ratings(_) => {}
                }
            }
        }
        let mut offers = Vec::new();
        collect(&self.blocks, &mut offers);
        offers
    }
}

/// True for the question by which consent is given: it is a box to tick and has no number.
pub fn is_consent(form: &Form, question: &Question) -> bool {
    form.consent_question().is_some_and(|consent| consent.name == question.name)
}

struct Printer<'f> {
    form: &'f Form,
    outline: &'f Outline,
    numbers: BTreeMap<usize, usize>,
    parts: usize,
}

impl Printer<'_> {
    /// What is printed of these entries of the outline.
    fn blocks(&mut self, entries: Range<usize>, outermost: bool) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut at = entries.start;
        while at < entries.end {
            let Some(entry) = self.outline.entries().get(at) else { break };
            let inside = at + 1..entry.end;
            at = entry.end;
            if let Some(row) = ratings::row(self.form, self.outline, entry) {
                ratings::add(self.form, &mut blocks, row);
                continue;
            }
            match entry.item {
                Item::Group(position) => {
                    if let Some(part) = self.part(position, inside, outermost) {
                        ratings::add_part(&mut blocks, part);
                    }
                }
                Item::Question(position) => {
                    blocks.extend(self.asked(position).map(Block::Question));
                }
            }
        }
        blocks
    }

    fn part(&mut self, position: usize, inside: Range<usize>, outermost: bool) -> Option<Part> {
        let group = self.form.groups().get(position)?;
        let rule = Condition::of_group(self.form, position);
        if rule.is_never() || group.appearance.iter().any(|word| word == SCREEN_ONLY) {
            return None;
        }
        let is_numbered = outermost && !group.label.is_empty();
        self.parts += usize::from(is_numbered);
        let number = is_numbered.then_some(self.parts);
        let blocks = self.blocks(inside, false);
        if blocks.is_empty() {
            self.parts -= usize::from(is_numbered);
            return None;
        }
        let copies = group.repeat.as_ref().map(|repeat| match repeat {
            Repeat::AsNeeded => (COPIES, None),
            Repeat::Counted(Expression::Number(count)) => {
                // A printed number of copies, so rounding down is meant.
                let copies = (1..=COPIES).rev().find(|copies| *copies as f64 <= *count);
                (copies.unwrap_or(1), None)
            }
            Repeat::Counted(count) => {
                (COPIES, count.name().and_then(|name| self.form.position(name)))
            }
        });
        Some(Part { group: position, number, rule, copies, blocks })
    }

    fn asked(&mut self, position: usize) -> Option<Asked> {
        let question = self.form.questions().get(position)?;
        let is_unseen = matches!(question.kind, Kind::Calculate | Kind::Hidden | Kind::Meta(_))
            || question.is_computed()
            || question.appearance.iter().any(|word| word == SCREEN_ONLY);
        let rule = Condition::of_question(self.form, question);
        if is_unseen || rule.is_never() {
            return None;
        }
        if question.kind.is_answered() && !question.read_only && !is_consent(self.form, question) {
            self.numbers.insert(position, self.numbers.len() + 1);
        }
        let required = match &question.required {
            Some(required) => Condition::rule(self.form, question.group, Some(required)),
            None => Rule::When(Condition::Never),
        };
        let has_constraint_note = !question.constraint_message.is_empty()
            && question.constraint.as_ref().is_some_and(|constraint| {
                // How many to choose is what a hint says, and in words for before.
                let is_in_hint = is_only_limit(constraint) && !question.hint.is_empty();
                !is_only_length(constraint) && !is_in_hint
            });
        let offer = Offer::of(self.form, question);
        let digits = largest(question).map(|largest| largest.trunc().to_string().len());
        Some(Asked { question: position, rule, required, offer, has_constraint_note, digits })
    }
}

/// The largest number that a question takes, where none below zero is taken.
fn largest(question: &Question) -> Option<f64> {
    let (mut least, mut most) = match (&question.kind, &question.constraint) {
        (Kind::Range(steps), _) => return Some(steps.end).filter(|_| steps.start >= 0.0),
        (Kind::Integer, Some(_)) => (None, None),
        _ => return None,
    };
    let mut parts: Vec<&Expression> = question.constraint.iter().collect();
    while let Some(part) = parts.pop() {
        let Expression::Binary(operator, left, right) = part else { continue };
        match (operator, &**left, &**right) {
            (Operator::And, left, right) => parts.extend([left, right]),
            (
                Operator::Less | Operator::LessOrEqual,
                Expression::Current,
                Expression::Number(number),
            ) => most = Some(*number),
            (
                Operator::Greater | Operator::GreaterOrEqual,
                Expression::Current,
                Expression::Number(number),
            ) => least = Some(*number),
            _ => {}
        }
    }
    most.filter(|_| least.is_some_and(|least: f64| least >= 0.0))
}

/// True when a constraint speaks of nothing but how long a text is: paper sees to that.
fn is_only_length(constraint: &Expression) -> bool {
    let mut is_length = constraint.calls(&[Function::StringLength]);
    constraint.walk(&mut |inner| {
        is_length &= match inner {
            Expression::Call(function, _) => *function == Function::StringLength,
            _ => true,
        };
    });
    is_length
}

/// True when a constraint is a limit of how many to choose and nothing else.
fn is_only_limit(constraint: &Expression) -> bool {
    constraint.selection_limit().is_some()
        && !matches!(constraint, Expression::Binary(Operator::And, ..))
}

fn collect_rules<'b>(blocks: &'b [Block], rules: &mut Vec<&'b Rule>) {
    for block in blocks {
        match block {
            Block::Part(part) => {
                rules.push(&part.rule);
                collect_rules(&part.blocks, rules);
            }
            Block::Question(asked) => {
                rules.push(&asked.rule);
                rules.extend(Some(&asked.required).filter(|required| !required.is_never()));
            }
            Block::Ratings(ratings) => {
                rules.extend(ratings.sections.iter().map(|section| &section.rule));
                rules.extend(ratings.rows().map(|row| &row.rule));
            }
        }
    }
}

/// What speaks of questions that are not on the paper has no words there.
fn leave_to_expressions(form: &Form, blocks: &mut [Block], known: &impl Fn(&usize) -> bool) {
    let check = |rule: &mut Rule, expression: Option<&Expression>| {
        if let Rule::When(condition) = rule
            && !condition.questions().iter().all(known)
        {
            *rule = Rule::Beyond(expression.map(ToString::to_string).unwrap_or_default());
        }
    };
    for block in blocks {
        match block {
            Block::Part(part) => {
                let group = form.groups().get(part.group);
                check(&mut part.rule, group.and_then(|group| group.relevant.as_ref()));
                if let Some((_, counted)) = &mut part.copies {
                    *counted = counted.filter(known);
                }
                leave_to_expressions(form, &mut part.blocks, known);
            }
            Block::Question(asked) => {
                let Some(question) = form.questions().get(asked.question) else { continue };
                check(&mut asked.rule, question.relevant.as_ref());
                check(&mut asked.required, question.required.as_ref());
                if !asked.offer.questions().iter().all(known) {
                    let filter = question.choice_filter.as_ref();
                    asked.offer =
                        Offer::Beyond(filter.map(ToString::to_string).unwrap_or_default());
                }
            }
            Block::Ratings(ratings) => {
                for section in &mut ratings.sections {
                    let group = section.group.and_then(|group| form.groups().get(group));
                    check(&mut section.rule, group.and_then(|group| group.relevant.as_ref()));
                    for row in &mut section.rows {
                        let expression = ratings::relevance(form, row);
                        check(&mut row.rule, expression);
                    }
                }
            }
        }
    }
}
