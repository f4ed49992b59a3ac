//! What the first bytes of a file say about the rest.

use super::code_picture::is_picture;

/// So many bytes tell.
pub const HEAD: i32 = 4096;

/// What archives, workbooks before 2007 and encrypted files begin with.
const KNOWN: [&[u8]; 3] = [b"PK", b"\xd0\xcf\x11\xe0", b"age-encryption.org"];

/// True where a file that begins like this is neither text nor anything else that is read here,
/// such as a film: it need not be loaded. Text never has two zero bytes together, in no encoding
/// that people use.
pub fn is_of_no_use(head: &[u8]) -> bool {
    let is_known = KNOWN.iter().any(|start| head.starts_with(start)) || is_picture(head);
    !is_known && head.windows(2).any(|two| two == [0, 0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_is_told_from_what_can_be_read() {
        assert!(is_of_no_use(b"\0\0\0\x18ftypmp42"));
        for head in [
            &b"chuc_danh,imp_A1\n"[..],
            b"\xff\xfec\0h\0",
            b"PK\x03\x04\0\0\0\0",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0",
            b"age-encryption.org/v1\n\0\0",
            b"",
        ] {
            assert!(!is_of_no_use(head), "{head:?}");
        }
    }
}
