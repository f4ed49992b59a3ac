//! What a build weighs, as it lies on the disk and as it travels.

use std::fmt::Write as _;

use anyhow::Result;

use crate::packing::gzip;

/// A table of named files: size, and size after gzip.
pub fn table<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<String> {
    let mut table = format!("{:36}{:>12}{:>12}\n", "", "bytes", "gzip -9");
    for (name, bytes) in files {
        let packed = gzip(bytes)?.len();
        writeln!(table, "{name:36}{:>12}{:>12}", grouped(bytes.len()), grouped(packed))?;
    }
    Ok(table)
}

/// A number with its digits in threes.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_come_in_threes() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(117_000), "117 000");
        assert_eq!(grouped(1_234_567), "1 234 567");
    }

    #[test]
    fn every_file_has_a_line() {
        let zeros = [0; 10_000];
        let table = table([("a.wasm", zeros.as_slice()), ("b.html", b"")]).unwrap();
        assert!(table.contains("a.wasm") && table.contains("10 000"), "{table}");
        assert_eq!(table.lines().count(), 3);
    }
}
