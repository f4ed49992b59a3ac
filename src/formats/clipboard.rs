//! Blocks of cells as spreadsheets put them into the clipboard: lines of cells between tabs, a cell
//! with a line break of its own in quotation marks.

use rows::text::composed;

/// The cells of a text. A CSV reader would pass over empty lines, which hold a place here.
pub fn cells(text: &str) -> Vec<Vec<String>> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.strip_suffix('\n').unwrap_or(&text);
    if text.is_empty() {
        return Vec::new();
    }
    let mut rows = vec![Vec::new()];
    let mut rest = text;
    loop {
        let (cell, after) = cell(rest);
        if let Some(row) = rows.last_mut() {
            row.push(composed(&cell).trim().replace('\n', " "));
        }
        let mut after = after.chars();
        match after.next() {
            None => return rows,
            Some('\n') => rows.push(Vec::new()),
            Some(_) => {}
        }
        rest = after.as_str();
    }
}

/// The first cell of a text, and what comes behind it, from the tab or line break on.
fn cell(text: &str) -> (String, &str) {
    if let Some(quoted) = text.strip_prefix('"') {
        let mut from = 0;
        while let Some(at) = quoted.get(from..).and_then(|rest| rest.find('"')) {
            let (inside, after) = quoted.split_at(from + at);
            let after = after.get(1..).unwrap_or_default();
            if after.is_empty() || after.starts_with(['\t', '\n']) {
                return (inside.replace("\"\"", "\""), after);
            }
            // A doubled mark is one of the text.
            from += at + if after.starts_with('"') { 2 } else { 1 };
        }
    }
    let (cell, after) = text.split_at(text.find(['\t', '\n']).unwrap_or(text.len()));
    (cell.to_owned(), after)
}

/// The text of cells.
pub fn text(rows: &[Vec<String>]) -> String {
    let lines = rows.iter().map(|row| {
        let cells = row.iter().map(|cell| cell.replace(['\t', '\n', '\r'], " "));
        cells.collect::<Vec<_>>().join("\t")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_block_of_a_spreadsheet_comes_as_it_stood() {
        let block = "Xã A\t1\t\r\n\r\n\"Xã\nB\"\t2\t3\r\n";
        assert_eq!(cells(block), [vec!["Xã A", "1", ""], vec![""], vec!["Xã B", "2", "3"]]);
        assert_eq!(cells("7"), [["7"]]);
        assert!(cells("").is_empty());
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader_and_cells_come_back(
            rows in prop::collection::vec(prop::collection::vec("[a-zăô0-9 ]{1,5}", 1..4), 1..5)
        ) {
            let rows: Vec<Vec<String>> = rows
                .into_iter()
                .map(|row| row.into_iter().map(|cell| format!("x{}", cell.trim())).collect())
                .collect();
            prop_assert_eq!(cells(&text(&rows)), rows);
        }

        #[test]
        fn any_text_is_some_block(text in "[\"\t\r\nab]{0,30}") {
            cells(&text);
        }
    }
}
