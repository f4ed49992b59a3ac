//! A competency rated on its two scales, or set aside as not one's task.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{Fault, QuestionProps};
use crate::app::Msg;
use crate::app::kit::KitMsg;
use crate::domain::field::Field;
use crate::domain::form::{Form, NOT_MY_TASK};

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
    /// The id of the heading that names the competency.
    pub heading: String,
}

/// Both scales, and one box for "not my task" that answers both. Where there is room, the styles
/// leave the words to the headings of a [`RatedSheet`].
#[component]
pub(crate) fn RatedCompetency(props: &RatedCompetencyProps) -> Html {
    let Some(rating) = props.ratings.first() else { return Html::default() };
    let is_not_my_task = props.ratings.iter().all(|rating| rating.value == NOT_MY_TASK);
    let onchange = {
        let names: Vec<String> = props.ratings.iter().map(QuestionProps::name).collect();
        let send = rating.send.clone();
        move |event: Event| {
            let ticked = event.target_dyn_into::<HtmlInputElement>().is_some_and(|b| b.checked());
            let value = if ticked { NOT_MY_TASK } else { "" };
            let answers = names.iter().map(|name| (name.clone(), value.to_owned())).collect();
            send.emit(Msg::Kit(KitMsg::Answered(answers)));
        }
    };
    html! {
        <div class="rated">
            { for props.ratings.iter().map(|rating| scale(rating, props)) }
            if let Some(words) = not_my_task(&props.ratings) {
                <label class="not-my-task">
                    <input type="checkbox" id={format!("{}-{NOT_MY_TASK}", rating.id())}
                        checked={is_not_my_task} {onchange} />
                    <span>{ words.to_owned() }</span>
                </label>
            }
        </div>
    }
}

/// What stands above the columns of several competencies that are rated on the same scales.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RatedColumns {
    /// Each scale with its levels.
    scales: Vec<(AttrValue, Vec<Level>)>,
    not_my_task: Option<String>,
}

impl RatedColumns {
    /// The columns of one competency.
    pub(crate) fn of(ratings: &[QuestionProps]) -> Self {
        let scales = ratings.iter().map(|rating| (rating.label.clone(), levels(rating)));
        Self { scales: scales.collect(), not_my_task: not_my_task(ratings).map(str::to_owned) }
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct RatedSheetProps {
    pub columns: RatedColumns,
    /// The competencies.
    pub children: Html,
}

/// Competencies below each other; the words of the scales stay in sight above them.
#[component]
pub(crate) fn RatedSheet(props: &RatedSheetProps) -> Html {
    let scales = props.columns.scales.iter().map(|(label, levels)| {
        html! {
            <div class="rating" style={format!("--levels:{}", levels.len())}>
                <p class="rating-label">{ label }</p>
                { for levels.iter().map(Level::view) }
            </div>
        }
    });
    // Each input says the same words by itself.
    html! {
        <div class="rated-sheet">
            <div class="rated-columns" aria-hidden="true">
                <div class="rated">
                    { for scales }
                    if let Some(words) = &props.columns.not_my_task {
                        <p class="not-my-task">{ words }</p>
                    }
                </div>
            </div>
            { props.children.clone() }
        </div>
    }
}

/// A level of a scale.
#[derive(Debug, Clone, PartialEq)]
struct Level {
    /// Its name, which is its number in most forms.
    name: String,
    words: String,
}

impl Level {
    fn number(&self) -> Option<&str> {
        self.name.bytes().all(|byte| byte.is_ascii_digit()).then_some(&self.name)
    }

    /// As it is read out.
    fn in_words(&self) -> String {
        self.number().map_or(self.words.clone(), |number| format!("{number} · {}", self.words))
    }

    fn view(&self) -> Html {
        html! {
            <span class="level-face" aria-hidden="true">
                <span>
                    <b class="level-number">{ self.number().unwrap_or("–") }</b>{ " " }
                    <span class="level-text">{ &self.words }</span>
                </span>
            </span>
        }
    }
}

fn levels(rating: &QuestionProps) -> Vec<Level> {
    let levels = rating.offered.iter().filter(|(name, _)| name != NOT_MY_TASK);
    levels.map(|(name, words)| Level { name: name.clone(), words: words.clone() }).collect()
}

/// The words for "not my task", where every scale offers it.
fn not_my_task(ratings: &[QuestionProps]) -> Option<&str> {
    let offers =
        |rating: &QuestionProps| rating.offered.iter().any(|(name, _)| name == NOT_MY_TASK);
    let rating = ratings.first().filter(|_| ratings.iter().all(offers))?;
    Some(rating.label_of(NOT_MY_TASK))
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

/// One scale: a row or cell for each level. A level takes back "not my task" on both scales.
fn scale(rating: &QuestionProps, props: &RatedCompetencyProps) -> Html {
    let levels = levels(rating);
    let rows = levels.iter().map(|level| {
        let scales = props.ratings.iter().map(|other| (&*other.field.key, &*other.value));
        let answers = rated(scales, &rating.field.key, &level.name);
        let onchange =
            rating.send.reform(move |_: Event| Msg::Kit(KitMsg::Answered(answers.clone())));
        html! {
            <label class="level">
                <input type="radio" id={format!("{}-{}", rating.id(), level.name)}
                    name={rating.name()} checked={rating.value == level.name}
                    aria-label={level.in_words()} {onchange} />
                { level.view() }
            </label>
        }
    });
    let label = format!("{}-label", rating.id());
    html! {
        <div class="rating" role="radiogroup" data-scale={rating.name()}
            style={format!("--levels:{};--rows:{}", levels.len(), levels.len() + 2)}
            aria-labelledby={format!("{} {label}", props.heading)}
            data-faulty={rating.fault.is_some().then_some("true")}
            aria-describedby={rating.fault.is_some().then(|| rating.fault_id())}>
            <p id={label} class="rating-label">{ &rating.label }</p>
            { for rows }
            <Fault ..rating.clone() />
        </div>
    }
}
