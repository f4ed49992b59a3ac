//! `cargo xtask build`: the site in dist/, the one file and the service worker beside it, and what
//! everything weighs.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::failure::Remedy as _;
use crate::process;
use crate::service_worker;
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

    let mut site = Site::new();
    read_site(&project.dist(), "", &mut site)?;
    let page = single_file::assemble(&site, &read_static(tools, "boot.js")?)?;
    let path = write(tools, SINGLE_FILE, &page)?;
    site.insert(SINGLE_FILE.to_owned(), page.into_bytes());
    let code = read_static(tools, service_worker::NAME)?;
    write(tools, service_worker::NAME, &service_worker::assemble(&site, &code))?;

    let weighed = site.iter().filter(|(name, _)| is_wasm(name) || *name == SINGLE_FILE);
    let weighed = weighed.map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    print!("{}", sizes::table(weighed)?);
    let kept: usize = site.values().map(Vec::len).sum();
    println!("the site keeps {} bytes on a device, in {} files", sizes::grouped(kept), site.len());
    println!("built: {}", path.display());
    Ok(())
}

fn read_static(tools: &Tools, name: &str) -> Result<String> {
    let path = tools.project.root().join("static").join(name);
    fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file of the site.
fn write(tools: &Tools, name: &str, text: &str) -> Result<PathBuf> {
    let path = tools.project.dist().join(name);
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
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
