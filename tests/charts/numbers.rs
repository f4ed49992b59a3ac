//! Charts of few people, of all the same, and of people who left much out.

use phieu_xa::domain::chart::counted::CountedGroup;
use phieu_xa::domain::chart::heat_table::{HeatCell, HeatOrder, HeatTable, HeatValue};
use phieu_xa::domain::chart::level_profile::LevelProfile;
use phieu_xa::domain::chart::need_map::Corner::{BottomLeft, BottomRight, TopLeft, TopRight};
use phieu_xa::domain::chart::need_map::{Corner, MapView, NeedMap};
use phieu_xa::domain::clusters::Clusters;
use phieu_xa::domain::form::Form;
use phieu_xa::domain::grouping::{Facet, Group, Grouping, Tallies};
use phieu_xa::domain::measure::importance_performance::{LineChoice, Point, Side};
use phieu_xa::domain::needs::needs;
use phieu_xa::domain::response::Response;
use phieu_xa::forms;

use super::response;

const POSTS: Grouping = Grouping::by(Facet::Post);

const MEANS: MapView = MapView::Fields(LineChoice::Means);

/// So many people of a post who gave these ratings, in turn: competency, importance, ability.
fn people(post: &str, count: usize, rated: &[(&str, &str, &str)]) -> Vec<Response> {
    let form = forms::needs().unwrap();
    let person = |number: usize| {
        let mut answers = vec![("chuc_danh".to_owned(), post.to_owned())];
        for (competency, importance, ability) in rated {
            let of = |levels: &str| {
                levels.chars().cycle().nth(number).map_or(String::new(), |level| level.to_string())
            };
            answers.push((format!("imp_{competency}"), of(importance).replace('-', "")));
            answers.push((format!("abl_{competency}"), of(ability).replace('-', "")));
        }
        let answers: Vec<(&str, &str)> =
            answers.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        response(&form, &format!("{post}-{number}"), &answers)
    };
    (0..count).map(person).collect()
}

fn map_of(form: &Form, responses: &[Response]) -> NeedMap {
    let tallies = count(form, Grouping::OVERALL, responses);
    let groups = CountedGroup::all(form, Grouping::OVERALL, &tallies);
    groups.first().map(|group| NeedMap::of(form, group)).unwrap_or_default()
}

fn count(form: &Form, grouping: Grouping, responses: &[Response]) -> Tallies {
    Tallies::count(form, grouping, &Clusters::default(), responses)
}

fn profile(form: &Form, grouping: Grouping, responses: &[Response]) -> LevelProfile {
    let tallies = count(form, grouping, responses);
    LevelProfile::of_group(form, &CountedGroup::all(form, grouping, &tallies)[0])
}

fn heat(form: &Form, responses: &[Response], value: HeatValue, order: HeatOrder) -> HeatTable {
    let tallies = count(form, POSTS, responses);
    HeatTable::of(form, POSTS, &tallies, value, order)
}

fn cell(table: &HeatTable, group: &str, competency: &str) -> HeatCell {
    let column = table.columns.iter().position(|code| code == competency).unwrap();
    table.rows.iter().find(|row| row.group == Group::of(group)).unwrap().cells[column]
}

#[test]
fn the_points_of_the_map_are_the_measures_of_the_table_of_needs() {
    let form = forms::needs().unwrap();
    let rated = [("A1", "54", "23"), ("F1", "555", "122"), ("B1", "34", "44"), ("F3", "2", "12")];
    let responses = people("bt", 12, &rated);
    let map = map_of(&form, &responses);
    let tallies = count(&form, Grouping::OVERALL, &responses);
    let needs = needs(&form, Grouping::OVERALL, &tallies);
    assert_eq!(map.points.len(), 4);
    for point in &map.points {
        let need = needs.groups[0].needs.iter().find(|n| n.competency == point.competency).unwrap();
        let measures = need.measures.unwrap();
        assert_eq!(point.n, need.n_pairs);
        assert_eq!(point.at.importance.to_bits(), measures.mean_importance.to_bits());
        assert_eq!(point.at.ability.to_bits(), measures.mean_ability.to_bits());
        assert_eq!(point.gap.to_bits(), measures.gap.to_bits());
        assert!(point.ability.is_none_or(|interval| interval.contains(point.at.ability)));
    }
    assert_eq!(map.unrated, form.competencies.len() - 4);
    assert_eq!(map.points[0].at.side(), Side::Need);
}

#[test]
fn each_choice_of_lines_puts_competencies_into_fields_and_says_which_are_open() {
    let form = forms::needs().unwrap();
    let rated = [("A1", "5", "21"), ("B1", "43", "45"), ("C1", "23", "21"), ("F3", "2", "5")];
    let map = map_of(&form, &people("bt", 30, &rated));
    let corners = |view| map.placed(view).iter().map(|placed| placed.corner).collect::<Vec<_>>();
    assert_eq!(corners(MEANS), [TopLeft, TopRight, BottomLeft, BottomRight]);
    assert_eq!(
        corners(MapView::Fields(LineChoice::Midpoint)),
        [TopLeft, TopRight, BottomLeft, BottomRight]
    );
    let own = LineChoice::At(Point { importance: 4.0, ability: 1.5 });
    assert_eq!(corners(MapView::Fields(own)), [TopRight, BottomRight, BottomRight, BottomRight]);
    let open: Vec<bool> = map.placed(MapView::Fields(own)).iter().map(|p| p.is_open).collect();
    assert_eq!(open, [true, false, true, false], "a mean on the line is not certain");
    assert_eq!(corners(MapView::Focus), [TopRight, BottomRight, TopLeft, BottomLeft]);
}

#[test]
fn of_nobody_of_one_and_of_four_people_there_is_no_point() {
    let form = forms::needs().unwrap();
    assert_eq!(map_of(&form, &[]), NeedMap::default());
    for count in [1, 4] {
        let map = map_of(&form, &people("bt", count, &[("A1", "5", "2")]));
        assert_eq!((map.people, map.points.len()), (None, 0));
        assert_eq!((map.hidden, map.lines(MEANS), map.placed(MEANS).len()), (1, None, 0));
    }
}

#[test]
fn where_all_are_equal_there_is_a_point_without_an_interval() {
    let form = forms::needs().unwrap();
    let map = map_of(&form, &people("bt", 5, &[("A1", "4", "4"), ("A2", "4", "4")]));
    assert_eq!(map.points.len(), 2);
    assert!(map.points.iter().all(|point| point.importance.is_none() && point.ability.is_none()));
    assert!(map.placed(MEANS).iter().all(|p| p.corner == Corner::TopRight && !p.is_open));
    assert_eq!(map.points[0].at.side(), Side::Balance);
}

#[test]
fn the_table_has_posts_by_competencies_and_says_why_a_cell_is_empty() {
    let form = forms::needs().unwrap();
    let mut responses = people("bt", 6, &[("A1", "5", "23"), ("D1", "4", "2"), ("B1", "5", "-")]);
    // The one rating of D2 and those of a small post are hidden.
    responses.extend(people("ct_ubnd", 8, &[("A1", "3", "5"), ("D2", "5-------", "2-------")]));
    responses.extend(people("ct_hdnd", 3, &[("A1", "5", "1")]));
    responses.extend(people("pct_ubnd", 2, &[("A1", "5", "1")]));
    let gaps = heat(&form, &responses, HeatValue::Gap, HeatOrder::Form);
    assert_eq!(gaps.rows.iter().map(|row| row.people).collect::<Vec<_>>(), [6, 8]);
    assert_eq!(gaps.hidden_rows, 2);
    assert_eq!(cell(&gaps, "bt", "A1"), HeatCell::Of(2.5, 6));
    assert_eq!(cell(&gaps, "ct_ubnd", "A1"), HeatCell::Of(-2.0, 8), "a surplus stays one");
    assert_eq!(cell(&gaps, "ct_ubnd", "D2"), HeatCell::Hidden);
    assert_eq!(cell(&gaps, "bt", "B1"), HeatCell::Nobody);
    let shortfalls = heat(&form, &responses, HeatValue::Shortfall, HeatOrder::Form);
    assert_eq!(cell(&shortfalls, "bt", "A1"), HeatCell::Of(2.5, 6), "the secretary needs a five");
    assert_eq!(cell(&shortfalls, "bt", "D1"), HeatCell::NoLevel);
    assert_eq!(cell(&shortfalls, "ct_ubnd", "A1"), HeatCell::Of(0.0, 8));
    let shares = heat(&form, &responses, HeatValue::HighNeed, HeatOrder::Form);
    assert_eq!(cell(&shares, "bt", "A1"), HeatCell::Of(0.5, 6));
}

#[test]
fn in_groups_of_one_to_four_everywhere_all_is_hidden_and_the_table_says_so() {
    let form = forms::needs().unwrap();
    let mut responses = people("bt", 4, &[("A1", "5", "2")]);
    responses.extend(people("ct_ubnd", 1, &[("A1", "5", "2")]));
    for value in [HeatValue::Gap, HeatValue::Shortfall, HeatValue::HighNeed] {
        let table = heat(&form, &responses, value, HeatOrder::Alike);
        assert!(table.is_empty() && table.rows.is_empty());
        assert_eq!(table.hidden_rows, 2);
    }
    let nobody = heat(&form, &[], HeatValue::Gap, HeatOrder::Alike);
    assert!(nobody.is_empty() && nobody.hidden_rows == 0);
}

#[test]
fn sorting_by_likeness_moves_rows_and_columns_but_changes_no_number() {
    let form = forms::needs().unwrap();
    let mut responses = people("bt", 6, &[("A1", "5", "4"), ("B1", "5", "1"), ("C1", "5", "4")]);
    responses.extend(people("ct_ubnd", 6, &[("A1", "5", "1"), ("B1", "5", "5"), ("C1", "5", "1")]));
    responses.extend(people("ct_hdnd", 6, &[("A1", "5", "4"), ("B1", "5", "2"), ("C1", "5", "4")]));
    let by_form = heat(&form, &responses, HeatValue::Gap, HeatOrder::Form);
    let alike = heat(&form, &responses, HeatValue::Gap, HeatOrder::Alike);
    let groups: Vec<String> = alike.rows.iter().map(|row| row.group.to_string()).collect();
    assert_eq!(groups, ["ct_ubnd", "bt", "ct_hdnd"], "the largest needs first");
    assert_ne!(alike.columns, by_form.columns);
    for row in &by_form.rows {
        for competency in &by_form.columns {
            let (before, now) = (
                cell(&by_form, &row.group.0[0], competency),
                cell(&alike, &row.group.0[0], competency),
            );
            assert_eq!(before, now);
        }
    }
}

#[test]
fn the_profile_of_a_post_holds_its_people_against_its_levels() {
    let form = forms::needs().unwrap();
    let mut responses = people("bt", 10, &[("A1", "5", "35"), ("D1", "4", "3")]);
    responses.extend(people("ct_ubnd", 5, &[("A1", "5", "4")]));
    let of_post = profile(&form, POSTS, &responses);
    let [a1, d1] = &of_post.rows[..] else { panic!("{of_post:?}") };
    assert_eq!((a1.ability, a1.importance, a1.required), (Some(4.0), Some(5.0), Some(5.0)));
    assert_eq!((a1.below, a1.shortfall, a1.n), (Some(0.5), Some(1.0), 10));
    assert_eq!((d1.required, d1.below), (None, None), "nothing is required of the secretary there");
    assert!(of_post.has_levels());
    let all = profile(&form, Grouping::OVERALL, &responses);
    let mean = (10.0 * 5.0 + 5.0 * 4.0) / 15.0;
    assert!((all.rows[0].required.unwrap() - mean).abs() < 1e-12, "several posts, their mean");
}

#[test]
fn levels_that_few_posts_of_a_group_require_are_not_told() {
    let form = forms::needs().unwrap();
    // D1 is required of the chair, not of the secretary.
    let mut responses = people("bt", 10, &[("D1", "5", "3")]);
    responses.extend(people("ct_ubnd", 2, &[("D1", "5", "1")]));
    let all = profile(&form, Grouping::OVERALL, &responses);
    assert_eq!((all.rows.len(), all.hidden), (0, 1));
}

#[test]
fn the_profile_of_one_person_is_what_that_person_said() {
    let form = forms::needs().unwrap();
    let one = people("bt", 1, &[("A1", "5", "3"), ("B1", "4", "-"), ("F3", "2", "5")]);
    let profile = LevelProfile::of_person(&form, &one[0]);
    let [a1, b1, f3] = &profile.rows[..] else { panic!("{profile:?}") };
    assert_eq!((a1.ability, a1.required, a1.shortfall), (Some(3.0), Some(5.0), Some(2.0)));
    assert_eq!((b1.ability, b1.importance, b1.shortfall), (None, Some(4.0), None));
    assert_eq!((f3.below, f3.shortfall), (Some(0.0), Some(0.0)));
    let other = people("", 1, &[("A1", "5", "3")]);
    assert!(!LevelProfile::of_person(&form, &other[0]).has_levels(), "a post without levels");
}
