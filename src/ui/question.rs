//! One question, in the control that suits it.

mod choices;
mod fields;
mod finder;
mod ranking;
mod rating;

use std::rc::Rc;

use yew::prelude::*;

use crate::app::Msg;
use crate::app::kit::KitMsg;
use crate::domain::canonical::AnswerFault;
use crate::domain::field::Field;
use crate::domain::filled::Filled;
use crate::domain::form::{Form, Kind, Question};
use crate::domain::localized::Localized;
use crate::text::Language;

pub(super) use rating::{RatedColumns, RatedCompetency, RatedSheet, is_rated_competency, rated};

/// What a control needs of its question.
#[derive(Properties, PartialEq, Clone)]
pub(super) struct QuestionProps {
    pub t: Language,
    pub form: Rc<Form>,
    /// The question, in its instance.
    pub field: Field,
    /// The question itself, with the values it mentions.
    pub label: AttrValue,
    /// A line of help under it.
    pub hint: AttrValue,
    /// More help, for those who ask for it.
    pub guidance: AttrValue,
    /// Its value now.
    pub value: AttrValue,
    /// The choices it offers now: name and label.
    #[prop_or_default]
    pub offered: Rc<[(String, String)]>,
    /// What is wrong with it, in words, if that is to be shown.
    #[prop_or_default]
    pub fault: Option<AttrValue>,
    /// True when its label is the screen's heading.
    #[prop_or_default]
    pub is_heading: bool,
    pub send: Callback<Msg>,
}

impl QuestionProps {
    /// The properties of a question of a filled form.
    pub(super) fn of(
        filled: &Filled,
        field: &Field,
        t: Language,
        send: &Callback<Msg>,
    ) -> Option<Self> {
        let form = filled.form();
        let question = field.question(form)?;
        let text = |text: &Localized| filled.text(text, field).into_owned().into();
        Some(Self {
            t,
            form: Rc::clone(form),
            field: field.clone(),
            label: text(&question.label),
            hint: text(&question.hint),
            guidance: text(&question.guidance),
            value: filled.as_given(field).to_owned().into(),
            offered: filled
                .offered(field)
                .into_iter()
                .map(|choice| (choice.name.clone(), filled.choice_label(choice, field)))
                .collect(),
            fault: None,
            is_heading: false,
            send: send.clone(),
        })
    }

    fn question(&self) -> Option<&Question> {
        self.field.question(&self.form)
    }

    /// True when its value is shown but cannot be changed.
    fn is_fixed(&self) -> bool {
        self.question().is_some_and(|question| question.read_only || question.is_computed())
    }

    /// The name of its inputs.
    fn name(&self) -> String {
        self.field.key.clone()
    }

    /// The id of its input.
    fn id(&self) -> String {
        format!("q-{}", self.field.key)
    }

    /// The id of the sentence that says what is wrong.
    fn fault_id(&self) -> String {
        format!("q-{}-fault", self.field.key)
    }

    /// Sends a new value of the question.
    fn answer(&self, value: String) {
        let answers = vec![(self.name(), value)];
        self.send.emit(Msg::Kit(KitMsg::Answered(answers)));
    }

    /// What a choice reads like; one that is offered no more by its name.
    fn label_of<'p>(&'p self, choice: &'p str) -> &'p str {
        let offered = self.offered.iter().find(|(name, _)| name == choice);
        offered.map_or(choice, |(_, label)| label)
    }
}

/// Why an answer does not do; the form's own words where it has some.
pub(super) fn fault_in_words(
    t: Language,
    filled: &Filled,
    field: &Field,
    fault: &AnswerFault,
) -> String {
    let own = field.question(filled.form()).and_then(|question| match fault {
        AnswerFault::Required => Some(&question.required_message),
        AnswerFault::Constraint => Some(&question.constraint_message),
        _ => None,
    });
    match own.filter(|own| !own.is_empty()) {
        Some(own) => filled.text(own, field).into_owned(),
        None => t.answer_fault(fault).to_owned(),
    }
}

/// A question with its label, help, control and, when asked for, what is wrong with it.
#[component]
pub(super) fn QuestionView(props: &QuestionProps) -> Html {
    let Some(question) = props.question() else { return Html::default() };
    let label = &*props.label;
    let heading = if props.is_heading {
        html! { <h1 id={format!("{}-label", props.id())} tabindex="-1">{ label }</h1> }
    } else {
        html! { <span id={format!("{}-label", props.id())} class="label">{ label }</span> }
    };
    let help = html! {
        <>
            if !props.hint.is_empty() { <p class="hint muted">{ &props.hint }</p> }
            if !props.guidance.is_empty() {
                <details class="guidance">
                    <summary>{ props.t.more_help() }</summary>
                    <p class="muted">{ &props.guidance }</p>
                </details>
            }
        </>
    };
    let fault = html! { <Fault ..props.clone() /> };
    let is_finder = question.appearance.iter().any(|word| word == "autocomplete");
    match &question.kind {
        Kind::Note => html! { <div class="note">{ note(label, props.is_heading) }</div> },
        Kind::Calculate | Kind::Hidden | Kind::Meta(_) => Html::default(),
        Kind::Text
        | Kind::Integer
        | Kind::Decimal
        | Kind::Range(_)
        | Kind::Date
        | Kind::Time
        | Kind::DateTime => html! {
            <div class="question" data-faulty={props.fault.is_some().then_some("true")}>
                <label for={props.id()}>{ heading }</label>
                { help }
                <fields::TypedField ..props.clone() />
                { fault }
            </div>
        },
        Kind::SelectOne(_) | Kind::SelectMultiple(_) | Kind::Rank(_) | Kind::Acknowledge => html! {
            <fieldset class="question" disabled={props.is_fixed()} data-faulty={props.fault.is_some().then_some("true")}
                aria-describedby={props.fault.is_some().then(|| props.fault_id())}>
                <legend>{ heading }</legend>
                { help }
                // Below dozens of choices nobody would see it.
                { fault }
                {
                    match &question.kind {
                        Kind::SelectOne(_) if is_finder => {
                            html! { <finder::Finder ..props.clone() /> }
                        }
                        Kind::Rank(_) => html! { <ranking::Ranking ..props.clone() /> },
                        _ => html! { <choices::Choices ..props.clone() /> },
                    }
                }
            </fieldset>
        },
    }
}

/// A note; a question in its first sentence is set off from the answer that follows.
fn note(label: &str, is_heading: bool) -> Html {
    match label.split_once("? ") {
        Some((question, rest)) if !is_heading => html! {
            <p><strong>{ question }{ "?" }</strong>{ " " }{ rest }</p>
        },
        _ if is_heading => {
            html! { <><h1 tabindex="-1" class="sr-only">{ label }</h1><p class="lead">{ label }</p></> }
        }
        _ => html! { <p>{ label }</p> },
    }
}

/// What is wrong with an answer, read out when it appears.
#[component]
fn Fault(props: &QuestionProps) -> Html {
    html! {
        if let Some(fault) = &props.fault {
            <p class="fault" id={props.fault_id()} role="alert">{ fault }</p>
        }
    }
}
