//! The functions, each as the specification's table of `XPath` functions has it.

use super::days::{day_text, formatted, moment_text, part_of_day_in};
use super::dice::{ParkMiller, shuffled};
use super::evaluate::Evaluation;
use super::numbers::{extreme, is_within, round, sum, whole};
use super::references::quoted_name;
use super::texts::{fits, joined, normalized, substr, translated};
use super::{Expression, Function, Value};

/// What building a pattern costs in steps.
const PATTERN_STEPS: usize = 500;

/// Texts are free up to here; longer ones cost a step for every so many bytes.
const BYTES_A_STEP: usize = 64;

impl Evaluation<'_, '_> {
    pub(super) fn call(&self, function: Function, arguments: &[Expression]) -> Value {
        let result = self.called(function, arguments);
        if let Value::Text(text) = &result {
            self.spend(text.len() / BYTES_A_STEP);
        }
        result
    }

    fn called(&self, function: Function, arguments: &[Expression]) -> Value {
        let value =
            |at: usize| arguments.get(at).map_or(Value::nothing(), |given| self.value(given));
        let text = |at: usize| value(at).text();
        let number = |at: usize| self.number(&value(at));
        let truth = |at: usize| value(at).truth();
        let nodes = |from: usize| arguments.iter().skip(from).flat_map(|given| self.nodes(given));
        let numbers = || nodes(0).map(|text| self.number(&Value::Text(text)));
        // What is said of `.` where an argument may be left out.
        let text_or_current =
            || if arguments.is_empty() { self.scope.current.to_owned() } else { text(0) };
        match function {
            Function::Boolean => Value::Boolean(truth(0)),
            Function::BooleanFromString => {
                let text = text(0);
                Value::Boolean(text.eq_ignore_ascii_case("true") || text == "1")
            }
            Function::Checklist => {
                let met = nodes(2).filter(|text| self.is_met(text)).count();
                Value::Boolean(is_within(met as f64, number(0), number(1)))
            }
            Function::Coalesce => {
                let mut given = arguments.iter().map(|given| self.value(given));
                given.find(|value| !value.is_missing()).unwrap_or(Value::nothing())
            }
            Function::False => Value::Boolean(false),
            Function::If => value(if truth(0) { 1 } else { 2 }),
            Function::Not => Value::Boolean(!truth(0)),
            Function::Once if self.scope.current.is_empty() => value(0),
            Function::Once => Value::Text(self.scope.current.to_owned()),
            Function::Regex => {
                Value::Boolean(self.spend(PATTERN_STEPS) && fits(&text(0), &text(1)))
            }
            Function::True => Value::Boolean(true),
            Function::WeightedChecklist => {
                let pairs = arguments.get(2..).unwrap_or_default().chunks_exact(2);
                let weights = pairs.filter_map(|pair| match pair {
                    [met, weight] if self.is_met(&self.value(met).text()) => {
                        Some(self.number(&self.value(weight)))
                    }
                    _ => None,
                });
                Value::Boolean(is_within(sum(weights), number(0), number(1)))
            }

            Function::Concat => Value::Text(joined(nodes(0), "")),
            Function::Contains => Value::Boolean(text(0).contains(&text(1))),
            Function::EndsWith => Value::Boolean(text(0).ends_with(&text(1))),
            Function::Join => Value::Text(joined(nodes(1), &text(0))),
            Function::NormalizeSpace => Value::Text(normalized(&text_or_current())),
            Function::StartsWith => Value::Boolean(text(0).starts_with(&text(1))),
            Function::String => Value::Text(text(0)),
            Function::StringLength => Value::Number(text_or_current().chars().count() as f64),
            Function::Substr => {
                let end = (arguments.len() > 2).then(|| number(2));
                Value::Text(substr(&text(0), number(1), end))
            }
            Function::SubstringAfter => {
                let (text, mark) = (text(0), text(1));
                let after = text.split_once(&mark).map_or("", |(_, after)| after);
                Value::Text(after.to_owned())
            }
            Function::SubstringBefore => {
                let (text, mark) = (text(0), text(1));
                let before = text.split_once(&mark).map_or("", |(before, _)| before);
                Value::Text(before.to_owned())
            }
            Function::Translate => Value::Text(translated(&text(0), &text(1), &text(2))),
            Function::Uuid if arguments.is_empty() => Value::Text(self.dice.uuid()),
            Function::Uuid => {
                let count = usize::try_from(whole(number(0))).unwrap_or_default();
                Value::Text(self.dice.letters(count))
            }

            Function::Abs => Value::Number(number(0).abs()),
            Function::Acos => Value::Number(libm::acos(number(0))),
            Function::Asin => Value::Number(libm::asin(number(0))),
            Function::Atan => Value::Number(libm::atan(number(0))),
            Function::Atan2 => Value::Number(libm::atan2(number(0), number(1))),
            Function::Cos => Value::Number(libm::cos(number(0))),
            Function::Exp => Value::Number(libm::exp(number(0))),
            Function::Exp10 => Value::Number(libm::pow(10.0, number(0))),
            Function::Int => Value::Number(libm::trunc(number(0))),
            Function::Log => Value::Number(libm::log(number(0))),
            Function::Log10 => Value::Number(libm::log10(number(0))),
            Function::DecimalDateTime | Function::Number => Value::Number(number(0)),
            Function::Pi => Value::Number(std::f64::consts::PI),
            Function::Pow => Value::Number(libm::pow(number(0), number(1))),
            Function::Random => Value::Number(self.dice.fraction()),
            Function::Round if arguments.len() > 1 => Value::Number(round(number(0), number(1))),
            Function::Round => Value::Number(round(number(0), 0.0)),
            Function::Sin => Value::Number(libm::sin(number(0))),
            Function::Sqrt => Value::Number(libm::sqrt(number(0))),
            Function::Tan => Value::Number(libm::tan(number(0))),

            Function::Count => Value::Number(nodes(0).count() as f64),
            Function::CountNonEmpty => {
                Value::Number(nodes(0).filter(|text| !text.is_empty()).count() as f64)
            }
            Function::Position | Function::Index => Value::Number(match self.place {
                Some(place) if arguments.is_empty() => place as f64,
                _ => self.position(arguments.first()),
            }),
            Function::IndexedRepeat => {
                // As in ODK Collect: while an index has no value yet, the first instance counts.
                let index = usize::try_from(whole(number(2))).unwrap_or_default().max(1);
                let repeat = arguments.get(1).and_then(Expression::name);
                let instances = arguments.first().map(|given| self.nodes_across(given, repeat));
                let found = instances.and_then(|all| all.into_iter().nth(index - 1));
                found.map_or(Value::nothing(), Value::Text)
            }
            Function::Max => Value::Number(extreme(numbers(), f64::max)),
            Function::Min => Value::Number(extreme(numbers(), f64::min)),
            Function::Randomize => {
                let items = arguments.first().map(|given| self.nodes(given)).unwrap_or_default();
                Value::Several(if arguments.len() > 1 {
                    let mut draws = ParkMiller::new(whole(number(1)));
                    shuffled(items, || draws.fraction())
                } else {
                    shuffled(items, || self.dice.fraction())
                })
            }
            Function::Sum => Value::Number(sum(numbers())),

            Function::ChoiceName => Value::Text(self.choice_name(&text(0), &text(1))),
            Function::CountSelected => Value::Number(text(0).split_whitespace().count() as f64),
            Function::Itext => Value::Text(self.itext(&text(0))),
            Function::PullData => {
                let (list, column, key, wanted) = (text(0), text(1), text(2), text(3));
                let choices = self.scope.form.choices(&list);
                self.spend(choices.len());
                let found = choices.iter().find(|choice| self.column(choice, &key) == wanted);
                let found = found.map_or("", |choice| self.column(choice, &column));
                Value::Text(found.to_owned())
            }
            Function::Selected => {
                let wanted = text(1);
                Value::Boolean(text(0).split_whitespace().any(|name| name == wanted.trim()))
            }
            Function::SelectedAt => {
                let at = number(1);
                let chosen = text(0);
                let found = usize::try_from(whole(at)).ok().filter(|_| !at.is_nan());
                let found = found.and_then(|at| chosen.split_whitespace().nth(at));
                Value::Text(found.unwrap_or_default().to_owned())
            }

            Function::Date => Value::Text(day_text(libm::floor(number(0)))),
            Function::DateTime => Value::Text(moment_text(number(0), self.offset_minutes())),
            Function::DecimalTime => {
                let value = value(0);
                let part = part_of_day_in(&value.text(), self.offset_minutes());
                Value::Number(part.unwrap_or_else(|| {
                    let days = self.number(&value);
                    days - libm::floor(days)
                }))
            }
            Function::FormatDate | Function::FormatDateTime => {
                Value::Text(formatted(number(0), &text(1), self.scope.language))
            }
            Function::Now => self.scope.now.map_or(Value::nothing(), |now| {
                Value::Text(moment_text(now.days(), now.offset_minutes))
            }),
            Function::Today => {
                self.scope.now.map_or(Value::nothing(), |now| Value::Text(day_text(now.days())))
            }
        }
    }

    /// Whether an item of a checklist counts: "when it converts to a number > 0".
    fn is_met(&self, text: &str) -> bool {
        text == "true" || self.number(&Value::Text(text.to_owned())) > 0.0
    }

    /// The label of a question's choice; empty where there is no such choice.
    fn choice_name(&self, choice: &str, question: &str) -> String {
        let form = self.scope.form;
        let question = form.question(quoted_name(question));
        let choice = question.and_then(|question| form.choice(question, choice));
        choice.map_or("", |choice| choice.label.get(self.scope.language)).to_owned()
    }

    /// The text that pyxform would file under an id: `/data/name:label`, `/data/name:hint`, and
    /// `list-0` for the first choice of a list.
    fn itext(&self, id: &str) -> String {
        let form = self.scope.form;
        let text = if let Some((path, kind)) = id.rsplit_once(':') {
            form.question(quoted_name(path)).and_then(|question| match kind {
                "label" => Some(&question.label),
                "hint" => Some(&question.hint),
                _ => None,
            })
        } else {
            let (list, place) = id.rsplit_once('-').unwrap_or_default();
            let choice = place.parse().ok().and_then(|at: usize| form.choices(list).get(at));
            choice.map(|choice| &choice.label)
        };
        text.map_or("", |text| text.get(self.scope.language)).to_owned()
    }
}
