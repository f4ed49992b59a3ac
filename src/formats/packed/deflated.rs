//! Deflate with a dictionary: bytes that both sides know already, and that need not be sent.

use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

/// The hardest that the compressor tries.
const LEVEL: i32 = 10;

/// Compresses bytes that may repeat what stands in the dictionary.
pub(super) fn deflate(dictionary: &[u8], bytes: &[u8]) -> Vec<u8> {
    // No header of zlib: its window is given as a negative number.
    let flags = create_comp_flags_from_zip_params(LEVEL, -15, 0);
    let mut compressor = CompressorOxide::new(flags);
    // The dictionary ends at a whole byte, so that what comes for it can be left out.
    write(&mut compressor, dictionary, TDEFLFlush::Sync);
    write(&mut compressor, bytes, TDEFLFlush::Finish)
}

fn write(compressor: &mut CompressorOxide, mut bytes: &[u8], flush: TDEFLFlush) -> Vec<u8> {
    let mut written = vec![0; bytes.len() + 256];
    let mut end = 0;
    loop {
        let room = written.get_mut(end..).unwrap_or_default();
        let free = room.len();
        let (status, taken, given) = compress(compressor, bytes, room, flush);
        bytes = bytes.get(taken..).unwrap_or_default();
        end += given;
        let is_done = match flush {
            TDEFLFlush::Finish => status != TDEFLStatus::Okay,
            _ => status != TDEFLStatus::Okay || (bytes.is_empty() && given < free),
        };
        if is_done {
            written.truncate(end);
            return written;
        }
        written.resize(written.len() * 2, 0);
    }
}

/// What [`deflate`] compressed with the same dictionary; `None` where the bytes were changed, or
/// give more than `most`.
pub(super) fn inflate(dictionary: &[u8], bytes: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut reader = DecompressorOxide::new();
    let mut out = dictionary.to_vec();
    let (mut bytes, mut end) = (bytes, out.len());
    loop {
        out.resize((out.len() + 4096).max(out.len() * 2).min(dictionary.len() + most), 0);
        let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, taken, given) = decompress(&mut reader, bytes, &mut out, end, flags);
        bytes = bytes.get(taken..)?;
        end += given;
        match status {
            TINFLStatus::Done => {
                out.truncate(end);
                return out.get(dictionary.len()..).map(<[u8]>::to_vec);
            }
            TINFLStatus::HasMoreOutput if end < dictionary.len() + most => {}
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_the_dictionary_says_is_not_sent_again() {
        let dictionary = " Đề nghị mở lớp bồi dưỡng ngắn ngày".as_bytes();
        let deflated = deflate(dictionary, &dictionary[1..]);
        assert!(deflated.len() * 2 < dictionary.len(), "{} bytes", deflated.len());
    }

    proptest! {
        #[test]
        fn it_comes_back_with_the_same_dictionary(
            dictionary in prop::collection::vec(0u8..4, 0..5000),
            bytes in prop::collection::vec(0u8..4, 0..40_000),
        ) {
            let deflated = deflate(&dictionary, &bytes);
            prop_assert_eq!(inflate(&dictionary, &deflated, 40_000), Some(bytes.clone()));
            let too_few = bytes.len().checked_sub(1);
            prop_assert!(too_few.is_none_or(|most| inflate(&dictionary, &deflated, most).is_none()));
        }

        #[test]
        fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            inflate(b"abcdef", &bytes, 10_000);
        }
    }
}
