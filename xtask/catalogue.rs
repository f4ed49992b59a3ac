//! Build script: turns `src/text/*.txt` into one method a text.
//!
//! A language file has lines `key = text`, or `key(name, name) = text` where `{name}` in the text
//! is filled in. The build fails, with file and line, when a language lacks a text, has one too
//! many, or fills in other names.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a build script speaks to cargo by printing and fails by stopping"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The languages, as file name and variant of `Language`; the first is the model for the others.
const LANGUAGES: [(&str, &str); 2] = [("vi", "Vi"), ("en", "En")];

struct Text {
    line: usize,
    words: String,
    names: Vec<String>,
}

type Catalogue = BTreeMap<String, Text>;

fn main() {
    println!("cargo::rerun-if-changed=src/text");
    println!("cargo::rerun-if-changed=xtask/catalogue.rs");
    let mut faults = Vec::new();
    let catalogues: Vec<Catalogue> =
        LANGUAGES.iter().map(|(code, _)| read(&path(code), &mut faults)).collect();
    if let Some((model, others)) = catalogues.split_first() {
        for (catalogue, (code, _)) in others.iter().zip(&LANGUAGES[1..]) {
            compare(model, catalogue, code, &mut faults);
        }
        if faults.is_empty() {
            let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
            std::fs::write(Path::new(&out).join("texts.rs"), methods(model, &catalogues))
                .expect("OUT_DIR can be written");
        }
    }
    for fault in &faults {
        println!("cargo::error={fault}");
    }
}

fn path(code: &str) -> String {
    format!("src/text/{code}.txt")
}

fn read(path: &str, faults: &mut Vec<String>) -> Catalogue {
    let content = std::fs::read_to_string(path).unwrap_or_else(|error| {
        faults.push(format!("{path}: {error}"));
        String::new()
    });
    let mut catalogue = Catalogue::new();
    for (index, line) in content.lines().enumerate() {
        let line_number = index + 1;
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((key, text)) = line.split_once(" = ") else {
            faults.push(format!("{path}:{line_number}: expected `key = text`"));
            continue;
        };
        let (key, names) = signature(key);
        let text = text.trim().replace("\\n", "\n");
        let is_key = key.starts_with(|c: char| c.is_ascii_lowercase())
            && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !is_key || text.is_empty() {
            faults.push(format!("{path}:{line_number}: `{key}` is no key, or its text is empty"));
        }
        let (mut declared, mut filled_in) = (names.clone(), names_in(&text));
        declared.sort();
        filled_in.sort();
        if declared != filled_in {
            let what = format!("`{key}` names {declared:?} but fills in {filled_in:?}");
            faults.push(format!("{path}:{line_number}: {what}"));
        }
        if catalogue.insert(key.clone(), Text { line: line_number, words: text, names }).is_some() {
            faults.push(format!("{path}:{line_number}: `{key}` stands twice"));
        }
    }
    catalogue
}

/// `key(name, name)` as the key and its names.
fn signature(key: &str) -> (String, Vec<String>) {
    let (key, names) = key.trim().trim_end_matches(')').split_once('(').unwrap_or((key.trim(), ""));
    let names = names.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    (key.to_owned(), names.collect())
}

/// The names in braces, each once, in order.
fn names_in(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in text.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}')
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_owned());
        }
    }
    names
}

fn compare(model: &Catalogue, catalogue: &Catalogue, code: &str, faults: &mut Vec<String>) {
    for (key, text) in model {
        match catalogue.get(key) {
            None => faults.push(format!("{}: `{key}` is missing", path(code))),
            Some(other) if other.names != text.names => {
                let place = format!("{}:{}", path(code), other.line);
                let (found, wanted) = (&other.names, &text.names);
                faults.push(format!("{place}: `{key}` names {found:?}, not {wanted:?}"));
            }
            Some(_) => {}
        }
    }
    for (key, text) in catalogue.iter().filter(|(key, _)| !model.contains_key(*key)) {
        faults.push(format!("{}:{}: `{key}` is not in {}", path(code), text.line, path("vi")));
    }
}

fn methods(model: &Catalogue, catalogues: &[Catalogue]) -> String {
    let mut code = String::from(
        "#[allow(clippy::match_same_arms, clippy::doc_markdown, clippy::needless_for_each, \
         reason = \"texts say what they say\")]\nimpl Language {\n",
    );
    for (key, text) in model {
        let arguments = text.names.iter().fold(String::new(), |arguments, name| {
            arguments + ", " + name + ": &dyn std::fmt::Display"
        });
        let (result, wrap) =
            if text.names.is_empty() { ("&'static str", "") } else { ("String", "format!") };
        let _ = writeln!(code, "    /// {}", text.words.replace('\n', " "));
        let _ = writeln!(
            code,
            "    pub fn {key}(self{arguments}) -> {result} {{\n        match self {{"
        );
        for (catalogue, (_, variant)) in catalogues.iter().zip(LANGUAGES) {
            let text = catalogue.get(key).map_or("", |text| text.words.as_str());
            let text =
                if wrap.is_empty() { format!("{text:?}") } else { format!("{wrap}({text:?})") };
            let _ = writeln!(code, "            Self::{variant} => {text},");
        }
        code.push_str("        }\n    }\n\n");
    }
    code.push_str("}\n");
    code
}
