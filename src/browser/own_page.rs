//! The page writes itself: a copy of the one file with a campaign in it.
//!
//! The copy is put together from the parts that the build has put into the page, so nothing that
//! a person, the app or the browser has added since goes along.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, DomParser, Element, Node, SupportedType};

use super::carried::{CAMPAIGN_ID, fetched, inside};

/// The one file beside the hosted page.
const ONE_FILE: &str = "phieu-xa.html";

/// What a kit has of the page: no forms but its own, and the worker only where it encrypts.
const HEAD: &str = "head > meta, head > title, head > link[rel=icon], head > style";
const BODY: &str = "noscript, script#app-wasm, script[type=module]";
const BODY_WITH_WORKER: &str = "noscript, script#app-wasm, script#worker-glue, script#worker-wasm, \
                                script[type=module]";

/// The page as a kit of a campaign, which is given as text; what the page is called, and whether
/// it must be able to encrypt.
///
/// # Errors
/// The browser's reason, where the hosted page cannot fetch the one file.
pub async fn kit(title: &str, campaign: &str, encrypts: bool) -> Result<String, JsValue> {
    let page = if inside("app-wasm").is_some() {
        gloo::utils::document()
    } else {
        let text = fetched(ONE_FILE).await?;
        DomParser::new()?.parse_from_string(&text, SupportedType::TextHtml)?
    };
    let mut text = String::from("<!doctype html>\n<html lang=\"vi\">\n<head>\n");
    for part in parts(&page, HEAD)? {
        if part.local_name() == "title" {
            part.set_text_content(Some(title));
        }
        add(&mut text, &part);
    }
    text.push_str("</head>\n<body>\n<div id=\"app\"></div>\n");
    let block = page.create_element("script")?;
    block.set_attribute("type", "text/plain")?;
    block.set_id(CAMPAIGN_ID);
    block.set_text_content(Some(campaign));
    add(&mut text, &block);
    for part in parts(&page, if encrypts { BODY_WITH_WORKER } else { BODY })? {
        add(&mut text, &part);
    }
    text.push_str("</body>\n</html>\n");
    Ok(text)
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
