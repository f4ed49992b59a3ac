//! Bytes as a short text that pages and links carry: deflated, with a checksum, in the letters
//! that addresses leave alone.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

/// The most bytes that a text may hold: far more than any campaign has.
const LARGEST: usize = 64 << 20;

/// From 0 to 10: slow to write and short.
const EFFORT: u8 = 9;

/// Writes bytes as text.
pub fn pack(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(compress_to_vec_zlib(bytes, EFFORT))
}

/// Reads what [`pack`] writes; `None` where it was cut or changed, which the checksum of zlib
/// tells.
pub fn unpack(text: &str) -> Option<Vec<u8>> {
    let packed = BASE64_URL_SAFE_NO_PAD.decode(text.trim()).ok()?;
    decompress_to_vec_zlib_with_limit(&packed, LARGEST).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_comes_back() {
        let long = "Phiếu khảo sát ".repeat(1000);
        for bytes in [b"".as_slice(), b"x", long.as_bytes()] {
            assert_eq!(unpack(&pack(bytes)).as_deref(), Some(bytes));
        }
        assert!(pack(long.as_bytes()).len() < 400);
    }

    #[test]
    fn a_text_that_was_cut_or_changed_is_noticed() {
        let text = pack("Phiếu khảo sát nhu cầu bồi dưỡng".as_bytes());
        assert_eq!(unpack(&text[..text.len() - 3]), None);
        let other = if text.as_bytes()[20] == b'A' { "B" } else { "A" };
        assert_eq!(unpack(&format!("{}{other}{}", &text[..20], &text[21..])), None);
        assert_eq!(unpack("không phải"), None);
    }
}
