//! The doors.

use yew::prelude::*;

use super::PageProps;
use super::part::{Icon, IconName, TopBar, UpdateOffer};
use crate::app::route::{Place, Route, Step};

/// The first page of a bare file: who are you, what do you want to do?
#[component]
pub(super) fn Home(page: &PageProps) -> Html {
    let t = page.model.language;
    let door = |id: &'static str, route: Route, icon: IconName, title: &str, text: &str| {
        html! {
            <li>
                <a {id} class="door" href={route.to_string()}>
                    <Icon name={icon} />
                    <span><strong>{ title }</strong><span class="muted">{ text }</span></span>
                </a>
            </li>
        }
    };
    html! {
        <div class="page">
            <TopBar page={page.clone()}><strong class="brand">{ "Phiếu Xã" }</strong></TopBar>
            <main>
                <UpdateOffer ..page.clone() />
                <h1 tabindex="-1">{ t.home_title() }</h1>
                <p class="lead">{ t.home_lead() }</p>
                <ul class="doors">
                    { door("door-answer", Route::Answer(Place::Welcome), IconName::Form,
                        t.door_answer(), t.door_answer_text()) }
                    { door("door-prepare", Route::desk(Step::Campaign), IconName::Form,
                        t.door_prepare(), t.door_prepare_text()) }
                    { door("door-desk", Route::desk(Step::Collect), IconName::Chart,
                        t.door_desk(), t.door_desk_text()) }
                </ul>
                <p class="assurance muted small"><Icon name={IconName::Lock} />{ t.home_privacy() }</p>
            </main>
        </div>
    }
}
