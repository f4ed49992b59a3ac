//! A program as a kit carries it: gzip, in characters of seven bits.
//!
//! Not by the browser's `CompressionStream`: what that makes is a good part larger, other in every
//! browser, and not there in old ones.

use gloo::timers::future::TimeoutFuture;
use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, compress_to_output, create_comp_flags_from_zip_params,
};

use crate::formats::seven_bits::seven_bits;

/// So much is packed before the page gets its turn.
const SLICE: usize = 1 << 16;

/// RFC 1952: no name, no time, and nobody's system.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// The hardest that gzip knows.
const LEVEL: i32 = 9;

/// Packs bytes without keeping the page from answering.
pub(super) async fn packed(bytes: &[u8]) -> String {
    // No header of zlib: its window is given as a negative number.
    let mut compressor = CompressorOxide::new(create_comp_flags_from_zip_params(LEVEL, -15, 0));
    let mut gzip = HEADER.to_vec();
    let mut left = bytes;
    loop {
        let (slice, rest) = left.split_at(SLICE.min(left.len()));
        left = rest;
        let flush = if left.is_empty() { TDEFLFlush::Finish } else { TDEFLFlush::None };
        compress_to_output(&mut compressor, slice, flush, |output| {
            gzip.extend_from_slice(output);
            true
        });
        if left.is_empty() {
            break;
        }
        TimeoutFuture::new(0).await;
    }
    gzip.extend(crc32fast::hash(bytes).to_le_bytes());
    gzip.extend(u32::try_from(bytes.len()).unwrap_or_default().to_le_bytes());
    seven_bits(&gzip)
}
