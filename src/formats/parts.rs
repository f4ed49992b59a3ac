//! Bytes cut into parts that travel as codes or as lines of a message, and are put together again
//! in whatever order they come.
//!
//! A part is `PX1`, base32 and `0`: letters and digits only, upper case, so that a code stores it
//! tightly (5½ bits a letter), every reader of codes gives it back as it is, and no chat program
//! changes it. `1` and `0` are no digits of base32, so that a part is found in any text. Its
//! bytes: the CRC-32 of the whole (4), the part's number and how many there are (a byte each up to
//! 127, else LEB128), its share, and the last two bytes of the CRC-32 of all these.

use std::collections::BTreeMap;
use std::fmt::{Display, Formatter, Write as _};

/// What a part begins with.
pub const START: &str = "PX1";
const END: char = '0';
const DIGITS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// More than any device could show or any person would send.
const MOST_PARTS: usize = 10_000;

/// Which whole a part belongs to: parts of two are never mixed, nor are those of one response
/// that was cut in two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Series {
    checksum: u32,
    /// How many parts there are.
    pub count: usize,
}

/// One part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which whole it belongs to.
    pub series: Series,
    /// Its place, from 0.
    pub index: usize,
    share: Vec<u8>,
}

/// Cuts bytes into as few parts as possible with at most `most` letters each, all about equally
/// long.
pub fn cut(bytes: &[u8], most: usize) -> Vec<Part> {
    let fixed = START.len() + END.len_utf8();
    // Both numbers may take two bytes each.
    let room = (most.saturating_sub(fixed) * 5 / 8).saturating_sub(4 + 4 + 2).max(1);
    let count = bytes.len().div_ceil(room).max(1);
    let series = Series { checksum: crc32fast::hash(bytes), count };
    let share = bytes.len().div_ceil(count).max(1);
    let parts = bytes.chunks(share).enumerate();
    parts.map(|(index, share)| Part { series, index, share: share.to_vec() }).collect()
}

impl Display for Part {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let mut bytes = self.series.checksum.to_be_bytes().to_vec();
        push_number(&mut bytes, self.index);
        push_number(&mut bytes, self.series.count);
        bytes.extend(&self.share);
        bytes.extend(check(&bytes));
        f.write_str(START)?;
        write_base32(f, &bytes)?;
        f.write_char(END)
    }
}

impl Part {
    /// Reads what stands between start and end.
    fn read(digits: &str) -> Option<Self> {
        let bytes = read_base32(digits)?;
        let (bytes, stated) = bytes.split_last_chunk::<2>()?;
        let (checksum, mut rest) = bytes.split_first_chunk::<4>()?;
        let (index, count) = (take_number(&mut rest)?, take_number(&mut rest)?);
        let is_whole = check(bytes) == *stated && index < count && count <= MOST_PARTS;
        let series = Series { checksum: u32::from_be_bytes(*checksum), count };
        is_whole.then(|| Self { series, index, share: rest.to_vec() })
    }
}

/// What a text holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Its parts.
    pub parts: Vec<Part>,
    /// How many more begin in it and are changed or cut.
    pub damaged: usize,
}

impl Found {
    /// True when the text has nothing of ours.
    pub fn is_nothing(&self) -> bool {
        self.parts.is_empty() && self.damaged == 0
    }
}

/// Finds the parts in any text: line breaks and blanks anywhere, whatever stands between them.
pub fn find(text: &str) -> Found {
    let letters = text.chars().filter(|letter| letter.is_alphanumeric());
    let letters: String = letters.map(|letter| letter.to_ascii_uppercase()).collect();
    let mut found = Found::default();
    for begun in letters.split(START).skip(1) {
        let end = begun.bytes().position(|letter| !DIGITS.contains(&letter));
        let digits = begun.get(..end.unwrap_or(begun.len())).unwrap_or_default();
        match Part::read(digits) {
            Some(part) => found.parts.push(part),
            // Shorter than any part: somebody's word that happens to begin so.
            None if digits.len() < SHORTEST => {}
            None => found.damaged += 1,
        }
    }
    found
}

/// Digits of the shortest part: its numbers and checksums alone.
const SHORTEST: usize = 8 * 8 / 5;

/// Parts of which others are still to come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pool {
    series: BTreeMap<Series, BTreeMap<usize, Vec<u8>>>,
}

/// What became of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// Others of its series are still missing.
    Waits,
    /// It was the last one: the whole.
    Whole(Vec<u8>),
    /// It was the last one, and the whole is not what was cut.
    Damaged,
}

impl Pool {
    /// Takes a part in. The series of the last one leaves the pool.
    pub fn add(&mut self, part: Part) -> Added {
        let shares = self.series.entry(part.series).or_default();
        shares.entry(part.index).or_insert(part.share);
        if shares.len() < part.series.count {
            return Added::Waits;
        }
        let shares = self.series.remove(&part.series).unwrap_or_default();
        let whole: Vec<u8> = shares.into_values().flatten().collect();
        if crc32fast::hash(&whole) == part.series.checksum {
            Added::Whole(whole)
        } else {
            Added::Damaged
        }
    }

    /// The series of which parts are missing, with the numbers of these, from 1.
    pub fn open(&self) -> impl Iterator<Item = (Series, Vec<usize>)> {
        self.series.iter().map(|(series, shares)| {
            let missing = (0..series.count).filter(|index| !shares.contains_key(index));
            (*series, missing.map(|index| index + 1).collect())
        })
    }
}

fn check(bytes: &[u8]) -> [u8; 2] {
    let [.., high, low] = crc32fast::hash(bytes).to_be_bytes();
    [high, low]
}

fn push_number(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push(0x80 | u8::try_from(number & 0x7f).unwrap_or_default());
        number >>= 7;
    }
    bytes.push(u8::try_from(number).unwrap_or_default());
}

fn take_number(bytes: &mut &[u8]) -> Option<usize> {
    let mut number = 0;
    for place in 0..3 {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= usize::from(first & 0x7f) << (7 * place);
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// RFC 4648 without padding.
fn write_base32(f: &mut Formatter<'_>, bytes: &[u8]) -> std::fmt::Result {
    let (mut held, mut bits) = (0u32, 0);
    let mut digit = |value: u32| {
        let place = usize::try_from(value & 31).unwrap_or_default();
        f.write_char(DIGITS.get(place).copied().map_or('A', char::from))
    };
    for byte in bytes {
        (held, bits) = ((held << 8) | u32::from(*byte), bits + 8);
        while bits >= 5 {
            bits -= 5;
            digit(held >> bits)?;
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 { digit(held << (5 - bits)) } else { Ok(()) }
}

fn read_base32(digits: &str) -> Option<Vec<u8>> {
    let (mut held, mut bits) = (0u32, 0);
    let mut bytes = Vec::with_capacity(digits.len() * 5 / 8);
    for digit in digits.bytes() {
        let value = DIGITS.iter().position(|known| *known == digit)?;
        (held, bits) = ((held << 5) | u32::try_from(value).ok()?, bits + 5);
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    // The bits left over fill up the last digit; anything else was never written.
    (bits < 5 && held == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn whole(pool: &mut Pool, parts: impl IntoIterator<Item = Part>) -> Option<Vec<u8>> {
        parts.into_iter().find_map(|part| match pool.add(part) {
            Added::Whole(bytes) => Some(bytes),
            Added::Waits | Added::Damaged => None,
        })
    }

    #[test]
    fn base32_is_that_of_the_standard() {
        let series = Series { checksum: 0, count: 1 };
        let part = Part { series, index: 0, share: Vec::new() };
        assert!(part.to_string().starts_with("PX1AAAAAAAAA"), "{part}");
        assert_eq!(read_base32("MZXW6YTBOI").as_deref(), Some(&b"foobar"[..]));
        assert_eq!(read_base32("MZXW6YTB").as_deref(), Some(&b"fooba"[..]));
        assert_eq!(read_base32("MZXW6YTBA"), None, "a digit too many");
    }

    #[test]
    fn parts_of_two_responses_that_come_mixed_are_kept_apart() {
        let (first, second) = (cut(&[1; 300], 100), cut(&[2; 300], 100));
        let mixed = first.iter().zip(&second).flat_map(|(a, b)| [a.clone(), b.clone()]);
        let mut pool = Pool::default();
        let wholes: Vec<Added> =
            mixed.map(|part| pool.add(part)).filter(|added| *added != Added::Waits).collect();
        assert_eq!(wholes, [Added::Whole(vec![1; 300]), Added::Whole(vec![2; 300])]);
        assert_eq!(pool.open().count(), 0);
    }

    #[test]
    fn what_is_missing_is_known_by_number() {
        let parts = cut(&[7; 300], 100);
        let count = parts.len();
        let mut pool = Pool::default();
        let without = parts.iter().filter(|part| ![1, 3].contains(&part.index)).cloned();
        assert_eq!(whole(&mut pool, without), None);
        let open: Vec<_> = pool.open().map(|(series, missing)| (series.count, missing)).collect();
        assert_eq!(open, [(count, vec![2, 4])]);
        let rest = parts.into_iter().filter(|part| [1, 3].contains(&part.index));
        assert_eq!(whole(&mut pool, rest), Some(vec![7; 300]), "it goes on where it stopped");
    }

    #[test]
    fn a_changed_letter_is_noticed_in_its_part() {
        let text = cut(b"abcdefgh", 100)[0].to_string();
        for at in START.len()..text.len() - 1 {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'Q' { b'R' } else { b'Q' };
            let found = find(std::str::from_utf8(&changed).unwrap());
            assert_eq!((found.parts.len(), found.damaged), (0, 1), "letter {at}");
        }
        assert!(find("Máy PX100 của xã, PX1 nữa").is_nothing());
    }

    proptest! {
        #[test]
        fn parts_come_whole_through_any_text_and_order(
            bytes in prop::collection::vec(any::<u8>(), 1..3000),
            most in 30usize..400,
            rotation in any::<prop::sample::Index>(),
            blanks in prop::collection::vec(("[ \n\t\u{200b}>“”—-]{0,3}", 1usize..80), 1..20),
        ) {
            let parts = cut(&bytes, most);
            prop_assert!(parts.iter().all(|part| part.to_string().len() <= most.max(31)));
            let mut lines: Vec<String> =
                parts.iter().map(|part| format!("{}/9 {part}", part.index + 1)).collect();
            lines.rotate_left(rotation.index(parts.len()));
            // Wrapped anew, at places that have nothing to do with the lines.
            let mut text = String::from("Em gửi chị: ");
            let mut widths = blanks.iter().cycle();
            let mut left = 0;
            for letter in lines.join("\n").chars() {
                if left == 0 {
                    let (blank, width) = widths.next().unwrap();
                    text.push_str(blank);
                    left = *width;
                }
                text.push(letter);
                left -= 1;
            }
            let found = find(&(text + " Chị nhận giúp em nhé!"));
            prop_assert_eq!(found.damaged, 0);
            prop_assert_eq!(whole(&mut Pool::default(), found.parts), Some(bytes));
        }

        #[test]
        fn no_text_breaks_the_finder(text in ".{0,200}", digits in "PX1[A-Z2-7]{0,60}") {
            let mut pool = Pool::default();
            for part in find(&format!("{text}{digits}{text}")).parts {
                pool.add(part);
            }
        }
    }
}
