//! Where things are: the repository, what is built in it, and the tools kept outside it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::failure::Failure;

/// The folders this tool works in.
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// The repository that this tool was compiled from.
    pub fn here() -> Self {
        let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self { root: xtask.parent().unwrap_or(xtask).to_path_buf() }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The finished site and the one file.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The pictures of every screen.
    pub fn gallery(&self) -> PathBuf {
        self.root.join("target/gallery")
    }

    /// Wasm builds have a folder of their own, so that they and the native builds leave each
    /// other's artefacts alone.
    pub fn wasm_target(&self) -> PathBuf {
        self.root.join("target/wasm")
    }

    /// The fuzz targets are built in a folder of their own too, and keep there what they find.
    pub fn fuzz_target(&self) -> PathBuf {
        self.root.join("target/fuzz")
    }

    /// The inputs that each fuzz target starts from.
    pub fn fuzz_corpus(&self) -> PathBuf {
        self.root.join("tests/fuzz/corpus")
    }

    /// Files that only this tool needs while it runs.
    pub fn scratch(&self) -> PathBuf {
        self.root.join("target/xtask")
    }

    /// The version of a package that `Cargo.lock` pins.
    pub fn locked_version(&self, package: &str) -> Result<String> {
        let path = self.root.join("Cargo.lock");
        let lock = fs::read_to_string(&path)
            .with_context(|| format!("{} could not be read", path.display()))?;
        locked_version(&lock, package).ok_or_else(|| {
            Failure::error(
                format!("Cargo.lock has no package {package}"),
                "restore Cargo.lock from the repository",
            )
        })
    }
}

/// The per-user folder for build tools: shared by every clone, apart from the person's own tools.
pub fn tools_folder() -> Result<PathBuf> {
    let cache = non_empty("XDG_CACHE_HOME")
        .or_else(|| Some(env::home_dir()?.join(".cache")))
        .ok_or_else(|| {
            Failure::error(
                "there is no folder to keep the build tools in",
                "set HOME, or XDG_CACHE_HOME",
            )
        })?;
    Ok(cache.join("phieu-xa").join("tools"))
}

/// A path from the environment, if it says anything.
pub fn non_empty(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "\
[[package]]
name = \"wasm-bindgen-futures\"
version = \"0.4.76\"

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.126\"
source = \"registry\"
";

    #[test]
    fn the_locked_version_is_that_of_the_package_of_exactly_this_name() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen").as_deref(), Some("0.2.126"));
        assert_eq!(locked_version(LOCK, "wasm"), None);
    }
}
