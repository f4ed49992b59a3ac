//! `cargo xtask build`: the site in dist/, the one file and the service worker beside it, and what
//! everything weighs.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::failure::{Failure, Remedy as _};
use crate::html;
use crate::loader::{self, Programs};
use crate::precompressed;
use crate::process;
use crate::service_worker;
use crate::setup::Tools;
use crate::single_file::{self, Code, Parts, Site};
use crate::sizes;

/// The name of the one file.
pub const SINGLE_FILE: &str = "phieu-xa.html";

/// What the first screen says.
const CATALOGUE: &str = "src/text/vi.txt";

/// The hosted page.
const INDEX: &str = "index.html";

/// What it makes kits of.
const KIT_PARTS: &str = "kit-parts.html";

/// What kits are weighed with.
pub const CAMPAIGN: &str = "tests/data/campaign-of-130-units.txt";
/// What a kit of it is called in the table of sizes.
const KIT: &str = "a kit of 130 units";
/// More does not go through a chat program on a weak network in a minute.
const LARGEST_KIT: usize = 900_000;

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
    let catalogue = project.root().join(CATALOGUE);
    let catalogue = fs::read_to_string(&catalogue)
        .with_context(|| format!("cannot read {}", catalogue.display()))?;
    let index = loader::worded(single_file::text(&site, INDEX)?, &catalogue)?;
    site.insert(INDEX.to_owned(), index.into_bytes());
    let code =
        Code { boot: read_static(tools, "boot.js")?, programs: read_static(tools, "programs.js")? };
    let page = single_file::assemble(&site, &code)?;
    let path = write(tools, SINGLE_FILE, &page)?;
    let campaign_path = project.root().join(CAMPAIGN);
    let campaign = fs::read_to_string(&campaign_path)
        .with_context(|| format!("cannot read {}", campaign_path.display()))?;
    let parts = single_file::kit_parts(&site, &page)?;
    let kit = single_file::kit(&parts, campaign.trim());

    let wasm = site.iter().filter(|(name, _)| is_wasm(name));
    let wasm = wasm.map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    let pages = [(SINGLE_FILE, page.as_bytes()), (KIT, kit.as_bytes())];
    print!("{}", sizes::table(wasm.chain(pages))?);

    let index = start_as_opened(tools, &site)?;
    write(tools, INDEX, &index)?;
    site.insert(INDEX.to_owned(), index.into_bytes());
    write(tools, KIT_PARTS, &parts)?;
    site.insert(KIT_PARTS.to_owned(), parts.into_bytes());
    let worker = service_worker::assemble(&site, &read_static(tools, service_worker::NAME)?);
    write(tools, service_worker::NAME, &worker)?;
    let kept: usize = site.values().map(Vec::len).sum();
    println!("the site keeps {} bytes on a device, in {} files", sizes::grouped(kept), site.len());
    if profile == Profile::Release {
        // To be handed on; the site itself does without.
        site.insert(SINGLE_FILE.to_owned(), page.into_bytes());
        let packed = precompressed::write(&site, &project.dist())?;
        println!("and sends {} bytes of it by brotli", sizes::grouped(packed));
    }
    println!("built: {}", path.display());
    if profile == Profile::Release && kit.len() > LARGEST_KIT {
        return Err(Failure::error(
            format!("a kit of 130 units weighs more than {LARGEST_KIT} bytes"),
            "see what the program of kits (src/bin/kit.rs) has come to carry",
        ));
    }
    Ok(())
}

/// The hosted page, which starts the program that it is opened for.
fn start_as_opened(tools: &Tools, site: &Site) -> Result<String> {
    let index = single_file::text(site, INDEX)?;
    let page = html::parse(index);
    let parts = Parts::find(&page)?;
    let programs = Programs {
        app_glue: parts.app_glue,
        app_wasm: parts.app_wasm,
        kit_glue: single_file::KIT_GLUE,
        kit_wasm: single_file::KIT_WASM,
    };
    loader::replaced(index, &read_static(tools, "site.js")?, &programs)
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
