//! The one file: the built site folded into a single HTML page that asks the network for nothing.
//!
//! From `file://` a browser refuses to fetch even the file next door, so all that the site loads is
//! put inside the page. Same files in, same bytes out. Styles and the app's JavaScript go in as
//! themselves; what the app finds by id lies in inert `<script type="text/plain">` elements:
//!
//! - `programs`: the wasm modules `app-wasm`, `worker-wasm` and `kit-wasm` as one stream, which
//!   `static/programs.js` reads
//! - `kit-script`: what a kit has in place of the app's script
//! - `forms`: the sheets of the forms that ship, packed, as a JSON object by path
//! - `worker-glue`: the worker's JavaScript, which waits for `wasm_bindgen.initSync({ module })`
//!
//! The site has `<meta name="worker-glue">` and `<meta name="worker-wasm">` with addresses instead.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::failure::Failure;
use crate::html::{self, Element, Piece};
use crate::loader;
use crate::packing::{lzma, pack, seven_bits};
use crate::policy;

/// The files of the built site, by path.
pub type Site = BTreeMap<String, Vec<u8>>;

/// Where the code goes: behind all that a person sees, so that a slow phone shows that first.
const END: Piece<'_> = Piece::Other("</body>");

/// What wasm-bindgen calls the function that starts a module.
const INIT: &str = "__wbg_init";

/// And what starts the module of a kit.
const KIT_INIT: &str = "wasm_bindgen";

/// Elements with this attribute serve the hosted site only.
const SITE_ONLY: &str = "data-site-only";

/// The JavaScript that starts a program from inside the page.
pub struct Code {
    /// The text of `static/boot.js`.
    pub boot: String,
    /// Of `static/programs.js`, which kits do without.
    pub programs: String,
}

/// Folds a built site into one page.
pub fn assemble(site: &Site, code: &Code) -> Result<String> {
    let page = html::parse(text(site, "index.html")?);
    let parts = Parts::find(&page)?;
    if !page.contains(&END) {
        return Err(Failure::error(
            "dist/index.html has no </body>",
            "close the body in index.html",
        ));
    }

    let mut out = String::new();
    for piece in &page {
        if *piece == END {
            out.push_str(&parts.inert_blocks(site, code)?);
            out.push_str(&parts.app_script(site, code)?);
        }
        match piece {
            Piece::Other(comment) if comment.starts_with("<!--") => drop_line(&mut out),
            Piece::Other(source) => out.push_str(source),
            Piece::Element(element) if is_left_out(element) => drop_line(&mut out),
            Piece::Element(element) => out.push_str(&folded(element, site)?),
        }
    }
    policy::set(&out, policy::From::Itself)
}

/// Whether an element only tells where the site's files are.
fn is_left_out(element: &Element<'_>) -> bool {
    loader::is_trunks(element) || element.has(SITE_ONLY)
}

/// Takes back the white space that led to something left out.
fn drop_line(out: &mut String) {
    out.truncate(out.trim_end().len());
}

/// An element of the site's page as it has to be in the one file.
fn folded(element: &Element<'_>, site: &Site) -> Result<String> {
    let is_style = element.name == "link" && element.attribute("rel") == Some("stylesheet");
    match element.fetched() {
        None => Ok(element.source.to_owned()),
        Some(address) if is_style => {
            let name = file_name(address);
            style(text(site, name)?, name.starts_with(DESK_STYLES))
        }
        Some(address) => Err(Failure::error(
            format!("the one file would fetch {address}"),
            format!("inline it, or mark the element {SITE_ONLY} in index.html"),
        )),
    }
}

/// The program of kits, with which the site starts too where somebody comes to answer.
pub const KIT_GLUE: &str = "kit.js";
/// Its wasm.
pub const KIT_WASM: &str = "kit_bg.wasm";

/// What the programs are called in the page.
const APP_BLOCK: &str = "app-wasm";
const WORKER_BLOCK: &str = "worker-wasm";
const KIT_BLOCK: &str = "kit-wasm";

/// The names of the files that the page's code consists of.
pub struct Parts<'a> {
    pub app_glue: &'a str,
    pub app_wasm: &'a str,
    worker_glue: &'a str,
    worker_wasm: &'a str,
}

impl<'a> Parts<'a> {
    pub fn find(page: &[Piece<'a>]) -> Result<Self> {
        Ok(Self {
            app_glue: named_file(page, ("rel", "modulepreload"), "href")?,
            app_wasm: named_file(page, ("type", "application/wasm"), "href")?,
            worker_glue: named_file(page, ("name", "worker-glue"), "content")?,
            worker_wasm: named_file(page, ("name", "worker-wasm"), "content")?,
        })
    }

    /// What the browser carries along without looking at it.
    fn inert_blocks(&self, site: &Site, code: &Code) -> Result<String> {
        Ok([
            self.programs(site)?,
            block("kit-script", &kit_script(site, code)?),
            block("forms", &pack(&forms(site)?)?),
            block("worker-glue", &script_text(text(site, self.worker_glue)?)),
        ]
        .concat())
    }

    /// The wasm modules, that of the app first: it is what everybody waits for.
    fn programs(&self, site: &Site) -> Result<String> {
        let named =
            [(APP_BLOCK, self.app_wasm), (WORKER_BLOCK, self.worker_wasm), (KIT_BLOCK, KIT_WASM)];
        let (mut sizes, mut all) = (Vec::new(), Vec::new());
        for (id, name) in named {
            let bytes = bytes(site, name)?;
            sizes.push(format!("{id}:{}", bytes.len()));
            all.extend_from_slice(bytes);
        }
        let (sizes, packed) = (sizes.join(" "), seven_bits(&lzma(&all)?));
        Ok(format!(
            "<script type=\"text/plain\" id=\"programs\" data-sizes=\"{sizes}\">{packed}</script>\n"
        ))
    }

    /// The app's JavaScript, the boot code, and the call that starts the one with the other.
    fn app_script(&self, site: &Site, code: &Code) -> Result<String> {
        let glue = text(site, self.app_glue)?;
        let boot = format!("{}\n\n{}", code.boot, code.programs);
        Ok(format!("<script type=\"module\">\n{}\n</script>\n", script(glue, INIT, &boot)?))
    }
}

/// An inert block.
fn block(id: &str, text: &str) -> String {
    format!("<script type=\"text/plain\" id=\"{id}\">{text}</script>\n")
}

/// The same for kits. Like the worker's, their JavaScript is made to be called by one name.
fn kit_script(site: &Site, code: &Code) -> Result<String> {
    script(text(site, KIT_GLUE)?, KIT_INIT, &code.boot)
}

/// A program's JavaScript with what starts it on the wasm called [`APP_BLOCK`].
fn script(glue: &str, init: &str, boot: &str) -> Result<String> {
    if let Some(import) = glue.lines().find(|line| line.starts_with("import ")) {
        return Err(Failure::error(
            format!("the program's JavaScript imports another file: {import}"),
            "do without the crate feature that brings a JavaScript snippet of its own",
        ));
    }
    if !glue.contains(init) {
        return Err(Failure::error(
            format!("the program's JavaScript has no {init}"),
            "teach xtask/src/single_file.rs what the new wasm-bindgen calls it",
        ));
    }
    // Not initSync: older Android browsers refuse to compile at once on the main thread.
    let start = format!(
        "{init}({{ module_or_path: globalThis.unpackBlock(\"{APP_BLOCK}\") }}).catch(showFailure);"
    );
    let code = [glue.trim_end(), boot.trim_end(), &start].join("\n\n");
    Ok(script_text(&without_margins(&code)))
}

/// What kits are made of on the hosted page (`src/browser/own_page.rs`): the one file with the
/// programs as kits carry them, and without what only the desk has.
pub fn kit_parts(site: &Site, one_file: &str) -> Result<String> {
    let index = html::parse(self::text(site, "index.html")?);
    let worker = Parts::find(&index)?.worker_wasm;
    let programs = block(KIT_BLOCK, &pack(bytes(site, KIT_WASM)?)?)
        + &block(WORKER_BLOCK, &pack(bytes(site, worker)?)?);
    Ok(rewritten(one_file, |element| match (element.name, element.attribute("id")) {
        ("script", Some("programs")) => Some(programs.clone()),
        ("script", Some("forms")) => None,
        ("script", _) if element.attribute("type") == Some("module") => None,
        _ if element.has(DESK_ONLY) => None,
        _ => Some(element.source.to_owned()),
    }))
}

/// About the kit that the page makes of such parts with a campaign as text.
pub fn kit(parts: &str, campaign: &str) -> String {
    rewritten(parts, |element| {
        let body = element.body.unwrap_or_default();
        match (element.name, element.attribute("id")) {
            ("script", Some(KIT_BLOCK)) => {
                Some(block("campaign", campaign) + &block(APP_BLOCK, body))
            }
            ("script", Some("kit-script")) => {
                Some(format!("<script type=\"module\">{body}</script>"))
            }
            ("script", Some(WORKER_BLOCK | "worker-glue")) => None,
            _ => Some(element.source.to_owned()),
        }
    })
}

/// A page with other text, or none, in place of its elements.
fn rewritten(page: &str, element: impl Fn(&Element<'_>) -> Option<String>) -> String {
    let pieces = html::parse(page).into_iter().map(|piece| match piece {
        Piece::Other(source) => source.to_owned(),
        Piece::Element(own) => element(&own).unwrap_or_default(),
    });
    pieces.collect()
}

/// The sheets of the forms that ship, by their paths, as one JSON object.
fn forms(site: &Site) -> Result<Vec<u8>> {
    let files = site.keys().filter_map(|path| Some((path, path.strip_prefix("forms/")?)));
    let texts: Result<BTreeMap<&str, &str>> =
        files.map(|(path, below)| Ok((below, text(site, path)?))).collect();
    let texts = texts?;
    if texts.is_empty() {
        return Err(Failure::error(
            "the built site has no forms",
            "keep the copy of src/forms in index.html",
        ));
    }
    Ok(serde_json::to_vec(&texts)?)
}

/// The file that an attribute of an element names; the element is known by another attribute.
fn named_file<'a>(page: &[Piece<'a>], known_by: (&str, &str), names_in: &str) -> Result<&'a str> {
    let (attribute, value) = known_by;
    let mut elements = page.iter().filter_map(Piece::element);
    let element = elements.find(|element| element.attribute(attribute) == Some(value));
    element.and_then(|element| element.attribute(names_in)).map(file_name).ok_or_else(|| {
        Failure::error(
            format!("dist/index.html has no element with {attribute}=\"{value}\" and {names_in}"),
            "keep index.html and the version of trunk as this tool knows them",
        )
    })
}

/// What marks an element that kits leave out.
const DESK_ONLY: &str = "data-desk-only";

/// What the name of the style sheet begins with that kits do without.
const DESK_STYLES: &str = "desk";

/// A style sheet as an element of the page; that of the desk is marked, so that kits leave it out.
fn style(css: &str, is_of_desk: bool) -> Result<String> {
    let fetches = css.contains("@import")
        || css.split("url(").skip(1).any(|rest| {
            let address = rest.trim_start_matches([' ', '"', '\'']);
            !address.starts_with("data:") && !address.starts_with('#')
        });
    if fetches {
        return Err(Failure::error(
            "a style sheet fetches another file by url(…) or @import",
            "write the other file into the style sheet, an image as a data: URL",
        ));
    }
    let mark = if is_of_desk { format!(" {DESK_ONLY}") } else { String::new() };
    let css = without_margins(css).replace("</", "<\\/");
    Ok(format!("<style{mark}>\n{css}\n</style>"))
}

/// Code without what only its readers need: margins, empty lines, and comments that have lines of
/// their own. What spans lines in quotes would change, so code that has such a text is left alone.
fn without_margins(code: &str) -> String {
    if code.lines().any(|line| line.matches('`').count() % 2 == 1) {
        return code.trim_end().to_owned();
    }
    let mut lines = Vec::new();
    let mut is_comment = false;
    for line in code.lines().map(str::trim) {
        is_comment |= line.starts_with("/*");
        if !is_comment && !line.is_empty() && !line.starts_with("//") {
            lines.push(line);
        }
        is_comment &= !line.ends_with("*/");
    }
    lines.join("\n")
}

/// JavaScript that can stand between script tags: what would end the element early, or make the
/// parser miss its end, is written in the way strings, templates and regular expressions allow.
fn script_text(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let dangerous = from.starts_with("<!--")
            || from.get(..8).is_some_and(|tag| tag.eq_ignore_ascii_case("</script"));
        out.push_str(if dangerous { "\\x3C" } else { "<" });
        rest = &from[1..];
    }
    out.push_str(rest);
    out
}

/// The name of a file of the site, from a relative address.
fn file_name(address: &str) -> &str {
    address.trim_start_matches("./")
}

fn bytes<'a>(site: &'a Site, name: &str) -> Result<&'a [u8]> {
    site.get(name).map(Vec::as_slice).ok_or_else(|| {
        Failure::error(
            format!("the built site has no file {name}"),
            "compare the links in index.html with the files in dist/",
        )
    })
}

/// A file of the site that is text.
pub fn text<'a>(site: &'a Site, name: &str) -> Result<&'a str> {
    std::str::from_utf8(bytes(site, name)?).with_context(|| format!("{name} is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packing::tests::unpack;

    const INDEX: &str = "\
<!doctype html>
<html><head><meta charset=\"utf-8\"><title>Phiếu Xã</title>
<link rel=\"icon\" href=\"data:,\">
<link rel=\"stylesheet\" href=\"./style-1a.css\" integrity=\"sha384-x\"/>
<link rel=\"stylesheet\" href=\"./desk-1a.css\" integrity=\"sha384-x\"/>
<meta data-site-only name=\"worker-glue\" content=\"./worker.js\">
<meta data-site-only name=\"worker-wasm\" content=\"./worker_bg.wasm\">
<link data-site-only rel=\"manifest\" href=\"./manifest.webmanifest\">
<script type=\"module\">import init from './app-1a.js'; // TrunkApplicationStarted</script>
<link rel=\"modulepreload\" href=\"./app-1a.js\" crossorigin=\"anonymous\">
<link rel=\"preload\" href=\"./app-1a_bg.wasm\" as=\"fetch\" type=\"application/wasm\">
</head><body><div id=\"app\"></div></body></html>
";
    const GLUE: &str = "async function __wbg_init(options) {}\nexport { __wbg_init as default };\n";

    fn site() -> Site {
        let files: [(&str, &[u8]); 10] = [
            ("index.html", INDEX.as_bytes()),
            ("style-1a.css", b"p { color: red }"),
            ("desk-1a.css", b"p { color: blue }"),
            ("app-1a.js", GLUE.as_bytes()),
            ("app-1a_bg.wasm", b"\0asm the app"),
            ("kit.js", b"let wasm_bindgen;"),
            ("kit_bg.wasm", b"\0asm the kit"),
            ("worker.js", b"let wasm_bindgen;"),
            ("worker_bg.wasm", b"\0asm the worker"),
            ("forms/f/survey.csv", b"type,name"),
        ];
        files.map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).into()
    }

    fn site_with(name: &str, content: &str) -> Site {
        let mut site = site();
        site.insert(name.to_owned(), content.as_bytes().to_vec());
        site
    }

    fn failure(site: &Site) -> String {
        folded_with(site, "").unwrap_err().to_string()
    }

    fn folded_with(site: &Site, boot: &str) -> Result<String> {
        assemble(site, &Code { boot: boot.to_owned(), programs: "programs();".to_owned() })
    }

    fn block<'a>(page: &'a [Piece<'a>], id: &str) -> &'a str {
        let mut elements = page.iter().filter_map(Piece::element);
        elements.find(|e| e.attribute("id") == Some(id)).and_then(|e| e.body).unwrap()
    }

    #[test]
    fn the_page_carries_its_modules_and_the_style() {
        let page = folded_with(&site(), "boot();").unwrap();
        let pieces = html::parse(&page);

        let programs = seven_bits(&lzma(b"\0asm the app\0asm the worker\0asm the kit").unwrap());
        assert_eq!(block(&pieces, "programs"), programs);
        assert!(page.contains("data-sizes=\"app-wasm:12 worker-wasm:15 kit-wasm:12\""), "{page}");
        assert_eq!(unpack(block(&pieces, "forms")), b"{\"f/survey.csv\":\"type,name\"}");
        assert_eq!(block(&pieces, "worker-glue"), "let wasm_bindgen;");
        assert!(page.contains("<style>\np { color: red }\n</style>"), "{page}");
        assert!(page.contains("<style data-desk-only>\np { color: blue }"), "{page}");
        assert!(page.contains("<title>Phiếu Xã</title>"), "{page}");
    }

    #[test]
    fn the_page_fetches_nothing_and_forgets_the_sites_own_links() {
        let page = folded_with(&site(), "").unwrap();
        let pieces = html::parse(&page);

        assert!(pieces.iter().filter_map(Piece::element).all(|e| e.fetched().is_none()), "{page}");
        assert!(!page.contains("worker.js") && !page.contains("app-1a"), "{page}");
        assert!(!page.contains("TrunkApplicationStarted"), "{page}");
    }

    #[test]
    fn the_app_starts_after_its_glue_and_the_boot_code() {
        let page = folded_with(&site(), "boot();").unwrap();
        let glue = page.find("async function __wbg_init").unwrap();
        let boot = page.rfind("boot();").unwrap();
        let start = page.find("__wbg_init({ module_or_path: globalThis.unpackBlock").unwrap();
        assert!(glue < boot && boot < start);
    }

    #[test]
    fn a_kit_has_its_own_program_and_nothing_of_the_desk() {
        let page = folded_with(&site(), "boot();").unwrap();
        let parts = kit_parts(&site(), &page).unwrap();
        assert_eq!(unpack(block(&html::parse(&parts), "worker-wasm")), b"\0asm the worker");
        let kit = kit(&parts, "campaign");
        let pieces = html::parse(&kit);
        assert_eq!(block(&pieces, "campaign"), "campaign");
        assert_eq!(unpack(block(&pieces, "app-wasm")), b"\0asm the kit");
        assert!(kit.contains("<style>\np { color: red }\n</style>"), "{kit}");
        for other in ["blue", "programs", "the worker", "worker-glue"] {
            assert!(!kit.contains(other), "{other}: {kit}");
        }
    }

    #[test]
    fn the_same_site_gives_the_same_bytes() {
        assert_eq!(folded_with(&site(), "").unwrap(), folded_with(&site(), "").unwrap());
    }

    #[test]
    fn code_cannot_end_its_element_early() {
        assert_eq!(
            script_text("a < b; '</script>' + \"</SCRIPT\" + `<!-- <script>` // </ş"),
            "a < b; '\\x3C/script>' + \"\\x3C/SCRIPT\" + `\\x3C!-- <script>` // </ş"
        );
        assert_eq!(
            style("p::after { content: '</style>' }", false).unwrap().matches("</style>").count(),
            1
        );
    }

    #[test]
    fn only_what_readers_need_is_left_out_of_code() {
        let code =
            "/** Adds.\n * @param a */\nfunction f(a) {\n\n  // one\n  return a + 1; // two\n}\n";
        assert_eq!(without_margins(code), "function f(a) {\nreturn a + 1; // two\n}");
        let text = "x = `a\n  b`;";
        assert_eq!(without_margins(text), text);
    }

    #[test]
    fn what_would_be_fetched_is_refused() {
        let picture = INDEX.replace("<div", "<img src=\"photo.png\"><div");
        assert_eq!(
            failure(&site_with("index.html", &picture)),
            "the one file would fetch photo.png"
        );
        let import = format!("import {{ f }} from './snippets/x.js';\n{GLUE}");
        assert!(failure(&site_with("app-1a.js", &import)).contains("./snippets/x.js"));
        assert!(
            failure(&site_with("style-1a.css", "p { background: url(a.png) }")).contains("url(")
        );
    }

    #[test]
    fn pictures_inside_the_style_sheet_are_welcome() {
        assert!(style("p { background: url( \"data:image/png;base64,AA\") }", false).is_ok());
    }

    #[test]
    fn a_missing_part_is_named() {
        let mut without_worker = site();
        without_worker.remove("worker_bg.wasm");
        assert_eq!(failure(&without_worker), "the built site has no file worker_bg.wasm");

        let no_meta = INDEX.replace("worker-glue", "other");
        assert_eq!(
            failure(&site_with("index.html", &no_meta)),
            "dist/index.html has no element with name=\"worker-glue\" and content"
        );
    }
}
