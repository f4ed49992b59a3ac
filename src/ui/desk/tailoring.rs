//! What this campaign changes of its form: competencies, posts and the levels that posts need.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::super::PageProps;
use super::super::part::Button;
use crate::app::Msg;
use crate::app::desk::{CampaignEdit, DeskMsg};
use crate::domain::form::{Choice, Role};

/// The levels of ability.
const LEVELS: std::ops::RangeInclusive<u8> = 1..=5;

/// Competencies with the levels that one post needs.
#[component]
pub(super) fn Competencies(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, desk) = (model.language, &model.desk);
    let post = use_state(String::new);
    let posts = posts(&desk.form);
    if desk.base.competencies.is_empty() {
        return Html::default();
    }
    let chosen = posts.iter().find(|choice| choice.name == *post).or_else(|| posts.first());
    let chosen = chosen.map(|choice| choice.name.clone()).unwrap_or_default();
    let on_post = {
        let post = post.clone();
        move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                post.set(select.value());
            }
        }
    };
    let rows = desk.base.competencies.iter().map(|competency| {
        let code = competency.code.clone();
        let tailored = desk.form.competency(&code);
        let level = tailored.and_then(|tailored| tailored.required_levels.get(&chosen)).copied();
        let on_asked = {
            let code = code.clone();
            send.reform(move |event: Event| {
                let input = event.target_dyn_into::<HtmlInputElement>();
                let asked = input.is_some_and(|input| input.checked());
                edited(CampaignEdit::CompetencyAsked(code.clone(), asked))
            })
        };
        let on_level = {
            let (code, post) = (code.clone(), chosen.clone());
            send.reform(move |event: Event| {
                let select = event.target_dyn_into::<HtmlSelectElement>();
                let level = select.and_then(|select| select.value().parse().ok());
                edited(CampaignEdit::RequiredLevel(code.clone(), post.clone(), level))
            })
        };
        let label = competency.label.get(t.code());
        let levels = LEVELS.map(|value| {
            html! { <option value={value.to_string()} selected={level == Some(value)}>{ value }</option> }
        });
        html! {
            <tr key={code.clone()}>
                <td>
                    <label class="asked">
                        <input type="checkbox" id={format!("asked-{code}")} checked={tailored.is_some()}
                            onchange={on_asked} />
                        <span>{ format!("{code}. {label}") }</span>
                    </label>
                </td>
                <td class="num">
                    <select class="field" id={format!("level-{code}")} disabled={tailored.is_none() || chosen.is_empty()}
                        aria-label={t.tailor_level_of(&label)} onchange={on_level}>
                        if level.is_none() { <option value="" selected=true>{ "–" }</option> }
                        { for levels }
                    </select>
                </td>
            </tr>
        }
    });
    html! {
        <details class="card tailoring" id="competencies">
            <summary>{ t.tailor_competencies(&t.count(desk.form.competencies.len())) }</summary>
            <p class="muted">{ t.tailor_competencies_hint() }</p>
            if !posts.is_empty() {
                <div class="labelled">
                    <label for="level-post">{ t.tailor_post() }</label>
                    <select class="field" id="level-post" onchange={on_post}>
                        { for posts.iter().map(|choice| html! {
                            <option value={choice.name.clone()} selected={choice.name == chosen}>
                                { choice.label.get(t.code()) }</option>
                        }) }
                    </select>
                </div>
            }
            <table>
                <thead><tr><th>{ t.tailor_asked() }</th><th>{ t.tailor_level() }</th></tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </details>
    }
}

/// The posts that can be chosen, and what they are called here.
#[component]
pub(super) fn Posts(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, desk) = (model.language, &model.desk);
    let tailoring = &desk.file.campaign.tailoring;
    let label = use_node_ref();
    let like = use_node_ref();
    let all = posts(&desk.base);
    if all.is_empty() {
        return Html::default();
    }
    let row = |name: &str, shown: String, offered: bool| {
        let on_offered = {
            let name = name.to_owned();
            send.reform(move |event: Event| {
                let input = event.target_dyn_into::<HtmlInputElement>();
                let offered = input.is_some_and(|input| input.checked());
                edited(CampaignEdit::PostOffered(name.clone(), offered))
            })
        };
        let on_label = {
            let name = name.to_owned();
            send.reform(move |event: Event| {
                let input = event.target_dyn_into::<HtmlInputElement>();
                let label = input.map(|input| input.value()).unwrap_or_default();
                edited(CampaignEdit::PostLabel(name.clone(), label))
            })
        };
        html! {
            <li key={name.to_owned()}>
                <input type="checkbox" id={format!("offered-{name}")} checked={offered}
                    onchange={on_offered} aria-label={t.tailor_offered(&shown)} />
                <input type="text" class="field" id={format!("post-{name}")} value={shown} disabled={!offered}
                    onchange={on_label} aria-label={t.tailor_post_label()} />
            </li>
        }
    };
    let of_form = all.iter().map(|post| {
        let shown =
            tailoring.post_labels.get(&post.name).map_or(post.label.get(t.code()), |label| label);
        row(&post.name, shown.to_owned(), !tailoring.left_out_posts.contains(&post.name))
    });
    let added = tailoring.added_posts.iter().map(|post| {
        let shown = tailoring.post_labels.get(&post.name).unwrap_or(&post.label);
        row(&post.name, shown.clone(), true)
    });
    let on_add = {
        let (send, label, like) = (send.clone(), label.clone(), like.clone());
        Callback::from(move |()| {
            let Some(field) = label.cast::<HtmlInputElement>() else { return };
            let like = like.cast::<HtmlSelectElement>().map(|select| select.value());
            send.emit(edited(CampaignEdit::PostAdded(field.value(), like.unwrap_or_default())));
            field.set_value("");
        })
    };
    html! {
        <details class="card tailoring" id="posts">
            <summary>{ t.tailor_posts(&t.count(posts(&desk.form).len())) }</summary>
            <p class="muted">{ t.tailor_posts_hint() }</p>
            <ul class="posts">{ for of_form.chain(added) }</ul>
            <div class="field-row">
                <div class="labelled">
                    <label for="new-post">{ t.tailor_new_post() }</label>
                    <input type="text" class="field" id="new-post" ref={label} />
                </div>
                <div class="labelled">
                    <label for="new-post-like">{ t.tailor_like() }</label>
                    <select class="field" id="new-post-like" ref={like}>
                        { for all.iter().map(|post| html! {
                            <option value={post.name.clone()}>{ post.label.get(t.code()) }</option>
                        }) }
                    </select>
                </div>
                <Button id="add-post" on_press={on_add}>{ t.tailor_add() }</Button>
            </div>
        </details>
    }
}

fn posts(form: &crate::domain::form::Form) -> Vec<Choice> {
    let list = form.with_role(Role::Post).and_then(|post| post.kind.list());
    form.choices(list.unwrap_or_default()).to_vec()
}

fn edited(edit: CampaignEdit) -> Msg {
    Msg::Desk(DeskMsg::Edited(edit))
}
