//! A filter as the query of an address: `gioi_tinh=nu,nam&ho_ten:co=an&nam:tu=2..5&:dau-hieu=2`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::domain::filter::{Filter, Test};

/// What follows the name of a question whose answer has a text in it.
const CONTAINS: &str = ":co";
/// What follows the name of a question whose answer is a number between two.
const BETWEEN: &str = ":tu";
/// The word for responses with so many flags; no question can be called so.
const FLAGS: &str = ":dau-hieu";
const TO: &str = "..";

/// What stands as itself: of other signs, names have no more than these. A comma is between values.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'_').remove(b'-').remove(b'.').remove(b':');

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, PLAIN).to_string()
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Writes a filter; the empty text for one that lets everything through.
pub(super) fn written(filter: &Filter) -> String {
    let conditions = filter.conditions.iter().map(|condition| {
        let name = encoded(&condition.question);
        match &condition.test {
            Test::OneOf(values) => {
                let values: Vec<String> = values.iter().map(|value| encoded(value)).collect();
                format!("{name}={}", values.join(","))
            }
            Test::Contains(text) => format!("{name}{CONTAINS}={}", encoded(text)),
            Test::Between(from, to) => {
                let end = |end: &Option<f64>| end.map_or(String::new(), |end| end.to_string());
                format!("{name}{BETWEEN}={}{TO}{}", end(from), end(to))
            }
        }
    });
    let flags = filter.flags_below.map(|below| format!("{FLAGS}={below}"));
    conditions.chain(flags).collect::<Vec<_>>().join("&")
}

/// Reads what [`written`] writes; what cannot be read is left out.
pub(super) fn read(query: &str) -> Filter {
    let mut filter = Filter::default();
    for part in query.split('&') {
        let Some((name, value)) = part.split_once('=') else { continue };
        let name = decoded(name);
        if name == FLAGS {
            filter.flags_below = value.parse().ok().filter(|below| *below > 0);
        } else if let Some(question) = name.strip_suffix(CONTAINS) {
            filter.set(question, Some(Test::Contains(decoded(value))));
        } else if let Some(question) = name.strip_suffix(BETWEEN) {
            let (from, to) = value.split_once(TO).unwrap_or((value, ""));
            let end = |text: &str| text.parse::<f64>().ok().filter(|end| end.is_finite());
            filter.set(question, Some(Test::Between(end(from), end(to))));
        } else {
            let values = value.split(',').map(decoded).collect();
            filter.set(&name, Some(Test::OneOf(values)));
        }
    }
    filter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_found_again_by_its_address() {
        let mut filter = Filter { flags_below: Some(2), ..Filter::default() };
        filter.set("gioi_tinh", Some(Test::OneOf(["nu".to_owned(), String::new()].into())));
        filter.set("ho_ten", Some(Test::Contains("Ân & Bình, ?#%=".into())));
        filter.set("nam", Some(Test::Between(Some(-1.5), None)));
        let query = written(&filter);
        assert!(query.is_ascii() && !query.contains(['#', '?', ' ']), "{query}");
        assert_eq!(read(&query), filter);
        assert_eq!(written(&Filter::default()), "");
    }

    #[test]
    fn an_address_that_was_changed_by_hand_is_read_as_far_as_it_goes() {
        let filter = read("&&x&=&%FF%=%&nam:tu=a..NaN&:dau-hieu=0&gioi_tinh=nu");
        let of_question = |name: &str| {
            let of = filter.conditions.iter().find(|condition| condition.question == name);
            of.map(|condition| &condition.test)
        };
        assert_eq!(of_question("gioi_tinh"), Some(&Test::OneOf(["nu".to_owned()].into())));
        assert_eq!((of_question("nam"), filter.flags_below), (None, None));
    }
}
