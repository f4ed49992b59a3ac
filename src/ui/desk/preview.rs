//! A form as its respondents will see it, beside what its rules come to.

use yew::prelude::*;

use super::super::PageProps;
use super::super::answer;
use crate::app::Msg;
use crate::app::route::{Place, Route, Step};
use crate::domain::filled::{Rule, RuleKind};
use crate::text::Language;

/// The page on the left, the rules on the right; on a phone below.
#[component]
pub(in crate::ui) fn Preview(page: &PageProps) -> Html {
    let t = page.model.language;
    let is_wide = page.model.open_kit().is_wide();
    let widths = [("phone", false, t.preview_phone()), ("computer", true, t.preview_computer())];
    let widths = widths.into_iter().map(|(id, wide, label)| {
        let onclick = page.send.reform(move |_: MouseEvent| Msg::PreviewWidthChosen(wide));
        html! {
            <button type="button" id={format!("preview-{id}")} class="button"
                aria-pressed={(is_wide == wide).to_string()} {onclick}>{ label }</button>
        }
    });
    html! {
        <div class={if is_wide { "preview wide" } else { "preview" }}>
            <header class="preview-bar">
                <strong>{ t.preview_title() }</strong>
                <div class="preview-widths" role="group" aria-label={t.preview_as_on()}>{ for widths }</div>
                <span class="muted small">{ t.preview_nothing_kept() }</span>
                <a id="close-preview" class="button" href={Route::desk(Step::Form).to_string()}>
                    { t.preview_close() }</a>
            </header>
            <div class="preview-page"><answer::Answering ..page.clone() /></div>
            <aside class="preview-rules"><Rules ..page.clone() /></aside>
        </div>
    }
}

/// Every rule with its value, those of the open screen first.
#[component]
fn Rules(page: &PageProps) -> Html {
    let (t, kit) = (page.model.language, page.model.open_kit());
    let Some(filled) = kit.filled() else {
        return html! { <p class="muted">{ t.preview_not_begun() }</p> };
    };
    let pages = kit.pages();
    let place = page.model.route.place();
    let open = match place {
        Some(Place::Screen(_)) => pages.get(kit.page_position(place, &pages)),
        _ => None,
    };
    let rules = filled.rules().into_iter().map(|rule| (filled.is_asked(&rule.key), rule));
    let (here, others): (Vec<_>, Vec<_>) =
        rules.partition(|(_, rule)| open.is_some_and(|page| page.holds(&rule.key)));
    let count = others.len();
    html! {
        <>
            <h2>{ t.rules_of_this_screen() }</h2>
            if here.is_empty() { <p class="muted">{ t.no_rules() }</p> }
            <RuleTable {t} rules={here} />
            <h2>{ t.rules_of_the_form(&count) }</h2>
            <RuleTable {t} rules={others} />
        </>
    }
}

/// A component of its own, so that hundreds of rules that stay as they are cost an answer little.
#[derive(Properties, PartialEq)]
struct RuleTableProps {
    t: Language,
    /// Each with whether its question is asked.
    rules: Vec<(bool, Rule)>,
}

#[component]
fn RuleTable(props: &RuleTableProps) -> Html {
    let RuleTableProps { t, rules } = props;
    let t = *t;
    let rows = rules.iter().map(|(is_asked, rule)| {
        let (class, value) = value_in_words(t, rule);
        // Only what is asked has a screen to go to.
        let place = Route::Preview(Place::Screen(rule.key.clone())).to_string();
        let name = if *is_asked {
            html! { <a href={place}>{ &rule.key }</a> }
        } else {
            html! { <span class="muted">{ &rule.key }</span> }
        };
        html! {
            <tr>
                <th scope="row">{ name }<span class="small muted">{ kind_in_words(t, rule.kind) }</span></th>
                <td><code class="expression">{ &rule.expression }</code></td>
                <td {class} id={format!("rule-{}-{}", rule.key, word(rule.kind))}>{ value }</td>
            </tr>
        }
    });
    html! {
        if !rules.is_empty() {
            <table class="rules">
                <thead class="sr-only"><tr>
                    <th>{ t.rule_at() }</th><th>{ t.rule_expression() }</th><th>{ t.rule_value() }</th>
                </tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        }
    }
}

/// The kind in ids: as the column of the survey sheet is called.
fn word(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Relevant => "relevant",
        RuleKind::Required => "required",
        RuleKind::Constraint => "constraint",
        RuleKind::Calculation => "calculation",
        RuleKind::Count => "repeat_count",
    }
}

fn kind_in_words(t: Language, kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Relevant => t.rule_relevant(),
        RuleKind::Required => t.rule_required(),
        RuleKind::Constraint => t.rule_constraint(),
        RuleKind::Calculation => t.rule_calculation(),
        RuleKind::Count => t.rule_count(),
    }
}

/// How a value is shown, and the value.
fn value_in_words(t: Language, rule: &Rule) -> (&'static str, String) {
    let Some(value) = &rule.value else { return ("muted", t.rule_not_looked_at().to_owned()) };
    match rule.kind {
        RuleKind::Calculation | RuleKind::Count if value.text().is_empty() => {
            ("muted", t.rule_empty().to_owned())
        }
        RuleKind::Calculation | RuleKind::Count => ("num", value.text()),
        _ if value.truth() => ("rule-true", t.rule_true().to_owned()),
        _ => ("rule-false", t.rule_false().to_owned()),
    }
}
