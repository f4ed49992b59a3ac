//! A competency rated on its two scales, or set aside as not one's task.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{Fault, QuestionProps};
use crate::app::Msg;
use crate::app::kit::KitMsg;
use crate::domain::field::Field;
use crate::domain::form::{Form, NOT_MY_TASK, Question};

/// True when the questions of a screen are the two ratings of one competency.
pub(crate) fn is_rated_competency(form: &Form, fields: &[Field]) -> bool {
    let rated: Vec<_> =
        fields.iter().filter_map(|field| field.question(form)?.rating.as_ref()).collect();
    match rated.as_slice() {
        [first, second] => fields.len() == 2 && first.competency == second.competency,
        _ => false,
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct RatedCompetencyProps {
    /// The questions of the two ratings.
    pub ratings: Vec<QuestionProps>,
}

/// Both scales, and one box for "not my task" that answers both.
#[component]
pub(crate) fn RatedCompetency(props: &RatedCompetencyProps) -> Html {
    let questions: Vec<(&QuestionProps, &Question)> =
        props.ratings.iter().filter_map(|rating| Some((rating, rating.question()?))).collect();
    let Some((rating, _)) = questions.first().copied() else { return Html::default() };
    let offers_not_my_task = questions
        .iter()
        .all(|(rating, _)| rating.offered.iter().any(|(name, _)| name == NOT_MY_TASK));
    let is_not_my_task = questions.iter().all(|(rating, _)| rating.value == NOT_MY_TASK);
    let onchange = {
        let names: Vec<String> = questions.iter().map(|(rating, _)| rating.name()).collect();
        let send = rating.send.clone();
        move |event: Event| {
            let ticked = event.target_dyn_into::<HtmlInputElement>().is_some_and(|b| b.checked());
            let value = if ticked { NOT_MY_TASK } else { "" };
            let answers = names.iter().map(|name| (name.clone(), value.to_owned())).collect();
            send.emit(Msg::Kit(KitMsg::Answered(answers)));
        }
    };
    html! {
        <>
            { for questions.iter().map(|(rating, _)| scale(rating, &questions)) }
            if offers_not_my_task {
                <label class="not-my-task">
                    <input type="checkbox" id={format!("{}-{NOT_MY_TASK}", rating.id())}
                        checked={is_not_my_task} {onchange} />
                    <span>{ rating.label_of(NOT_MY_TASK).to_owned() }</span>
                </label>
            }
        </>
    }
}

/// The answers that choosing a level makes: it takes back "not my task" on the other scale, too.
pub(crate) fn rated<'s>(
    scales: impl IntoIterator<Item = (&'s str, &'s str)>,
    key: &str,
    level: &str,
) -> Vec<(String, String)> {
    let set_aside = scales.into_iter().filter(|(_, value)| *value == NOT_MY_TASK);
    let mut answers: Vec<(String, String)> =
        set_aside.map(|(other, _)| (other.to_owned(), String::new())).collect();
    answers.push((key.to_owned(), level.to_owned()));
    answers
}

/// One scale of five: the numbers to press, and the words of the chosen one or of both ends.
/// A level takes back "not my task" on both scales.
fn scale(props: &QuestionProps, both: &[(&QuestionProps, &Question)]) -> Html {
    let levels = props.offered.iter().map(|(name, _)| name);
    let levels: Vec<&String> = levels.filter(|name| *name != NOT_MY_TASK).collect();
    let word = |name: &str| format!("{name} · {}", props.label_of(name));
    let buttons = levels.iter().map(|name| {
        let scales = both.iter().map(|(other, _)| (&*other.field.key, &*other.value));
        let answers = rated(scales, &props.field.key, name);
        let onchange =
            props.send.reform(move |_: Event| Msg::Kit(KitMsg::Answered(answers.clone())));
        html! {
            <label>
                <input type="radio" id={format!("{}-{name}", props.id())}
                    name={props.name()} checked={props.value == name.as_str()}
                    aria-label={word(name)} {onchange} />
                <span aria-hidden="true">{ *name }</span>
            </label>
        }
    });
    let words = match (levels.iter().find(|name| props.value == name.as_str()), levels.as_slice()) {
        (Some(chosen), _) => html! { <b>{ word(chosen) }</b> },
        (None, [first, .., last]) => html! { { format!("{} … {}", word(first), word(last)) } },
        _ => Html::default(),
    };
    html! {
        <fieldset class="question rating" data-scale={props.name()} data-faulty={props.fault.is_some().then_some("true")}
            aria-describedby={props.fault.is_some().then(|| props.fault_id())}>
            <legend>{ &props.label }</legend>
            <div class="scale">{ for buttons }</div>
            <p class="scale-word small">{ words }</p>
            <Fault ..props.clone() />
        </fieldset>
    }
}
