//! pyxform, the converter of ODK and `KoboToolbox`: a second opinion on the forms that ship.
//!
//! It is a Python package, and nothing that is built depends on it: a machine that cannot have it
//! does without.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::{process, project};

/// It names the exact versions of what it needs itself.
const VERSION: &str = "4.5.0";

/// Succeeds where pyxform can be installed: a Python that is new enough, with venv and pip.
const CAN_INSTALL: &str =
    "import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, 10) else 1)";

pub struct Pyxform {
    python: PathBuf,
}

impl Pyxform {
    /// Installs pyxform unless it is there; `None`, with the reason said, where that cannot be.
    pub fn set_up() -> Result<Option<Self>> {
        let folder = project::tools_folder()?.join(format!("pyxform-{VERSION}"));
        let programs = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
        let program = |name: &str| programs.join(format!("{name}{}", env::consts::EXE_SUFFIX));
        let pyxform = Self { python: program("python") };
        // The last thing that its installation makes.
        if program("xls2xform").is_file() {
            println!("setup: pyxform {VERSION}: already there");
            return Ok(Some(pyxform));
        }
        println!("setup: pyxform {VERSION}: installing");
        match pyxform.install(&folder) {
            Ok(()) => Ok(Some(pyxform)),
            Err(reason) => {
                println!("setup: pyxform {VERSION}: left out: {reason}");
                Ok(None)
            }
        }
    }

    fn install(&self, folder: &Path) -> Result<()> {
        let python = || process::command("python3");
        process::run_quietly(python().args(["-c", CAN_INSTALL]))
            .context("there is no Python 3.10 with venv and pip")?;
        process::run_quietly(python().args(["-m", "venv", "--clear"]).arg(folder))?;
        let package = format!("pyxform=={VERSION}");
        process::run_quietly(self.python().args(["-m", "pip", "install", &package]))
    }

    /// Runs a script that uses pyxform.
    pub fn run(&self, script: &Path, arguments: &[&Path]) -> Result<()> {
        process::run(self.python().arg(script).args(arguments))
    }

    fn python(&self) -> Command {
        let mut python = process::command(&self.python);
        // Whatever the system's language, what is printed may be Vietnamese.
        python.args(["-X", "utf8"]);
        python
    }
}
