//! Debian packages, for what no Rust tool can bring: a browser, and a compiler of last resort.

use std::process::Command;

use anyhow::Result;

use crate::failure::{Failure, Remedy as _};
use crate::process;

/// Installs the packages that are missing.
pub fn install(packages: &[&str]) -> Result<()> {
    let missing: Vec<&str> = packages.iter().copied().filter(|p| !is_installed(p)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if process::find("apt-get").is_none() {
        return Err(Failure::error(
            format!("this machine has no apt-get to install {list}"),
            format!("install what your system calls {list} by hand, and run this again"),
        ));
    }

    println!("setup: Debian packages {list}: installing");
    process::run_quietly(as_root("apt-get")?.args(["-qq", "update"]))
        .and_then(|()| {
            process::run_quietly(
                as_root("apt-get")?
                    // Rather fail than take away what the person has.
                    .args(["-qq", "-y", "--no-remove", "install", "--no-install-recommends"])
                    .args(&missing),
            )
        })
        .remedy(
            format!("the Debian packages {list} could not be installed"),
            format!("install them by hand (apt-get install {list}), and run this again"),
        )
}

/// A command that runs as root, by sudo where the person is somebody else.
pub fn as_root(program: &str) -> Result<Command> {
    let is_root = process::read(process::command("id").arg("-u")).is_ok_and(|id| id == "0");
    if is_root {
        let mut command = process::command(program);
        command.env("DEBIAN_FRONTEND", "noninteractive");
        return Ok(command);
    }
    if process::find("sudo").is_none() {
        return Err(Failure::error(
            format!("`{program}` needs root, and there is no sudo"),
            "run `cargo xtask setup` once as root",
        ));
    }
    let mut command = process::command("sudo");
    command.args(["env", "DEBIAN_FRONTEND=noninteractive", program]);
    Ok(command)
}

fn is_installed(package: &str) -> bool {
    let status = ["-W", "-f=${db:Status-Status}", package];
    process::read(process::command("dpkg-query").args(status)).is_ok_and(|s| s == "installed")
}
