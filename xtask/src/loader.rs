//! How the hosted page starts: with the program that it is opened for.

use crate::failure::Failure;
use crate::html::{self, Element, Piece};
use crate::policy;
use anyhow::Result;

/// The programs' files.
pub struct Programs<'a> {
    pub app_glue: &'a str,
    pub app_wasm: &'a str,
    pub kit_glue: &'a str,
    pub kit_wasm: &'a str,
}

/// True of what trunk has written to start the app.
pub fn is_trunks(element: &Element<'_>) -> bool {
    let is_loader = element.body.is_some_and(|body| body.contains("TrunkApplicationStarted"));
    let is_preload = element.attribute("rel").is_some_and(|rel| rel.ends_with("preload"));
    is_loader || is_preload
}

/// The page with `site`, the text of `static/site.js`, in place of what trunk has written, which loads
/// the app whoever comes.
pub fn replaced(index: &str, site: &str, programs: &Programs<'_>) -> Result<String> {
    let names = [
        ("APP_GLUE", programs.app_glue),
        ("APP_WASM", programs.app_wasm),
        ("KIT_GLUE", programs.kit_glue),
        ("KIT_WASM", programs.kit_wasm),
    ];
    let code = names.iter().fold(site.to_owned(), |code, (word, file)| {
        code.replace(&format!("\"{word}\""), &format!("\"./{file}\""))
    });
    let mut page = String::new();
    for piece in html::parse(index) {
        match piece {
            Piece::Element(element) if is_trunks(&element) => {}
            Piece::Element(element) => page.push_str(element.source),
            Piece::Other("</head>") => {
                page.extend(["<script type=\"module\">\n", &code, "</script>\n</head>"]);
            }
            Piece::Other(source) => page.push_str(source),
        }
    }
    if page.contains(&code) {
        return policy::set(&page, policy::From::Host);
    }
    Err(Failure::error("dist/index.html has no </head>", "close the head in index.html"))
}

/// The page with the words of the catalogue of texts in place of their names in braces.
///
/// # Errors
/// Names that the catalogue does not have.
pub fn worded(page: &str, catalogue: &str) -> Result<String> {
    let texts = catalogue.lines().filter_map(|line| line.split_once(" = "));
    let page = texts.fold(page.to_owned(), |page, (name, text)| {
        page.replace(&format!("{{{name}}}"), text.trim())
    });
    // Braces elsewhere are code.
    let left = page.match_indices(">{").find_map(|(at, _)| {
        let (name, _) = page.get(at + 2..)?.split_once("}<")?;
        let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        (is_name && !name.is_empty()).then(|| name.to_owned())
    });
    match left {
        None => Ok(page),
        Some(name) => Err(Failure::error(
            format!("index.html speaks of {{{name}}}, which src/text/vi.txt does not have"),
            "name a text that is there",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_starts_the_program_that_it_is_opened_for() {
        let index = "<head><meta charset=\"utf-8\"><title>x</title><script type=\"module\">// TrunkApplicationStarted</script>\
                     <link rel=\"modulepreload\" href=\"./app-1.js\"></head><body></body>";
        let programs = Programs {
            app_glue: "app-1.js",
            app_wasm: "app-1_bg.wasm",
            kit_glue: "kit.js",
            kit_wasm: "kit_bg.wasm",
        };
        let site = "import(\"APP_GLUE\"); fetch(\"KIT_WASM\");";
        let page = replaced(index, site, &programs).unwrap();
        assert!(page.contains("import(\"./app-1.js\"); fetch(\"./kit_bg.wasm\");"), "{page}");
        assert!(!page.contains("Trunk") && !page.contains("modulepreload"), "{page}");
        assert!(page.contains("<title>x</title>") && page.ends_with("</head><body></body>"));
        assert!(replaced("<body></body>", site, &programs).is_err());
    }

    #[test]
    fn the_first_screen_has_the_words_of_the_catalogue() {
        let page = worded(
            "<h1>{title}</h1><script>f({title_of})</script>",
            "title = Phiếu Xã\nlead = x\n",
        );
        assert_eq!(page.unwrap(), "<h1>Phiếu Xã</h1><script>f({title_of})</script>");
        let error = worded("<p>{no_such}</p>", "title = x\n").unwrap_err();
        assert!(error.to_string().contains("{no_such}"), "{error}");
    }
}
