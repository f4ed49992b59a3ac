//! QR codes of packed responses: one where it fits, else a series to be shown one after another.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode, Version};

use super::parts::{Part, cut};
use crate::domain::expression::in_random_order;

/// The largest version of a single code: a phone's screen shows its dots at more than half a
/// millimetre each.
const LARGEST: i16 = 20;

/// A code on paper is as wide as a hand: its dots are as large with more of them.
const LARGEST_ON_PAPER: i16 = 28;

/// Letters (of QR's 45) that version 20 holds with the error correction M, which forgives the
/// glare of a lamp; what does not fit with M gets L.
const IN_LARGEST: [(EcLevel, usize); 2] = [(EcLevel::M, 970), (EcLevel::L, 1249)];

/// The codes of a series are smaller, version 12: a camera has an eighth of a second for each. L
/// is enough, as what is lost comes round again.
const IN_FRAME: usize = 535;

/// A code, as squares that are dark or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Squares on each side.
    pub size: usize,
    dark: Vec<bool>,
}

/// Light squares that a code needs on each side.
pub const MARGIN: usize = 4;

impl Code {
    fn of(part: &Part, level: EcLevel) -> Option<Self> {
        Self::up_to(LARGEST, QrCode::with_error_correction_level(part.to_string(), level).ok()?)
    }

    fn up_to(largest: i16, code: QrCode) -> Option<Self> {
        let is_small = matches!(code.version(), Version::Normal(version) if version <= largest);
        let size = code.width();
        let dark = code.into_colors().into_iter().map(|color| color == Color::Dark).collect();
        is_small.then_some(Self { size, dark })
    }

    /// The code of an address, to be put on paper or a wall; `None` where it is too long for one
    /// that any phone reads.
    pub fn of_link(link: &str) -> Option<Self> {
        [EcLevel::M, EcLevel::L].into_iter().find_map(|level| {
            let code = QrCode::with_error_correction_level(link, level).ok()?;
            Self::up_to(LARGEST_ON_PAPER, code)
        })
    }

    /// The code as a drawing of its own.
    pub fn svg(&self) -> String {
        let side = self.size + 2 * MARGIN;
        let pixels = side * 8;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{pixels}\" height=\"{pixels}\" \
             viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
             <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>\
             <path d=\"{}\" fill=\"#000\"/></svg>",
            self.path()
        )
    }

    /// The rows of squares, true where they are dark.
    pub fn rows(&self) -> impl Iterator<Item = &[bool]> {
        self.dark.chunks(self.size.max(1))
    }

    /// The dark squares as the path of an SVG, a unit a square, within its margin.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for (y, row) in self.rows().enumerate() {
            let mut x = MARGIN;
            for run in row.chunk_by(|a, b| a == b) {
                if run.first() == Some(&true) {
                    // Writing to a text cannot fail.
                    let (y, length) = (y + MARGIN, run.len());
                    let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
                }
                x += run.len();
            }
        }
        path
    }
}

/// The code of packed responses, or the codes of their series.
pub fn codes(packed: &[u8]) -> Vec<Code> {
    for (level, letters) in IN_LARGEST {
        if let [only] = cut(packed, letters).as_slice()
            && let Some(code) = Code::of(only, level)
        {
            return vec![code];
        }
    }
    cut(packed, IN_FRAME).iter().filter_map(|part| Code::of(part, EcLevel::L)).collect()
}

/// Which of so many codes is shown at a turn. Every round has an order of its own: a camera that
/// looks at every third code would else see the same ones each time.
pub fn shown(turn: usize, count: usize) -> usize {
    let (round, place) = (turn.checked_div(count), turn.checked_rem(count));
    let order = in_random_order(0..count, None, round.unwrap_or_default() as u64);
    order.get(place.unwrap_or_default()).copied().unwrap_or_default()
}
