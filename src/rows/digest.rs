//! A short number that tells rows apart: CRC-32 over their filled columns.

use std::cell::RefCell;
use std::rc::Rc;

/// Collects the columns of a row; empty ones do not count.
#[derive(Default)]
pub struct Digest {
    number: u32,
    /// What is not in the number yet: hashing many small pieces takes several times as long.
    pending: String,
}

/// A column that many rows have, with what it does to a digest.
pub struct Piece {
    number: u32,
    shift: Rc<Shift>,
}

impl Digest {
    /// Adds a column.
    pub fn add(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            for part in [name, "\u{1f}", value, "\u{1e}"] {
                self.pending.push_str(part);
            }
        }
    }

    /// Adds a column that is known.
    pub fn add_piece(&mut self, piece: &Piece) {
        if !self.pending.is_empty() {
            self.take_in();
        }
        self.number = piece.shift.of(self.number) ^ piece.number;
    }

    fn take_in(&mut self) {
        let mut hasher = crc32fast::Hasher::new_with_initial(self.number);
        hasher.update(self.pending.as_bytes());
        self.number = hasher.finalize();
        self.pending.clear();
    }

    /// The digest, as eight hexadecimal digits.
    pub fn finish(self) -> String {
        format!("{:08x}", self.number())
    }

    /// The same as a number.
    pub fn number(mut self) -> u32 {
        self.take_in();
        self.number
    }
}

impl Piece {
    /// Of a column and a value that is not empty.
    pub fn of(name: &str, value: &str) -> Self {
        let mut digest = Digest::default();
        digest.add(name, value);
        let shift = Shift::by(digest.pending.len());
        Self { number: digest.number(), shift }
    }
}

/// What so many bytes more do to the CRC of the bytes before them. CRC-32 is linear: of two texts one
/// behind the other it is that of the first, shifted by the length of the second, and that of the
/// second, one xor the other (Mark Adler's `crc32_combine` of zlib).
struct Shift([[u32; 256]; 4]);

/// CRC-32 as ISO 3309 has it, its lowest bit first.
const POLYNOMIAL: u32 = 0xedb8_8320;

thread_local! {
    /// By the number of bytes.
    static SHIFTS: RefCell<Vec<Option<Rc<Shift>>>> = const { RefCell::new(Vec::new()) };
}

impl Shift {
    fn by(bytes: usize) -> Rc<Self> {
        SHIFTS.with_borrow_mut(|shifts| {
            if shifts.len() <= bytes {
                shifts.resize(bytes + 1, None);
            }
            match shifts.get_mut(bytes) {
                Some(known) => Rc::clone(known.get_or_insert_with(|| Rc::new(Self::new(bytes)))),
                None => Rc::new(Self::new(bytes)),
            }
        })
    }

    fn new(bytes: usize) -> Self {
        let after = |mut number: u32| {
            for _ in 0..bytes * 8 {
                let is_odd = number & 1 == 1;
                number = number >> 1 ^ if is_odd { POLYNOMIAL } else { 0 };
            }
            number
        };
        // Of every bit alone; every byte is the xor of its bits.
        let bits: Vec<u32> = (0..32).map(|bit| after(1 << bit)).collect();
        let mut shift = Self([[0; 256]; 4]);
        for (table, bits) in shift.0.iter_mut().zip(bits.chunks_exact(8)) {
            for (byte, found) in (0_u32..).zip(table) {
                let own = bits.iter().enumerate().filter(|(at, _)| byte >> at & 1 == 1);
                *found = own.fold(0, |all, (_, bit)| all ^ bit);
            }
        }
        shift
    }

    fn of(&self, number: u32) -> u32 {
        let tables = self.0.iter().zip(number.to_le_bytes());
        tables.fold(0, |all, (table, byte)| {
            all ^ table.get(usize::from(byte)).copied().unwrap_or_default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_known_column_counts_like_any_other(
            columns in prop::collection::vec(("[a-z]{1,8}", "[0-9ộ]{0,6}", any::<bool>()), 0..12),
        ) {
            let (mut digest, mut text) = (Digest::default(), String::new());
            for (name, value, is_known) in &columns {
                if *is_known && !value.is_empty() {
                    digest.add_piece(&Piece::of(name, value));
                } else {
                    digest.add(name, value);
                }
                if !value.is_empty() {
                    text.extend([name, "\u{1f}", value, "\u{1e}"]);
                }
            }
            prop_assert_eq!(digest.number(), crc32fast::hash(text.as_bytes()));
        }
    }
}
