//! The page writes itself: a copy of the one file with a campaign in it.
//!
//! The copy is put together from the parts that the build has put into the page, so nothing that
//! a person, the app or the browser has added since goes along.

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, DomParser, Element, Node, SupportedType};

use super::carried::{CAMPAIGN_ID, fetched, inside, unpacked};
use super::packing::packed;

/// What kits are made of, beside the hosted page.
const KIT_PARTS: &str = "kit-parts.html";

/// What a kit has of the page as it is.
const HEAD: &str = "head > meta:not([http-equiv]), head > script#policy, head > title, \
                    head > link[rel=icon], head > style:not([data-desk-only])";
const BODY: &str = "noscript";

/// What is seen of a kit before its program runs.
pub struct FirstScreen<'t> {
    /// What the page is called.
    pub title: &'t str,
    /// That it is being opened.
    pub opening: &'t str,
}

/// The page as a kit of a campaign, which is given as text; whether it must be able to encrypt.
///
/// # Errors
/// The browser's reason, where the hosted page cannot fetch what kits are made of.
pub async fn kit(
    first: FirstScreen<'_>,
    campaign: &str,
    encrypts: bool,
) -> Result<String, JsValue> {
    let page = if inside("programs").is_some() {
        gloo::utils::document()
    } else {
        let text = fetched(KIT_PARTS).await?;
        DomParser::new()?.parse_from_string(&text, SupportedType::TextHtml)?
    };
    let mut text = String::from("<!doctype html>\n<html lang=\"vi\">\n<head>\n");
    for part in parts(&page, HEAD)? {
        if part.local_name() == "title" {
            part.set_text_content(Some(first.title));
        }
        add(&mut text, &part);
    }
    text.push_str("</head>\n<body>\n<div id=\"app\"><div class=\"page\"><main>\n");
    for (name, words) in [("h1", first.title), ("p", first.opening)] {
        let part = page.create_element(name)?;
        part.set_text_content(Some(words));
        add(&mut text, &part);
    }
    text.push_str("</main></div></div>\n");
    for part in parts(&page, BODY)? {
        add(&mut text, &part);
    }
    add(&mut text, &script(&page, "text/plain", CAMPAIGN_ID, campaign)?);
    // It starts a program of its own, without the desk; to encrypt takes the worker.
    let mut blocks =
        vec![("text/plain", "app-wasm", "kit-wasm"), ("module", "app-script", "kit-script")];
    if encrypts {
        let worker = ["worker-glue", "worker-wasm"];
        blocks.extend(worker.map(|id| ("text/plain", id, id)));
    }
    for (kind, id, of) in blocks {
        let content = match page.get_element_by_id(of) {
            Some(block) => block.text_content().unwrap_or_default(),
            None => packed(&Uint8Array::new(&unpacked(of).await?).to_vec()).await,
        };
        add(&mut text, &script(&page, kind, id, &content)?);
    }
    text.push_str("</body>\n</html>\n");
    Ok(text)
}

fn script(page: &Document, kind: &str, id: &str, content: &str) -> Result<Element, JsValue> {
    let script = page.create_element("script")?;
    script.set_attribute("type", kind)?;
    script.set_id(id);
    script.set_text_content(Some(content));
    Ok(script)
}

fn add(text: &mut String, part: &Element) {
    text.push_str(&part.outer_html());
    text.push('\n');
}

/// Copies of the elements that a selector names, in the order of the page.
fn parts(page: &Document, selector: &str) -> Result<Vec<Element>, JsValue> {
    let found = page.query_selector_all(selector)?;
    let elements = (0..found.length()).filter_map(|place| found.get(place));
    elements.map(|node: Node| Ok(node.clone_node_with_deep(true)?.unchecked_into())).collect()
}
