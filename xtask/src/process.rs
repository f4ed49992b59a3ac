//! Starting other programs: one at a time, with an error that names the command that failed.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Output, Stdio};

use anyhow::{Context, Result, bail};

/// How much of a failed program's output is worth repeating.
const LAST_LINES: usize = 30;

/// A command whose environment is the person's own, without what `cargo run` added for this tool.
///
/// Cargo tells the program it runs about its package. Handed on, those variables look to an inner
/// cargo like a changed environment, and it would build again what is already built.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        let from_cargo_run = name
            .to_str()
            .is_some_and(|n| n.starts_with("CARGO_PKG_") || n.starts_with("CARGO_MANIFEST_"));
        if from_cargo_run {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a command that talks to the person directly.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("`{}` could not be started", line(command)))?;
    expect_success(command, status)
}

/// Runs a command whose output matters only if it fails.
pub fn run_quietly(command: &mut Command) -> Result<()> {
    output(command).map(drop)
}

/// Runs a command for what it prints on its standard output.
pub fn read(command: &mut Command) -> Result<String> {
    let output = output(command)?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a command for what it says beside its standard output.
pub fn messages(command: &mut Command) -> Result<String> {
    let output = output(command)?;
    Ok(String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Where a program is, as a shell would find it.
pub fn find(program: &str) -> Option<PathBuf> {
    find_in(program, &env::var_os("PATH")?)
}

/// Where a program is, given a PATH.
pub fn find_in(program: &str, path: &OsStr) -> Option<PathBuf> {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(path).map(|folder| folder.join(&name)).find(|candidate| candidate.is_file())
}

/// The PATH with `folders` in front of it.
pub fn path_with(folders: impl IntoIterator<Item = PathBuf>) -> Result<OsString> {
    let own = env::var_os("PATH").unwrap_or_default();
    env::join_paths(folders.into_iter().chain(env::split_paths(&own)))
        .context("a tool folder has a character that PATH cannot hold")
}

fn output(command: &mut Command) -> Result<Output> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("`{}` could not be started", line(command)))?;

    expect_success(command, output.status).with_context(|| last_lines(&output))?;
    Ok(output)
}

fn expect_success(command: &Command, status: ExitStatus) -> Result<()> {
    if !status.success() {
        bail!("`{}` ended with {status}", line(command));
    }
    Ok(())
}

fn last_lines(output: &Output) -> String {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    let skipped = lines.len().saturating_sub(LAST_LINES);
    lines.into_iter().skip(skipped).collect::<Vec<_>>().join("\n")
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
