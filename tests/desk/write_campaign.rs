//! Writes a generated campaign as it comes to a desk: `write_campaign SEED UNITS FOLDER` leaves
//! `campaign.json`, a file a response in `responses`, and in `truth.json` what is known of them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a tool of the tests")]

use std::error::Error;
use std::path::PathBuf;
use std::rc::Rc;
use std::{env, fs};

use phieu_xa::app::campaign_file::CampaignFile;
use phieu_xa::app::protocol::FormSheets;
use phieu_xa::domain::campaign::Campaign;
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::response_csv;
use phieu_xa::forms::BuiltIn;

#[path = "generated.rs"]
mod generated;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [seed, units, folder] = arguments.as_slice() else {
        return Err("usage: write_campaign SEED UNITS FOLDER".into());
    };
    let folder = PathBuf::from(folder);
    let made = generated::campaign(seed.parse()?, units.parse()?);
    let responses = folder.join("responses");
    // What an earlier run left would be taken for this one's.
    let _ = fs::remove_dir_all(&responses);
    fs::create_dir_all(&responses)?;
    for row in made.dataset.rows() {
        let name = format!("{}.csv", row.root);
        fs::write(responses.join(name), response_csv::write(&made.form, row))?;
    }
    let campaign = Campaign {
        id: "c1".to_owned(),
        name: format!("Đợt {seed}"),
        roster: Rc::new(made.roster),
        ..Campaign::default()
    };
    let sheets = FormSheets::built_in(BuiltIn::Needs);
    let file = CampaignFile::new(campaign, sheets, Timestamp::from_millis(1.8e12));
    fs::write(folder.join("campaign.json"), file.to_json())?;
    fs::write(folder.join("truth.json"), serde_json::to_vec(&made.truth.to_json())?)?;
    Ok(())
}
