//! Bytes as text that a page can carry. The build tool has this file too.

/// Bytes as characters of seven bits each, the highest first: a sixth longer than the bytes, where
/// base64 is a third longer. The three characters that a page changes or ends at stand 128 higher.
/// `static/boot.js` reads it.
pub fn seven_bits(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 7 / 6);
    let (mut bits, mut buffered) = (0_u32, 0);
    let mut push = |value: u8| {
        let is_changed = matches!(value, 0 | b'\r' | b'<');
        text.push(char::from(if is_changed { value | 0x80 } else { value }));
    };
    for byte in bytes {
        bits = (bits << 8) | u32::from(*byte);
        buffered += 8;
        while buffered >= 7 {
            buffered -= 7;
            push(low_seven(bits >> buffered));
        }
        bits &= (1 << buffered) - 1;
    }
    if buffered > 0 {
        push(low_seven(bits << (7 - buffered)));
    }
    text
}

fn low_seven(bits: u32) -> u8 {
    u8::try_from(bits & 0x7f).unwrap_or_default()
}
