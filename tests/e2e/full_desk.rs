//! The desk with a generated campaign, of which everything is known.

#![allow(dead_code, reason = "not every journey needs every desk")]

#[path = "../desk/generated.rs"]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test fails by panicking; not every journey looks at all that is known"
)]
mod generated;

use std::fs;
use std::rc::Rc;

use e2e::{Device, Screen, Way};
use phieu_xa::app::campaign_file::CampaignFile;
use phieu_xa::app::protocol::FormSheets;
use phieu_xa::domain::campaign::Campaign;
use phieu_xa::domain::response::Response;
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::response_csv;
use phieu_xa::forms::BuiltIn;
use thirtyfour::prelude::*;

pub(crate) use generated::Generated;
pub(crate) use generated::campaign;

/// How many units the campaign has.
pub(crate) const UNITS: usize = 12;

/// The desk where it collects, with the campaign of a seed open and every response file taken in.
pub(crate) async fn full_desk(way: Way, screen: Screen, seed: u64) -> (Device, Generated) {
    let (device, made) = empty_desk(way, screen, seed).await;
    take_in(&device, &made, "c1").await;
    (device, made)
}

/// Every response file, as handed in to the campaign of an id, at the step that collects.
pub(crate) async fn take_in(device: &Device, made: &Generated, campaign: &str) {
    let files = made.dataset.rows().map(|row| {
        let row = Response { campaign: campaign.into(), ..row.clone() };
        write(device, &format!("{}.csv", row.root), &response_csv::write(&made.form, &row))
    });
    device.choose("response-files", &files.collect::<Vec<_>>()).await;
    device.wait_for_exact_text("fact-people", &made.dataset.len().to_string()).await;
}

/// The desk where it collects, with the campaign of a seed open and nothing taken in.
pub(crate) async fn empty_desk(way: Way, screen: Screen, seed: u64) -> (Device, Generated) {
    let made = campaign(seed, UNITS);
    let device = Device::open(way, screen, "#/ban/dot-khao-sat").await;
    wait_for_count(&device, "thu-phieu", 0).await;
    open_campaign(&device, &made, ["c1", "Đợt thử", "2026-10-01"]).await;
    device.click("step-thu-phieu").await;
    device.find("response-files").await;
    (device, made)
}

/// Opens a campaign from its file, at the step of campaigns: its id, its name, its first day.
pub(crate) async fn open_campaign(device: &Device, made: &Generated, campaign: [&str; 3]) {
    let [id, name, opens] = campaign;
    let asked = Campaign {
        id: id.to_owned(),
        name: name.to_owned(),
        opens: opens.to_owned(),
        roster: Rc::new(made.roster.clone()),
        ..Campaign::default()
    };
    let sheets = FormSheets::built_in(BuiltIn::Needs);
    let file = CampaignFile::new(asked, sheets, Timestamp::from_millis(1.8e12));
    let path = write(device, &format!("{id}.json"), &file.to_json());
    device.choose("campaign-file", &[path]).await;
    wait_for_count(device, "danh-sach", UNITS).await;
}

/// A file on the device, by its path.
pub(crate) fn write(device: &Device, name: &str, content: &[u8]) -> String {
    let path = device.folder().join(name);
    fs::write(&path, content).expect("a file of the test");
    path.to_string_lossy().into_owned()
}

/// Waits until a step has this number beside its name, which phones leave out of sight.
pub(crate) async fn wait_for_count(device: &Device, step: &str, count: usize) {
    let count = format!("//a[@id='step-{step}']/span[.='{count}']");
    device.driver.query(By::XPath(count)).first().await.expect("the step's count comes");
}
