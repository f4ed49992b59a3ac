//! The files of a ZIP that somebody hands over in place of a folder, and of ZIPs within it.

use super::archive::{Archive, MOST_BYTES, is_archive};
use super::foreign_table::is_workbook;
use crate::domain::problem::ProblemKind;

/// One file of an archive: its path, with the archive's name before it, and its content.
pub type ArchivedFile = (String, Result<Vec<u8>, ProblemKind>);

/// True for a ZIP that is not itself a workbook.
pub fn is_response_archive(bytes: &[u8]) -> bool {
    is_archive(bytes) && !is_workbook(bytes)
}

/// Every file of an archive, and of the archives that lie in it; those in them are refused. What
/// systems add beside the files is passed over.
///
/// # Errors
/// When it cannot be opened as a whole.
pub fn files(name: &str, bytes: &[u8]) -> Result<Vec<ArchivedFile>, ProblemKind> {
    let mut found = Vec::new();
    let mut left = MOST_BYTES;
    for (path, content) in unpacked(name, bytes)? {
        match content {
            Ok(content) if is_response_archive(&content) => match unpacked(&path, &content) {
                Ok(inner) => {
                    for (path, content) in inner {
                        let content = content.and_then(|content| {
                            if is_response_archive(&content) {
                                return Err(ProblemKind::ArchiveTooDeep);
                            }
                            fits(&mut left, content)
                        });
                        found.push((path, content));
                    }
                }
                Err(kind) => found.push((path, Err(kind))),
            },
            content => {
                found.push((path, content.and_then(|content| fits(&mut left, content))));
            }
        }
    }
    Ok(found)
}

fn unpacked(name: &str, bytes: &[u8]) -> Result<Vec<ArchivedFile>, ProblemKind> {
    let mut archive = Archive::open(bytes)?;
    let names = archive.names().into_iter().filter(|(_, path)| !is_of_a_system(path));
    let names: Vec<(usize, String)> = names.collect();
    let files =
        names.into_iter().map(|(index, path)| (format!("{name}/{path}"), archive.content(index)));
    Ok(files.collect())
}

/// What macOS and Windows put beside files.
fn is_of_a_system(path: &str) -> bool {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    path.starts_with("__MACOSX/") || file.starts_with('.') || file == "Thumbs.db"
}

/// Each archive is small enough; all together have to be, too.
fn fits(left: &mut u64, content: Vec<u8>) -> Result<Vec<u8>, ProblemKind> {
    let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
    *left = left.checked_sub(size).ok_or(ProblemKind::BadArchive)?;
    Ok(content)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use proptest::prelude::*;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::default());
        for (name, content) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn texts(name: &str, bytes: &[u8]) -> Vec<(String, Result<String, ProblemKind>)> {
        let text = |content: Vec<u8>| String::from_utf8(content).unwrap();
        let files = files(name, bytes).unwrap().into_iter();
        files.map(|(path, content)| (path, content.map(text))).collect()
    }

    #[test]
    fn a_zip_in_a_zip_is_opened_and_a_third_one_is_refused() {
        let deepest = zip(&[("sau.csv", b"s")]);
        let inner = zip(&[("b.csv", b"b"), ("trong.zip", &deepest)]);
        let outer = zip(&[("xa/a.csv", b"a"), ("trong.zip", &inner)]);
        assert_eq!(
            texts("nop.zip", &outer),
            [
                ("nop.zip/xa/a.csv".to_owned(), Ok("a".to_owned())),
                ("nop.zip/trong.zip/b.csv".to_owned(), Ok("b".to_owned())),
                ("nop.zip/trong.zip/trong.zip".to_owned(), Err(ProblemKind::ArchiveTooDeep)),
            ]
        );
    }

    #[test]
    fn what_systems_add_is_passed_over_and_odd_paths_are_only_names() {
        let bytes = zip(&[
            ("__MACOSX/._a.csv", b"x"),
            (".DS_Store", b"x"),
            ("Thumbs.db", b"x"),
            ("../../etc/a.csv", b"a"),
        ]);
        assert_eq!(texts("n.zip", &bytes), [("n.zip/../../etc/a.csv".into(), Ok("a".into()))]);
    }

    #[test]
    fn an_archive_that_cannot_be_opened_is_refused_and_the_rest_goes_on() {
        let whole = zip(&[("b.csv", b"b")]);
        let bytes = zip(&[("hong.zip", &whole[..whole.len() / 2]), ("a.csv", b"a")]);
        let found = files("n.zip", &bytes).unwrap();
        assert_eq!(found[0], ("n.zip/hong.zip".to_owned(), Err(ProblemKind::BadArchive)));
        assert_eq!(found[1].1, Ok(b"a".to_vec()));
        assert_eq!(files("hong.zip", &whole[..20]), Err(ProblemKind::BadArchive));
    }

    proptest! {
        #[test]
        fn no_bytes_end_the_program(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut bytes = bytes;
            bytes.splice(0..0, *b"PK\x03\x04");
            let _ = files("x.zip", &bytes);
        }
    }
}
