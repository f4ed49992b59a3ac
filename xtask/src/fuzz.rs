//! `cargo xtask fuzz` and the step `fuzz` of the tests: libFuzzer on whatever reads what people
//! send.
//!
//! The targets are programs of the package in tests/fuzz, built with the coverage counters of
//! LLVM, which the compiler's stable flags give, so that an input that reaches new code is kept
//! and changed further.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::failure::{Failure, Remedy as _};
use crate::process;
use crate::project::Project;
use crate::setup::{self, Tools};

const PACKAGE: &str = "phieu-xa-fuzz";

/// Each with the longest input that is tried.
const TARGETS: [(&str, u32); 6] = [
    ("expression", 4096),
    ("evaluator", 4096),
    ("workbook", 16_384),
    ("sheets", 16_384),
    ("encrypted", 4096),
    ("handed_over", 4096),
];

/// How long each target runs as a step of the tests, in seconds.
const SECONDS_AS_A_STEP: u32 = 8;

/// Seconds that one input may take, on a busy machine, before it counts as a hang.
const HANG: u32 = 20;

/// How many megabytes a target may take.
const MEMORY: u32 = 2048;

/// As cargo-fuzz has them, without the sanitizers that need a nightly compiler.
const COVERAGE: [&str; 5] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// Every target for some seconds, from the committed inputs on and the same way every time.
pub fn briefly(tools: &Tools) -> Result<()> {
    let programs = build(tools)?;
    for (target, longest) in TARGETS {
        let run = Run { target, longest, seconds: SECONDS_AS_A_STEP, goes_on: false };
        run.start(tools.project, &programs)?;
    }
    Ok(())
}

/// One target for as long as a person wants; what it finds is kept for the next time.
pub fn at_length(tools: &Tools, target: &str, seconds: &str) -> Result<()> {
    let known = TARGETS.into_iter().find(|(known, _)| *known == target);
    let (Some((target, longest)), Ok(seconds)) = (known, seconds.parse()) else {
        let names = TARGETS.map(|(name, _)| name).join(", ");
        return Err(Failure::error(
            format!("there is nothing to fuzz by `{target} {seconds}`"),
            format!("cargo xtask fuzz TARGET SECONDS, the target one of: {names}"),
        ));
    };
    let programs = build(tools)?;
    Run { target, longest, seconds, goes_on: true }.start(tools.project, &programs)
}

/// Builds the targets; the folder they are in.
fn build(tools: &Tools) -> Result<PathBuf> {
    setup::cpp_compiler()?;
    let folder = tools.project.fuzz_target();
    let host = process::read(process::command("rustc").args(["--print", "host-tuple"]))?;
    let mut cargo = tools.cargo();
    cargo.args(["build", "--package", PACKAGE, "--profile", "fuzz"]);
    // With a target named, the flags are not those of build scripts.
    cargo.args(["--target", &host]).arg("--target-dir").arg(&folder);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", COVERAGE.join("\u{1f}"));
    process::run(&mut cargo)
        .remedy("the fuzz targets could not be built", "read the compiler's message above")?;
    Ok(folder.join(host).join("fuzz"))
}

/// One run of a target.
struct Run {
    target: &'static str,
    longest: u32,
    seconds: u32,
    /// Whether it starts from what was found before, and by chance.
    goes_on: bool,
}

impl Run {
    fn start(&self, project: &Project, programs: &Path) -> Result<()> {
        let target = self.target;
        let committed = project.fuzz_corpus().join(target);
        let kind = if self.goes_on { "found" } else { "found-in-tests" };
        let found = project.fuzz_target().join(kind).join(target);
        if !self.goes_on && found.exists() {
            fs::remove_dir_all(&found)
                .with_context(|| format!("cannot empty {}", found.display()))?;
        }
        let failing = project.fuzz_target().join("failing");
        for folder in [&found, &failing] {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
        }
        let mut fuzzer = process::command(programs.join(target));
        fuzzer.current_dir(project.root()).args([&found, &committed]);
        fuzzer.arg(format!("-max_total_time={}", self.seconds));
        fuzzer.arg(format!("-max_len={}", self.longest));
        fuzzer.arg(format!("-timeout={HANG}")).arg(format!("-rss_limit_mb={MEMORY}"));
        fuzzer.arg(format!("-artifact_prefix={}/{target}-", failing.display()));
        fuzzer.arg("-print_final_stats=1");
        let outcome = if self.goes_on {
            process::run(&mut fuzzer)
        } else {
            let messages = process::messages(fuzzer.args(["-seed=1", "-verbosity=0"]));
            messages.map(|messages| println!("fuzz: {target}, {}", tried(&messages)))
        };
        outcome.remedy(
            format!("the fuzz target `{target}` found an input that breaks it"),
            format!(
                "the input is the newest file in {}: mend what it breaks, and put it into {}",
                failing.display(),
                committed.display()
            ),
        )
    }
}

/// How many inputs libFuzzer says it has tried.
fn tried(messages: &str) -> String {
    let lines = messages.lines();
    let mut counts = lines.filter_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    format!("{} inputs", counts.next_back().map_or("an unknown number of", str::trim))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_is_a_program_with_inputs_to_start_from() {
        let project = Project::here();
        let folder = project.root().join("tests/fuzz");
        for (target, longest) in TARGETS {
            assert!(folder.join(format!("{target}.rs")).is_file(), "{target}");
            let inputs: Vec<_> =
                fs::read_dir(project.fuzz_corpus().join(target)).unwrap().flatten().collect();
            assert!(!inputs.is_empty(), "{target}");
            for input in inputs {
                let length = input.metadata().unwrap().len();
                assert!(length <= u64::from(longest), "{}", input.path().display());
            }
        }
    }

    #[test]
    fn the_count_is_the_one_that_libfuzzer_states() {
        let messages =
            "INFO: Seed: 1\nstat::number_of_executed_units: 752324\nstat::peak_rss_mb: 33";
        assert_eq!(tried(messages), "752324 inputs");
    }
}
