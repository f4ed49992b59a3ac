//! A trainer of a province adds up what desks below have counted, puts a campaign beside the one
//! before it, and takes the report.

mod full_desk;

use e2e::{Screen, Way, both_ways};
use full_desk::{empty_desk, full_desk, open_campaign, take_in, wait_for_count, write};
use phieu_xa::app::collector::Collector;
use phieu_xa::app::protocol::{Export, ExportWanted};
use phieu_xa::domain::response::Response;
use phieu_xa::domain::roster::Roster;
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::table::Profile;
use phieu_xa::text::Language;
use thirtyfour::prelude::*;

const SEED: u64 = 5;

/// What a desk of these responses exports.
fn exported(made: &full_desk::Generated, name: &str, rows: &[Response], export: Export) -> Vec<u8> {
    let desk = Collector::new((*made.form).clone(), rows.to_vec()).of_campaign("", name);
    let made = Timestamp::from_millis(1.8e12);
    desk.export(&ExportWanted::plain(export, Profile::Data, Language::Vi), &Roster::default(), made)
        .expect("a file is made")
        .1
}

async fn tallies_of_two_desks_add_up_to_what_all_responses_say(way: Way) {
    let (device, made) = empty_desk(way, Screen::Laptop, SEED).await;
    let rows: Vec<Response> = made.dataset.current().into_iter().cloned().collect();
    let (north, south) = rows.split_at(rows.len() / 2);
    let mut files = Vec::new();
    for (name, rows) in [("bac.csv", north), ("nam.csv", south)] {
        files.push(write(&device, name, &exported(&made, name, rows, Export::Tally)));
    }
    device.choose("response-files", &files).await;
    device.find("received").await;
    device.go("#/ban/phan-tich").await;
    device.find("received-note").await;
    device.go("#/ban/xuat").await;
    let ready = device.driver.query(By::Css("[id='export-needs']:enabled")).first().await;
    ready.expect("what was kept is read again");
    let (_, needs) = device.download("export-needs").await;
    let all = exported(&made, "all", &rows, Export::Needs);
    // All but the rank, which moves where a competency that few were asked for was hidden below.
    let overall = |bytes: &[u8]| -> Vec<Vec<String>> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let lines = text.lines().filter(|line| line.starts_with("overall,"));
        lines.map(|line| line.split(',').take(19).map(str::to_owned).collect()).collect()
    };
    let (here, pooled) = (overall(&needs), overall(&all));
    let same = here.iter().zip(&pooled).filter(|(here, pooled)| here == pooled).count();
    assert!(same >= 20 && here.len() == pooled.len(), "{same} of {}", pooled.len());
    device.driver.refresh().await.expect("the page opens again");
    device.go("#/ban/thu-phieu").await;
    device.find("received").await;
    device.click("received-drop-bac.csv").await;
    let people = south.len().to_string();
    device.wait_for_text("received", &people).await;
    device.close().await;
}

async fn a_campaign_is_put_beside_the_one_before_it(way: Way) {
    let (device, made) = full_desk(way, Screen::Laptop, SEED).await;
    device.go("#/ban/dot-khao-sat").await;
    open_campaign(&device, &made, ["c2", "Đợt sau", "2027-10-01"]).await;
    wait_for_count(&device, "thu-phieu", 0).await;
    device.click("step-thu-phieu").await;
    take_in(&device, &made, "c2").await;
    device.go("#/ban/doi-chieu").await;
    let option = "[id='beside-with'] option[value='c1']";
    let option = device.driver.query(By::Css(option)).first().await.expect("the other is offered");
    option.click().await.expect("it can be chosen");
    device.wait_for_text("waves-people", "Đợt thử").await;
    device.find("gains").await;
    device.find("gained-A1").await;
    device.click("waves-everybody").await;
    device.find("compared-A1").await;
    device.close().await;
}

async fn the_report_is_taken_as_one_file_that_asks_for_nothing(way: Way) {
    let (device, _) = full_desk(way, Screen::Laptop, SEED).await;
    device.go("#/ban/ke-hoach").await;
    device.find("plan-lead").await;
    device.go("#/ban/bao-cao").await;
    device.wait_for_text("report-document", "Đợt thử").await;
    let (path, report) = device.download("report-save").await;
    let report = String::from_utf8(report).expect("a text");
    assert!(path.extension().is_some_and(|ending| ending == "html"));
    assert!(report.contains("Đợt thử") && report.contains("<svg"), "{}", report.len());
    let asks = ["<script", "src=", "href=", "@import", "url("].map(|asks| report.contains(asks));
    assert_eq!(asks, [false; 5], "the report is whole by itself");
    device.close().await;
}

both_ways!(
    tallies_of_two_desks_add_up_to_what_all_responses_say,
    a_campaign_is_put_beside_the_one_before_it,
    the_report_is_taken_as_one_file_that_asks_for_nothing,
);
