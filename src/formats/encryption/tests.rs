use proptest::prelude::*;

use super::header::MAGIC;
use super::*;
use crate::domain::timestamp::Timestamp;

const TEXT: &[u8] = "_root,muc_do\n7f3a,năm\n".as_bytes();

fn pair() -> (Identity, String) {
    let identity = Identity::generate();
    let public_key = identity.public_key();
    (identity, public_key)
}

/// As `age` and `rage` write: nothing of ours in the header.
fn by_another_program(bytes: &[u8], public_key: &str) -> Vec<u8> {
    encrypt_to(bytes, &public_key.parse::<age::x25519::Recipient>().unwrap()).unwrap()
}

fn payload_start(bytes: &[u8]) -> usize {
    Header::read(bytes).unwrap().length + NONCE
}

fn flipped(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at] ^= 1;
    bytes
}

#[test]
fn what_is_encrypted_opens_with_its_key_whatever_its_length() {
    let (identity, public_key) = pair();
    for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK] {
        let bytes: Vec<u8> = (0..251).cycle().take(length).collect();
        let encrypted = encrypt(&bytes, &public_key).unwrap();
        assert!(is_encrypted(&encrypted));
        assert_eq!(decrypt(&encrypted, std::slice::from_ref(&identity)), Ok(bytes), "{length}");
    }
}

#[test]
fn armored_text_opens_too_also_with_windows_line_ends_and_space_around() {
    let (identity, public_key) = pair();
    let text = armored(&encrypt(TEXT, &public_key).unwrap()).unwrap().into_bytes();
    let windows = String::from_utf8(text.clone()).unwrap().replace('\n', "\r\n");
    for text in [text, format!("\n  {windows}\n\n").into_bytes()] {
        assert!(is_encrypted(&text));
        assert_eq!(decrypt(&text, std::slice::from_ref(&identity)), Ok(TEXT.to_vec()));
    }
}

#[test]
fn the_key_that_fits_is_found_among_several() {
    let (identity, public_key) = pair();
    let identities = [pair().0, identity, pair().0];
    let encrypted = by_another_program(TEXT, &public_key);
    assert_eq!(decrypt(&encrypted, &identities), Ok(TEXT.to_vec()));
}

#[test]
fn a_wrong_key_is_told_with_the_one_that_is_needed() {
    let (_, public_key) = pair();
    let other = [pair().0];
    let encrypted = encrypt(TEXT, &public_key).unwrap();
    assert_eq!(decrypt(&encrypted, &[]), Err(EncryptionFault::KeyNeeded(Some(public_key.clone()))));
    assert_eq!(
        decrypt(&encrypted, &other),
        Err(EncryptionFault::WrongKey(Some(public_key.clone())))
    );
    let encrypted = by_another_program(TEXT, &public_key);
    assert_eq!(decrypt(&encrypted, &[]), Err(EncryptionFault::KeyNeeded(None)));
    assert_eq!(decrypt(&encrypted, &other), Err(EncryptionFault::WrongKey(None)));
}

#[test]
fn a_file_that_was_cut_says_so_wherever_it_was_cut() {
    let (identity, public_key) = pair();
    let own = std::slice::from_ref(&identity);
    let long = vec![7; CHUNK + 1000];
    for bytes in [TEXT, &long] {
        let encrypted = encrypt(bytes, &public_key).unwrap();
        let start = payload_start(&encrypted);
        let cuts = (0..=start).chain([start + 1, start + 16, start + 20, encrypted.len() - 1]);
        let at_chunk = [start + CHUNK + TAG, start + CHUNK + TAG + 1].into_iter();
        for cut in cuts.chain(at_chunk).filter(|cut| *cut < encrypted.len()) {
            let opened = decrypt(&encrypted[..cut], own);
            assert_eq!(opened, Err(EncryptionFault::Truncated), "cut at {cut}");
        }
    }
    let text = armored(&encrypt(TEXT, &public_key).unwrap()).unwrap().into_bytes();
    for cut in [text.len() - 2, text.len() / 2, 40] {
        assert_eq!(decrypt(&text[..cut], own), Err(EncryptionFault::Truncated), "cut at {cut}");
    }
}

#[test]
fn a_file_that_was_changed_says_so_wherever_it_was_changed() {
    let (identity, public_key) = pair();
    let own = std::slice::from_ref(&identity);
    let long = vec![7; CHUNK + 1000];
    for bytes in [TEXT, &long] {
        let encrypted = encrypt(bytes, &public_key).unwrap();
        let start = payload_start(&encrypted);
        // Its key, its nonce, and the payload at both ends and between.
        let stanza = MAGIC.len() + "v1\n-> X25519 ".len();
        for at in [stanza + 5, stanza + 60, start - 8, start, start + 10, encrypted.len() - 1] {
            let opened = decrypt(&flipped(&encrypted, at), own);
            assert_eq!(opened, Err(EncryptionFault::Altered), "changed at {at}");
        }
        let longer = [encrypted.as_slice(), b"\n"].concat();
        assert_eq!(decrypt(&longer, own), Err(EncryptionFault::Altered));
    }
    let mut text = armored(&encrypt(TEXT, &public_key).unwrap()).unwrap().into_bytes();
    text[100] = b'!';
    assert_eq!(decrypt(&text, own), Err(EncryptionFault::Altered));
}

#[test]
fn of_a_file_by_another_program_is_said_what_can_be_known() {
    let (identity, public_key) = pair();
    let own = std::slice::from_ref(&identity);
    let encrypted = by_another_program(&vec![7; CHUNK + 1000], &public_key);
    let start = payload_start(&encrypted);
    let cut = |at: usize| decrypt(&encrypted[..at], own);
    assert_eq!(cut(start - 20), Err(EncryptionFault::Truncated));
    assert_eq!(cut(start + CHUNK + TAG), Err(EncryptionFault::Truncated), "between two chunks");
    assert_eq!(cut(encrypted.len() - 1), Err(EncryptionFault::TruncatedOrAltered));
    let changed = |at: usize| decrypt(&flipped(&encrypted, at), own);
    assert_eq!(changed(start + 10), Err(EncryptionFault::Altered), "more follows after it");
    assert_eq!(changed(encrypted.len() - 1), Err(EncryptionFault::TruncatedOrAltered));
}

#[test]
fn what_is_not_encrypted_or_in_a_way_unknown_says_so() {
    let own = &[pair().0];
    assert_eq!(decrypt(TEXT, own), Err(EncryptionFault::NotEncrypted));
    assert_eq!(decrypt(b"", own), Err(EncryptionFault::Truncated));
    let newer = b"age-encryption.org/v9\n-> X\n\n--- AAAA\n";
    assert_eq!(decrypt(newer, own), Err(EncryptionFault::Unsupported));
    let endless = [MAGIC, b"v1\n", &b"-> a\n\n".repeat(100_000)].concat();
    assert_eq!(decrypt(&endless, own), Err(EncryptionFault::Unsupported));
    let protected = protect_key_file("x", "mật khẩu").unwrap();
    assert_eq!(decrypt(protected.as_bytes(), own), Err(EncryptionFault::PassphraseNeeded));
    assert_eq!(encrypt(TEXT, "age1nonsense"), Err(EncryptionFault::NotAPublicKey));
}

#[test]
fn a_key_file_is_a_standard_one_and_opens_as_it_was_written() {
    let (identity, public_key) = pair();
    let file = identity.key_file(Timestamp::parse("2026-12-02T07:12:00Z").unwrap());
    let lines: Vec<_> = file.lines().collect();
    assert_eq!(lines[0], "# created: 2026-12-02T07:12:00Z");
    assert_eq!(lines[1], format!("# public key: {public_key}"));
    assert!(lines[2].starts_with("AGE-SECRET-KEY-1"));
    for file in [file.clone(), format!("\u{feff}{}", file.replace('\n', "\r\n"))] {
        let opened = open_key_file(file.as_bytes(), None).unwrap();
        assert_eq!(opened.iter().map(Identity::public_key).collect::<Vec<_>>(), [&*public_key]);
    }
}

#[test]
fn a_protected_key_file_opens_with_its_passphrase_alone() {
    let (identity, public_key) = pair();
    let file = identity.key_file(Timestamp::from_millis(0.0));
    let protected = protect_key_file(&file, "Sơn La 2026").unwrap();
    assert!(!protected.contains("SECRET"));
    let open = |passphrase| {
        let opened = open_key_file(protected.as_bytes(), passphrase);
        opened.map(|keys| keys.iter().map(Identity::public_key).collect::<Vec<_>>())
    };
    assert_eq!(open(Some("Sơn La 2026")), Ok(vec![public_key]));
    assert_eq!(open(Some("Sơn La 2027")), Err(EncryptionFault::WrongPassphrase));
    assert_eq!(open(None), Err(EncryptionFault::PassphraseNeeded));
    assert_eq!(open(Some("")), Err(EncryptionFault::PassphraseNeeded));
    let cut = &protected.as_bytes()[..protected.len() - 60];
    assert_eq!(open_key_file(cut, Some("x")).err(), Some(EncryptionFault::Truncated));
}

#[test]
fn a_hostile_key_file_cannot_hang_the_worker() {
    let salt = "AAAAAAAAAAAAAAAAAAAAAA";
    let body = "A".repeat(43);
    for work in [19, 22, 63] {
        let file = format!("age-encryption.org/v1\n-> scrypt {salt} {work}\n{body}\n--- {body}\n");
        let file = [file.as_bytes(), &[0; 64]].concat();
        let opened = open_key_file(&file, Some("x"));
        assert_eq!(opened.err(), Some(EncryptionFault::TooMuchWork), "{work}");
    }
}

#[test]
fn files_that_hold_no_key_are_told_apart() {
    let (_, public_key) = pair();
    let fault = |bytes: &[u8]| open_key_file(bytes, None).err();
    assert_eq!(fault(b""), Some(EncryptionFault::NoSecretKey));
    assert_eq!(fault(public_key.as_bytes()), Some(EncryptionFault::NoSecretKey));
    assert_eq!(fault(b"\x89PNG\r\n"), Some(EncryptionFault::NoSecretKey));
    assert_eq!(fault(&encrypt(TEXT, &public_key).unwrap()), Some(EncryptionFault::NoSecretKey));
    assert_eq!(fault(b"AGE-SECRET-KEY-PQ-1XYZ\n"), Some(EncryptionFault::Unsupported));
    assert_eq!(fault(b"AGE-PLUGIN-YUBIKEY-1XYZ\n"), Some(EncryptionFault::Unsupported));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_are_opened_or_refused(
        start in prop::sample::select(vec![
            "", "age-encryption.org/v1\n", "age-encryption.org/v1\n-> X25519 ",
            "age-encryption.org/v1\n-> phieu-xa ", "-----BEGIN AGE ENCRYPTED FILE-----\n",
        ]),
        bytes in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let bytes = [start.as_bytes(), &bytes].concat();
        prop_assert!(decrypt(&bytes, &[pair().0]).is_err());
        let _ = open_key_file(&bytes, Some("x"));
    }

    #[test]
    fn no_change_goes_unnoticed(at in 0.0..1.0_f64, bit in 0..8_u32, cut in any::<bool>()) {
        let (identity, public_key) = pair();
        let mut encrypted = encrypt(TEXT, &public_key).unwrap();
        #[expect(clippy::cast_sign_loss, clippy::cast_possible_truncation, reason = "a position")]
        let at = (at * encrypted.len() as f64) as usize;
        if cut {
            encrypted.truncate(at);
        } else {
            encrypted[at] ^= 1 << bit;
        }
        prop_assert!(decrypt(&encrypted, &[identity]).is_err());
    }
}
