//! What the command-line tool `age` encrypts opens here, and the other way round.
//!
//! The files in `tests/data/age` were made once by Debian's age 1.1.1; their key protects nothing.
//! The tests that run the tool itself pass without it where a machine cannot have it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use phieu_xa::domain::encryption::EncryptionFault;
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::formats::encryption::{Identity, decrypt, encrypt, open_key_file};

/// The pass-phrase of `key.protected.age`.
const PASSPHRASE: &str = "Sơn La 2026";

fn made(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/age").join(name)).unwrap()
}

/// A folder of its own for a test's files.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs the tool; what it writes, or `None` where this machine does not have it.
fn run(program: &str, arguments: &[&str]) -> Option<Vec<u8>> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stderr(Stdio::inherit());
    let done = command.output();
    if done.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound) {
        return None;
    }
    let output = done.unwrap();
    assert!(output.status.success(), "{program} {arguments:?}");
    Some(output.stdout)
}

#[test]
fn files_that_age_has_encrypted_open_with_the_key_file_that_it_made() {
    let identities = open_key_file(&made("key.txt"), None).unwrap();
    for name in ["response.csv.age", "response.csv.armored.age"] {
        assert_eq!(decrypt(&made(name), &identities), Ok(made("response.csv")), "{name}");
    }
    let (binary, own) = (made("response.csv.age"), [Identity::generate()]);
    assert_eq!(decrypt(&binary, &own), Err(EncryptionFault::WrongKey(None)));
}

#[test]
fn a_key_file_that_age_has_put_under_a_passphrase_opens_with_it() {
    let protected = made("key.protected.age");
    let identities = open_key_file(&protected, Some(PASSPHRASE)).unwrap();
    assert_eq!(decrypt(&made("response.csv.age"), &identities), Ok(made("response.csv")));
    // The same letters as other keyboards write them, each accent by itself.
    let apart = "So\u{31b}n La 2026";
    assert!(open_key_file(&protected, Some(apart)).is_ok());
    let refused = open_key_file(&protected, Some("son la 2026")).err();
    assert_eq!(refused, Some(EncryptionFault::WrongPassphrase));
}

#[test]
fn age_opens_what_is_encrypted_here_with_the_key_file_that_is_made_here() {
    let folder = folder("age-opens");
    let (key, file) = (folder.join("key.txt"), folder.join("response.csv.age"));
    let identity = Identity::generate();
    fs::write(&key, identity.key_file(Timestamp::from_millis(0.0))).unwrap();
    let (key, file) = (key.to_str().unwrap(), file.to_str().unwrap());
    let public_key = format!("{}\n", identity.public_key());
    let Some(told) = run("age-keygen", &["-y", key]) else { return };
    assert_eq!(String::from_utf8(told).unwrap(), public_key);
    for length in [0, 23, 65_536, 200_000] {
        let bytes = vec![b'x'; length];
        fs::write(file, encrypt(&bytes, public_key.trim()).unwrap()).unwrap();
        assert_eq!(run("age", &["-d", "-i", key, file]), Some(bytes), "{length} bytes");
    }
}

#[test]
fn what_age_encrypts_for_a_key_that_is_made_here_opens_here() {
    let folder = folder("opens-age");
    let plain = folder.join("response.csv");
    fs::write(&plain, made("response.csv")).unwrap();
    let plain = plain.to_str().unwrap();
    let identity = [Identity::generate()];
    let public_key = identity[0].public_key();
    for options in [&["-r"][..], &["-a", "-r"]] {
        let arguments = [options, &[&public_key, plain]].concat();
        let Some(encrypted) = run("age", &arguments) else { return };
        assert_eq!(decrypt(&encrypted, &identity), Ok(made("response.csv")));
    }
}
