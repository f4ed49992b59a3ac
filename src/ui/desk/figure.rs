//! A chart with what belongs to it: its caption, its numbers as a table, and itself as a file.

use yew::prelude::*;

use super::super::part::{Button, ButtonKind};
use super::super::sends;
use crate::app::Msg;
use crate::app::desk::DeskMsg;
use crate::app::desk::charts::PictureKind;
use crate::browser::handing_over;
use crate::formats::chart::Caption;
use crate::formats::chart::twin::Twin;
use crate::text::Language;

#[derive(Properties, PartialEq)]
pub(super) struct FigureProps {
    pub t: Language,
    pub send: Callback<Msg>,
    pub caption: Caption,
    pub twin: Twin,
    /// False of a chart that is a table itself.
    #[prop_or(true)]
    pub shows_table: bool,
    /// The drawing.
    pub children: Html,
}

/// A chart.
#[component]
pub(super) fn Figure(props: &FigureProps) -> Html {
    let FigureProps { t, send, caption, twin, shows_table, children } = props;
    let t = *t;
    let copied = use_state(|| None::<bool>);
    let on_copy = {
        let (text, copied) = (twin.for_clipboard(t), copied.clone());
        Callback::from(move |()| {
            let copied = copied.clone();
            handing_over::copy(text.clone(), move |done| copied.set(Some(done)));
        })
    };
    let save = |kind| sends(send, DeskMsg::PictureAsked(kind));
    html! {
        <figure class="figure" id="chart">
            <figcaption>
                <h2>{ &caption.title }</h2>
                <div id="chart-about">{ for caption.about.iter().map(|line| html! { <p>{ line }</p> }) }</div>
            </figcaption>
            { children.clone() }
            <div class="small muted">{ for caption.method.iter().map(|line| html! { <p>{ line }</p> }) }</div>
            <div class="bar">
                <Button id="save-svg" on_press={save(PictureKind::Svg)}>{ t.chart_save_svg() }</Button>
                <Button id="save-png" on_press={save(PictureKind::Png)}>{ t.chart_save_png() }</Button>
                <Button id="copy-table" kind={ButtonKind::Quiet} on_press={on_copy}>{ t.chart_copy() }</Button>
                if let Some(done) = *copied {
                    <span role="status">{ if done { t.copied() } else { t.not_copied() } }</span>
                }
            </div>
            if *shows_table {
                <details class="folded" id="chart-table">
                    <summary>{ t.chart_table() }</summary>
                    { table(t, caption, twin) }
                </details>
            }
        </figure>
    }
}

fn table(t: Language, caption: &Caption, twin: &Twin) -> Html {
    let headings = twin.header.iter().map(|heading| html! { <th scope="col">{ heading }</th> });
    let rows = twin.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| {
            let class = cell.is_words().then_some("words");
            html! { <td {class}>{ cell.shown(t) }</td> }
        });
        html! { <tr><th scope="row">{ &row.name }</th>{ for cells }</tr> }
    });
    html! {
        <div class="table-frame" tabindex="0" role="region" aria-label={t.chart_table()}>
            <table class="plain twin">
                <caption class="sr-only">{ &caption.title }</caption>
                <thead><tr>{ for headings }</tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </div>
    }
}
