//! What a person reads when something goes wrong: what failed, why, and what to do about it.

use std::fmt::{self, Write as _};

use anyhow::{Context, Error, Result};

/// A failure together with its remedy.
#[derive(Debug)]
pub struct Failure {
    what: String,
    remedy: String,
}

impl Failure {
    /// A failure that has no deeper cause than itself.
    pub fn error(what: impl Into<String>, remedy: impl Into<String>) -> Error {
        Error::new(Self { what: what.into(), remedy: remedy.into() })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Failure {}

/// Says what was being attempted when an error came up, and what a person can do now.
pub trait Remedy<T> {
    fn remedy(self, what: impl Into<String>, remedy: impl Into<String>) -> Result<T>;
}

impl<T> Remedy<T> for Result<T> {
    fn remedy(self, what: impl Into<String>, remedy: impl Into<String>) -> Result<T> {
        self.with_context(|| Failure { what: what.into(), remedy: remedy.into() })
    }
}

/// The text for the terminal.
pub fn report(error: &Error) -> String {
    let mut text = format!("\nfailed: {error}\n");
    for cause in error.chain().skip(1) {
        let _ = writeln!(text, "   why: {}", indent(&cause.to_string()));
    }
    if let Some(failure) = error.downcast_ref::<Failure>() {
        let _ = writeln!(text, " to do: {}", indent(&failure.remedy));
    }
    text
}

fn indent(text: &str) -> String {
    text.trim_end().replace('\n', "\n        ")
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    #[test]
    fn a_report_says_what_why_and_what_to_do() {
        let error = Err::<(), _>(anyhow!("exit status 101\nno space left"))
            .remedy("trunk could not be installed", "free some space")
            .unwrap_err();

        assert_eq!(
            report(&error),
            "\nfailed: trunk could not be installed\
             \n   why: exit status 101\
             \n        no space left\
             \n to do: free some space\n"
        );
    }

    #[test]
    fn an_error_without_a_remedy_still_reads_well() {
        assert_eq!(report(&anyhow!("no such file")), "\nfailed: no such file\n");
    }
}
