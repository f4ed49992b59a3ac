//! The built page driven in a browser: what the checks have no time for, and what is measured.

use std::process::Command;

use anyhow::Result;

use crate::build;
use crate::failure::{Failure, Remedy as _};
use crate::process;
use crate::setup::Tools;

/// The package that drives the built page.
pub const E2E: &str = "phieu-xa-e2e";

/// `cargo` for that package, with a browser and a build to drive.
pub fn cargo(tools: &Tools) -> Result<Command> {
    let dist = tools.project.dist();
    if !dist.join(build::SINGLE_FILE).is_file() {
        return Err(Failure::error("there is no built page to drive", "cargo xtask build"));
    }
    let mut cargo = tools.cargo();
    tools.browser()?.name_in(&mut cargo);
    cargo.env("PHIEU_XA_DIST", dist);
    Ok(cargo)
}

/// `cargo xtask kill-test`: the browser dies at random moments while somebody answers.
pub fn kill_test(tools: &Tools, options: &[&str]) -> Result<()> {
    let mut cargo = cargo(tools)?;
    let mut kills = "200";
    for option in options.chunks(2) {
        match option {
            ["--kills", number] => kills = number,
            ["--seed", number] => {
                cargo.env("PHIEU_XA_SEED", number);
            }
            unknown => {
                return Err(Failure::error(
                    format!("kill-test does not know `{}`", unknown.join(" ")),
                    "cargo xtask kill-test [--kills NUMBER] [--seed NUMBER]",
                ));
            }
        }
    }
    cargo.env("PHIEU_XA_KILLS", kills);
    cargo.args(["test", "--package", E2E, "--test", "surviving", "--", "--nocapture"]);
    process::run(&mut cargo).remedy(
        "a kill took more than the answer being given",
        "the seed is printed at the start: give it with --seed to begin from the same numbers",
    )
}

/// `cargo xtask latency`: how long a person waits, as a table.
pub fn latency(tools: &Tools) -> Result<()> {
    let mut cargo = cargo(tools)?;
    cargo.args(["run", "--quiet", "--package", E2E, "--bin", "latency"]);
    process::run(&mut cargo).remedy(
        "the waiting could not be measured",
        "see that the machine has nothing else to do, and read the message above",
    )
}

/// `cargo xtask gallery`: a picture of every screen.
pub fn gallery(tools: &Tools) -> Result<()> {
    let mut cargo = cargo(tools)?;
    cargo.env("PHIEU_XA_GALLERY", tools.project.gallery());
    cargo.args(["run", "--quiet", "--package", E2E, "--bin", "gallery"]);
    process::run(&mut cargo).remedy(
        "the walk through the screens did not come to its end",
        "read the message above: it names what was not found; the pictures up to there are kept",
    )
}
