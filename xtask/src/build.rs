//! `cargo xtask build`: the site in dist/, the one file beside it, and what everything weighs.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::failure::Remedy as _;
use crate::process;
use crate::setup::Tools;
use crate::single_file::{self, Site};
use crate::sizes;

/// The name of the one file.
pub const SINGLE_FILE: &str = "phieu-xa.html";

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    Dev,
    Release,
}

pub fn run(tools: &Tools, profile: Profile) -> Result<()> {
    let project = tools.project;
    let mut trunk = tools.wasm()?.trunk()?;
    trunk.arg("build").arg("--dist").arg(project.dist());
    if profile == Profile::Release {
        trunk.arg("--release");
    }
    process::run(&mut trunk)
        .remedy("the site could not be built", "read the compiler's message above")?;

    let boot_path = project.root().join("static/boot.js");
    let boot = fs::read_to_string(&boot_path)
        .with_context(|| format!("cannot read {}", boot_path.display()))?;
    let mut site = Site::new();
    read_site(&project.dist(), "", &mut site)?;
    let page = single_file::assemble(&site, &boot)?;
    let path = project.dist().join(SINGLE_FILE);
    fs::write(&path, &page).with_context(|| format!("cannot write {}", path.display()))?;

    let wasm = site.iter().filter(|(name, _)| is_wasm(name));
    let wasm = wasm.map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    print!("{}", sizes::table(wasm.chain([(SINGLE_FILE, page.as_bytes())]))?);
    println!("built: {}", path.display());
    Ok(())
}

/// The files of the built site's folder, by their paths below it.
fn read_site(folder: &Path, path: &str, site: &mut Site) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()));
    for entry in entries? {
        let entry = entry?;
        let name = format!("{path}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read_site(&entry.path(), &format!("{name}/"), site)?;
        } else {
            site.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(())
}

fn is_wasm(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "wasm")
}
