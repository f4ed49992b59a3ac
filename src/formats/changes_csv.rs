//! The change log as a table: a row a line, in the order in which they were made.

use std::collections::BTreeMap;

use super::table::{Cell, Table};
use crate::domain::changes::{Change, ChangeLog, Entry};
use crate::domain::same_person::Decision;
use crate::domain::timestamp::Timestamp;

const HEADER: [&str; 11] = [
    "id",
    "at",
    "change",
    "root",
    "other_root",
    "question",
    "from",
    "to",
    "of_line",
    "why",
    "taken_back_at",
];

/// Every line of a log, for programs. Of two responses that became one, `root` is the one that
/// counts, and `question` names the answers that were taken from the other.
pub fn table(log: &ChangeLog) -> Table {
    let taken_back = log.taken_back();
    let rows = log.entries().iter().map(|entry| row(entry, &taken_back));
    Table { header: HEADER.map(str::to_owned).to_vec(), rows: rows.collect() }
}

fn row(entry: &Entry, taken_back: &BTreeMap<&str, Timestamp>) -> Vec<Cell> {
    // From `change` to `of_line`.
    let what: [&str; 7] = match &entry.change {
        Change::Corrected { root, key, from, to } => ["corrected", root, "", key, from, to, ""],
        Change::SetAside { root } => ["set_aside", root, "", "", "", "", ""],
        Change::TakenBack { entry } => ["taken_back", "", "", "", "", "", entry],
        Change::Decided { pair, decision } => {
            let [one, other] = pair.roots();
            let kept = decision.kept().unwrap_or(one);
            let left = pair.beside(kept).unwrap_or(other);
            match decision {
                Decision::KeepBoth => ["keep_both", kept, left, "", "", "", ""],
                Decision::KeepOne { .. } => ["keep_one", kept, left, "", "", "", ""],
                Decision::Merge { .. } => ["merge", kept, left, "", "", "", ""],
            }
        }
    };
    let mut cells = vec![Cell::text(entry.id.clone()), Cell::text(entry.at.to_string())];
    cells.extend(what.map(Cell::text));
    if let Change::Decided { decision: Decision::Merge { taken, .. }, .. } = &entry.change {
        let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
        if let Some(question) = cells.get_mut(5) {
            *question = Cell::text(taken.join(" "));
        }
    }
    cells.push(Cell::text(entry.why.clone()));
    let at = taken_back.get(entry.id.as_str());
    cells.push(Cell::text(at.map_or(String::new(), ToString::to_string)));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::same_person::Pair;
    use crate::formats::table::Profile;

    #[test]
    fn the_log_leaves_with_the_data_line_by_line() {
        let entry = |id: &str, change| Entry {
            id: id.into(),
            at: Timestamp::parse("2026-12-05T08:00:00Z").unwrap(),
            change,
            why: "gọi điện, hỏi lại".into(),
        };
        let corrected = Change::Corrected {
            root: "a".into(),
            key: "chuc_danh".into(),
            from: "bt".into(),
            to: "=1".into(),
        };
        let merged = Change::Decided {
            pair: Pair::of("a", "b"),
            decision: Decision::Merge {
                into: "b".into(),
                taken: ["x", "y"].map(str::to_owned).into_iter().collect(),
            },
        };
        let back = Change::TakenBack { entry: "e1".into() };
        let json = serde_json::to_string(&[
            entry("e1", corrected),
            entry("e2", merged),
            entry("e3", back),
        ]);
        let log: ChangeLog = serde_json::from_str(&json.unwrap()).unwrap();
        let text = String::from_utf8(table(&log).to_csv(Profile::Data)).unwrap();
        let at = "2026-12-05T08:00:00Z";
        let why = "\"gọi điện, hỏi lại\"";
        assert_eq!(
            text.lines().skip(1).collect::<Vec<_>>(),
            [
                format!("e1,{at},corrected,a,,chuc_danh,bt,'=1,,{why},{at}"),
                format!("e2,{at},merge,b,a,x y,,,,{why},"),
                format!("e3,{at},taken_back,,,,,,e1,{why},"),
            ]
        );
    }
}
