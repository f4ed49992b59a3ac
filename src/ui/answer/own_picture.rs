//! Thanks: the person's own picture, to be kept as a file or on paper.

use yew::prelude::*;

use super::super::PageProps;
use super::super::part::{Button, drawn};
use crate::app::Msg;
use crate::domain::own_picture::Standing;
use crate::formats::own_picture_svg;

/// Where the picture stands in the receipt.
const OWN_PICTURE: &str = "own-picture";

/// Strengths and what to train first, of what was handed in last; nothing where the form does not
/// rate the person's own competencies.
#[component]
pub(super) fn OwnPictureSection(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, kit) = (model.language, model.open_kit());
    let Some(picture) = kit.own_picture() else { return Html::default() };
    let standing = |own: &Standing| {
        html! {
            <li>
                <p class="own-name">{ own.competency.label.get(&kit.words) }</p>
                { drawn(&own_picture_svg::track(own, t)) }
                <p>{ t.standing(kit.form(), own, &kit.words) }</p>
            </li>
        }
    };
    let legend = own_picture_svg::legend(&picture, t).into_iter().map(|(mark, meaning)| {
        html! { <li>{ drawn(&mark) }<span>{ meaning }</span></li> }
    });
    html! {
        <section id={OWN_PICTURE} class="own-picture" aria-labelledby="own-picture-title">
            <h2 id="own-picture-title">{ t.own_picture() }</h2>
            <div class="small muted">
                { for kit.about_own_picture().map(|line| html! { <p>{ line }</p> }) }
            </div>
            <p>{ t.own_picture_lead() }</p>
            <ul class="legend small">{ for legend }</ul>
            if !picture.strengths.is_empty() {
                <h3>{ t.own_strengths() }</h3>
                <ul id="own-strengths">{ for picture.strengths.iter().map(standing) }</ul>
            }
            <h3>{ t.own_to_train() }</h3>
            if picture.to_train.is_empty() {
                <p>{ t.own_nothing_to_train() }</p>
            } else {
                <p class="small muted">{ t.own_to_train_lead() }</p>
                <ol id="own-to-train">{ for picture.to_train.iter().map(standing) }</ol>
            }
            <div class="bar">
                <Button id="save-picture" on_press={send.reform(|()| Msg::OwnPictureAsked)}>
                    { t.save_picture() }</Button>
                <Button id="print-picture" on_press={send.reform(|()| Msg::PrintAsked(OWN_PICTURE))}>
                    { t.print_picture() }</Button>
            </div>
        </section>
    }
}
