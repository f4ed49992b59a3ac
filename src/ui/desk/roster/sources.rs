//! Where units come from: the provinces of a list, a file, the sample.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{does, preview, roster_msg};
use crate::app::desk::roster::{PostLabels, RosterMsg, Source};
use crate::browser::files;
use crate::domain::gazetteer::UnitList;
use crate::domain::search::folded;
use crate::text::Language;
use crate::ui::PageProps;
use crate::ui::part::{Button, ButtonKind, ChoiceRow};

pub(super) fn name(t: Language, source: Source) -> &'static str {
    match source {
        Source::Provinces(UnitList::Current) => t.source_current(),
        Source::Provinces(UnitList::Before2025) => t.source_before(),
        Source::File => t.source_file(),
        Source::Sample => t.source_sample(),
    }
}

/// What is chosen from.
pub(super) fn panel(page: &PageProps, source: Source, labels: &PostLabels) -> Html {
    let t = page.model.language;
    let screen = &page.model.desk.roster;
    let (content, is_ready) = match source {
        Source::Provinces(_) => (provinces(page), !screen.picked.is_empty()),
        Source::Sample => (html! { <p>{ t.source_sample_text() }</p> }, true),
        Source::File => {
            let units = screen.preview.as_ref().map_or(0, |preview| preview.units);
            (file(page, labels), units > 0)
        }
    };
    html! {
        <section class="card" id="source" aria-label={name(t, source)}>
            { content }
            { take_buttons(page, is_ready && !screen.is_waiting) }
        </section>
    }
}

fn take_buttons(page: &PageProps, is_ready: bool) -> Html {
    let t = page.model.language;
    let take = |replace| does(page, RosterMsg::Taken { replace });
    let has_units = !page.model.desk.file.campaign.roster.units.is_empty();
    html! {
        <div class="bar">
            if has_units {
                <Button id="roster-append" kind={ButtonKind::Primary} disabled={!is_ready}
                    on_press={take(false)}>{ t.roster_append() }</Button>
                <Button id="roster-replace" disabled={!is_ready} on_press={take(true)}>
                    { t.roster_replace() }</Button>
            } else {
                <Button id="roster-take" kind={ButtonKind::Primary} disabled={!is_ready}
                    on_press={take(true)}>{ t.roster_take() }</Button>
            }
            <Button id="close-source" kind={ButtonKind::Quiet}
                on_press={does(page, RosterMsg::SourceChosen(None))}>{ t.roster_close_source() }</Button>
        </div>
    }
}

fn provinces(page: &PageProps) -> Html {
    let PageProps { model, send } = page;
    let (t, screen) = (model.language, &model.desk.roster);
    let Some((_, provinces)) = &screen.provinces else {
        return html! { <p role="status">{ t.computing() }</p> };
    };
    let wanted = folded(&screen.province_search);
    let found = provinces.iter().filter(|(province, _)| folded(&province.name).contains(&wanted));
    let rows = found.map(|(province, units)| {
        let code = province.code.clone();
        let on_change =
            send.reform(move |ticked| roster_msg(RosterMsg::ProvinceTicked(code.clone(), ticked)));
        html! {
            <ChoiceRow key={province.code.clone()} id={format!("province-{}", province.code)}
                name="province" is_box=true checked={screen.picked.contains(&province.code)}
                label={t.province_units(&province.name, &t.count(*units))} {on_change} />
        }
    });
    let on_search = send.reform(|event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        roster_msg(RosterMsg::ProvinceSearched(input.map(|i| i.value()).unwrap_or_default()))
    });
    let picked = provinces.iter().filter(|(province, _)| screen.picked.contains(&province.code));
    let units: usize = picked.map(|(_, units)| units).sum();
    html! {
        <>
            <input type="search" class="field" id="province-search" autocomplete="off"
                value={screen.province_search.clone()} placeholder={t.province_search()}
                aria-label={t.province_search()} oninput={on_search} />
            <div class="choices provinces">{ for rows }</div>
            <p class="muted num" role="status">
                { t.provinces_picked(&t.count(screen.picked.len()), &t.count(units)) }
            </p>
        </>
    }
}

fn file(page: &PageProps, labels: &PostLabels) -> Html {
    let PageProps { model, send } = page;
    let (t, screen) = (model.language, &model.desk.roster);
    let onchange = {
        let send = send.clone();
        files::on_one_chosen(move |name, bytes| {
            send.emit(roster_msg(RosterMsg::FileChosen(name, bytes)));
        })
    };
    html! {
        <>
            <label class="button file-button">{ t.choose_roster_file() }
                <input type="file" id="roster-file" {onchange} />
            </label>
            <p class="muted small">{ t.source_file_hint() }</p>
            if let Some((file, problem)) = &screen.refused {
                <p id="roster-refused" class="refused" role="alert">
                    { t.roster_refused(file, &t.problem(problem)) }
                </p>
            }
            if let Some(preview) = &screen.preview { { preview::preview(page, preview, labels) } }
        </>
    }
}
