//! For Stata 14 or newer. Its limits: names of 32 characters, labels of variables of 80.

use std::fmt::Write as _;

use super::{Subject, about, labelled, one_line, short_names};
use crate::domain::form::{Choice, NOT_MY_TASK};
use crate::formats::variable::{Holds, levels, not_my_task};

const LONGEST_NAME: usize = 32;
const LONGEST_LABEL: usize = 80;

/// What cannot be the name of a variable.
const RESERVED: [&str; 19] = [
    "_all", "byte", "double", "float", "if", "in", "int", "long", "using", "with", "str", "strl",
    "_b", "_coef", "_cons", "_n", "_pi", "_rc", "_skip",
];

/// Reads every column as text, as `v1`, `v2` and so on, and takes the guard off again.
const READING: &str = r#"version 14
clear
import delimited using "responses.csv", delimiters(",") varnames(nonames) rowrange(2) ///
    stringcols(_all) bindquotes(strict) maxquotedrows(unlimited) encoding("utf-8")
rename v# raw_#
foreach column of varlist raw_* {
    quietly replace `column' = substr(`column', 2, .) ///
        if ustrregexm(`column', "^'[ \u00a0\ufeff\x22']*[=+@\t\r\uff1d\uff0b\uff0d\uff20-]")
}
"#;

pub(super) fn script(subject: &Subject<'_>) -> String {
    let t = subject.language;
    let mut text = about(t.script_stata_about(), "* ", "");
    text.push_str(READING);
    let names = short_names(subject.variables, LONGEST_NAME, &RESERVED);
    for (number, (name, variable)) in (1..).zip(names.iter().zip(subject.variables)) {
        let raw = format!("raw_{number}");
        let lines = match variable.holds {
            Holds::Text => format!("generate strL {name} = {raw}\n"),
            Holds::Whole | Holds::Number | Holds::Chosen => {
                format!("generate double {name} = real({raw})\n")
            }
            Holds::Day => {
                format!("generate long {name} = daily({raw}, \"YMD\")\nformat {name} %td\n")
            }
            Holds::Moment => format!(
                "generate double {name} = clock(ustrregexra({raw}, \"[TZ]\", \" \"), \"YMDhms\")\n\
                 format {name} %tc\n"
            ),
            Holds::Choice(choices) => {
                let mut lines = format!("generate int {name} = .\n");
                let choices = labelled(choices, t);
                for (code, (choice, _)) in (1..).zip(&choices) {
                    let _ = writeln!(
                        lines,
                        "quietly replace {name} = {code} if {raw} == {}",
                        quoted(choice)
                    );
                }
                let labels = (1..).zip(choices).map(|(code, (_, label))| (code.to_string(), label));
                lines + &values(name, labels)
            }
            Holds::Level(choices) => {
                let label = |choice: &Choice| choice.label.get(t.code()).into();
                let numbers = levels(choices).map(|(level, own)| (level.to_string(), label(own)));
                let reason = not_my_task(choices).map(|own| (".a".to_owned(), label(own)));
                format!(
                    "generate byte {name} = real({raw})\n\
                     quietly replace {name} = .a if {raw} == {}\n{}",
                    quoted(NOT_MY_TASK),
                    values(name, numbers.chain(reason))
                )
            }
        };
        let label: String = one_line(&variable.label).chars().take(LONGEST_LABEL).collect();
        let _ = writeln!(text, "{lines}label variable {name} {}", quoted(&label));
    }
    text.push_str("drop raw_*\ncompress\nsave \"responses.dta\", replace\n");
    text
}

/// What the numbers of a variable mean.
fn values(name: &str, labels: impl Iterator<Item = (String, String)>) -> String {
    let labels: Vec<String> =
        labels.map(|(value, label)| format!("{value} {}", quoted(&label))).collect();
    let labels = labels.join(" ///\n    ");
    format!("label define {name} ///\n    {labels}\nlabel values {name} {name}\n")
}

/// A text in compound quotes, in which nothing is taken for a macro.
fn quoted(text: &str) -> String {
    format!("`\"{}\"'", one_line(text).replace('`', "'").replace('$', "\\$"))
}
