//! The column `type`: today's words and older ones.

use super::parameters::pairs;
use crate::domain::form::{Kind, Meta, Steps};

/// What a row of the survey sheet is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum RowType {
    BeginGroup,
    EndGroup,
    BeginRepeat,
    EndRepeat,
    Question(Kind),
    /// A selection that has "other" beside its choices.
    OrOther(Kind),
    /// Known to `XLSForm`, but it needs a camera, a map or a file.
    Unsupported,
    Unknown,
}

/// Words that are known, for suggestions.
pub(super) const WORDS: [&str; 24] = [
    "text",
    "integer",
    "decimal",
    "range",
    "date",
    "time",
    "dateTime",
    "select_one",
    "select_multiple",
    "select_one_from_file",
    "select_multiple_from_file",
    "rank",
    "note",
    "calculate",
    "acknowledge",
    "hidden",
    "start",
    "end",
    "today",
    "username",
    "begin_group",
    "end_group",
    "begin_repeat",
    "end_repeat",
];

/// What a page is not told: who uses the device, and which it is.
const OF_THE_DEVICE: [&str; 14] = [
    "username",
    "deviceid",
    "device id",
    "phonenumber",
    "phone number",
    "email",
    "subscriberid",
    "subscriber id",
    "simserial",
    "sim id",
    "sim serial",
    "imei",
    "get sim id",
    "audit",
];

/// Reads the cell; `parameters` says the ends of a range.
pub(super) fn row_type(cell: &str, parameters: &str) -> RowType {
    let written: Vec<&str> = cell.split_whitespace().collect();
    let (written, has_other) = match written.as_slice() {
        [words @ .., "or_other"] | [words @ .., "or", "specify", "other"] => (words, true),
        words => (words, false),
    };
    let lower: Vec<String> = written.iter().map(|word| word.to_lowercase()).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    // A list's name is case-sensitive, the words before it are not.
    let named = written.last().copied().unwrap_or_default();
    let list = || named.to_owned();
    let file = || sheet_of_file(named).to_owned();
    let kind = match lower.as_slice() {
        ["begin", "group"] | ["begin_group"] => return RowType::BeginGroup,
        ["end", "group"] | ["end_group"] => return RowType::EndGroup,
        ["begin", "repeat"] | ["begin_repeat"] => return RowType::BeginRepeat,
        ["end", "repeat"] | ["end_repeat"] => return RowType::EndRepeat,
        ["select_one_from_file", _] | ["select", "one", "from", "file", _] => {
            Kind::SelectOne(file())
        }
        ["select_multiple_from_file", _] => Kind::SelectMultiple(file()),
        ["select_one" | "select1", _]
        | ["select", "one", _]
        | ["select", "one", "from", _]
        | ["add", "select", "one", "prompt", "using", _] => Kind::SelectOne(list()),
        ["select_multiple" | "select_all_that_apply", _]
        | ["select", "multiple", _]
        | ["select", "multiple", "from", _]
        | ["select", "all", "that", "apply", _]
        | ["select", "all", "that", "apply", "from", _]
        | ["add", "select", "multiple", "prompt", "using", _] => Kind::SelectMultiple(list()),
        ["rank", _] => Kind::Rank(list()),
        ["text" | "string"] | ["text", "prompt"] => Kind::Text,
        ["integer" | "int"] | ["integer", "prompt"] => Kind::Integer,
        ["decimal"] | ["decimal", "prompt"] => Kind::Decimal,
        ["range"] => match steps(parameters) {
            Some(steps) => Kind::Range(steps),
            None => return RowType::Unknown,
        },
        ["date"] => Kind::Date,
        ["time"] => Kind::Time,
        ["datetime"] | ["date", "time"] => Kind::DateTime,
        ["note"] => Kind::Note,
        ["calculate"] => Kind::Calculate,
        ["acknowledge" | "trigger"] => Kind::Acknowledge,
        ["hidden"] => Kind::Hidden,
        ["start"] => Kind::Meta(Meta::Start),
        ["end"] => Kind::Meta(Meta::End),
        ["today"] => Kind::Meta(Meta::Today),
        words if let Some(word) = word_of_the_device(words) => Kind::Meta(Meta::Unknown(word)),
        [
            "image"
            | "photo"
            | "gps"
            | "audio"
            | "video"
            | "file"
            | "barcode"
            | "geopoint"
            | "geotrace"
            | "geoshape"
            | "background-audio"
            | "background-geopoint"
            | "start-geopoint"
            | "xml-external"
            | "csv-external"
            | "osm",
            ..,
        ] => return RowType::Unsupported,
        _ => return RowType::Unknown,
    };
    if has_other && kind.list().is_some() {
        RowType::OrOther(kind)
    } else {
        RowType::Question(kind)
    }
}

fn word_of_the_device(words: &[&str]) -> Option<&'static str> {
    let written = words.join(" ");
    let word = written.trim_start_matches("uri:");
    OF_THE_DEVICE.into_iter().find(|known| *known == word)
}

/// `units.csv` holds the list `units`.
pub(super) fn sheet_of_file(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// `start=0 end=10 step=1`, in any order; `XLSForm` has 0, 10 and 1 where nothing is said.
fn steps(parameters: &str) -> Option<Steps> {
    let mut steps = Steps { start: 0.0, end: 10.0, step: 1.0 };
    for (name, value) in pairs(parameters)? {
        let value: f64 = value.parse().ok()?;
        match name.as_str() {
            "start" => steps.start = value,
            "end" => steps.end = value,
            "step" => steps.step = value,
            _ => return None,
        }
    }
    (steps.step > 0.0 && steps.start < steps.end).then_some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn todays_words_and_older_ones_mean_the_same() {
        let one = RowType::Question(Kind::SelectOne("Xa".into()));
        for cell in ["select_one Xa", "Select one Xa", "select1 Xa", "select one from Xa"] {
            assert_eq!(row_type(cell, ""), one, "{cell}");
        }
        assert_eq!(row_type("begin  group", ""), RowType::BeginGroup);
        assert_eq!(row_type("INT", ""), RowType::Question(Kind::Integer));
        assert_eq!(
            row_type("select_one_from_file don_vi.csv", ""),
            RowType::Question(Kind::SelectOne("don_vi".into()))
        );
        assert_eq!(
            row_type("select_one xa or_other", ""),
            RowType::OrOther(Kind::SelectOne("xa".into()))
        );
        assert_eq!(row_type("geopoint", ""), RowType::Unsupported);
        assert_eq!(row_type("selct_one xa", ""), RowType::Unknown);
    }

    #[test]
    fn a_range_has_the_ends_of_its_parameters() {
        let steps = Steps { start: 1.0, end: 5.0, step: 0.5 };
        let range = RowType::Question(Kind::Range(steps));
        assert_eq!(row_type("range", "start=1 end=5; step=0.5"), range);
        assert_eq!(row_type("range", "start=5 end=1"), RowType::Unknown);
        assert_eq!(row_type("range", "step=0"), RowType::Unknown);
    }
}
