//! Units by posts: a line a unit, a cell a post.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::sums::CoveredProps;
use crate::domain::coverage::{CoverageCell, CoverageSums, post_name};
use crate::domain::roster::Unit;
use crate::domain::search::folded;
use crate::ui::part::lines::{room, use_lines};

/// The height of a line, in pixels; the styles have the same.
const LINE: i32 = 28;

/// Which units are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    All,
    Missing,
    None,
    Full,
    Doubled,
}

impl Shown {
    const ALL: [Self; 5] = [Self::All, Self::Missing, Self::None, Self::Full, Self::Doubled];

    fn holds(self, sums: &CoverageSums) -> bool {
        match self {
            Self::All => true,
            Self::Missing => sums.missing() > 0,
            Self::None => sums.asked > 0 && sums.received == 0,
            Self::Full => sums.asked > 0 && sums.missing() == 0,
            Self::Doubled => sums.doubled > 0,
        }
    }
}

/// The grid, of which only the lines in view are drawn.
#[component]
pub(super) fn Grid(props: &CoveredProps) -> Html {
    let CoveredProps { t, form, roster, covered } = props;
    let coverage = &covered.0;
    let lines = use_lines(LINE);
    let search = use_state(String::new);
    let shown = use_state(|| Shown::All);
    let found = use_memo(
        ((*search).clone(), *shown, std::rc::Rc::as_ptr(covered)),
        |(search, shown, _)| {
            let wanted = folded(search);
            let units = roster.units.iter().enumerate().filter(|(at, unit)| {
                shown.holds(&coverage.unit_sums(*at))
                    && (folded(&unit.called()).contains(&wanted) || unit.code == wanted)
            });
            units.map(|(at, _)| at).collect::<Vec<usize>>()
        },
    );
    let posts: Vec<String> =
        (0..roster.posts.len()).map(|post| post_name(form, roster, post, t.code())).collect();
    let drawn = lines.of(found.len());
    let (before, after) = (drawn.start, found.len() - drawn.end);
    let rows = found.get(drawn).unwrap_or_default().iter().map(|at| {
        let name = roster.units.get(*at).map_or(String::new(), Unit::called);
        let cells = coverage.unit(*at).iter().zip(&posts).map(|(one, post)| {
            let words = t.cell_words(&name, post, &one.received, &one.asked());
            cell(*one, words)
        });
        html! { <tr key={*at}><th scope="row" title={name.clone()}>{ &name }</th>{ for cells }</tr> }
    });
    let on_search = {
        let search = search.clone();
        move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                search.set(input.value());
            }
        }
    };
    let chips = Shown::ALL.into_iter().map(|choice| {
        let (id, name) = match choice {
            Shown::All => ("all", t.coverage_all_units()),
            Shown::Missing => ("missing", t.coverage_units_missing()),
            Shown::None => ("none", t.coverage_units_none()),
            Shown::Full => ("full", t.coverage_units_full()),
            Shown::Doubled => ("doubled", t.coverage_units_doubled()),
        };
        let onclick = {
            let shown = shown.clone();
            move |_: MouseEvent| shown.set(choice)
        };
        html! {
            <button type="button" class="chip" id={format!("units-{id}")}
                aria-pressed={(*shown == choice).to_string()} {onclick}>{ name }</button>
        }
    });
    let keys = [
        ("received", t.key_received()),
        ("part", t.key_part()),
        ("missing", t.key_missing()),
        ("doubled", t.key_doubled()),
    ];
    let keys = keys.map(|(state, meaning)| {
        html! { <span><i class="c" data-state={state}></i>{ meaning }</span> }
    });
    html! {
        <section class="part" id="grid">
            <h2>{ t.coverage_grid() }</h2>
            <div class="bar">
                <input type="search" class="field" id="grid-search" placeholder={t.coverage_search()}
                    aria-label={t.coverage_search()} value={(*search).clone()} oninput={on_search} />
                { for chips }
                <span class="muted num" id="grid-found" role="status">
                    { t.coverage_found(&t.count(found.len()), &t.count(roster.units.len())) }</span>
            </div>
            <p class="grid-key small">
                { for keys }<span class="muted">{ t.key_blank() }</span>
            </p>
            <div class="cover-grid" ref={lines.scroller} onscroll={lines.onscroll} tabindex="0" role="region"
                aria-label={t.coverage_grid()}>
                <table>
                    <thead><tr>
                        <th></th>
                        { for posts.iter().map(|post| html! {
                            <th scope="col" title={post.clone()}><span>{ post }</span></th> }) }
                    </tr></thead>
                    <tbody>
                        { room(before, LINE) }
                        { for rows }
                        { room(after, LINE) }
                    </tbody>
                </table>
            </div>
        </section>
    }
}

fn cell(cell: CoverageCell, words: String) -> Html {
    let (asked, received) = (cell.asked(), cell.received);
    let (state, text) = if cell.doubled() > 0 {
        ("doubled", received.to_string())
    } else if received > 0 && cell.missing() > 0 {
        ("part", format!("{received}/{asked}"))
    } else if received > 0 {
        ("received", if received > 1 { received.to_string() } else { String::new() })
    } else if asked > 0 {
        ("missing", if asked > 1 { format!("0/{asked}") } else { String::new() })
    } else {
        return html! { <td></td> };
    };
    html! { <td><i class="c" data-state={state} role="img" aria-label={words.clone()} title={words}>{ text }</i></td> }
}
