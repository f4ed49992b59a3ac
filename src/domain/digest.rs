//! A short number that tells rows apart: CRC-32 over their filled columns.

/// Collects the columns of a row; empty ones do not count.
pub struct Digest {
    /// Put together first: hashing many small pieces takes several times as long.
    text: String,
}

/// More than most rows have.
const ROOM: usize = 2048;

impl Default for Digest {
    fn default() -> Self {
        Self { text: String::with_capacity(ROOM) }
    }
}

impl Digest {
    /// Adds a column.
    pub fn add(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            for part in [name, "\u{1f}", value, "\u{1e}"] {
                self.text.push_str(part);
            }
        }
    }

    /// The digest, as eight hexadecimal digits.
    pub fn finish(self) -> String {
        format!("{:08x}", self.number())
    }

    /// The same as a number.
    pub fn number(&self) -> u32 {
        crc32fast::hash(self.text.as_bytes())
    }
}
