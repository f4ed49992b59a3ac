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
use crate::domain::filled::{AnswerFault, Filled};
use crate::domain::form::{Form, Kind, Question};
use crate::text::Language;

pub(super) use rating::{RatedCompetency, is_rated_competency};

/// What a control needs of its question.
#[derive(Properties, PartialEq, Clone)]
pub(super) struct QuestionProps {
    pub t: Language,
    pub form: Rc<Form>,
    /// The question, as a position in the form.
    pub position: usize,
    /// Its value now.
    pub value: AttrValue,
    /// The names of the choices it offers now.
    #[prop_or_default]
    pub offered: Rc<[String]>,
    /// What is wrong with it, if that is to be shown.
    #[prop_or_default]
    pub fault: Option<AnswerFault>,
    /// True when its label is the screen's heading.
    #[prop_or_default]
    pub is_heading: bool,
    pub send: Callback<Msg>,
}

impl QuestionProps {
    /// The properties of the question at `position` of a filled form.
    pub(super) fn of(
        filled: &Filled<'_>,
        form: &Rc<Form>,
        position: usize,
        t: Language,
        send: &Callback<Msg>,
    ) -> Option<Self> {
        let question = form.questions().get(position)?;
        Some(Self {
            t,
            form: Rc::clone(form),
            position,
            value: filled.as_given(question).to_owned().into(),
            offered: filled.offered(question).iter().map(|choice| choice.name.clone()).collect(),
            fault: None,
            is_heading: false,
            send: send.clone(),
        })
    }

    fn question(&self) -> Option<&Question> {
        self.form.questions().get(self.position)
    }

    /// Sends a new value of the question.
    fn answer(&self, value: String) {
        if let Some(question) = self.question() {
            let answers = vec![(question.name.clone(), value)];
            self.send.emit(Msg::Kit(KitMsg::Answered(answers)));
        }
    }

    fn label_of(&self, question: &Question, choice: &str) -> String {
        self.form.answer_in_words(question, choice, self.t.code())
    }
}

/// The id of a question's input.
fn input_id(question: &Question) -> String {
    format!("q-{}", question.name)
}

/// The id of the sentence that says what is wrong.
fn fault_id(question: &Question) -> String {
    format!("q-{}-fault", question.name)
}

/// A question with its label, help, control and, when asked for, what is wrong with it.
#[component]
pub(super) fn QuestionView(props: &QuestionProps) -> Html {
    let Some(question) = props.question() else { return Html::default() };
    let language = props.t.code();
    let label = question.label.get(language);
    let heading = if props.is_heading {
        html! { <h1 tabindex="-1">{ label }</h1> }
    } else {
        html! { <span class="label">{ label }</span> }
    };
    let hint = question.hint.get(language);
    let hint = (!hint.is_empty()).then(|| html! { <p class="hint muted">{ hint }</p> });
    let fault = html! { <Fault t={props.t} form={Rc::clone(&props.form)}
    position={props.position} fault={props.fault.clone()} /> };
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
                <label for={input_id(question)}>{ heading }</label>
                { hint }
                <fields::Field ..props.clone() />
                { fault }
            </div>
        },
        Kind::SelectOne(_) | Kind::SelectMultiple(_) | Kind::Rank(_) | Kind::Acknowledge => html! {
            <fieldset class="question" disabled={question.read_only} data-faulty={props.fault.is_some().then_some("true")}
                aria-describedby={props.fault.is_some().then(|| fault_id(question))}>
                <legend>{ heading }</legend>
                { hint }
                {
                    match &question.kind {
                        Kind::SelectOne(_) if is_finder => {
                            html! { <finder::Finder ..props.clone() /> }
                        }
                        Kind::Rank(_) => html! { <ranking::Ranking ..props.clone() /> },
                        _ => html! { <choices::Choices ..props.clone() /> },
                    }
                }
                { fault }
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

#[derive(Properties, PartialEq)]
struct FaultProps {
    t: Language,
    form: Rc<Form>,
    position: usize,
    fault: Option<AnswerFault>,
}

/// What is wrong with an answer, read out when it appears.
#[component]
fn Fault(props: &FaultProps) -> Html {
    match (props.form.questions().get(props.position), &props.fault) {
        (Some(question), Some(fault)) => html! {
            <p class="fault" id={fault_id(question)} role="alert">
                { props.t.answer_fault(question, fault) }
            </p>
        },
        _ => Html::default(),
    }
}
