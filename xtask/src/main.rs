//! `cargo xtask`: the one way to set up, build, serve and check this project.
//!
//! A laptop and the build server run the same steps from here, so neither can drift from the other,
//! and a person who has only Rust needs no other document than this tool's help.

mod bench;
mod build;
mod checks;
mod driving;
mod failure;
mod fuzz;
mod html;
mod loader;
mod packing;
mod policy;
mod precompressed;
mod process;
mod project;
mod serve;
mod service_worker;
mod setup;
mod single_file;
mod sizes;

use std::env;
use std::process::ExitCode;

use anyhow::Result;

use crate::build::Profile;
use crate::project::Project;
use crate::setup::Tools;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();

    match run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprint!("{}", failure::report(&error));
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Result<ExitCode> {
    let project = Project::here();
    let tools = Tools::new(&project);
    match arguments {
        ["setup"] => tools.set_up()?,
        ["build"] => build::run(&tools, Profile::Release)?,
        ["build", "--dev"] => build::run(&tools, Profile::Dev)?,
        ["serve"] => serve::run(&tools)?,
        ["fuzz", target, seconds] => fuzz::at_length(&tools, target, seconds)?,
        ["test", selection @ ..] => checks::run(&tools, selection)?,
        ["kill-test", options @ ..] => driving::kill_test(&tools, options)?,
        ["latency"] => driving::latency(&tools)?,
        ["bench", options @ ..] => bench::run(&tools, options)?,
        ["gallery"] => driving::gallery(&tools)?,
        [] | ["help" | "--help" | "-h"] => print!("{}", help()),
        unknown => {
            eprint!("I do not know `cargo xtask {}`.\n\n{}", unknown.join(" "), help());
            return Ok(ExitCode::from(2));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn help() -> String {
    format!(
        "\
cargo xtask setup          install what is missing; does nothing the second time
cargo xtask build [--dev]  build the site into dist/ and the one file dist/phieu-xa.html
cargo xtask serve          serve the page on this machine, rebuilt whenever a source changes
cargo xtask fuzz TARGET SECONDS
                           feed a fuzz target of tests/fuzz at length; what it finds is kept
cargo xtask test [STEP…]   run every check, or only the named ones, stopping at the first failure
cargo xtask kill-test [--kills N] [--seed N]
                           kill the browser N times, 200 if not said, while somebody answers
cargo xtask latency        print how long a person waits for the next paint and the first screen
cargo xtask bench [--rows N,N] [--rounds N]
                           measure the page beside what people would use instead, and write
                           docs/benchmarks.md
cargo xtask gallery        picture every screen, in target/gallery

build, serve and test set up what they need by themselves. kill-test, latency, bench and gallery
drive the page in dist/, so they need a build.
Steps of test, in order:
{}",
        checks::list()
    )
}
