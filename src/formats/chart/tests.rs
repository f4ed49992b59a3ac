//! Charts can be read where they end up: as files, on paper, on a phone, by a screen reader.

use super::heatmap::{cell_text, shade};
use super::need_map::MapLook;
use super::twin::{Twin, TwinCell};
use super::{Caption, Layout, heatmap, level_profile, need_map};
use crate::domain::chart::counted::CountedGroup;
use crate::domain::chart::heat_table::{HeatCell, HeatOrder, HeatTable, HeatValue};
use crate::domain::chart::level_profile::LevelProfile;
use crate::domain::chart::need_map::{MapView, NeedMap};
use crate::domain::clusters::Clusters;
use crate::domain::form::Form;
use crate::domain::grouping::{Facet, Grouping, Tallies};
use crate::domain::measure::importance_performance::LineChoice;
use crate::domain::response::Response;
use crate::domain::response::tests::response;
use crate::forms;
use crate::text::Language;

const POSTS: Grouping = Grouping::by(Facet::Post);

fn people(form: &Form, count: usize) -> Vec<Response> {
    let posts = ["bt", "ct_ubnd", "ct_hdnd", "tp_kt", "tp_vhxh", "ct_phunu", "cvp"];
    let mut state = 7u64;
    let mut level = |mean: f64| {
        let mut spread = -1.5;
        for _ in 0..3 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            spread += (state >> 40) as f64 / (1u64 << 24) as f64;
        }
        format!("{:.0}", (mean + spread * 1.6).clamp(1.0, 5.0))
    };
    let person = |number: usize| {
        let mut answers = vec![("chuc_danh".to_owned(), posts[number % posts.len()].to_owned())];
        for (place, competency) in form.competencies.iter().enumerate() {
            let place = place as f64;
            let (importance, ability) =
                (3.9 + (place * 1.7).sin() * 0.7, 3.2 + (place * 2.3).cos() * 0.8);
            answers.push((format!("imp_{}", competency.code), level(importance)));
            answers.push((format!("abl_{}", competency.code), level(ability)));
        }
        let answers: Vec<(&str, &str)> =
            answers.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        response(&number.to_string(), 1, &answers)
    };
    (0..count).map(person).collect()
}

fn map_of(form: &Form, responses: &[Response]) -> NeedMap {
    let tallies = Tallies::count(form, Grouping::OVERALL, &Clusters::default(), responses);
    NeedMap::of(form, &CountedGroup::all(form, Grouping::OVERALL, &tallies)[0])
}

fn caption() -> Caption {
    Caption {
        title: "Bản đồ nhu cầu bồi dưỡng".into(),
        about: vec!["Đợt khảo sát <cuối năm>".into(), "Tất cả: 92 người".into()],
        method: vec!["Mỗi hình là một năng lực; vạch chia ở trung bình chung.".into()],
    }
}

#[test]
#[ignore = "leaves drawings in the folder for temporary files, to be looked at"]
fn draw_everything() {
    let form = forms::needs().unwrap();
    let responses = people(&form, 92);
    let map = map_of(&form, &responses);
    let save =
        |name: &str, text: String| std::fs::write(format!("/tmp/charts/{name}.svg"), text).unwrap();
    for (name, view) in [
        ("fields", MapView::Fields(LineChoice::Means)),
        ("mid", MapView::Fields(LineChoice::Midpoint)),
        ("focus", MapView::Focus),
    ] {
        for (size, layout) in [("wide", Layout::Wide), ("narrow", Layout::Narrow)] {
            for crosses in [false, true] {
                let look = MapLook { view, with_intervals: crosses };
                let chart = need_map::draw(&form, &map, look, layout, Language::Vi).unwrap();
                save(&format!("map-{name}-{size}-{crosses}"), chart.file(&caption()));
            }
        }
    }
    let few = NeedMap { points: map.points[..9].to_vec(), ..map };
    let look = MapLook { view: MapView::Fields(LineChoice::Means), with_intervals: true };
    save(
        "map-few",
        need_map::draw(&form, &few, look, Layout::Wide, Language::Vi).unwrap().file(&caption()),
    );
    let tallies = Tallies::count(&form, POSTS, &Clusters::default(), &responses);
    for (name, value) in
        [("gap", HeatValue::Gap), ("short", HeatValue::Shortfall), ("share", HeatValue::HighNeed)]
    {
        for (by, order) in [("form", HeatOrder::Form), ("alike", HeatOrder::Alike)] {
            let table = HeatTable::of(&form, POSTS, &tallies, value, order);
            save(
                &format!("heat-{name}-{by}"),
                heatmap::draw(&form, &table, Language::Vi).unwrap().file(&caption()),
            );
        }
    }
    let group = LevelProfile::of_group(&form, &CountedGroup::all(&form, POSTS, &tallies)[0]);
    let person = LevelProfile::of_person(&form, &responses[0]);
    for (size, layout) in [("wide", Layout::Wide), ("narrow", Layout::Narrow)] {
        save(
            &format!("profile-{size}"),
            level_profile::draw(&form, &group, layout, Language::Vi).unwrap().file(&caption()),
        );
        save(
            &format!("person-{size}"),
            level_profile::draw(&form, &person, layout, Language::Vi).unwrap().file(&caption()),
        );
    }
}
