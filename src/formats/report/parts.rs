//! The parts of the report in their order.

use super::{Amount, Report};
use crate::domain::chart::need_map::MapView;
use crate::domain::coverage::{CoverageSums, post_name};
use crate::domain::form::Role;
use crate::domain::measure::importance_performance::LineChoice;
use crate::domain::measure::margin::Margin;
use crate::domain::needs::{GroupNeeds, Measure, Measures};
use crate::domain::obstacles::{Named, ObstacleKind};
use crate::domain::plan::CoursePlan;
use crate::domain::ranking::ranked;
use crate::domain::stability::TOP;
use crate::domain::suppression::SMALLEST_GROUP;
use crate::formats::chart::need_map::MapLook;
use crate::formats::chart::{Layout, heatmap, need_map};
use crate::formats::svg::Shape;
use crate::text::Language;

/// Every part.
pub(super) fn all(report: &Report) -> Vec<Shape> {
    let mut parts = head(report);
    parts.extend(summary(report));
    parts.extend(coverage(report));
    parts.extend(profile(report));
    parts.extend(ranking(report));
    parts.extend(charts(report));
    parts.extend(obstacles(report));
    parts.extend(plan(report));
    parts.extend(limits(report));
    parts.extend(methods(report));
    parts
}

fn head(report: &Report) -> Vec<Shape> {
    let (t, campaign) = (report.t, report.campaign);
    let mut about = vec![t.report_form(&report.form.title.get(t.code()))];
    if !campaign.organiser.is_empty() {
        about.insert(0, t.report_organiser(&campaign.organiser));
    }
    if !campaign.opens.is_empty() && !campaign.closes.is_empty() {
        about.push(t.report_days(&t.day(&campaign.opens), &t.day(&campaign.closes)));
    }
    about.push(t.report_made(&t.day(report.today)));
    about.extend(report.filter.map(|words| t.only_responses(&words)));
    let title = Shape::new("h1").saying(t.report_title(&campaign.name));
    std::iter::once(title).chain(about.into_iter().map(note)).collect()
}

/// What matters, in a few sentences.
fn summary(report: &Report) -> Vec<Shape> {
    let (t, findings) = (report.t, report.findings);
    let mut items = vec![match &findings.coverage {
        Some(sums) if sums.asked > 0 => {
            let amount = Amount { people: sums.answered, of: sums.asked };
            t.report_sum_coverage(&amount.in_words(t))
        }
        _ => t.report_sum_people(&count(t, findings.people)),
    }];
    if let Some(group) = everybody(report) {
        let first = ranked(group, Measure::Mwds);
        let first = first.iter().filter(|one| one.place.is_some()).take(TOP);
        let names: Vec<String> =
            first.map(|one| competency(report, &one.need.competency)).collect();
        if !names.is_empty() {
            items.push(t.report_sum_first(&names.join("; ")));
        }
    }
    if let Some(most) = named_most(&findings.obstacles.named) {
        let amount = Amount { people: most.people, of: findings.obstacles.people };
        items.push(t.report_sum_obstacle(&obstacle(report, &most.choice), &amount.in_words(t)));
    }
    if let Some((plan, _)) = report.plan {
        let classes: usize = plan.courses.iter().map(|course| course.classes.len()).sum();
        let seats: usize = plan.courses.iter().map(CoursePlan::seated).sum();
        items.push(t.report_sum_plan(&t.count(classes), &t.count(seats)));
    }
    vec![heading(t.report_summary()), list(items)]
}

fn coverage(report: &Report) -> Vec<Shape> {
    let (t, findings) = (report.t, report.findings);
    let mut parts = vec![heading(t.report_coverage())];
    let Some(total) = findings.coverage.filter(|sums| sums.asked > 0) else {
        parts.push(paragraph(t.report_no_roster(&count(t, findings.people))));
        return parts;
    };
    let amount = Amount { people: total.answered, of: total.asked };
    parts.push(paragraph(t.report_covered(&amount.in_words(t))));
    parts.push(paragraph(match total.margin() {
        Margin::Nobody => t.report_margin_nobody().to_owned(),
        Margin::Everybody => t.report_margin_everybody().to_owned(),
        Margin::Points(points) => t.report_margin(&t.number(points, 1)),
    }));
    let row = |name: &str, sums: &CoverageSums| {
        let rate = sums.rate().map_or_else(|| "–".to_owned(), |rate| percent(t, rate));
        line(name, [count(t, sums.asked), count(t, sums.answered), count(t, sums.missing()), rate])
    };
    let roster = &report.campaign.roster;
    let rows = findings
        .coverage_by_post
        .iter()
        .map(|(post, sums)| row(&post_name(report.form, roster, *post, t.code()), sums));
    let rows = rows.chain([row(t.by_overall(), &total)]);
    let columns = [t.col_asked(), t.col_received(), t.col_missing(), t.col_rate()];
    parts.push(table(t.by_post(), &columns, rows));
    parts
}

fn profile(report: &Report) -> Vec<Shape> {
    let (t, form) = (report.t, report.form);
    let mut parts = vec![heading(t.report_people())];
    for asked in &report.findings.profile {
        let Some(row) = asked.rows.first().filter(|row| row.answered > 0) else { continue };
        let hidden = asked.hidden();
        let hidden = hidden.first().map_or(&[][..], Vec::as_slice);
        parts.push(Shape::new("h3").saying(t.question_label(form, &asked.question)));
        let lines = asked.answers.iter().enumerate().map(|(at, answer)| {
            let is_hidden = hidden.get(at).copied().unwrap_or(false);
            let people = row.counts.get(at).copied().unwrap_or(0);
            let share = row.share(at).unwrap_or(0.0);
            let cells = if is_hidden {
                ["~".to_owned(), "~".to_owned()]
            } else {
                [count(t, people), percent(t, share)]
            };
            line(&t.answer_words(form, &asked.question, answer), cells)
        });
        let columns = [t.people_count(), t.people_share()];
        parts.push(table(t.report_answer(), &columns, lines));
    }
    parts
}

fn ranking(report: &Report) -> Vec<Shape> {
    let t = report.t;
    let mut parts = vec![heading(t.report_ranking())];
    let Some(group) = everybody(report) else {
        parts.push(paragraph(t.ranked_all_hidden()));
        return parts;
    };
    parts.push(paragraph(t.report_ranking_lead(&count(t, group.people))));
    let ranked = ranked(group, Measure::Mwds);
    let shown: Vec<_> = ranked.iter().filter(|one| one.place.is_some()).collect();
    for one in shown.iter().take(TOP) {
        let Some(own) = one.need.measures else { continue };
        let amount = Amount { people: own.people_in_need, of: one.need.n_pairs };
        parts.push(paragraph(t.report_need(
            &competency(report, &one.need.competency),
            &amount.in_words(t),
            &t.number(own.gap, 2),
        )));
    }
    let rows = shown.iter().map(|one| {
        let own = one.need.measures;
        let number = |read: fn(&Measures) -> f64| {
            own.as_ref().map_or_else(|| "–".to_owned(), |own| t.number(read(own), 2))
        };
        let interval = own.and_then(|own| own.gap_interval).map_or_else(
            || "–".to_owned(),
            |interval| format!("{} – {}", t.number(interval.low, 2), t.number(interval.high, 2)),
        );
        let at = group.needs.iter().position(|need| need.competency == one.need.competency);
        let stable = report.findings.stability.as_ref().zip(at);
        let in_top = stable.and_then(|(found, at)| found.competencies.get(at)?.in_top);
        let place = one.place.map_or_else(String::new, |place| place.to_string());
        let name = format!("{place}. {}", competency(report, &one.need.competency));
        line(
            &name,
            [
                count(t, one.need.n_pairs),
                number(|own| own.mean_importance),
                number(|own| own.mean_ability),
                number(|own| own.gap),
                interval,
                number(|own| own.mwds),
                in_top.map_or_else(|| "–".to_owned(), |share| percent(t, share)),
            ],
        )
    });
    let columns = [
        t.col_n_pairs(),
        t.col_importance(),
        t.col_ability(),
        t.col_gap(),
        t.report_interval(),
        t.col_mwds(),
        t.ranked_in_top(),
    ];
    parts.push(table(t.col_competency(), &columns, rows));
    parts
}

fn charts(report: &Report) -> Vec<Shape> {
    let (t, form, findings) = (report.t, report.form, report.findings);
    let look = MapLook { view: MapView::Fields(LineChoice::Means), with_intervals: false };
    let map = need_map::draw(form, &findings.map, look, Layout::Wide, t);
    let heat = heatmap::draw(form, &findings.heat, t);
    let titled = [(t.report_map(), map), (t.report_heat(), heat)];
    let drawn = titled.into_iter().filter_map(|(title, chart)| {
        let shown = chart?.on_screen(title, "");
        Some([heading(title), shown])
    });
    drawn.flatten().collect()
}

fn obstacles(report: &Report) -> Vec<Shape> {
    let (t, found) = (report.t, &report.findings.obstacles);
    if found.people < SMALLEST_GROUP {
        return Vec::new();
    }
    let mut parts = vec![heading(t.report_obstacles())];
    for (kind, said) in [
        (ObstacleKind::Course, t.obstacle_of_course()),
        (ObstacleKind::Organisation, t.obstacle_of_organisation()),
    ] {
        let own = found.named.iter().filter(|named| named.kind == Some(kind));
        if let Some(most) = own.max_by_key(|named| named.people) {
            let amount = Amount { people: most.people, of: found.people };
            if most.people >= SMALLEST_GROUP {
                let choice = obstacle(report, &most.choice);
                parts.push(paragraph(t.report_obstacle(&said, &choice, &amount.in_words(t))));
            }
        }
    }
    let shown = found.named.iter().filter(|named| named.people >= SMALLEST_GROUP);
    let rows = shown.map(|named| {
        let share = named.people as f64 / found.people as f64;
        line(&obstacle(report, &named.choice), [count(t, named.people), percent(t, share)])
    });
    parts.push(table(t.obstacles_named(), &[t.people_count(), t.people_share()], rows));
    let leaning = |wanted| {
        let names = found
            .competencies
            .iter()
            .filter(move |own| own.leaning == Some(wanted))
            .map(|own| competency(report, &own.competency));
        names.collect::<Vec<_>>().join("; ")
    };
    let organisation = leaning(ObstacleKind::Organisation);
    if !organisation.is_empty() {
        parts.push(paragraph(t.report_organisation_first(&organisation)));
    }
    let course = leaning(ObstacleKind::Course);
    if !course.is_empty() {
        parts.push(paragraph(t.report_course_first(&course)));
    }
    parts
}

fn plan(report: &Report) -> Vec<Shape> {
    let t = report.t;
    let Some((plan, courses)) = report.plan else { return Vec::new() };
    let mut parts = vec![heading(t.report_plan())];
    if plan.courses.iter().all(|course| course.people == 0) {
        parts.push(paragraph(t.report_plan_nobody()));
        return parts;
    }
    let rows = plan.courses.iter().filter(|course| course.people > 0).map(|own| {
        let name = courses.iter().find(|course| course.id == own.course);
        let name = name.map_or("", |course| course.name.as_str());
        let weeks = own.weeks().map_or_else(
            || "–".to_owned(),
            |(first, last)| {
                if first == last { first.to_string() } else { format!("{first} – {last}") }
            },
        );
        let cost = own.cost().map_or_else(|| "–".to_owned(), |cost| count(t, cost));
        line(name, [count(t, own.people as u64), t.count(own.classes.len()), weeks, cost])
    });
    let columns = [t.people_count(), t.report_classes(), t.report_weeks(), t.report_cost()];
    parts.push(table(t.report_course(), &columns, rows));
    if !plan.uncovered.is_empty() {
        let names = plan.uncovered.iter().map(|own| competency(report, &own.competency));
        parts.push(paragraph(t.report_uncovered(&names.collect::<Vec<_>>().join("; "))));
    }
    parts
}

fn limits(report: &Report) -> Vec<Shape> {
    let (t, findings) = (report.t, report.findings);
    let mut items = vec![t.report_limit_self().to_owned()];
    if findings.elsewhere > 0 {
        items.push(t.report_limit_elsewhere(&count(t, findings.elsewhere)));
    }
    let [several, any] = findings.flagged;
    if any > 0 {
        let amount = Amount { people: any, of: findings.people };
        items.push(t.report_limit_flags(
            &amount.in_words(t),
            &count(t, several),
            &count(t, findings.moved_places),
        ));
    }
    let hidden =
        everybody(report).map_or(0, |group| group.needs.iter().filter(|need| need.hidden).count());
    if hidden > 0 {
        items.push(t.report_limit_hidden(&t.count(hidden)));
    }
    items.push(t.report_limit_small().to_owned());
    items.push(t.report_limit_units().to_owned());
    vec![heading(t.report_limits()), list(items)]
}

fn methods(report: &Report) -> Vec<Shape> {
    let t = report.t;
    let samples = report.findings.stability.as_ref().map_or(0, |found| found.samples);
    vec![
        heading(t.report_methods()),
        list(vec![
            t.report_method_mwds().to_owned(),
            t.report_method_intervals(&t.count(samples)),
            t.report_method_map().to_owned(),
            t.report_method_plan().to_owned(),
            t.report_method_hidden().to_owned(),
        ]),
    ]
}

fn everybody<'r>(report: &Report<'r>) -> Option<&'r GroupNeeds> {
    report.findings.needs.groups.first().filter(|group| !group.is_hidden)
}

fn competency(report: &Report, code: &str) -> String {
    let found = report.form.competency(code);
    found.map_or(code, |competency| competency.label.get(report.t.code())).to_owned()
}

fn obstacle(report: &Report, choice: &str) -> String {
    let question = report.form.with_role(Role::Hindrance);
    question.map_or_else(
        || choice.to_owned(),
        |question| report.t.answer_words(report.form, &question.name, choice),
    )
}

/// What most people name of what stands in the way.
fn named_most(named: &[Named]) -> Option<&Named> {
    named.iter().find(|named| named.kind.is_some() && named.people >= SMALLEST_GROUP)
}

fn heading(text: &str) -> Shape {
    Shape::new("h2").saying(text)
}

fn paragraph(text: impl Into<String>) -> Shape {
    Shape::new("p").saying(text)
}

fn note(text: String) -> Shape {
    paragraph(text).with("class", "note")
}

fn list(items: Vec<String>) -> Shape {
    Shape::new("ul").holding(items.into_iter().map(|item| Shape::new("li").saying(item)))
}

/// A table whose first column is named `first`, with headings for the numbers beside it.
fn table(first: &str, columns: &[&str], rows: impl IntoIterator<Item = Shape>) -> Shape {
    let cell = |text: &str| Shape::new("th").with("scope", "col").saying(text);
    let headings = columns.iter().map(|name| cell(name).with("class", "num"));
    let header = Shape::new("tr").holding([cell(first)]).holding(headings);
    Shape::new("table")
        .holding([Shape::new("thead").holding([header]), Shape::new("tbody").holding(rows)])
}

fn line(name: &str, cells: impl IntoIterator<Item = String>) -> Shape {
    let cells = cells.into_iter().map(|cell| Shape::new("td").with("class", "num").saying(cell));
    Shape::new("tr").holding([Shape::new("th").with("scope", "row").saying(name)]).holding(cells)
}

fn count(t: Language, n: u64) -> String {
    t.number(n as f64, 0)
}

fn percent(t: Language, share: f64) -> String {
    t.percent(&t.number(share * 100.0, 0))
}
