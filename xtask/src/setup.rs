//! Set-up: every tool the project needs, installed only where it is missing.
//!
//! Each step says in one line what it found or does. Nothing of the person's own is replaced:
//! tools go to a cache folder of this project's, and are put on PATH for child processes only.

mod apt;
pub mod browser;
mod cargo_tool;
pub mod node_modules;
pub mod python_tool;
mod wasm_toolchain;

use std::cell::OnceCell;
use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use self::browser::Browser;
use self::cargo_tool::CargoTool;
use self::python_tool::{DUCKDB, FRICTIONLESS, PYXFORM, Python, SPARK};
use self::wasm_toolchain::WasmToolchain;
use crate::failure::Remedy as _;
use crate::process;
use crate::project::Project;

/// The newest trunk that the project's oldest Rust compiles.
const TRUNK: &str = "0.21.14";

/// The tools, each set up when it is first asked for.
pub struct Tools<'a> {
    pub project: &'a Project,
    wasm: OnceCell<WasmTools>,
    browser: OnceCell<Browser>,
    pyxform: OnceCell<Option<Python>>,
    frictionless: OnceCell<Option<Python>>,
    duckdb: OnceCell<Option<Python>>,
    spark: OnceCell<Option<Python>>,
}

impl<'a> Tools<'a> {
    pub fn new(project: &'a Project) -> Self {
        Self {
            project,
            wasm: OnceCell::new(),
            browser: OnceCell::new(),
            pyxform: OnceCell::new(),
            frictionless: OnceCell::new(),
            duckdb: OnceCell::new(),
            spark: OnceCell::new(),
        }
    }

    /// Sets up whatever any command may need.
    pub fn set_up(&self) -> Result<()> {
        cpp_compiler()?;
        self.wasm()?;
        self.browser()?;
        SECOND_OPINIONS.iter().for_each(SecondOpinion::set_up);
        self.pyxform()?;
        self.frictionless()?;
        self.duckdb()?;
        self.spark().map(drop)
    }

    /// `cargo` for this machine's own target.
    pub fn cargo(&self) -> Command {
        let mut cargo = process::command("cargo");
        cargo.current_dir(self.project.root());
        cargo
    }

    pub fn wasm(&self) -> Result<&WasmTools> {
        once(&self.wasm, || WasmTools::set_up(self.project))
    }

    pub fn browser(&self) -> Result<&Browser> {
        once(&self.browser, Browser::set_up)
    }

    /// `None` where this machine cannot have it.
    pub fn pyxform(&self) -> Result<Option<&Python>> {
        once(&self.pyxform, || PYXFORM.set_up()).map(Option::as_ref)
    }

    /// `None` where this machine cannot have it.
    pub fn frictionless(&self) -> Result<Option<&Python>> {
        once(&self.frictionless, || FRICTIONLESS.set_up()).map(Option::as_ref)
    }

    /// `None` where this machine cannot have it.
    pub fn duckdb(&self) -> Result<Option<&Python>> {
        once(&self.duckdb, || DUCKDB.set_up()).map(Option::as_ref)
    }

    /// `None` where it is not asked for (it is half a gigabyte), or this machine cannot have it.
    pub fn spark(&self) -> Result<Option<&Python>> {
        if env::var_os(SPARK_WANTED).is_none_or(|wanted| wanted.is_empty()) {
            return Ok(None);
        }
        JAVA.set_up();
        once(&self.spark, || SPARK.set_up()).map(Option::as_ref)
    }
}

/// What compiles libFuzzer for the fuzz targets.
pub fn cpp_compiler() -> Result<()> {
    if env::var_os("CXX").is_some() || process::find("c++").is_some() {
        return Ok(());
    }
    apt::install(&["g++"])
}

/// A program of others that gives a second opinion on what is written here.
pub struct SecondOpinion {
    name: &'static str,
    programs: &'static [&'static str],
    /// What has to answer besides.
    needs: Option<&'static [&'static str]>,
    packages: &'static [&'static str],
}

/// Opens what is encrypted here, and encrypts what is opened here.
const AGE: SecondOpinion = SecondOpinion {
    name: "age",
    programs: &["age", "age-keygen"],
    needs: None,
    packages: &["age"],
};

/// Opens the tables that are written here, and saves them again.
const OFFICE: SecondOpinion = SecondOpinion {
    name: "LibreOffice",
    programs: &["soffice"],
    needs: Some(&["/usr/bin/python3", "-c", "import uno"]),
    packages: &["libreoffice-calc", "python3-uno"],
};

/// Reads data packages by their scripts.
const R: SecondOpinion =
    SecondOpinion { name: "R", programs: &["Rscript"], needs: None, packages: &["r-base-core"] };

/// Reads them as SPSS does.
const PSPP: SecondOpinion =
    SecondOpinion { name: "PSPP", programs: &["pspp"], needs: None, packages: &["pspp"] };

/// Runs Spark.
const JAVA: SecondOpinion = SecondOpinion {
    name: "Java",
    programs: &["java"],
    needs: None,
    packages: &["openjdk-17-jre-headless"],
};

/// The variable that has Spark asked too.
pub const SPARK_WANTED: &str = "PHIEU_XA_SPARK";

/// The programs that the native tests ask, where they are there.
pub const SECOND_OPINIONS: [SecondOpinion; 4] = [AGE, OFFICE, R, PSPP];

impl SecondOpinion {
    /// Has the program there; where this machine cannot have it, the reason is said, and that
    /// nothing was asked of it.
    pub fn set_up(&self) {
        let Self { name, programs, needs, packages } = self;
        let is_there = programs.iter().all(|program| process::find(program).is_some());
        if is_there && needs.is_none_or(answers) {
            println!("setup: {name}: already there");
        } else if let Err(reason) = apt::install(packages) {
            println!("setup: {name}: left out: {reason}");
            println!("NOT CHECKED: without {name} nothing is asked of it");
        }
    }
}

/// True where a command ends well.
fn answers(command: &[&str]) -> bool {
    let Some((program, arguments)) = command.split_first() else { return false };
    process::read(process::command(program).args(arguments)).is_ok()
}

fn once<T>(cell: &OnceCell<T>, make: impl FnOnce() -> Result<T>) -> Result<&T> {
    if let Some(value) = cell.get() {
        return Ok(value);
    }
    let value = make()?;
    Ok(cell.get_or_init(|| value))
}

/// What builds and tests the browser side: compiler target, wasm-bindgen, trunk.
pub struct WasmTools {
    toolchain: WasmToolchain,
    wasm_bindgen: CargoTool,
    trunk: CargoTool,
    root: PathBuf,
    target: PathBuf,
}

impl WasmTools {
    fn set_up(project: &Project) -> Result<Self> {
        let tools = Self {
            toolchain: WasmToolchain::set_up(project)?,
            wasm_bindgen: CargoTool {
                package: "wasm-bindgen-cli",
                // The tool and the crate share a private format: their versions must agree.
                version: project.locked_version("wasm-bindgen")?,
                binary: "wasm-bindgen",
                features: &[],
                minutes: 2,
            },
            trunk: CargoTool {
                package: "trunk",
                version: TRUNK.to_owned(),
                binary: "trunk",
                features: &["--no-default-features", "--features", "rustls"],
                minutes: 5,
            },
            root: project.root().to_path_buf(),
            target: project.wasm_target(),
        };
        tools.wasm_bindgen.set_up()?;
        tools.trunk.set_up()?;
        fetch_dependencies(project)?;
        Ok(tools)
    }

    /// `cargo`, ready to compile for the browser.
    pub fn cargo(&self) -> Result<Command> {
        self.equip("cargo")
    }

    /// `trunk`, ready to build without downloading anything.
    pub fn trunk(&self) -> Result<Command> {
        let mut trunk = self.equip("trunk")?;
        // Trunk takes NO_COLOR=1, which the rest of the world understands, for a mistake.
        trunk.env_remove("NO_COLOR");
        Ok(trunk)
    }

    fn equip(&self, program: &str) -> Result<Command> {
        let mut folders = vec![self.wasm_bindgen.folder()?, self.trunk.folder()?];
        folders.extend(self.toolchain.folder());
        let path = process::path_with(folders)?;

        // Found here, because on some systems a command is looked for in the old PATH.
        let program = process::find_in(program, &path).unwrap_or_else(|| program.into());
        let mut command = process::command(program);
        command.current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target).env("PATH", path);
        self.toolchain.apply(&mut command);
        Ok(command)
    }
}

/// Trunk runs offline, so what it compiles has to be on this machine before it starts.
fn fetch_dependencies(project: &Project) -> Result<()> {
    let mut cargo = process::command("cargo");
    cargo.args(["fetch", "--locked"]).current_dir(project.root());
    process::run_quietly(&mut cargo).remedy(
        "the crates that Cargo.lock names could not be fetched",
        "check the network; if Cargo.toml changed, run `cargo update --workspace` first",
    )?;
    println!("setup: crates of Cargo.lock: all there");
    Ok(())
}
