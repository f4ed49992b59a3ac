//! A table to be written as CSV, in one of two profiles.

use super::formula_guard::guarded;

/// How a CSV is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Profile {
    /// For programs: UTF-8 without byte order mark, comma, LF, decimal point.
    Data,
    /// For Excel in Vietnamese: UTF-8 with byte order mark, semicolon, CRLF, decimal comma.
    Excel,
    /// As `KoboToolbox` writes: UTF-8 without byte order mark, semicolon, everything quoted, CRLF,
    /// decimal point.
    Kobo,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Blank,
    /// Text; guarded when it could run as a formula.
    Text(String),
    /// A day, as `2026-12-02`.
    Day(String),
    /// A whole number.
    Count(u64),
    /// A number.
    Number(f64),
}

impl Cell {
    /// A text that may be empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Blank } else { Self::Text(text) }
    }

    /// A number that may be missing.
    pub fn number(number: Option<f64>) -> Self {
        number.map_or(Self::Blank, Self::Number)
    }
}

/// Headings and rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// The headings.
    pub header: Vec<String>,
    /// The rows, each as long as the header.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// The table as the bytes of a CSV.
    pub fn to_csv(&self, profile: Profile) -> Vec<u8> {
        let (mark, separator, line_end) = match profile {
            Profile::Data => ("", b',', csv::Terminator::Any(b'\n')),
            Profile::Excel => ("\u{feff}", b';', csv::Terminator::CRLF),
            Profile::Kobo => ("", b';', csv::Terminator::CRLF),
        };
        let quotes = match profile {
            Profile::Kobo => csv::QuoteStyle::Always,
            Profile::Data | Profile::Excel => csv::QuoteStyle::Necessary,
        };
        let mut writer = csv::WriterBuilder::new()
            .delimiter(separator)
            .quote_style(quotes)
            .terminator(line_end)
            .from_writer(mark.as_bytes().to_vec());
        let header = self.header.iter().map(|heading| guarded(heading).into_owned()).collect();
        let rows =
            self.rows.iter().map(|row| row.iter().map(|cell| cell.written(profile)).collect());
        for record in std::iter::once(header).chain(rows) {
            let record: Vec<String> = record;
            // Writing to memory fails only on rows of different lengths; a table has none.
            let _ = writer.write_record(&record);
        }
        writer.into_inner().unwrap_or_default()
    }
}

impl Cell {
    fn written(&self, profile: Profile) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) | Self::Day(text) => guarded(text).into_owned(),
            Self::Count(count) => count.to_string(),
            Self::Number(number) if profile == Profile::Excel => {
                number.to_string().replace('.', ",")
            }
            Self::Number(number) => number.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_profiles_differ_in_mark_separator_line_end_and_decimal_sign() {
        let table = Table {
            header: vec!["xã".into(), "gap".into()],
            rows: vec![vec![Cell::text("Đại Từ; Văn Yên"), Cell::Number(-1.5)]],
        };
        assert_eq!(table.to_csv(Profile::Data), "xã,gap\nĐại Từ; Văn Yên,-1.5\n".as_bytes());
        assert_eq!(
            table.to_csv(Profile::Excel),
            "\u{feff}xã;gap\r\n\"Đại Từ; Văn Yên\";-1,5\r\n".as_bytes()
        );
    }

    #[test]
    fn a_negative_number_stays_a_number_and_a_text_like_it_does_not() {
        let table = Table {
            header: vec!["a".into(), "b".into()],
            rows: vec![vec![Cell::Number(-3.0), Cell::text("-3")]],
        };
        assert_eq!(table.to_csv(Profile::Data), b"a,b\n-3,'-3\n");
    }
}
