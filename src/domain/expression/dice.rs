//! Chance, from a seed the caller gives: the same seed gives the same draws.

use std::cell::Cell;

/// A sequence of draws (`SplitMix64`).
pub(in crate::domain) struct Dice {
    state: Cell<u64>,
}

impl Dice {
    pub(in crate::domain) fn new(seed: u64) -> Self {
        Self { state: Cell::new(seed) }
    }

    fn draw(&self) -> u64 {
        let state = self.state.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.state.set(state);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to but without `end`; 0 where `end` is.
    pub(in crate::domain) fn below(&self, end: usize) -> usize {
        let scaled = (u128::from(self.draw()) * end as u128) >> 64;
        usize::try_from(scaled).unwrap_or(0)
    }

    /// From 0 up to but without 1.
    pub(super) fn fraction(&self) -> f64 {
        (self.draw() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A random UUID (RFC 4122, version 4).
    pub(super) fn uuid(&self) -> String {
        let bits = (u128::from(self.draw()) << 64) | u128::from(self.draw());
        uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid().to_string()
    }

    /// So many letters and digits, at most [`MOST_LETTERS`].
    pub(super) fn letters(&self, count: usize) -> String {
        let letter = || {
            let digit = u32::try_from(self.draw() % 36).unwrap_or_default();
            char::from_digit(digit, 36).unwrap_or('0').to_ascii_uppercase()
        };
        std::iter::repeat_with(letter).take(count.min(MOST_LETTERS)).collect()
    }
}

/// Longer than any identifier.
const MOST_LETTERS: usize = 256;

/// The generator of Park and Miller, which the specification wants for seeded shuffles.
pub(super) struct ParkMiller {
    state: i64,
}

impl ParkMiller {
    const MODULUS: i64 = 2_147_483_647;

    pub(super) fn new(seed: i64) -> Self {
        let state = seed % Self::MODULUS;
        Self { state: if state <= 0 { state + Self::MODULUS - 1 } else { state } }
    }

    /// From 0 up to but without 1.
    pub(super) fn fraction(&mut self) -> f64 {
        self.state = self.state * 16_807 % Self::MODULUS;
        (self.state - 1) as f64 / (Self::MODULUS - 1) as f64
    }
}

/// Items in an order of chance: by the generator the specification wants where the form gives a
/// seed, else by one that starts at `fallback`.
pub fn in_random_order<T>(
    items: impl IntoIterator<Item = T>,
    seed: Option<f64>,
    fallback: u64,
) -> Vec<T> {
    if let Some(seed) = seed {
        let mut draws = ParkMiller::new(super::numbers::whole(seed));
        shuffled(items, || draws.fraction())
    } else {
        let dice = Dice::new(fallback);
        shuffled(items, || dice.fraction())
    }
}

/// Shuffles by the "inside-out" variant of Fisher and Yates, as the specification wants.
pub(super) fn shuffled<T>(
    items: impl IntoIterator<Item = T>,
    mut fraction: impl FnMut() -> f64,
) -> Vec<T> {
    let mut shuffled = Vec::new();
    for (last, item) in items.into_iter().enumerate() {
        let place = super::numbers::whole(fraction() * (last + 1) as f64);
        shuffled.push(item);
        shuffled.swap(last, usize::try_from(place).unwrap_or(last).min(last));
    }
    shuffled
}
