//! The roster as a table of cells, as in a spreadsheet; only the lines in view are drawn.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{
    ClipboardEvent, Element, EventTarget, FocusOptions, HtmlElement, HtmlInputElement,
    KeyboardEventInit, Node,
};
use yew::prelude::*;

use super::roster_msg;
use crate::app::Msg;
use crate::app::desk::roster::grid::{self, Column, Grid, Move, Spot};
use crate::app::desk::roster::{PostLabels, RosterMsg};
use crate::domain::roster::{Roster, Side};
use crate::text::Language;
use crate::ui::part::lines::in_view;

/// The height of a line, in pixels; the styles have the same.
const LINE: i32 = 34;

/// What the headings and the sums hide of the view.
const HIDDEN: i32 = 190;

#[derive(Properties, PartialEq)]
pub(super) struct TableProps {
    pub t: Language,
    pub send: Callback<Msg>,
    pub roster: Rc<Roster>,
    pub grid: Grid,
    pub labels: PostLabels,
}

/// The table.
#[component]
pub(super) fn Table(props: &TableProps) -> Html {
    let TableProps { t, send, roster, grid, labels } = props;
    let scroller = use_node_ref();
    // The first line in view, and how many there are.
    let view = use_state_eq(|| (0, 20));
    let focused = use_mut_ref(|| grid.moves);
    let onscroll = {
        let view = view.clone();
        Callback::from(move |event: Event| {
            if let Some(scroller) = event.target_dyn_into::<HtmlElement>() {
                view.set(in_view(&scroller, LINE));
            }
        })
    };
    {
        let (scroller, view) = (scroller.clone(), view.clone());
        let line = grid.cursor.line;
        use_effect_with(grid.moves, move |_| {
            if let Some(scroller) = scroller.cast::<HtmlElement>() {
                bring_into_view(&scroller, line);
                // The next key may be pressed before the browser tells of the scrolling.
                view.set(in_view(&scroller, LINE));
            }
        });
    }
    // True while the keyboard is in the table.
    let inside = use_mut_ref(|| false);
    {
        let (focused, inside, moves) = (focused.clone(), inside.clone(), grid.moves);
        // The cell may be drawn only after the view has followed.
        use_effect(move || {
            if *focused.borrow() != moves {
                if focus_cell(false) {
                    *focused.borrow_mut() = moves;
                }
            } else if *inside.borrow() && is_focus_lost() {
                // The lines around the cell were drawn anew, and it was taken off for a moment.
                focus_cell(true);
            }
        });
    }
    {
        let (inside, scroller) = (inside.clone(), scroller.clone());
        use_effect_with((), move |()| keep_the_keyboard(inside, scroller));
    }
    let onfocusin = {
        let inside = inside.clone();
        move |_: FocusEvent| *inside.borrow_mut() = true
    };
    let onfocusout = move |event: FocusEvent| {
        if event.related_target().is_some() {
            *inside.borrow_mut() = false;
        }
    };
    let lines = grid::window(grid.shown.len(), view.0, view.1);
    let (before, after) = (lines.start, grid.shown.len() - lines.end);
    let rows = lines.map(|at| self::line(props, at + 1));
    let heads = roster.posts.iter().enumerate().map(|(at, post)| {
        let label = labels.label(&post.name);
        let remove = send.reform(move |_: MouseEvent| roster_msg(RosterMsg::PostRemoved(at)));
        html! {
            <th key={post.name.clone()} colspan="2" scope="colgroup" title={label.clone()}>
                <span class="post-name">{ &label }</span>
                <button type="button" class="remove-post" id={format!("remove-post-{}", post.name)}
                    aria-label={t.remove_post(&label)} title={t.remove_post(&label)}
                    onclick={remove}>{ "×" }</button>
            </th>
        }
    });
    let sides = roster
        .posts
        .iter()
        .flat_map(|_| Side::ALL.map(|side| html! { <th scope="col">{ t.side(side) }</th> }));
    let totals = (0..roster.posts.len()).flat_map(|post| {
        let totals = roster.totals(post);
        let name = roster.posts.get(post).map_or("", |post| post.name.as_str());
        Side::ALL.map(|side| {
            let word = if side == Side::Quota { "quota" } else { "actual" };
            html! { <td class="num" id={format!("total-{name}-{word}")}>{ totals.get(side) }</td> }
        })
    });
    let spacer = |lines: usize| {
        let height = i32::try_from(lines).unwrap_or(i32::MAX).saturating_mul(LINE);
        html! { <tr aria-hidden="true" style={format!("block-size: {height}px")}></tr> }
    };
    html! {
        <>
            <div class="roster-grid" ref={scroller} {onscroll} {onfocusin} {onfocusout}>
                <table role="grid" id="roster-grid" aria-label={t.roster_grid()}
                    aria-rowcount={(grid.shown.len() + 4).to_string()}
                    aria-multiselectable="true" aria-describedby="roster-grid-hint"
                    onmousedown={pointer(props)} onmouseover={drag(props)}>
                    <thead>
                        <tr><th rowspan="2" class="unit" scope="col">{ t.roster_unit() }</th>
                            <th rowspan="2" scope="col">{ t.roster_code() }</th>{ for heads }</tr>
                        <tr>{ for sides }</tr>
                        { line(props, 0) }
                    </thead>
                    <tbody>{ spacer(before) }{ for rows }{ spacer(after) }</tbody>
                    <tfoot><tr><th class="unit" scope="row">{ t.roster_totals() }</th><td></td>
                        { for totals }</tr></tfoot>
                </table>
            </div>
            <p class="muted small" id="roster-grid-hint">{ t.roster_grid_hint() }</p>
        </>
    }
}

/// Hands keys on to the cell that were pressed after it was drawn and before it had the keyboard:
/// on a slow computer there is time for one. Ends with what it gives back.
fn keep_the_keyboard(inside: Rc<RefCell<bool>>, scroller: NodeRef) -> impl FnOnce() {
    let document = gloo::utils::document();
    let outside = Rc::clone(&inside);
    let on_press = EventListener::new(&document, "pointerdown", move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
        let table = scroller.get();
        if table.is_none_or(|table| !table.contains(target.as_ref())) {
            *outside.borrow_mut() = false;
        }
    });
    // It hears the key again that it presses, so it has to be one that can be called meanwhile.
    let on_key = Closure::<dyn Fn(KeyboardEvent)>::new(move |key: KeyboardEvent| {
        // A key that the cell has had comes by here too, when the cell may be gone already.
        let is_nobodys = key.target() == gloo::utils::document().body().map(EventTarget::from);
        if is_nobodys && *inside.borrow() && focus_cell(false) && !press_again(&key) {
            key.prevent_default();
        }
    });
    // Refused only for events that there are not.
    let _ = document.add_event_listener_with_callback("keydown", on_key.as_ref().unchecked_ref());
    move || {
        let on_key = on_key.as_ref().unchecked_ref();
        let _ = gloo::utils::document().remove_event_listener_with_callback("keydown", on_key);
        drop(on_press);
    }
}

/// Presses a key in the cell; false when the cell makes something else of it than a text.
fn press_again(key: &KeyboardEvent) -> bool {
    let again = KeyboardEventInit::new();
    again.set_key(&key.key());
    again.set_shift_key(key.shift_key());
    again.set_ctrl_key(key.ctrl_key());
    again.set_meta_key(key.meta_key());
    again.set_bubbles(true);
    again.set_cancelable(true);
    let again = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &again);
    let cell = gloo::utils::document().get_element_by_id("roster-cell");
    let (Some(cell), Ok(again)) = (cell, again) else { return true };
    cell.dispatch_event(&again).unwrap_or(true)
}

/// Moves the keyboard to the cell one is at, if it is drawn, and marks its text unless it is being
/// typed; the view stays where it is if asked.
fn focus_cell(stays: bool) -> bool {
    let document = gloo::utils::document();
    let Some(cell) = document.get_element_by_id("roster-cell") else { return false };
    if document.active_element().as_ref() == Some(&cell) {
        return true;
    }
    let Ok(cell) = cell.dyn_into::<HtmlInputElement>() else { return false };
    let options = FocusOptions::new();
    options.set_prevent_scroll(stays);
    // Refused only by a cell that is gone.
    let _ = cell.focus_with_options(&options);
    if !cell.has_attribute("data-typing") {
        cell.select();
    }
    true
}

/// True when nothing has the keyboard.
fn is_focus_lost() -> bool {
    let focused = gloo::utils::document().active_element();
    focused.is_none_or(|element| element.tag_name() == "BODY")
}

fn bring_into_view(scroller: &HtmlElement, line: usize) {
    let Some(line) = line.checked_sub(1) else { return };
    let top = i32::try_from(line).unwrap_or(i32::MAX / LINE).saturating_mul(LINE);
    let room = scroller.client_height() - HIDDEN;
    if top < scroller.scroll_top() {
        scroller.set_scroll_top(top);
    } else if top + LINE > scroller.scroll_top() + room {
        scroller.set_scroll_top(top + LINE - room);
    }
}

/// One line of cells; the first is that of the defaults.
fn line(props: &TableProps, line: usize) -> Html {
    let TableProps { t, roster, grid, .. } = props;
    let (marked_lines, marked_columns) = grid.marked();
    let cells = (0..Column::count(roster)).map(|column| {
        let spot = Spot { line, column };
        let (text, is_default) = grid.text(roster, spot);
        let is_name = column == 0;
        let is_marked = marked_lines.contains(&line) && marked_columns.contains(&column);
        let class = classes!(
            is_name.then_some("unit"),
            (column > 1).then_some("num"),
            is_default.then_some("follows"),
            (is_marked && grid.marks_several()).then_some("marked"),
        );
        let content = match (line, column) {
            (0, 0) => html! { t.roster_defaults() },
            (0, 1) => Html::default(),
            _ if grid.cursor == spot => cell(props, text),
            _ => html! { text },
        };
        let (at_line, at_column) = (line.to_string(), column.to_string());
        if is_name {
            html! { <th scope="row" {class} data-line={at_line} data-column={at_column}>{ content }</th> }
        } else {
            html! {
                <td role="gridcell" {class} data-line={at_line} data-column={at_column}
                    aria-selected={is_marked.to_string()}>{ content }</td>
            }
        }
    });
    let key = grid.unit(line).map_or(-1, |unit| i64::try_from(unit).unwrap_or(0));
    let class = (line == 0).then_some("defaults");
    html! { <tr {key} {class} aria-rowindex={(line + 3).to_string()}>{ for cells }</tr> }
}

/// The cell one is at.
fn cell(props: &TableProps, text: String) -> Html {
    let TableProps { t, send, roster, grid, labels } = props;
    let column = Column::at(grid.cursor.column);
    let is_number = matches!(column, Column::People(..));
    let oninput = send.reform(|event: InputEvent| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        roster_msg(RosterMsg::Typed(input.map(|input| input.value()).unwrap_or_default()))
    });
    let is_typing = grid.typed.is_some();
    let onblur = {
        let send = send.clone();
        move |_: FocusEvent| {
            if is_typing {
                send.emit(roster_msg(RosterMsg::Left));
            }
        }
    };
    let unit = grid.unit(grid.cursor.line).and_then(|unit| roster.units.get(unit));
    let unit = unit.map_or(t.roster_defaults(), |unit| unit.name.as_str());
    let name = match column {
        Column::Name => t.roster_unit().to_owned(),
        Column::Code => t.roster_code().to_owned(),
        Column::People(post, side) => {
            let post = roster.posts.get(post).map_or("", |post| post.name.as_str());
            t.use_people(&labels.label(post), &t.side(side))
        }
    };
    html! {
        <input type="text" id="roster-cell" autocomplete="off" spellcheck="false"
            data-typing={is_typing.then_some("")}
            inputmode={is_number.then_some("numeric")} aria-label={t.roster_cell(&unit, &name)}
            value={grid.typed.clone().unwrap_or(text)} {oninput} {onblur}
            onkeydown={keys(props)} oncopy={copies(props)} onpaste={pastes(props)} />
    }
}

/// A callback that has something to say of some events.
fn sending<E: 'static>(
    send: &Callback<Msg>,
    msg: impl Fn(E) -> Option<Msg> + 'static,
) -> Callback<E> {
    let send = send.clone();
    Callback::from(move |event: E| {
        if let Some(msg) = msg(event) {
            send.emit(msg);
        }
    })
}

fn keys(props: &TableProps) -> Callback<KeyboardEvent> {
    let TableProps { send, roster, grid, .. } = props;
    let is_typing = grid.typed.is_some();
    let is_text = !matches!(Column::at(grid.cursor.column), Column::People(..));
    let clears = !is_typing && (!is_text || grid.marks_several());
    let last = Spot { line: grid.shown.len(), column: Column::count(roster) - 1 };
    let (is_first, is_last) = (grid.cursor == Spot::default(), grid.cursor == last);
    sending(send, move |event: KeyboardEvent| {
        // A syllable is still being put together.
        if event.is_composing() {
            return None;
        }
        let (shift, control) = (event.shift_key(), event.ctrl_key() || event.meta_key());
        let go = |step, extend| Some(RosterMsg::Stepped(step, extend));
        let msg = match event.key().as_str() {
            "ArrowUp" => go(Move::Lines(-1), shift),
            "ArrowDown" => go(Move::Lines(1), shift),
            // In a text the arrows go from letter to letter.
            "ArrowLeft" if !(is_typing && is_text) => go(Move::Columns(-1), shift),
            "ArrowRight" if !(is_typing && is_text) => go(Move::Columns(1), shift),
            "PageUp" => go(Move::Lines(-10), shift),
            "PageDown" => go(Move::Lines(10), shift),
            "Home" if control => go(Move::Ends(false), shift),
            "End" if control => go(Move::Ends(true), shift),
            "Home" if !is_typing => go(Move::LineEnd(false), shift),
            "End" if !is_typing => go(Move::LineEnd(true), shift),
            "Enter" => go(Move::Lines(if shift { -1 } else { 1 }), false),
            // Beyond the last cell, Tab goes on through the page.
            "Tab" if shift && !is_first => go(Move::Next(-1), false),
            "Tab" if !shift && !is_last => go(Move::Next(1), false),
            "Delete" | "Backspace" if clears => Some(RosterMsg::Cleared),
            "z" | "Z" if control && !is_typing => Some(RosterMsg::Undone),
            "Escape" if is_typing => Some(RosterMsg::Escaped),
            "Escape" => {
                leave(&event);
                None
            }
            _ => None,
        };
        if msg.is_some() {
            event.prevent_default();
        }
        msg.map(roster_msg)
    })
}

/// Gives the keyboard back to the page: Tab goes on from the table's frame.
fn leave(event: &KeyboardEvent) {
    let search = gloo::utils::document().get_element_by_id("unit-search");
    if let Some(search) = search.and_then(|search| search.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        let _ = search.focus();
    }
}

/// What is marked goes out, unless letters of one cell are.
fn copies(props: &TableProps) -> Callback<Event> {
    let (roster, grid) = (Rc::clone(&props.roster), props.grid.clone());
    Callback::from(move |event: Event| {
        if grid.typed.is_some() {
            return;
        }
        let Some(clipboard) = event.dyn_ref::<ClipboardEvent>() else { return };
        if let Some(data) = clipboard.clipboard_data()
            && data.set_data("text/plain", &grid.copied(&roster)).is_ok()
        {
            event.prevent_default();
        }
    })
}

/// A block of cells is spread out; a word goes into the cell like any typing.
fn pastes(props: &TableProps) -> Callback<Event> {
    let is_number = matches!(Column::at(props.grid.cursor.column), Column::People(..));
    let spreads = is_number || props.grid.marks_several();
    sending(&props.send, move |event: Event| {
        let data = event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?;
        let text = data.get_data("text/plain").ok()?;
        if !spreads && !text.contains(['\t', '\n']) {
            return None;
        }
        event.prevent_default();
        Some(roster_msg(RosterMsg::Pasted(text)))
    })
}

/// The cell under the pointer.
fn spot(event: &MouseEvent) -> Option<Spot> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let cell = target.closest("[data-column]").ok()??;
    let number = |name: &str| cell.get_attribute(name)?.parse().ok();
    Some(Spot { line: number("data-line")?, column: number("data-column")? })
}

fn pointer(props: &TableProps) -> Callback<MouseEvent> {
    let cursor = props.grid.cursor;
    sending(&props.send, move |event: MouseEvent| {
        let spot = spot(&event)?;
        // A second press in the cell one is at puts the caret between letters.
        if spot == cursor && !event.shift_key() {
            return None;
        }
        event.prevent_default();
        Some(roster_msg(RosterMsg::Went(spot, event.shift_key())))
    })
}

fn drag(props: &TableProps) -> Callback<MouseEvent> {
    let cursor = props.grid.cursor;
    sending(&props.send, move |event: MouseEvent| {
        let is_pressed = event.buttons() & 1 == 1;
        let spot = spot(&event).filter(|spot| is_pressed && *spot != cursor)?;
        Some(roster_msg(RosterMsg::Went(spot, true)))
    })
}
