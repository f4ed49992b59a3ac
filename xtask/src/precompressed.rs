//! Every file of the site once more as gzip and brotli, for static hosts that send what lies beside
//! a file instead of compressing it each time (nginx's `gzip_static` and `brotli_static`, Caddy's
//! `precompressed`).

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::packing::gzip;
use crate::single_file::Site;

/// Smaller files travel in one packet either way.
const SMALLEST: usize = 1400;

/// The endings of files that are compressed in themselves.
const PACKED: [&str; 1] = ["png"];

/// Writes them beside the site's own files; gives what these weigh in all, by brotli.
pub fn write(site: &Site, dist: &Path) -> Result<usize> {
    let mut weight = 0;
    for (name, bytes) in site {
        let ending = Path::new(name).extension().unwrap_or_default();
        if bytes.len() < SMALLEST || PACKED.iter().any(|packed| ending == *packed) {
            weight += bytes.len();
            continue;
        }
        let brotli = brotli(bytes)?;
        weight += brotli.len();
        for (ending, packed) in [("gz", gzip(bytes)?), ("br", brotli)] {
            let path = dist.join(format!("{name}.{ending}"));
            fs::write(&path, packed).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(weight)
}

/// As small as brotli can make it, with the window that every browser reads.
fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    const BUFFER: usize = 1 << 16;
    const QUALITY: u32 = 11;
    const WINDOW: u32 = 24;
    let mut writer = brotli::CompressorWriter::new(Vec::new(), BUFFER, QUALITY, WINDOW);
    writer.write_all(bytes)?;
    writer.flush()?;
    Ok(writer.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn what_lies_beside_a_file_is_the_file_and_small_ones_have_nothing() {
        let text = "Phường Ba Đình, Thành phố Hà Nội\n".repeat(300);
        let files = [("a.csv", text.as_bytes()), ("b.js", b"x"), ("c.png", text.as_bytes())];
        let site = files.map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).into();
        let folder = std::env::temp_dir().join(format!("phieu-xa-packed-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let weight = write(&site, &folder).unwrap();
        assert!(weight < text.len() * 2, "{weight}");
        let mut unpacked = String::new();
        let br = fs::read(folder.join("a.csv.br")).unwrap();
        brotli::Decompressor::new(br.as_slice(), 4096).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        let gz = fs::read(folder.join("a.csv.gz")).unwrap();
        let mut unpacked = String::new();
        flate2::read::GzDecoder::new(gz.as_slice()).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
        fs::remove_dir_all(&folder).unwrap();
    }
}
