//! `cargo xtask test`: everything that has to hold, in order, up to the first failure.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::bench;
use crate::build::{self, Profile};
use crate::driving::{self, E2E};
use crate::failure::{Failure, Remedy as _};
use crate::fuzz;
use crate::process;
use crate::setup::python_tool::Python;
use crate::setup::{self, SecondOpinion, Tools};

const WASM: &str = "--target wasm32-unknown-unknown --package phieu-xa";
/// The fuzz targets are run in a step of their own.
const FUZZ: &str = "phieu-xa-fuzz";
/// What there is to compile for the browser; the other tests are for the native build alone.
const WASM_TARGETS: &str = "--lib --bins --test browser";
const DENY_WARNINGS: &str = "-- -D warnings";
const DOC_OPTIONS: &str = "--no-deps --document-private-items";
/// Seconds until a browser test that never ends counts as failed. The runner's own 20 are too few
/// for a busy machine.
const BROWSER_TIMEOUT: &str = "300";

struct Step {
    name: &'static str,
    what: &'static str,
    run: fn(&Tools) -> Result<()>,
}

const STEPS: [Step; 15] = [
    Step { name: "setup", what: "every tool is there", run: set_up },
    Step { name: "format", what: "every source is formatted", run: format },
    Step { name: "lint", what: "clippy on the native build", run: lint },
    Step { name: "lint-wasm", what: "clippy on the browser build", run: lint_wasm },
    Step { name: "native", what: "unit and integration tests, natively", run: native },
    Step { name: "pyxform", what: "the forms that ship, converted by pyxform", run: pyxform },
    Step { name: "package", what: "a data package, judged by frictionless", run: package },
    Step { name: "scale", what: "many responses in DuckDB, and Spark if wanted", run: scale },
    Step { name: "fuzz", what: "every fuzz target for some seconds", run: fuzz::briefly },
    Step { name: "doc", what: "the documentation builds and links", run: doc },
    Step { name: "doc-wasm", what: "the browser side's documentation too", run: doc_wasm },
    Step { name: "browser", what: "tests that run inside Chromium", run: browser },
    Step { name: "build", what: "the release build, and the one file", run: build },
    Step { name: "e2e", what: "a person's journeys through the built page", run: e2e },
    Step { name: "bench", what: "the page finds what others find", run: bench::briefly },
];

pub fn run(tools: &Tools, selection: &[&str]) -> Result<()> {
    let steps = select(selection)?;
    let mut times = Vec::new();
    for step in steps {
        println!("\n== {}: {}", step.name, step.what);
        let start = Instant::now();
        let result = (step.run)(tools);
        times.push((step.name, start.elapsed()));
        if result.is_err() {
            print!("{}", summary(&times, "failed"));
        }
        result.remedy(
            format!("the step `{}`", step.name),
            format!("mend it, then run `cargo xtask test {}`", step.name),
        )?;
    }
    print!("{}", summary(&times, "all passed"));
    Ok(())
}

/// The steps for the help text.
pub fn list() -> String {
    let mut text = String::new();
    for step in &STEPS {
        let _ = writeln!(text, "  {:11}{}", step.name, step.what);
    }
    text
}

/// The steps a person named, in their proper order; all of them if none was named.
fn select(names: &[&str]) -> Result<Vec<&'static Step>> {
    if let Some(unknown) = names.iter().find(|name| !STEPS.iter().any(|step| step.name == **name)) {
        return Err(Failure::error(
            format!("test has no step `{unknown}`"),
            format!("choose from:\n{}", list()),
        ));
    }
    Ok(STEPS.iter().filter(|step| names.is_empty() || names.contains(&step.name)).collect())
}

fn summary(times: &[(&str, Duration)], outcome: &str) -> String {
    let mut text = String::from("\n");
    for (name, time) in times {
        let _ = writeln!(text, "{name:11}{:7.1} s", time.as_secs_f64());
    }
    let total: Duration = times.iter().map(|(_, time)| *time).sum();
    let _ = writeln!(text, "{:11}{:7.1} s, {outcome}", "total", total.as_secs_f64());
    text
}

fn set_up(tools: &Tools) -> Result<()> {
    tools.set_up()
}

fn format(tools: &Tools) -> Result<()> {
    run_with(tools.cargo(), "fmt --all --check")
}

fn lint(tools: &Tools) -> Result<()> {
    setup::cpp_compiler()?;
    run_with(tools.cargo(), &format!("clippy --workspace --all-targets {DENY_WARNINGS}"))
}

fn lint_wasm(tools: &Tools) -> Result<()> {
    let cargo = tools.wasm()?.cargo()?;
    run_with(cargo, &format!("clippy {WASM} {WASM_TARGETS} {DENY_WARNINGS}"))
}

fn native(tools: &Tools) -> Result<()> {
    setup::SECOND_OPINIONS.iter().for_each(SecondOpinion::set_up);
    run_with(tools.cargo(), &format!("test --workspace --exclude {E2E} --exclude {FUZZ}"))
}

fn pyxform(tools: &Tools) -> Result<()> {
    let Some(python) = tools.pyxform()? else { return Ok(()) };
    let root = tools.project.root();
    let written = tools.project.scratch().join("forms");
    write_by(tools, "write_forms", &written)?;
    python.run(&root.join("tests/pyxform/check_forms.py"), &[&root.join("src/forms"), &written])
}

fn package(tools: &Tools) -> Result<()> {
    let Some(python) = tools.frictionless()? else { return Ok(()) };
    let written = tools.project.scratch().join("packages");
    write_by(tools, "write_packages", &written)?;
    python.run(&tools.project.root().join("tests/package/check_packages.py"), &[&written])
}

/// How many responses `DuckDB` computes over. For a million, see docs/scale.
const FOR_DUCKDB: &str = "300000";

/// How many Spark does: on one machine it takes minutes for more.
const FOR_SPARK: &str = "20000";

fn scale(tools: &Tools) -> Result<()> {
    let Some(duckdb) = tools.duckdb()? else { return Ok(()) };
    let root = tools.project.root();
    let folder = tools.project.scratch().join("scale");
    let packages = |arguments: &[&OsStr]| {
        // A debug build would take many minutes.
        let example = ["run", "--quiet", "--profile", "bench", "--example", "scale_packages"];
        process::run(tools.cargo().args(example).args(arguments))
    };
    let (check, scale) =
        (root.join("tests/scale/check_scale.py"), root.join("docs/scale/scale.py"));
    let run = |python: &Python, engine: &str, format: &str| {
        let arguments = [scale.as_os_str(), folder.as_os_str(), engine.as_ref(), format.as_ref()];
        python.run(&check, &arguments)
    };
    packages(&["write".as_ref(), folder.as_os_str(), FOR_DUCKDB.as_ref()])?;
    run(duckdb, "duckdb", "csv")?;
    let tally = folder.join("out-duckdb").join("tally.csv");
    packages(&["load".as_ref(), folder.as_os_str(), tally.as_os_str()])?;
    packages(&["write".as_ref(), folder.as_os_str(), FOR_SPARK.as_ref()])?;
    run(duckdb, "duckdb", "parquet")?;
    if let Some(spark) = tools.spark()? {
        return run(spark, "spark", "parquet");
    }
    println!("NOT CHECKED: without {} nothing is asked of Spark", setup::SPARK_WANTED);
    Ok(())
}

/// Has one of the examples write files into a folder.
fn write_by(tools: &Tools, example: &str, folder: &Path) -> Result<()> {
    let mut cargo = tools.cargo();
    process::run(cargo.args(["run", "--quiet", "--example", example]).arg(folder))
}

fn doc(tools: &Tools) -> Result<()> {
    setup::cpp_compiler()?;
    let mut cargo = tools.cargo();
    cargo.env("RUSTDOCFLAGS", "-D warnings");
    run_with(cargo, &format!("doc --workspace --exclude {E2E} {DOC_OPTIONS}"))
}

fn doc_wasm(tools: &Tools) -> Result<()> {
    let mut cargo = tools.wasm()?.cargo()?;
    cargo.env("RUSTDOCFLAGS", "-D warnings");
    run_with(cargo, &format!("doc {WASM} --lib {DOC_OPTIONS}"))
}

fn browser(tools: &Tools) -> Result<()> {
    let mut cargo = tools.wasm()?.cargo()?;
    tools.browser()?.name_in(&mut cargo);
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    cargo.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", write_capabilities(tools)?);
    cargo.env("WASM_BINDGEN_TEST_TIMEOUT", BROWSER_TIMEOUT);
    run_with(cargo, &format!("test {WASM} --test browser"))
}

fn build(tools: &Tools) -> Result<()> {
    build::run(tools, Profile::Release)
}

fn e2e(tools: &Tools) -> Result<()> {
    run_with(driving::cargo(tools)?, &format!("test --package {E2E}"))
}

/// Runs a command with arguments that are as simple as words between spaces.
fn run_with(mut command: Command, arguments: &str) -> Result<()> {
    process::run(command.args(arguments.split_whitespace()))
}

/// Tells wasm-bindgen's test runner which browser to start, and how.
fn write_capabilities(tools: &Tools) -> Result<PathBuf> {
    let path = tools.project.scratch().join("webdriver.json");
    fs::write(&path, tools.browser()?.capabilities())
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_steps_run_in_their_proper_order() {
        let names = |selection: &[&str]| -> Vec<&str> {
            select(selection).unwrap().iter().map(|step| step.name).collect()
        };
        assert_eq!(names(&["native", "format"]), ["format", "native"]);
        assert_eq!(names(&[]).len(), STEPS.len());
    }

    #[test]
    fn an_unknown_step_is_an_error_that_lists_the_known_ones() {
        let error = select(&["unit"]).err().unwrap();
        let report = crate::failure::report(&error);
        assert!(report.contains("`unit`") && report.contains("lint-wasm"), "{report}");
    }

    #[test]
    fn the_summary_adds_up() {
        let times = [("format", Duration::from_millis(1_200)), ("lint", Duration::from_secs(30))];
        let summary = summary(&times, "all passed");
        assert!(summary.ends_with("total         31.2 s, all passed\n"), "{summary}");
    }
}
