//! A Rust compiler that compiles for the browser.
//!
//! Ordinarily that is rustup's own, with one more target. Where rustup's download server cannot be
//! reached but Debian's packages can, it is Debian's compiler: it comes with the source of its
//! `std`, which is compiled for wasm once, and is linked into rustup as a toolchain.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::apt;
use crate::failure::Remedy as _;
use crate::project::Project;
use crate::{process, project};

const TARGET: &str = "wasm32-unknown-unknown";

/// The name under which rustup knows Debian's compiler.
const DISTRO: &str = "distro";
const DISTRO_PREFIX: &str = "/usr";
const DISTRO_RUSTC: &str = "/usr/bin/rustc";
const DISTRO_PACKAGES: [&str; 3] = ["rustc-web", "rust-web-src", "rust-web-clippy"];

pub enum WasmToolchain {
    /// The one that compiles everything else too.
    Active,
    /// Debian's, with a folder of the programs that it borrows from the active one.
    Distro { borrowed: PathBuf },
}

impl WasmToolchain {
    pub fn set_up(project: &Project) -> Result<Self> {
        if compile_for_wasm(project, &Self::Active).is_ok() {
            println!("setup: {TARGET}: already there");
            return Ok(Self::Active);
        }
        let borrowed = project::tools_folder()?.join("distro-bin");
        borrow_programs(&borrowed)?;
        let distro = Self::Distro { borrowed };
        if compile_for_wasm(project, &distro).is_ok() {
            println!("setup: {TARGET}: already there, by Debian's compiler");
            return Ok(distro);
        }

        println!("setup: {TARGET}: adding it to the Rust toolchain");
        let refusal = match add_with_rustup(project) {
            Ok(()) => return Ok(Self::Active),
            Err(refusal) => refusal,
        };

        println!("setup: {TARGET}: rustup cannot get it; setting up Debian's compiler (2 minutes)");
        set_up_distro(project, &distro).with_context(|| format!("{refusal:#}")).remedy(
            format!("there is no way to compile for {TARGET}"),
            format!("make `rustup target add {TARGET}` work, or use Debian 12"),
        )?;
        Ok(distro)
    }

    /// Makes a command, and every cargo it starts, use this toolchain.
    pub fn apply(&self, command: &mut Command) {
        if let Self::Distro { .. } = self {
            command.env("RUSTUP_TOOLCHAIN", DISTRO);
        }
    }

    /// A folder that has to come first on PATH.
    pub fn folder(&self) -> Option<PathBuf> {
        match self {
            Self::Active => None,
            Self::Distro { borrowed } => Some(borrowed.clone()),
        }
    }
}

/// The surest question: compile the smallest crate there is, and link it.
fn compile_for_wasm(project: &Project, toolchain: &WasmToolchain) -> Result<()> {
    let folder = project.scratch().join("wasm-probe");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let source = folder.join("probe.rs");
    fs::write(&source, "").with_context(|| format!("cannot write {}", source.display()))?;

    let mut rustc = process::command("rustc");
    rustc.args(["--target", TARGET, "--crate-type", "cdylib", "-o"]);
    rustc.arg(folder.join("probe.wasm")).arg(&source);
    rustc.env("PATH", process::path_with(toolchain.folder())?);
    toolchain.apply(&mut rustc);
    process::run_quietly(&mut rustc)
}

fn add_with_rustup(project: &Project) -> Result<()> {
    process::run_quietly(process::command("rustup").args(["target", "add", TARGET]))?;
    compile_for_wasm(project, &WasmToolchain::Active)
}

fn set_up_distro(project: &Project, distro: &WasmToolchain) -> Result<()> {
    apt::install(&DISTRO_PACKAGES)?;
    process::run_quietly(process::command("rustup").args([
        "toolchain",
        "link",
        DISTRO,
        DISTRO_PREFIX,
    ]))?;
    install_std(&compile_std(project)?)?;
    compile_for_wasm(project, distro)
}

/// Debian's compiler comes without cargo and without a linker for wasm; those of the active
/// toolchain serve. Left alone, rustup would pick the cargo of any other toolchain it has.
fn borrow_programs(folder: &Path) -> Result<()> {
    let rustc = |what| process::read(process::command("rustc").args(["--print", what]));
    let cargo = Path::new(&rustc("sysroot")?).join("bin/cargo");
    let linker = Path::new(&rustc("target-libdir")?).with_file_name("bin").join("rust-lld");

    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    process::run_quietly(process::command("ln").arg("-sf").arg(cargo).arg(linker).arg(folder))
}

/// Compiles the `std` that lies beside Debian's compiler; returns the folder with it.
fn compile_std(project: &Project) -> Result<PathBuf> {
    let scratch = project.scratch().join("wasm-std");
    let source = scratch.join("src");
    // What an older compiler left here would be copied along with the new.
    if scratch.exists() {
        fs::remove_dir_all(&scratch)?;
    }
    fs::create_dir_all(&source)?;
    fs::write(source.join("lib.rs"), "")?;
    fs::write(
        scratch.join("Cargo.toml"),
        "[package]\nname = \"scratch\"\nedition = \"2024\"\n\n[workspace]\n",
    )?;

    process::run_quietly(
        process::command("cargo")
            .args(["build", "--release", "--target", TARGET])
            .arg("-Zbuild-std=std,panic_abort,panic_unwind,test")
            .current_dir(&scratch)
            .env("CARGO_TARGET_DIR", scratch.join("target"))
            .env("RUSTC", DISTRO_RUSTC)
            // The one use of an unstable option: there is no stable way to compile std.
            .env("RUSTC_BOOTSTRAP", "1")
            // Without bitcode in std no build could use link-time optimisation.
            .env("RUSTFLAGS", "-Cembed-bitcode=yes"),
    )?;
    Ok(scratch.join("target").join(TARGET).join("release/deps"))
}

/// Puts the compiled `std` where Debian's compiler looks for it.
fn install_std(built: &Path) -> Result<()> {
    let folder = Path::new(DISTRO_PREFIX).join("lib/rustlib").join(TARGET).join("lib");
    process::run_quietly(apt::as_root("rm")?.arg("-rf").arg(&folder))?;
    process::run_quietly(apt::as_root("mkdir")?.arg("-p").arg(&folder))?;

    let mut crates = Vec::new();
    for entry in fs::read_dir(built)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_crate = path.extension().is_some_and(|extension| extension == "rlib");
        if is_crate && !name.starts_with("libscratch-") {
            crates.push(path);
        }
    }
    process::run_quietly(apt::as_root("cp")?.args(crates).arg(&folder))
}
