//! Any bytes as a file that is encrypted, and as a file of keys.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use phieu_xa::domain::encryption::EncryptionFault;
use phieu_xa::formats::encryption::{Identity, decrypt, open_key_file};

/// The keys of the files that it starts from.
static IDENTITIES: LazyLock<Vec<Identity>> = LazyLock::new(|| {
    open_key_file(include_bytes!("../data/age/key.txt"), None).expect("a key file")
});

fuzz_target!(|bytes: &[u8]| {
    // To try a pass-phrase takes too long to be tried often.
    let _ = open_key_file(bytes, None);
    let opened = decrypt(bytes, &IDENTITIES);
    let nothing = matches!(&opened, Err(EncryptionFault::KeyNeeded(_)));
    assert!(!nothing, "there is a key");
    if let (Err(EncryptionFault::Truncated), true) = (decrypt(bytes, &[]), opened.is_ok()) {
        panic!("what is whole with a key is whole without");
    }
});
