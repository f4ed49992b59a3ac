//! Coverage summed up, as totals and rates.

use std::rc::Rc;

use yew::prelude::*;

use super::{margin_in_words, percent};
use crate::domain::coverage::{Coverage, CoverageBy, CoverageGroup, CoverageSums, Day, post_name};
use crate::domain::form::{Form, Role};
use crate::domain::gazetteer::UnitKind;
use crate::domain::roster::Roster;
use crate::text::Language;

#[derive(Properties)]
pub(super) struct CoveredProps {
    pub t: Language,
    pub form: Rc<Form>,
    pub roster: Rc<Roster>,
    pub covered: Rc<(Coverage, Vec<Day>)>,
}

/// What changes is a new one.
impl PartialEq for CoveredProps {
    fn eq(&self, other: &Self) -> bool {
        self.t == other.t
            && Rc::ptr_eq(&self.form, &other.form)
            && Rc::ptr_eq(&self.roster, &other.roster)
            && Rc::ptr_eq(&self.covered, &other.covered)
    }
}

/// A table by province, kind of unit, area or post.
#[component]
pub(super) fn Sums(props: &CoveredProps) -> Html {
    let CoveredProps { t, roster, covered, .. } = props;
    let by = use_state(|| CoverageBy::Post);
    let choices = [
        (CoverageBy::Post, "post", t.coverage_post()),
        (CoverageBy::Province, "province", t.coverage_province()),
        (CoverageBy::Kind, "kind", t.coverage_kind()),
        (CoverageBy::Area, "area", t.coverage_area()),
    ];
    let chips = choices.into_iter().map(|(choice, id, name)| {
        let onclick = {
            let by = by.clone();
            move |_: MouseEvent| by.set(choice)
        };
        html! {
            <button type="button" class="chip" id={format!("cover-{id}")}
                aria-pressed={(*by == choice).to_string()} {onclick}>{ name }</button>
        }
    });
    let groups = covered.0.by(roster, *by);
    let lines = groups.iter().map(|(group, sums)| line(*t, &group_name(props, group), sums));
    html! {
        <section class="part" id="sums">
            <div class="bar" role="group" aria-label={t.coverage_by()}>{ for chips }</div>
            <div class="table-scroll tall" tabindex="0" role="region" aria-label={t.coverage_by()}>
                <table class="plain bars">
                    <thead><tr>
                        <th></th>
                        { for t.coverage_columns().map(|head| html! { <th scope="col" class="num">{ head }</th> }) }
                        <th scope="col" colspan="2">{ t.col_rate() }</th>
                        <th scope="col" class="num">{ t.col_margin() }</th>
                    </tr></thead>
                    <tbody>{ for lines }</tbody>
                    <tfoot>{ line(*t, t.coverage_total(), &covered.0.total()) }</tfoot>
                </table>
            </div>
        </section>
    }
}

fn line(t: Language, name: &str, sums: &CoverageSums) -> Html {
    let counts = [sums.quota, sums.actual, sums.asked, sums.answered, sums.missing(), sums.doubled];
    let counts = counts.map(|count| html! { <td class="num">{ t.number(count as f64, 0) }</td> });
    let width = format!("inline-size:{:.1}%", sums.rate().unwrap_or(0.0) * 100.0);
    html! {
        <tr>
            <th scope="row">{ name.to_owned() }</th>
            { for counts }
            <td class="bar-cell"><i style={width}></i></td>
            <td class="num">{ percent(t, sums.rate()) }</td>
            <td class="num">{ margin_in_words(t, sums.margin()) }</td>
        </tr>
    }
}

fn group_name(props: &CoveredProps, group: &CoverageGroup) -> String {
    let CoveredProps { t, form, roster, .. } = props;
    let unknown = || t.coverage_unknown().to_owned();
    match group {
        CoverageGroup::Province(at) => at
            .and_then(|at| roster.provinces.get(at))
            .map_or_else(unknown, |province| province.name.clone()),
        CoverageGroup::Kind(kind) => {
            kind.map_or_else(unknown, |kind: UnitKind| kind.word().to_owned())
        }
        CoverageGroup::Area(area) if area.is_empty() => unknown(),
        CoverageGroup::Area(area) => form
            .with_role(Role::Area)
            .map_or_else(|| area.clone(), |asked| t.answer_words(form, &asked.name, area)),
        CoverageGroup::Post(post) => post_name(form, roster, *post, t.code()),
    }
}
