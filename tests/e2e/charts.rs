//! A trainer looks at the charts of a generated campaign, of which every number is known.

mod full_desk;

use e2e::{Device, Screen, Way, both_ways};
use full_desk::{Generated, full_desk};
use phieu_xa::domain::clusters::Clusters;
use phieu_xa::domain::grouping::{Grouping, Tallies};
use phieu_xa::domain::needs::needs;
use phieu_xa::text::Language;
use thirtyfour::prelude::*;

const SEED: u64 = 7;

/// The desk at a step, with every response taken in.
async fn desk_at(step: &str, way: Way, screen: Screen) -> (Device, Generated) {
    let (device, made) = full_desk(way, screen, SEED).await;
    device.click(&format!("step-{step}")).await;
    device.wait_for_hash(&format!("/ban/{step}")).await;
    device.find("chart").await;
    (device, made)
}

async fn count(device: &Device, css: &str) -> usize {
    device.driver.find_all(By::Css(css)).await.expect("the page can be searched").len()
}

async fn the_map_shows_the_measures_and_is_saved_as_a_drawing_and_as_a_picture(way: Way) {
    let (device, made) = desk_at("ban-do-nhu-cau", way, Screen::Laptop).await;
    let people = made.dataset.current();
    let tallies = Tallies::count(&made.form, Grouping::OVERALL, &Clusters::default(), people);
    let needs = needs(&made.form, Grouping::OVERALL, &tallies);
    let measured: Vec<_> =
        needs.groups[0].needs.iter().filter_map(|need| Some((need, need.measures?))).collect();
    device.click("chart-table").await;
    assert_eq!(count(&device, ".twin tbody tr").await, measured.len());
    assert_eq!(
        count(&device, ".wide-drawing .mark, .wide-drawing .mark-first").await,
        measured.len() + 3
    );
    let table = device.text("chart-table").await;
    for (need, measures) in &measured {
        let row = [
            Language::Vi.number(need.n_pairs as f64, 0),
            Language::Vi.number(measures.mean_importance, 2),
            Language::Vi.number(measures.mean_ability, 2),
            Language::Vi.number(measures.gap, 2),
        ];
        for number in row {
            assert!(table.contains(&number), "{}: {number}", need.competency);
        }
    }
    device.wait_for_text("chart-about", &format!("{} người", made.dataset.len())).await;
    let (path, svg) = device.download("save-svg").await;
    assert!(path.to_string_lossy().ends_with("ban-do-nhu-cau-dot-thu.svg"));
    let svg = String::from_utf8(svg).expect("text");
    let is_whole = "new DOMParser().parseFromString(arguments[0], 'image/svg+xml')\
                    .getElementsByTagName('parsererror').length === 0";
    let script = format!("return {is_whole}");
    let parsed = device.driver.execute(&script, vec![serde_json::json!(svg)]).await;
    assert_eq!(parsed.expect("a script").json(), &serde_json::json!(true));
    assert!(svg.contains("Bản đồ nhu cầu bồi dưỡng") && svg.contains("Đợt thử"));
    assert!(svg.contains(&format!("{} người", made.dataset.len())));
    let (path, png) = device.download("save-png").await;
    assert!(path.to_string_lossy().ends_with(".png") && png.starts_with(b"\x89PNG"));
    device.close().await;
}

async fn the_lines_of_the_map_are_chosen_and_its_intervals_shown(way: Way) {
    let (device, _) = desk_at("ban-do-nhu-cau", way, Screen::Laptop).await;
    assert_eq!(count(&device, ".wide-drawing .chart-interval").await, 0);
    device.click("map-intervals").await;
    device.wait_for_text("chart", "Nét chữ thập").await;
    assert!(count(&device, ".wide-drawing .chart-interval").await > 0);
    let focus = device.driver.query(By::Css("#map-lines option[value='focus']")).first().await;
    focus.expect("the choice is there").click().await.expect("it can be chosen");
    device.wait_for_text("chart", "Locus for Focus").await;
    device.close().await;
}

async fn posts_by_competencies_are_shaded_and_sorted_by_likeness(way: Way) {
    let (device, made) = desk_at("bang-mau", way, Screen::Laptop).await;
    assert!(count(&device, "#heat tbody tr").await > 1);
    assert_eq!(count(&device, "#heat thead .upright").await, made.form.competencies.len());
    device.click("heat-high-need").await;
    device.wait_for_text("chart", "tỷ lệ cần cao").await;
    device.click("heat-alike").await;
    device.wait_for_text("chart", "phân cụm thứ bậc").await;
    let (_, svg) = device.download("save-svg").await;
    assert!(String::from_utf8(svg).expect("text").contains("n = "));
    device.close().await;
}

async fn on_a_phone_the_map_has_codes_and_a_list_and_one_person_is_looked_at(way: Way) {
    let (device, _) = desk_at("ban-do-nhu-cau", way, Screen::Phone).await;
    let narrow = device.driver.query(By::Css(".narrow-drawing .chart")).first().await;
    assert!(narrow.expect("it is there").is_displayed().await.expect("it can be asked"));
    device.click("step-ho-so").await;
    device.wait_for_hash("/ban/ho-so").await;
    device.click("profile-protected").await;
    device.find("profile-search").await;
    let first = device.driver.query(By::Css(".person-finder li button")).first().await;
    first.expect("somebody is found").click().await.expect("a person can be chosen");
    device.wait_for_text("chart", "chỉ dùng nội bộ").await;
    device.click("profile-back").await;
    device.wait_for_text("chart", "Chưa đạt: tỷ lệ").await;
    device.close().await;
}

both_ways!(
    the_map_shows_the_measures_and_is_saved_as_a_drawing_and_as_a_picture,
    the_lines_of_the_map_are_chosen_and_its_intervals_shown,
    posts_by_competencies_are_shaded_and_sorted_by_likeness,
    on_a_phone_the_map_has_codes_and_a_list_and_one_person_is_looked_at,
);
