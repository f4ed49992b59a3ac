//! What posts ask of those who hold them, and which are looked at together: as a trainer sets it.

use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::app::Msg;
use crate::app::desk::{CampaignEdit, DeskMsg};
use crate::domain::form::{Choice, Form, Role};
use crate::domain::profile::{Evaluation, PostGroup, Standard};
use crate::forms::standards::evaluation_of;
use crate::text::Language;
use crate::ui::PageProps;
use crate::ui::part::{Button, ButtonKind};

/// The standards by post, and the groups of posts.
#[component]
pub(super) fn EvaluationEditor(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, desk) = (model.language, &model.desk);
    let now = evaluation_of(&desk.file.campaign, &desk.form);
    if now.standards.is_empty() && now.post_groups.is_empty() {
        return Html::default();
    }
    let editor = Editor { t, form: desk.form.clone(), now: Rc::new(now), send: send.clone() };
    let reset = send.reform(|()| edited(None));
    let add = editor.change(|evaluation| evaluation.post_groups.push(PostGroup::default()));
    html! {
        <details class="folded" id="evaluation">
            <summary>{ t.people_change_evaluation() }</summary>
            <p class="muted">{ t.people_evaluation_lead() }</p>
            { editor.standards() }
            <h3>{ t.people_bodies_posts() }</h3>
            { for (0..editor.now.post_groups.len()).map(|at| editor.group(at)) }
            <div class="bar">
                <Button id="add-group" on_press={add}>{ t.people_group_add() }</Button>
                <Button id="reset-evaluation" kind={ButtonKind::Quiet} on_press={reset}>
                    { t.people_evaluation_reset() }</Button>
            </div>
        </details>
    }
}

fn edited(evaluation: Option<Evaluation>) -> Msg {
    DeskMsg::Edited(CampaignEdit::Evaluation(evaluation)).into()
}

struct Editor {
    t: Language,
    form: Rc<Form>,
    now: Rc<Evaluation>,
    send: Callback<Msg>,
}

impl Editor {
    /// Sends the evaluation with one thing changed.
    fn change(&self, how: impl Fn(&mut Evaluation) + 'static) -> Callback<()> {
        let now = Rc::clone(&self.now);
        self.send.reform(move |()| {
            let mut changed = (*now).clone();
            how(&mut changed);
            edited(Some(changed))
        })
    }

    fn posts(&self) -> &[Choice] {
        let list = self.form.with_role(Role::Post).and_then(|post| post.kind.list());
        self.form.choices(list.unwrap_or_default())
    }

    /// A line of usual levels, then one a post.
    fn standards(&self) -> Html {
        let Self { t, form, now, .. } = self;
        let heads = now.standards.iter().map(|standard| {
            html! { <th scope="col">{ t.question_label(form, &standard.question) }</th> }
        });
        let usual = (0..now.standards.len()).map(|at| self.level(at, None));
        let posts = self.posts().iter().map(|post| {
            let levels = (0..now.standards.len()).map(|at| self.level(at, Some(&post.name)));
            html! {
                <tr key={post.name.clone()}>
                    <th scope="row">{ post.label.get(t.code()) }</th>{ for levels }
                </tr>
            }
        });
        html! {
            <div class="table-scroll tall" tabindex="0" role="region" aria-label={t.people_standards()}>
                <table class="plain">
                    <thead><tr><th></th>{ for heads }</tr></thead>
                    <tbody>
                        <tr><th scope="row">{ t.people_usual() }</th>{ for usual }</tr>
                        { for posts }
                    </tbody>
                </table>
            </div>
        }
    }

    /// The least that a post needs, or that posts usually need.
    fn level(&self, at: usize, post: Option<&str>) -> Html {
        let Self { t, form, now, .. } = self;
        let Some(standard) = now.standards.get(at) else { return Html::default() };
        let own = post.map(|post| standard.of_posts.get(post));
        // Of a post that says nothing itself, the usual level holds.
        let chosen = match own {
            None => Some(standard.usual.as_str()),
            Some(own) => own.map(String::as_str),
        };
        let question = form.question(&standard.question);
        let list = question.and_then(|question| question.kind.list()).unwrap_or_default();
        let placed =
            form.choices(list).iter().filter(|choice| !standard.unplaced.contains(&choice.name));
        let options = placed.map(|choice| {
            html! {
                <option value={choice.name.clone()} selected={chosen == Some(&choice.name)}>
                    { choice.label.get(t.code()) }</option>
            }
        });
        let onchange = {
            let (now, post) = (Rc::clone(now), post.map(str::to_owned));
            self.send.reform(move |event: Event| {
                let select = event.target_dyn_into::<HtmlSelectElement>();
                let value = select.map_or(String::new(), |select| select.value());
                let mut changed = (*now).clone();
                if let Some(standard) = changed.standards.get_mut(at) {
                    set_level(standard, post.as_deref(), value);
                }
                edited(Some(changed))
            })
        };
        let id = format!("least-{}-{}", standard.question, post.unwrap_or("usual"));
        html! {
            <td>
                <select class="field" {id} {onchange} aria-label={t.question_label(form, &standard.question)}>
                    if post.is_some() {
                        <option value={AS_USUAL} selected={chosen.is_none()}>{ t.people_as_usual() }</option>
                    }
                    <option value="" selected={chosen == Some("")}>{ t.people_nothing_asked() }</option>
                    { for options }
                </select>
            </td>
        }
    }

    /// A group's name and its posts.
    fn group(&self, at: usize) -> Html {
        let Self { t, now, .. } = self;
        let Some(group) = now.post_groups.get(at) else { return Html::default() };
        let on_name = {
            let now = Rc::clone(now);
            self.send.reform(move |event: Event| {
                let input = event.target_dyn_into::<HtmlInputElement>();
                let mut changed = (*now).clone();
                if let Some(group) = changed.post_groups.get_mut(at) {
                    group.name = input.map_or(String::new(), |input| input.value());
                }
                edited(Some(changed))
            })
        };
        let boxes = self.posts().iter().map(|post| {
            let name = post.name.clone();
            let toggle = self.change(move |evaluation| {
                let Some(group) = evaluation.post_groups.get_mut(at) else { return };
                if !group.posts.remove(&name) {
                    group.posts.insert(name.clone());
                }
            });
            html! {
                <label class="asked" key={post.name.clone()}>
                    <input type="checkbox" id={format!("group-{at}-{}", post.name)}
                        checked={group.posts.contains(&post.name)} onchange={toggle.reform(|_: Event| ())} />
                    <span>{ post.label.get(t.code()) }</span>
                </label>
            }
        });
        html! {
            <fieldset class="card" key={at}>
                <div class="labelled">
                    <label for={format!("group-name-{at}")}>{ t.people_group_name() }</label>
                    <input type="text" class="field" id={format!("group-name-{at}")}
                        value={group.name.clone()} onchange={on_name} />
                </div>
                <div class="filter-values">{ for boxes }</div>
            </fieldset>
        }
    }
}

/// What no choice is called.
const AS_USUAL: &str = "\u{1f}";

fn set_level(standard: &mut Standard, post: Option<&str>, value: String) {
    match post {
        None => standard.usual = value,
        Some(post) if value == AS_USUAL => {
            standard.of_posts.remove(post);
        }
        Some(post) => {
            standard.of_posts.insert(post.to_owned(), value);
        }
    }
}
