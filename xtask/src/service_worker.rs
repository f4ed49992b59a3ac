//! The service worker: the code in `static/`, told which files there are and what is in them.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest as _, Sha256};

use crate::single_file::Site;

/// Its file, in `static/` and in the site.
pub const NAME: &str = "service-worker.js";

/// The service worker of a site; `code` is the text of `static/service-worker.js`.
///
/// A browser takes it for a new version when one of its bytes differs, so any change of any file
/// has to change it.
pub fn assemble(site: &Site, code: &str) -> String {
    let files: Vec<(&str, String)> = site
        .iter()
        // It cannot name its own hash; browsers look after it themselves.
        .filter(|(path, _)| *path != NAME)
        .map(|(path, bytes)| (path.as_str(), integrity(bytes)))
        .collect();
    let list = serde_json::json!(files).to_string().replace("],", "],\n");
    let version = integrity(list.as_bytes());
    format!("const VERSION = \"{version}\";\nconst FILES = new Map({list});\n\n{code}")
}

/// A hash as `fetch` and the attribute `integrity` want it.
fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> Site {
        files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    }

    fn version(files: &[(&str, &str)]) -> String {
        let worker = assemble(&site(files), "");
        let (_, from) = worker.split_once("VERSION = \"").unwrap();
        from.split('"').next().unwrap().to_owned()
    }

    #[test]
    fn every_file_but_itself_is_named_with_its_hash() {
        let site = site(&[("index.html", "abc"), ("forms/f/survey.csv", ""), (NAME, "old")]);
        let worker = assemble(&site, "work();\n");
        assert!(
            worker.contains(
                "new Map([[\"forms/f/survey.csv\",\
                 \"sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\"],\n\
                 [\"index.html\",\"sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\"]]);"
            ),
            "{worker}"
        );
        assert!(worker.ends_with("\n\nwork();\n"), "{worker}");
    }

    #[test]
    fn the_version_follows_from_names_and_contents_alone() {
        let now = version(&[("a.js", "1"), ("b.js", "2")]);
        assert_eq!(now, version(&[("b.js", "2"), ("a.js", "1"), (NAME, "whatever")]));
        for other in [
            [("a.js", "1"), ("b.js", "3")].as_slice(),
            &[("a.js", "1"), ("c.js", "2")],
            &[("a.js", "2"), ("b.js", "1")],
            &[("a.js", "1")],
        ] {
            assert_ne!(now, version(other));
        }
    }
}
