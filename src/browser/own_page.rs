//! The page writes itself: a copy of the one file with a campaign in it.
//!
//! The copy is put together from the parts that the build has put into the page, so nothing that
//! a person, the app or the browser has added since goes along.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, DomParser, Element, Node, SupportedType};

use super::carried::{CAMPAIGN_ID, fetched, inside};

/// The one file beside the hosted page.
const ONE_FILE: &str = "phieu-xa.html";

/// What a kit has of the page as it is.
const HEAD: &str = "head > meta, head > title, head > link[rel=icon], \
                    head > style:not([data-desk-only])";
const BODY: &str = "noscript";
/// Where it encrypts.
const WORKER: &str = "script#worker-glue, script#worker-wasm";

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
    for part in parts(&page, BODY)? {
        add(&mut text, &part);
    }
    add(&mut text, &script(&page, "text/plain", CAMPAIGN_ID, campaign)?);
    // It starts a program of its own, without the desk.
    for (kind, id, of) in
        [("text/plain", "app-wasm", "kit-wasm"), ("module", "app-script", "kit-script")]
    {
        let block = page.get_element_by_id(of).and_then(|block| block.text_content());
        add(&mut text, &script(&page, kind, id, &block.unwrap_or_default())?);
    }
    for part in parts(&page, WORKER)?.iter().filter(|_| encrypts) {
        add(&mut text, part);
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
