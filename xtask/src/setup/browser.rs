//! A real browser and its driver, for the tests that need one.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::apt;
use crate::failure::Failure;
use crate::{process, project};

/// Flags that let Chromium start anywhere, also as root, and keep it from calling home.
const FLAGS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// Chromium, and the program through which tests drive it.
pub struct Browser {
    chrome: PathBuf,
    driver: PathBuf,
}

impl Browser {
    /// Takes what CHROME and CHROMEDRIVER or the PATH name; installs Debian's packages otherwise.
    pub fn set_up() -> Result<Self> {
        if let Some(browser) = Self::find() {
            println!("setup: Chromium and ChromeDriver: already there");
            return Ok(browser);
        }
        apt::install(&["chromium", "chromium-driver"])?;
        Self::find().ok_or_else(|| {
            Failure::error(
                "Chromium or ChromeDriver is not on PATH, though their packages are installed",
                "set CHROME and CHROMEDRIVER to the two programs, and run this again",
            )
        })
    }

    /// Tells a command, and the tests it runs, where the two programs are.
    pub fn name_in(&self, command: &mut Command) {
        command.env("CHROME", &self.chrome).env("CHROMEDRIVER", &self.driver);
    }

    /// The browser itself.
    pub fn chrome(&self) -> &Path {
        &self.chrome
    }

    /// What a test session asks the driver for, as JSON.
    pub fn capabilities(&self) -> String {
        // Debug writes a plain string as JSON does.
        let chrome = self.chrome.to_string_lossy();
        format!("{{ \"goog:chromeOptions\": {{ \"binary\": {chrome:?}, \"args\": {FLAGS:?} }} }}\n")
    }

    fn find() -> Option<Self> {
        let chrome = project::non_empty("CHROME").or_else(|| {
            ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(process::find)
        })?;
        let driver =
            project::non_empty("CHROMEDRIVER").or_else(|| process::find("chromedriver"))?;
        Some(Self { chrome, driver })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capabilities_name_the_browser_and_its_flags() {
        let browser = Browser { chrome: "/opt/my chrome".into(), driver: "driver".into() };
        let json = browser.capabilities();
        assert!(json.starts_with(
            r#"{ "goog:chromeOptions": { "binary": "/opt/my chrome", "args": ["--headless", "#
        ));
        assert!(json.ends_with("] } }\n"), "{json}");
    }
}
