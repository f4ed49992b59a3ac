//! Bytes as text in a page: packed, then in characters of seven bits.

#[path = "../../src/formats/seven_bits.rs"]
mod seven_bits;

use std::io::Write as _;

use anyhow::Result;
use flate2::{Compression, GzBuilder};
use lzma_rust2::{LzmaOptions, LzmaWriter};

pub use seven_bits::seven_bits;

/// Gzip as text, without the time stamp that would make every build differ.
pub fn pack(bytes: &[u8]) -> Result<String> {
    Ok(seven_bits(&gzip(bytes)?))
}

/// As small as gzip can make it.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// An LZMA stream as `static/programs.js` reads it: with these contexts and no end marker, and with
/// all that came before as the dictionary.
pub fn lzma(bytes: &[u8]) -> Result<Vec<u8>> {
    const HARDEST: u32 = 9;
    let mut options = LzmaOptions::with_preset(HARDEST);
    (options.lc, options.lp, options.pb) = (4, 0, 0);
    options.dict_size = u32::try_from(bytes.len())?.next_power_of_two().max(4096);
    options.nice_len = LzmaOptions::NICE_LEN_MAX;
    let mut encoder = LzmaWriter::new_no_header(Vec::new(), &options, false)?;
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
pub mod tests {
    use std::io::Read as _;
    use std::process::Command;

    use flate2::read::GzDecoder;

    use super::*;
    use crate::process;

    /// What [`pack`] was given.
    pub fn unpack(text: &str) -> Vec<u8> {
        let bits = text.chars().flat_map(|c| (0..7).rev().map(move |bit| (c as u32 >> bit) & 1));
        let bits: Vec<u32> = bits.collect();
        let packed = bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |all, bit| all * 2 + bit));
        let packed: Vec<u8> = packed.map(|byte| u8::try_from(byte).unwrap()).collect();
        let mut bytes = Vec::new();
        GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn the_same_bytes_are_packed_alike_at_any_time() {
        assert_eq!(gzip(b"x").unwrap()[4..8], [0; 4]);
    }

    /// The code that the page unpacks with, where there is a Node to run it; the e2e tests run it in
    /// a browser.
    #[test]
    fn the_page_unpacks_what_is_packed_here() {
        let Some(node) = process::find("node") else {
            println!("skipped: this machine has no Node");
            return;
        };
        let mut noise = 1_u32;
        let mut random = || {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            u8::try_from(noise >> 24).unwrap()
        };
        let contents = [
            Vec::new(),
            b"abc".to_vec(),
            vec![0; 100_000],
            include_bytes!("packing.rs").repeat(20),
            std::iter::repeat_with(&mut random).take(200_000).collect(),
        ];
        let code = [include_str!("../../static/boot.js"), include_str!("../../static/programs.js")];
        for content in contents {
            let text = |packed: String| serde_json::to_string(&packed).unwrap();
            let gzip = text(pack(&content).unwrap());
            let lzma = text(seven_bits(&lzma(&content).unwrap()));
            let script = format!(
                "{code}; (() => {{
                   const first = gunzipByHand(fromSevenBits({gzip}));
                   const stream = lzmaStream(fromSevenBits({lzma}), first.length);
                   while (stream.end() < first.length) stream.read(Math.min(first.length, stream.end() + 999));
                   process.stdout.write(Buffer.concat([first, stream.output]));
                 }})()",
                code = code.concat(),
            );
            let path = std::env::temp_dir().join(format!("packing-{}.js", std::process::id()));
            std::fs::write(&path, script).unwrap();
            let output = Command::new(&node).arg(&path).output().unwrap();
            std::fs::remove_file(path).unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.stdout == content.repeat(2), "{} bytes: {said}", content.len());
        }
    }
}
