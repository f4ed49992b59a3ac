//! A Rust compiler that compiles for the browser.
//!
//! Ordinarily that is rustup's own, with one more target. Where rustup's download server cannot be
//! reached but Debian's packages can, it is Debian's compiler: it comes with the source of its
//! standard library, which is compiled for wasm once, and is linked into rustup as a toolchain.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

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
    /// Debian's, with the folder that holds the linker it lacks.
    Distro { linker_folder: PathBuf },
}

impl WasmToolchain {
    pub fn set_up(project: &Project) -> Result<Self> {
        if compiles_wasm(&Self::Active)? {
            println!("setup: {TARGET}: already there");
            return Ok(Self::Active);
        }
        let distro = Self::Distro { linker_folder: project::tools_folder()?.join("rust-lld") };
        if compiles_wasm(&distro)? {
            println!("setup: {TARGET}: already there, by Debian's compiler");
            return Ok(distro);
        }

        println!("setup: {TARGET}: adding it to the Rust toolchain");
        let refusal = match add_with_rustup() {
            Ok(()) => return Ok(Self::Active),
            Err(refusal) => refusal,
        };

        println!("setup: {TARGET}: rustup cannot get it; setting up Debian's compiler (2 minutes)");
        set_up_distro(project, &distro).with_context(|| format!("{refusal:#}")).remedy(
            format!("there is no way to compile for {TARGET}"),
            format!("make `rustup target add {TARGET}` work, or use Debian or Ubuntu"),
        )?;
        Ok(distro)
    }

    /// Makes a command, and every cargo it starts, use this toolchain.
    pub fn apply(&self, command: &mut Command) {
        if let Self::Distro { .. } = self {
            command.env("RUSTUP_TOOLCHAIN", DISTRO);
        }
    }

    /// What has to be on PATH for the compiler to find its linker.
    pub fn linker_folder(&self) -> Option<&Path> {
        match self {
            Self::Active => None,
            Self::Distro { linker_folder } => Some(linker_folder),
        }
    }
}

/// The surest question: compile the smallest crate there is, and link it.
fn compiles_wasm(toolchain: &WasmToolchain) -> Result<bool> {
    let folder = project::tools_folder()?.join("wasm-probe");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let source = folder.join("probe.rs");
    fs::write(&source, "").with_context(|| format!("cannot write {}", source.display()))?;

    let mut rustc = process::command("rustc");
    rustc.args(["--target", TARGET, "--crate-type", "cdylib", "-o"]);
    rustc.arg(folder.join("probe.wasm")).arg(&source);
    rustc.env("PATH", process::path_with(toolchain.linker_folder().map(PathBuf::from))?);
    toolchain.apply(&mut rustc);
    Ok(process::succeeds(&mut rustc))
}

fn add_with_rustup() -> Result<()> {
    process::run_quietly(process::command("rustup").args(["target", "add", TARGET]))?;
    if !compiles_wasm(&WasmToolchain::Active)? {
        bail!("rustup added {TARGET}, but rustc still cannot compile for it");
    }
    Ok(())
}

fn set_up_distro(project: &Project, distro: &WasmToolchain) -> Result<()> {
    apt::install(&DISTRO_PACKAGES)?;
    link_linker(distro)?;
    process::run_quietly(process::command("rustup").args([
        "toolchain",
        "link",
        DISTRO,
        DISTRO_PREFIX,
    ]))?;
    install_standard_library(&compile_standard_library(project)?)?;
    if !compiles_wasm(distro)? {
        bail!("Debian's compiler is installed, but still cannot compile for {TARGET}");
    }
    Ok(())
}

/// Debian leaves out rust-lld. Rustup's own toolchain has one, and linkers are not particular
/// about which compiler made the objects.
fn link_linker(distro: &WasmToolchain) -> Result<()> {
    let Some(folder) = distro.linker_folder() else { return Ok(()) };
    let libraries = process::read(process::command("rustc").args(["--print", "target-libdir"]))?;
    let linker = Path::new(&libraries).with_file_name("bin").join("rust-lld");
    if !linker.is_file() {
        bail!("the Rust toolchain has no linker at {}", linker.display());
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    process::run_quietly(process::command("ln").arg("-sf").arg(linker).arg(folder.join("rust-lld")))
}

/// Compiles the standard library that lies beside Debian's compiler; returns the folder with it.
fn compile_standard_library(project: &Project) -> Result<PathBuf> {
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
            // Without bitcode in the library no build could use link-time optimisation.
            .env("RUSTFLAGS", "-Cembed-bitcode=yes"),
    )?;
    Ok(scratch.join("target").join(TARGET).join("release/deps"))
}

/// Puts the compiled library where Debian's compiler looks for it.
fn install_standard_library(built: &Path) -> Result<()> {
    let folder = Path::new(DISTRO_PREFIX).join("lib/rustlib").join(TARGET).join("lib");
    process::run_quietly(apt::as_root("rm")?.arg("-rf").arg(&folder))?;
    process::run_quietly(apt::as_root("mkdir")?.arg("-p").arg(&folder))?;

    let mut libraries = Vec::new();
    for entry in fs::read_dir(built)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_library = path.extension().is_some_and(|extension| extension == "rlib");
        if is_library && !name.starts_with("libscratch-") {
            libraries.push(path);
        }
    }
    process::run_quietly(apt::as_root("cp")?.args(libraries).arg(&folder))
}
