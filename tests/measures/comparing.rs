//! Holds what was computed against the file of expected values, and knows what was not.

use std::collections::{BTreeMap, BTreeSet};

use phieu_xa::domain::measure::interval::Interval;
use serde_json::Value;

/// What the file contains besides values of measures.
const NOT_MEASURES: [(&str, &str); 6] = [
    ("/crosschecks", "how many values the programs that made the file agree on among themselves"),
    ("/hand/I", "the ratings of the example worked by hand, read by the test"),
    ("/hand/A", "the same"),
    ("/planning/domains/*/rule", "the rule in words"),
    ("/bootstrap/fixture/quantile", "the name of the rule for quantiles"),
    ("/bootstrap/*/tolerance", "read by the test"),
];

/// How far a value may be from the expected one.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Within {
    /// The README's for everything deterministic: 1e-9, relative.
    Computed,
    /// Its for probabilities and quantiles: 1e-6, relative; the file rounds those above 1e-15 to
    /// fifteen decimals.
    Probability,
    /// So many decimals, as the file rounds.
    Rounded(i32),
    /// So much, for other random numbers.
    Absolute(f64),
}

pub(crate) struct Comparison {
    expected: Value,
    compared: BTreeSet<String>,
    deviations: BTreeMap<String, (usize, f64)>,
    failures: Vec<String>,
}

impl Comparison {
    pub(crate) fn with(expected: Value) -> Self {
        let (compared, deviations) = (BTreeSet::new(), BTreeMap::new());
        Self { expected, compared, deviations, failures: Vec::new() }
    }

    /// The value at a path, to compute with.
    pub(crate) fn expected(&self, path: &str) -> &Value {
        self.expected.pointer(path).unwrap_or_else(|| panic!("{path} is not in the file"))
    }

    /// Holds what is not a decimal number against the file: counts, names, truths.
    pub(crate) fn same(&mut self, measure: &str, path: &str, found: impl Into<Value>) {
        let (found, expected) = (found.into(), self.expected(path).clone());
        let is_same = match (found.as_f64(), expected.as_f64()) {
            (Some(found), Some(expected)) => found == expected,
            _ => found == expected,
        };
        if !is_same {
            self.failures.push(format!("{path}: {found}, expected {expected}"));
        }
        self.note(measure, path, 0.0);
    }

    /// Holds a list against the file, value by value.
    pub(crate) fn list<V: Into<Value>>(
        &mut self,
        measure: &str,
        path: &str,
        found: impl IntoIterator<Item = V>,
    ) {
        let found: Vec<Value> = found.into_iter().map(Into::into).collect();
        assert_eq!(found.len(), self.expected(path).as_array().unwrap().len(), "{path}");
        for (place, value) in found.into_iter().enumerate() {
            self.same(measure, &format!("{path}/{place}"), value);
        }
    }

    /// Holds a number against the file.
    pub(crate) fn close(&mut self, measure: &str, path: &str, found: f64, within: Within) {
        let expected = self.expected(path).as_f64().unwrap_or_else(|| panic!("{path}"));
        let difference = (found - expected).abs();
        let (deviation, allowed) = match within {
            Within::Computed => (difference / expected.abs().max(1e-3), 1e-9),
            Within::Probability if expected < 1e-15 => (difference / expected, 1e-6),
            Within::Probability => (((difference - 5.1e-16).max(0.0)) / expected, 1e-6),
            Within::Rounded(decimals) => {
                let unit = 10f64.powi(decimals);
                ((found * unit).round() / unit - expected, 1e-9)
            }
            Within::Absolute(allowed) => (difference, allowed),
        };
        if deviation.is_nan() || deviation.abs() > allowed {
            self.failures.push(format!("{path}: {found:e}, expected {expected:e}"));
        }
        self.note(measure, path, deviation.abs());
    }

    /// The usual case: a deterministic number that has to be there.
    pub(crate) fn number(&mut self, measure: &str, path: &str, found: Option<f64>) {
        match found {
            Some(found) => self.close(measure, path, found, Within::Computed),
            None => self.same(measure, path, Value::Null),
        }
    }

    pub(crate) fn interval(&mut self, measure: &str, path: &str, found: Interval, within: Within) {
        self.close(measure, &format!("{path}/0"), found.low, within);
        self.close(measure, &format!("{path}/1"), found.high, within);
    }

    fn note(&mut self, measure: &str, path: &str, deviation: f64) {
        self.compared.insert(path.to_owned());
        let (count, largest) = self.deviations.entry(measure.to_owned()).or_default();
        *count += 1;
        *largest = largest.max(deviation);
    }

    /// Prints a table and fails where a value is off, or where one of the file was passed over.
    pub(crate) fn finish(self) {
        let mut leaves = Vec::new();
        collect(&self.expected, String::new(), &mut leaves);
        let mut left_out = 0;
        let mut passed_over = Vec::new();
        for leaf in &leaves {
            if self.compared.contains(leaf) {
                continue;
            }
            match NOT_MEASURES.iter().find(|(pattern, _)| matches(pattern, leaf)) {
                Some(_) => left_out += 1,
                None => passed_over.push(leaf),
            }
        }
        println!("| measure | values | largest deviation |\n|---|---|---|");
        for (measure, (count, largest)) in &self.deviations {
            println!("| {measure} | {count} | {largest:.1e} |");
        }
        println!(
            "{} of {} values compared, {left_out} not measures:",
            self.compared.len(),
            leaves.len()
        );
        for (pattern, reason) in NOT_MEASURES {
            println!("  {pattern}: {reason}");
        }
        let failures = &self.failures;
        assert!(failures.is_empty(), "{} values are off: {:#?}", failures.len(), some(failures));
        assert!(
            passed_over.is_empty(),
            "{} values of the file are passed over: {:#?}",
            passed_over.len(),
            some(&passed_over)
        );
    }
}

fn some<T>(all: &[T]) -> &[T] {
    &all[..all.len().min(60)]
}

fn collect(value: &Value, path: String, leaves: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                collect(field, format!("{path}/{name}"), leaves);
            }
        }
        Value::Array(values) => {
            for (place, value) in values.iter().enumerate() {
                collect(value, format!("{path}/{place}"), leaves);
            }
        }
        _ => leaves.push(path),
    }
}

/// A path begins with a pattern, in which a star stands for any one name.
fn matches(pattern: &str, path: &str) -> bool {
    let mut names = path.split('/');
    pattern.split('/').all(|part| match names.next() {
        Some(name) => part == "*" || part.is_empty() || part == name,
        None => false,
    })
}
