//! Writes data packages of generated campaigns into a folder, for frictionless to judge.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a check fails by panicking")]

#[path = "../desk/generated.rs"]
#[allow(dead_code, reason = "tests look at what is known of the campaign")]
mod generated;

use std::fs;
use std::path::PathBuf;

use phieu_xa::app::collector::Collector;
use phieu_xa::app::protocol::{Export, ExportWanted};
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::dataset_csv::{Arrangement, Several};
use phieu_xa::formats::table::Profile;
use phieu_xa::text::Language;

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap());
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let made = generated::campaign(6, 8);
    let now = Timestamp::parse("2026-12-02T07:00:00Z").unwrap();
    let write = |name: &str, desk: &Collector, arrangement: Arrangement| {
        let plain = ExportWanted::plain(Export::Package, Profile::Data, Language::Vi);
        let wanted = ExportWanted { arrangement, ..plain };
        let (_, bytes) = desk.export(&wanted, &made.roster, now).unwrap();
        fs::write(folder.join(name), bytes).unwrap();
    };
    let desk = Collector::new((*made.form).clone(), made.dataset.rows().cloned());
    write("whole.zip", &desk, Arrangement::default());
    let apart =
        Arrangement { several: Several::Apart, is_nameless: true, ..Arrangement::default() };
    write("nameless.zip", &desk, apart);
    let nobody = Collector::new((*made.form).clone(), []);
    write("nobody.zip", &nobody, Arrangement::default());
}
