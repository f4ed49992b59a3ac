//! For R, without any package: factors with labels, numbers, days and times.

use std::fmt::Write as _;

use super::{Subject, about, labelled, one_line};
use crate::domain::form::Choice;
use crate::formats::variable::{Holds, levels, not_my_task};

/// What every script begins with.
const HELPERS: &str = r#"
folder <- if (exists("package_folder")) package_folder else "."
raw <- read.csv(file.path(folder, "responses.csv"), colClasses = "character", na.strings = "",
                check.names = FALSE, fileEncoding = "UTF-8")
raw[] <- lapply(raw, function(text) {
  sub("^'(?=[ \u00a0\ufeff\"']*[=+@\t\r\uff1d\uff0b\uff0d\uff20-])", "", text, perl = TRUE)
})
responses <- raw
ratings <- list()
reasons <- list()
labelled <- function(column, label) {
  attr(column, "label") <- label
  column
}
choice <- function(name, words, label, ordered = FALSE) {
  column <- factor(raw[[name]], levels = names(words), labels = words, ordered = ordered)
  responses[[name]] <<- labelled(column, label)
}
rating <- function(name, words, missing, label) {
  choice(name, words, label, ordered = TRUE)
  ratings[[name]] <<- suppressWarnings(as.integer(raw[[name]]))
  reasons[[name]] <<- factor(raw[[name]], levels = names(missing), labels = missing)
}
number <- function(name, label) {
  responses[[name]] <<- labelled(as.numeric(raw[[name]]), label)
}
day <- function(name, label) {
  responses[[name]] <<- labelled(as.Date(raw[[name]]), label)
}
moment <- function(name, label) {
  time <- as.POSIXct(raw[[name]], format = "%Y-%m-%dT%H:%M:%OSZ", tz = "UTC")
  responses[[name]] <<- labelled(time, label)
}
text <- function(name, label) {
  responses[[name]] <<- labelled(raw[[name]], label)
}

"#;

/// What every script ends with.
const END: &str = r#"
ratings <- as.data.frame(ratings, check.names = FALSE)
reasons <- as.data.frame(reasons, check.names = FALSE)
saveRDS(responses, file.path(folder, "responses.rds"))
"#;

pub(super) fn script(subject: &Subject<'_>) -> String {
    let t = subject.language;
    let mut text = about(t.script_r_about(), "# ", "");
    text.push_str(HELPERS);
    for variable in subject.variables {
        let (name, label) = (quoted(&variable.heading), quoted(&variable.label));
        let line = match variable.holds {
            Holds::Text => format!("text({name}, {label})"),
            Holds::Whole | Holds::Number | Holds::Chosen => format!("number({name}, {label})"),
            Holds::Day => format!("day({name}, {label})"),
            Holds::Moment => format!("moment({name}, {label})"),
            Holds::Choice(choices) => {
                let words = labelled(choices, t);
                let words = vector(words.iter().map(|(name, label)| (*name, label.as_str())));
                format!("choice({name}, {words}, {label})")
            }
            Holds::Level(choices) => {
                let level = |choice| of_level(choice, t.code());
                let words = vector(levels(choices).map(|(_, choice)| level(choice)));
                let missing = vector(not_my_task(choices).into_iter().map(level));
                format!("rating({name}, {words}, {missing}, {label})")
            }
        };
        // Writing to a text does not fail.
        let _ = writeln!(text, "{line}");
    }
    text.push_str(END);
    text
}

fn of_level<'c>(choice: &'c Choice, language: &str) -> (&'c str, &'c str) {
    (choice.name.as_str(), choice.label.get(language))
}

/// A named vector.
fn vector<'c>(words: impl Iterator<Item = (&'c str, &'c str)>) -> String {
    let words = words.map(|(name, label)| format!("{} = {}", quoted(name), quoted(label)));
    format!("c({})", words.collect::<Vec<_>>().join(", "))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", one_line(text).replace('\\', "\\\\").replace('"', "\\\""))
}
