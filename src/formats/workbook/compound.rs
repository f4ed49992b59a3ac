//! A compound file: streams in chained sectors, as Office kept them up to 2003 and keeps whatever
//! has a password ([MS-CFB]).
//!
//! [MS-CFB]: https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb

/// What every compound file begins with.
const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

const HEADER: usize = 512;

/// Where the header lists the first sectors of the allocation table.
const FIRST_TABLE_SECTORS: std::ops::Range<usize> = 76..HEADER;

const DIRECTORY_ENTRY: usize = 128;

/// From here on a sector's number says that there is none.
const FIRST_SPECIAL: u32 = 0xffff_fffa;

/// True when the bytes begin like a compound file.
pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE)
}

/// A compound file with its tables.
pub(super) struct Compound<'b> {
    bytes: &'b [u8],
    /// How long a sector is.
    sector: usize,
    /// The sector after each.
    next: Vec<u32>,
    /// How long a sector of the small streams is.
    small_sector: usize,
    small_next: Vec<u32>,
    directory: Vec<Entry>,
}

struct Entry {
    name: String,
    is_root: bool,
    first: u32,
    length: usize,
}

impl<'b> Compound<'b> {
    /// None when the file is damaged or cut off.
    pub(super) fn open(bytes: &'b [u8]) -> Option<Self> {
        let sector = 1usize.checked_shl(u32::from(u16_at(bytes, 30)?))?;
        let small_sector = 1usize.checked_shl(u32::from(u16_at(bytes, 32)?))?;
        if !(512..=4096).contains(&sector) || !(8..=sector).contains(&small_sector) {
            return None;
        }
        let (next, small_next, directory) = (Vec::new(), Vec::new(), Vec::new());
        let mut file = Self { bytes, sector, next, small_sector, small_next, directory };
        let mut table_sectors = numbers(bytes.get(FIRST_TABLE_SECTORS)?);
        let mut further = u32_at(bytes, 68)?;
        while further < FIRST_SPECIAL && table_sectors.len() <= file.most_sectors() {
            let mut listed = numbers(file.sector(further)?);
            further = listed.pop()?;
            table_sectors.extend(listed);
        }
        table_sectors.retain(|sector| *sector < FIRST_SPECIAL);
        table_sectors.truncate(file.most_sectors());
        for sector in table_sectors {
            let entries = numbers(file.sector(sector)?);
            file.next.extend(entries);
        }
        file.small_next = numbers(&file.chain(u32_at(bytes, 60)?)?);
        let directory = file.chain(u32_at(bytes, 48)?)?;
        file.directory = directory.chunks_exact(DIRECTORY_ENTRY).filter_map(Entry::of).collect();
        Some(file)
    }

    /// True when there is a stream of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.directory.iter().any(|entry| entry.name == name)
    }

    /// The stream of this name.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        /// Shorter streams share the sectors of one long one.
        const SMALL: usize = 4096;
        let entry = self.directory.iter().find(|entry| entry.name == name)?;
        let mut content = if entry.length < SMALL {
            let root = self.directory.iter().find(|entry| entry.is_root)?;
            let shared = self.chain(root.first)?;
            let most = shared.len() / self.small_sector + 1;
            let small = |number| part(&shared, number, self.small_sector);
            chain(entry.first, &self.small_next, most, small)?
        } else {
            self.chain(entry.first)?
        };
        if content.len() < entry.length {
            return None;
        }
        content.truncate(entry.length);
        Some(content)
    }

    fn most_sectors(&self) -> usize {
        self.bytes.len() / self.sector + 1
    }

    fn sector(&self, number: u32) -> Option<&'b [u8]> {
        // The header takes a sector's place.
        part(self.bytes, number.checked_add(1)?, self.sector)
    }

    fn chain(&self, first: u32) -> Option<Vec<u8>> {
        chain(first, &self.next, self.most_sectors(), |number| self.sector(number))
    }
}

impl Entry {
    /// None for an entry that is not used.
    fn of(bytes: &[u8]) -> Option<Self> {
        let kind = *bytes.get(66)?;
        let length = usize::from(u16_at(bytes, 64)?).checked_sub(2)?;
        let name = bytes.get(..length)?.as_chunks::<2>().0;
        let units: Vec<u16> = name.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
        Some(Self {
            name: String::from_utf16_lossy(&units),
            is_root: kind == 5,
            first: u32_at(bytes, 116)?,
            length: usize::try_from(u32_at(bytes, 120)?).ok()?,
        })
    }
}

/// What stands in the sectors from `first` on, of which there are at most so many; none where they
/// lead nowhere or round in a circle.
fn chain<'s>(
    first: u32,
    next: &[u32],
    most: usize,
    sector: impl Fn(u32) -> Option<&'s [u8]>,
) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    let mut here = first;
    for _ in 0..=most {
        if here >= FIRST_SPECIAL {
            return Some(content);
        }
        content.extend_from_slice(sector(here)?);
        here = *next.get(usize::try_from(here).ok()?)?;
    }
    None
}

/// The sector of that number; the last one may be cut short.
fn part(bytes: &[u8], number: u32, length: usize) -> Option<&[u8]> {
    let start = usize::try_from(number).ok()?.checked_mul(length)?;
    let end = start.checked_add(length)?.min(bytes.len());
    bytes.get(start..end).filter(|part| !part.is_empty())
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|number| u32::from_le_bytes(*number)).collect()
}

/// The number of two bytes at a place.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|number| u16::from_le_bytes(*number))
}

/// The number of four bytes at a place.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|number| u32::from_le_bytes(*number))
}
