//! The house keeps its shape: arrows between layers point down only, every text is used.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

/// The layers from the top; a file may name its own and those after it. `page` and `desk_worker`,
/// the entries of the two modules, stand side by side and do not know each other.
const LAYERS: [&[&str]; 8] = [
    &["page", "desk_worker"],
    &["ui"],
    &["browser"],
    &["app"],
    &["forms"],
    &["formats"],
    &["text"],
    &["domain"],
];

/// What only the layers of the browser build may name.
const BROWSER_CRATES: [&str; 6] = ["yew", "gloo", "web_sys", "js_sys", "wasm_bindgen", "idb"];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

fn source() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = rust_files(&root).into_iter().map(|path| {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        (name, fs::read_to_string(&path).unwrap())
    });
    files.collect()
}

fn layer_of(file: &str) -> Option<usize> {
    let module = file.split('/').next().unwrap().trim_end_matches(".rs");
    LAYERS.iter().position(|layer| layer.contains(&module))
}

#[test]
fn a_lower_layer_never_names_a_higher_one() {
    let mut checked = 0;
    for (file, text) in source() {
        let Some(own) = layer_of(&file).filter(|_| !file.ends_with("/tests.rs")) else { continue };
        for higher in LAYERS.iter().take(own).copied().flatten() {
            let named = format!("crate::{higher}");
            // Tests may build on what stands above, to use real forms.
            let code = text.split("#[cfg(test)]").next().unwrap();
            let is_named = code.match_indices(&named).any(|(at, _)| {
                !code[at + named.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
            });
            assert!(!is_named, "{file} names {named}");
        }
        checked += 1;
    }
    assert!(checked > 30, "the files of all layers were found");
}

#[test]
fn layers_are_named_in_one_way_only() {
    for (file, text) in source() {
        assert!(!text.contains("use crate::{"), "{file}: one layer a line");
        let code = text.split("#[cfg(test)]").next().unwrap();
        let reaches_out = file.matches('/').count() < text_depth(code);
        assert!(!reaches_out, "{file} leaves its layer by super::");
    }
}

/// The longest chain of `super::` in a text.
fn text_depth(text: &str) -> usize {
    (1..6).take_while(|depth| text.contains(&"super::".repeat(*depth))).count()
}

#[test]
fn nothing_below_the_shell_names_a_browser() {
    let shell = LAYERS.iter().position(|layer| layer.contains(&"browser")).unwrap();
    for (file, text) in source() {
        if layer_of(&file).is_some_and(|layer| layer > shell) {
            for name in BROWSER_CRATES {
                assert!(!text.contains(&format!("{name}::")), "{file} names {name}");
            }
        }
    }
}

#[test]
fn every_text_of_the_catalogue_is_used() {
    let code: String = source().into_iter().map(|(_, text)| text).collect();
    let catalogue =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/text/vi.txt")).unwrap();
    let lines = catalogue.lines().filter(|line| !line.starts_with('#') && line.contains(" = "));
    for line in lines {
        let key = line.split([' ', '(']).next().unwrap();
        assert!(code.contains(&format!(".{key}(")), "`{key}` is not used");
    }
}

#[test]
fn no_file_has_grown_past_one_idea() {
    for (file, text) in source().into_iter().filter(|(file, _)| !file.ends_with("/tests.rs")) {
        let code = text.split("#[cfg(test)]").next().unwrap().lines().count();
        assert!(code <= 480, "{file} has {code} lines without its tests");
    }
}
