//! Python packages that give a second opinion on files that are written here.
//!
//! Nothing that is built depends on them: a machine that cannot have one does without.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::{process, project};

/// A package in exactly one version, each in an environment of its own.
pub struct PythonTool {
    package: &'static str,
    version: &'static str,
    /// What its checks need beside it, as pip names it.
    beside: &'static [&'static str],
}

/// The converter of ODK and `KoboToolbox`, for the forms that ship. It names the exact versions of
/// what it needs itself.
pub const PYXFORM: PythonTool = PythonTool { package: "pyxform", version: "4.5.0", beside: &[] };

/// The validator of data packages.
pub const FRICTIONLESS: PythonTool =
    PythonTool { package: "frictionless", version: "5.21.0", beside: &[] };

/// Computes over millions of responses on one machine.
pub const DUCKDB: PythonTool = PythonTool { package: "duckdb", version: "2.0.1", beside: &[] };

/// The same on many; what it finds is held against the product's own by `DuckDB`.
pub const SPARK: PythonTool =
    PythonTool { package: "pyspark", version: "4.3.0", beside: &["duckdb==2.0.1"] };

/// Succeeds where they can be installed: a Python that is new enough, with venv and pip.
const CAN_INSTALL: &str =
    "import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, 10) else 1)";

/// The Python that has a package.
pub struct Python {
    python: PathBuf,
}

impl PythonTool {
    /// Installs the package unless it is there; `None`, with the reason said, where that cannot be.
    pub fn set_up(&self) -> Result<Option<Python>> {
        let Self { package, version, beside } = self;
        let folder = project::tools_folder()?.join(format!("{package}-{version}"));
        let programs = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
        let program = |name: &str| programs.join(format!("{name}{}", env::consts::EXE_SUFFIX));
        let python = Python { python: program("python") };
        let installed = folder.join("installed");
        if installed.is_file() {
            println!("setup: {package} {version}: already there");
            return Ok(Some(python));
        }
        println!("setup: {package} {version}: installing");
        let wanted: Vec<String> = std::iter::once(format!("{package}=={version}"))
            .chain(beside.iter().map(|&other| other.to_owned()))
            .collect();
        match python.install(&folder, &wanted).and_then(|()| Ok(fs::write(&installed, "")?)) {
            Ok(()) => Ok(Some(python)),
            Err(reason) => {
                println!("setup: {package} {version}: left out: {reason}");
                println!("NOT CHECKED: without {package} nothing is asked of it");
                Ok(None)
            }
        }
    }
}

impl Python {
    fn install(&self, folder: &Path, packages: &[String]) -> Result<()> {
        let python = || process::command("python3");
        process::run_quietly(python().args(["-c", CAN_INSTALL]))
            .context("there is no Python 3.10 with venv and pip")?;
        process::run_quietly(python().args(["-m", "venv", "--clear"]).arg(folder))?;
        process::run_quietly(self.python().args(["-m", "pip", "install"]).args(packages))
    }

    /// Runs a script that uses the package.
    pub fn run<A: AsRef<OsStr>>(&self, script: &Path, arguments: &[A]) -> Result<()> {
        process::run(self.python().arg(script).args(arguments))
    }

    fn python(&self) -> Command {
        let mut python = process::command(&self.python);
        // Whatever the system's language, what is printed may be Vietnamese.
        python.args(["-X", "utf8"]);
        python
    }
}
