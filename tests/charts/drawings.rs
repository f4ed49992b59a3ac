//! Charts can be read where they end up: as files, on paper, on a phone, by a screen reader.

use quick_xml::events::Event;

use phieu_xa::domain::chart::counted::CountedGroup;
use phieu_xa::domain::chart::heat_table::{HeatCell, HeatOrder, HeatTable, HeatValue};
use phieu_xa::domain::chart::level_profile::LevelProfile;
use phieu_xa::domain::chart::need_map::{Corner, MapView, NeedMap};
use phieu_xa::domain::clusters::Clusters;
use phieu_xa::domain::form::Form;
use phieu_xa::domain::grouping::{Facet, Grouping, Tallies};
use phieu_xa::domain::measure::importance_performance::LineChoice;
use phieu_xa::domain::response::Response;
use phieu_xa::formats::chart::heatmap::{cell_text, shade};
use phieu_xa::formats::chart::need_map::{MapLook, field_name};
use phieu_xa::formats::chart::twin::{Twin, TwinCell};
use phieu_xa::formats::chart::{Caption, Layout, heatmap, level_profile, need_map};
use phieu_xa::forms;
use phieu_xa::text::Language;

use super::response;

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
        response(form, &number.to_string(), &answers)
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

const EVERY_VIEW: [MapView; 4] = [
    MapView::Fields(LineChoice::Means),
    MapView::Fields(LineChoice::Medians),
    MapView::Fields(LineChoice::Midpoint),
    MapView::Focus,
];

/// Every text of a drawing.
fn words(file: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(file);
    reader.config_mut().check_end_names = true;
    let (mut words, mut depth) = (Vec::new(), 0);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Text(text) => words.push(text.xml10_content().into_owned()),
            Event::GeneralRef(name) => {
                words.push(format!("&{};", name.xml10_content()));
            }
            Event::Eof => {
                assert_eq!(depth, 0);
                return words;
            }
            _ => {}
        }
    }
}

#[test]
fn a_saved_map_is_xml_with_its_title_its_people_its_fields_and_every_competency() {
    let form = forms::needs().unwrap();
    let map = map_of(&form, &people(&form, 92));
    for (view, layout) in
        EVERY_VIEW.into_iter().flat_map(|v| [(v, Layout::Wide), (v, Layout::Narrow)])
    {
        let look = MapLook { view, with_intervals: true };
        let file =
            need_map::draw(&form, &map, look, layout, Language::Vi).unwrap().file(&caption());
        let words = words(&file).join(" ");
        assert!(words.contains("Bản đồ nhu cầu bồi dưỡng") && words.contains("92 người"));
        assert!(
            words.contains("&lt; cuối năm"),
            "what a campaign is called cannot break it: {words}"
        );
        for corner in Corner::ALL {
            assert!(
                words.contains(field_name(view, corner, Language::Vi).split(' ').next().unwrap())
            );
        }
        for competency in &form.competencies {
            let first = competency.label.get("vi").split(' ').next().unwrap();
            assert!(words.contains(first), "{first}");
        }
    }
}

#[test]
fn every_mark_of_a_map_has_its_name_or_code() {
    let form = forms::needs().unwrap();
    let everybody = people(&form, 92);
    for count in [5, 12, 36, 92] {
        let map = map_of(&form, &everybody[..count]);
        let file = |layout| {
            let look = MapLook { view: EVERY_VIEW[0], with_intervals: false };
            need_map::draw(&form, &map, look, layout, Language::Vi).unwrap().file(&caption())
        };
        for layout in [Layout::Wide, Layout::Narrow] {
            let labels = file(layout).matches("class=\"label").count();
            assert!(labels >= map.points.len(), "{count}: every mark has its label");
        }
    }
}

#[test]
fn where_all_are_equal_or_extreme_the_map_can_still_be_drawn() {
    let form = forms::needs().unwrap();
    for (importance, ability) in [("3", "3"), ("5", "1"), ("1", "5"), ("5", "5")] {
        let answers: Vec<(String, &str)> = form
            .competencies
            .iter()
            .flat_map(|own| {
                [(format!("imp_{}", own.code), importance), (format!("abl_{}", own.code), ability)]
            })
            .collect();
        let answers: Vec<(&str, &str)> =
            answers.iter().map(|(key, value)| (key.as_str(), *value)).collect();
        let same: Vec<Response> =
            (0..6).map(|number: u8| response(&form, &number.to_string(), &answers)).collect();
        let map = map_of(&form, &same);
        for view in EVERY_VIEW {
            let look = MapLook { view, with_intervals: true };
            let chart = need_map::draw(&form, &map, look, Layout::Wide, Language::Vi).unwrap();
            let file = chart.file(&caption());
            assert!(!file.contains("NaN") && !file.contains("inf"), "{view:?}");
            words(&file);
        }
    }
    let nobody = NeedMap::default();
    let look = MapLook { view: EVERY_VIEW[0], with_intervals: true };
    assert_eq!(need_map::draw(&form, &nobody, look, Layout::Wide, Language::Vi), None);
}

#[test]
fn a_shaded_cell_carries_its_number_and_darkens_with_it() {
    use HeatValue::{Gap, HighNeed, Shortfall};
    let t = Language::Vi;
    assert_eq!(shade(Gap, -0.01).class, "heat-below");
    assert_eq!(shade(Gap, 0.0).class, "heat-0");
    assert_eq!(shade(Shortfall, 1.0).class, "heat-3");
    assert_eq!(shade(HighNeed, 1.0).class, "heat-5");
    assert_eq!(cell_text(Gap, HeatCell::Of(-0.25, 9), t), "−0,25", "negative gaps stay negative");
    assert_eq!(cell_text(HighNeed, HeatCell::Of(0.5, 8), t), "50 %");
    assert_eq!(cell_text(Gap, HeatCell::Hidden, t), "~");
}

#[test]
fn a_saved_heatmap_has_every_group_with_its_people_and_every_number() {
    let form = forms::needs().unwrap();
    let tallies = Tallies::count(&form, POSTS, &Clusters::default(), &people(&form, 92));
    for (value, order) in [
        (HeatValue::Gap, HeatOrder::Form),
        (HeatValue::Shortfall, HeatOrder::Alike),
        (HeatValue::HighNeed, HeatOrder::Form),
    ] {
        let table = HeatTable::of(&form, POSTS, &tallies, value, order);
        let file = heatmap::draw(&form, &table, Language::Vi).unwrap().file(&caption());
        let words = words(&file);
        assert_eq!(table.rows.len(), 7);
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            assert!(words.contains(&cell_text(value, *cell, Language::Vi)));
        }
        assert!(
            words.iter().any(|own| own == "n = 13")
                && words.iter().any(|own| own == "Bí thư Đảng ủy")
        );
    }
    let nobody = Tallies::default();
    let table = HeatTable::of(&form, POSTS, &nobody, HeatValue::Gap, HeatOrder::Alike);
    assert_eq!(heatmap::draw(&form, &table, Language::Vi), None);
}

#[test]
fn a_profile_says_at_every_track_how_many_are_below_or_how_far_one_person_is() {
    let form = forms::needs().unwrap();
    let everybody = people(&form, 92);
    let tallies = Tallies::count(&form, POSTS, &Clusters::default(), &everybody);
    let group = LevelProfile::of_group(&form, &CountedGroup::all(&form, POSTS, &tallies)[0]);
    let person = LevelProfile::of_person(&form, &everybody[0]);
    for layout in [Layout::Wide, Layout::Narrow] {
        let draw = |profile| {
            let chart = level_profile::draw(&form, profile, layout, Language::Vi).unwrap();
            words(&chart.file(&caption())).join(" ")
        };
        assert!(draw(&group).contains("% chưa đạt") && draw(&group).contains("không đặt mức"));
        assert!(draw(&person).contains("thiếu 1 mức") && draw(&person).contains("mức tự đánh giá"));
    }
    let nobody = LevelProfile::default();
    assert_eq!(level_profile::draw(&form, &nobody, Layout::Wide, Language::Vi), None);
}

#[test]
fn the_table_beside_a_chart_has_its_numbers_and_can_be_copied_into_a_spreadsheet() {
    let form = forms::needs().unwrap();
    let everybody = people(&form, 92);
    let (map, t) = (map_of(&form, &everybody), Language::Vi);
    let twin = Twin::of_map(&form, &map, EVERY_VIEW[0], t);
    assert_eq!(twin.rows.len(), map.points.len());
    let point = &map.points[0];
    assert_eq!(twin.rows[0].name, form.competencies[0].label.get("vi"));
    let gap = twin.rows[0].cells.last().unwrap();
    assert_eq!(gap, &TwinCell::Number(point.gap, 2));
    assert_eq!(TwinCell::Number(-0.5, 2).shown(t), "−0,50");
    let text = twin.for_clipboard(t);
    assert_eq!(text.lines().count(), map.points.len() + 1);
    assert!(text.lines().all(|line| line.split('\t').count() == twin.header.len()));
    assert!(!text.contains('−'), "spreadsheets know the hyphen alone as a sign");
    let tallies = Tallies::count(&form, POSTS, &Clusters::default(), &everybody);
    let table = HeatTable::of(&form, POSTS, &tallies, HeatValue::HighNeed, HeatOrder::Form);
    let heat = Twin::of_heat(&form, &table, t);
    assert_eq!((heat.rows.len(), heat.header.len()), (7, form.competencies.len() + 2));
    let profile = Twin::of_profile(&form, &LevelProfile::of_person(&form, &everybody[0]), t);
    assert_eq!(profile.rows.len(), form.competencies.len());
}
