//! A build tool that is a crate: installed from source, in exactly one version.

use std::env;
use std::path::PathBuf;

use anyhow::Result;

use crate::failure::Remedy as _;
use crate::{process, project};

pub struct CargoTool {
    pub package: &'static str,
    pub version: String,
    /// The program whose presence shows that the tool is installed.
    pub binary: &'static str,
    pub features: &'static [&'static str],
    /// About how long two cores take, so that nobody thinks it hangs.
    pub minutes: u32,
}

impl CargoTool {
    /// Installs the tool unless this version is there.
    pub fn set_up(&self) -> Result<()> {
        let Self { package, version, minutes, .. } = self;
        let binary = self.folder()?.join(format!("{}{}", self.binary, env::consts::EXE_SUFFIX));
        if binary.is_file() {
            println!("setup: {package} {version}: already there");
            return Ok(());
        }

        println!("setup: {package} {version}: installing (about {minutes} minutes, once)");
        process::run(
            process::command("cargo")
                .args(["install", package, "--version", version, "--locked", "--quiet", "--root"])
                .arg(self.root()?)
                .args(self.features)
                // It runs for seconds a day: a short build is worth more than a fast program.
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
                .env("CARGO_PROFILE_RELEASE_LTO", "off")
                .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                // A tool is built for this machine, whatever the project is being built for.
                .env_remove("CARGO_BUILD_TARGET")
                .env_remove("RUSTFLAGS"),
        )
        .remedy(
            format!("{package} {version} could not be installed"),
            "read cargo's message above; without a network or a C compiler it cannot work",
        )
    }

    /// The folder to put on PATH.
    pub fn folder(&self) -> Result<PathBuf> {
        Ok(self.root()?.join("bin"))
    }

    fn root(&self) -> Result<PathBuf> {
        Ok(project::tools_folder()?.join(format!("{}-{}", self.package, self.version)))
    }
}
