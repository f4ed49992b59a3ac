//! The Content-Security-Policy of the pages: nothing comes from anywhere else and nothing goes there,
//! code is what the build has put into the page, and none is made out of text.
//!
//! The page sets it itself, by a script in front of all others. Browsers that do not know container
//! queries (Chromium before 105, Safari before 16, Firefox before 110) go without: the oldest of them
//! know no `wasm-unsafe-eval`, and would not run the program under any policy but one that allows
//! everything.

use anyhow::Result;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest as _, Sha256};

use crate::failure::Failure;
use crate::html::{self, Element, Piece};

/// The script that sets the policy; kits have the same.
pub const ID: &str = "policy";

/// Where a page may get what it needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// From inside alone.
    Itself,
    /// From its own host too.
    Host,
}

/// The page with a policy under which its own scripts run, and the script of kits.
pub fn set(page: &str, from: From) -> Result<String> {
    let pieces = html::parse(page);
    let scripts = pieces.iter().filter_map(Piece::element).filter(|element| is_code(element));
    let hashes: Vec<String> = scripts.filter_map(|script| script.body).map(hash).collect();
    let host = if from == From::Host { " 'self'" } else { "" };
    let connect = if from == From::Host { "'self'" } else { "'none'" };
    let policy = format!(
        "default-src 'none'; script-src{host} 'wasm-unsafe-eval' {hashes}; worker-src{host} blob:; \
         style-src{host} 'unsafe-inline'; img-src{host} data: blob:; media-src blob:; \
         manifest-src{host} data:; connect-src {connect}; form-action 'none'; base-uri 'none'",
        hashes = hashes.join(" "),
    );
    let script = format!(
        "<script id=\"{ID}\">if (CSS.supports(\"container-type: size\")) document.head.append(\
         Object.assign(document.createElement(\"meta\"), {{ httpEquiv: \"Content-Security-Policy\", \
         content: \"{policy}\" }}));</script>"
    );
    let mut out = String::new();
    let mut is_set = false;
    for piece in &pieces {
        match piece {
            Piece::Element(element) => {
                out.push_str(element.source);
                if element.has("charset") {
                    out.push_str(&script);
                    is_set = true;
                }
            }
            Piece::Other(source) => out.push_str(source),
        }
    }
    if is_set {
        return Ok(out);
    }
    Err(Failure::error(
        "dist/index.html does not say its charset",
        "keep <meta charset> in index.html: the policy stands behind it",
    ))
}

fn is_code(element: &Element<'_>) -> bool {
    let is_run = element.attribute("type").is_none_or(|kind| kind == "module");
    element.name == "script" && (is_run || element.attribute("id") == Some("kit-script"))
}

fn hash(script: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(script)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head><meta charset=\"utf-8\"></head><body><script type=\"module\">a()</script>\
                        <script type=\"text/plain\" id=\"kit-script\">b()</script>\
                        <script type=\"text/plain\" id=\"forms\">c()</script></body>";

    #[test]
    fn only_the_scripts_of_the_page_and_of_kits_run_and_nothing_is_fetched() {
        let page = set(PAGE, From::Itself).unwrap();
        for (code, runs) in [("a()", true), ("b()", true), ("c()", false)] {
            assert_eq!(page.contains(&hash(code)), runs, "{code}: {page}");
        }
        assert!(
            page.contains("default-src 'none'") && page.contains("connect-src 'none'"),
            "{page}"
        );
        assert!(!page.contains("'self'") && !page.contains("'unsafe-eval'"), "{page}");
        assert!(page.find("id=\"policy\"") < page.find("a()"), "{page}");
    }

    #[test]
    fn the_hosted_page_asks_its_own_host_alone() {
        let page = set(PAGE, From::Host).unwrap();
        assert!(page.contains("connect-src 'self';"), "{page}");
        assert!(set("<head></head>", From::Host).is_err());
    }
}
