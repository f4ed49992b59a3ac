//! What a person reads when something goes wrong: what failed, why, and what to do about it.

use std::error::Error as StdError;
use std::fmt::{self, Write as _};

use anyhow::{Error, Result};

/// A failure together with its remedy.
#[derive(Debug)]
pub struct Failure {
    what: String,
    remedy: String,
    why: Option<Error>,
}

impl Failure {
    /// A failure that has no deeper cause than itself.
    pub fn error(what: impl Into<String>, remedy: impl Into<String>) -> Error {
        Error::new(Self { what: what.into(), remedy: remedy.into(), why: None })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl StdError for Failure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.why.as_ref().map(AsRef::as_ref)
    }
}

/// Says what was being attempted when an error came up, and what a person can do now.
pub trait Remedy<T> {
    fn remedy(self, what: impl Into<String>, remedy: impl Into<String>) -> Result<T>;
}

impl<T> Remedy<T> for Result<T> {
    fn remedy(self, what: impl Into<String>, remedy: impl Into<String>) -> Result<T> {
        self.map_err(|why| {
            Error::new(Failure { what: what.into(), remedy: remedy.into(), why: Some(why) })
        })
    }
}

/// The text for the terminal. The deepest failure knows best what to do, so its remedy is first.
pub fn report(error: &Error) -> String {
    let mut text = format!("\nfailed: {error}\n");
    for cause in error.chain().skip(1) {
        let _ = writeln!(text, "   why: {}", indent(&cause.to_string()));
    }
    let failures = error.chain().filter_map(|cause| cause.downcast_ref::<Failure>());
    for failure in failures.collect::<Vec<_>>().into_iter().rev() {
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
    fn the_deepest_remedy_comes_first() {
        let error = Err::<(), _>(Failure::error("no apt-get", "install it by hand"))
            .remedy("the step `setup`", "run it again")
            .unwrap_err();

        assert_eq!(
            report(&error),
            "\nfailed: the step `setup`\
             \n   why: no apt-get\
             \n to do: install it by hand\
             \n to do: run it again\n"
        );
    }

    #[test]
    fn an_error_without_a_remedy_still_reads_well() {
        assert_eq!(report(&anyhow!("no such file")), "\nfailed: no such file\n");
    }
}
