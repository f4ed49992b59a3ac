//! QR codes found in a picture.

use rqrr::PreparedImage;

/// A picture in grey, a byte a dot, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    grey: Vec<u8>,
}

/// True for the formats in which phones and computers save pictures.
pub fn is_picture(bytes: &[u8]) -> bool {
    let starts = [&b"\x89PNG"[..], b"\xff\xd8\xff", b"GIF8", b"BM"];
    let at = |start: usize, word: &[u8]| bytes.get(start..).is_some_and(|b| b.starts_with(word));
    // A text may begin with BM, but has no zeros behind it.
    let is_known = starts.iter().any(|start| bytes.starts_with(start)) && bytes.contains(&0);
    let is_webp = at(0, b"RIFF") && at(8, b"WEBP");
    let is_heif = [&b"ftypheic"[..], b"ftypheix", b"ftypmif1", b"ftypavif"];
    is_known || is_webp || is_heif.iter().any(|word| at(4, word))
}

/// What a picture shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// What its codes say.
    pub texts: Vec<String>,
    /// How many more codes there are that cannot be read.
    pub unreadable: usize,
}

/// Dots on the shorter side below which a picture is not made smaller any more.
const SMALLEST: usize = 300;

impl Picture {
    /// A picture of dots in red, green, blue and opacity, as browsers give them.
    pub fn of_colors(width: usize, dots: &[u8]) -> Self {
        let (dots, _) = dots.as_chunks::<4>();
        // The eye's weights, in parts of 256.
        let grey = dots.iter().map(|[red, green, blue, _]| {
            let sum = 77 * u32::from(*red) + 150 * u32::from(*green) + 29 * u32::from(*blue);
            u8::try_from(sum >> 8).unwrap_or(u8::MAX)
        });
        Self::of_grey(width, grey.collect())
    }

    /// A picture of grey dots; a last row that is not whole is left out.
    pub fn of_grey(width: usize, mut grey: Vec<u8>) -> Self {
        let height = grey.len().checked_div(width).unwrap_or_default();
        grey.truncate(width * height);
        Self { width, grey }
    }

    /// Dots in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The rows of dots.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.grey.chunks_exact(self.width.max(1))
    }

    fn height(&self) -> usize {
        self.grey.len().checked_div(self.width).unwrap_or_default()
    }

    /// Half as wide and high, each dot the mean of four.
    fn halved(&self) -> Self {
        let mut grey = Vec::with_capacity(self.grey.len() / 4);
        let mut rows = self.rows();
        while let (Some(upper), Some(lower)) = (rows.next(), rows.next()) {
            let (upper, lower) = (upper.as_chunks::<2>().0, lower.as_chunks::<2>().0);
            grey.extend(upper.iter().zip(lower).map(|([a, b], [c, d])| {
                let sum: u16 = [a, b, c, d].into_iter().map(|dot| u16::from(*dot)).sum();
                u8::try_from(sum / 4).unwrap_or(u8::MAX)
            }));
        }
        Self::of_grey(self.width / 2, grey)
    }

    /// The codes of a moving picture, whose next frame comes soon.
    pub fn codes(&self) -> Seen {
        let (width, height) = (self.width, self.height());
        if width == 0 || height == 0 {
            return Seen::default();
        }
        let dot = |x, y| self.grey.get(y * width + x).copied().unwrap_or(u8::MAX);
        let mut prepared = PreparedImage::prepare_from_greyscale(width, height, dot);
        let mut seen = Seen::default();
        for grid in prepared.detect_grids() {
            let mut bytes = Vec::new();
            match grid.decode_to(&mut bytes) {
                Ok(_) => seen.texts.push(String::from_utf8_lossy(&bytes).into_owned()),
                Err(_) => seen.unreadable += 1,
            }
        }
        seen
    }

    /// The codes of a photo: also smaller, where the grain of a large one is gone, until every
    /// code that was found can be read.
    pub fn codes_at_all_sizes(&self) -> Seen {
        let mut all = self.codes();
        let mut smaller = self.halved();
        while smaller.width.min(smaller.height()) >= SMALLEST
            && (all.texts.is_empty() || all.unreadable > 0)
        {
            let seen = smaller.codes();
            let more: Vec<String> =
                seen.texts.into_iter().filter(|text| !all.texts.contains(text)).collect();
            all.unreadable = all.unreadable.max(seen.unreadable).saturating_sub(more.len());
            all.texts.extend(more);
            smaller = smaller.halved();
        }
        all
    }
}
