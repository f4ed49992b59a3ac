//! What the program of kits, which has no desk, says to the worker and hears from it. To be able to
//! write and read all the rest would make every kit a good part larger.

use serde::{Deserialize, Serialize};

use super::{Reply, Request};

/// The replies that a kit's program may get: it asks for nothing but encryption.
#[derive(Deserialize)]
enum KitReply {
    Encrypted { root: String, revision: u32, text: Option<String> },
    Failed(String),
}

/// The requests that it makes.
#[derive(Serialize)]
enum KitRequest<'r> {
    Encrypt { root: &'r str, revision: u32, public_key: &'r str, bytes: &'r [u8] },
}

/// Writes what the worker is asked, in a program that is built with the desk or without it; `None`
/// of what the program never asks.
pub fn write_request<const DESK: bool>(request: &Request) -> Option<String> {
    if DESK {
        return serde_json::to_string(request).ok();
    }
    let Request::Encrypt { root, revision, public_key, bytes } = request else { return None };
    let request = KitRequest::Encrypt { root, revision: *revision, public_key, bytes };
    serde_json::to_string(&request).ok()
}

/// Reads what the worker says, in a program that is built with the desk or without it.
///
/// # Errors
/// Where it is nothing that this program has asked for.
pub fn read_reply<const DESK: bool>(json: &str) -> serde_json::Result<Reply> {
    if DESK {
        return serde_json::from_str(json);
    }
    Ok(match serde_json::from_str(json)? {
        KitReply::Encrypted { root, revision, text } => Reply::Encrypted { root, revision, text },
        KitReply::Failed(reason) => Reply::Failed(reason),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kit_asks_for_encryption_as_the_desk_does_and_for_nothing_else() {
        let encrypt = Request::Encrypt {
            root: "r".into(),
            revision: 2,
            public_key: "age1".into(),
            bytes: vec![1, 2],
        };
        assert_eq!(write_request::<false>(&encrypt), write_request::<true>(&encrypt));
        assert_eq!(write_request::<false>(&Request::Empty), None);
    }

    #[test]
    fn a_kit_reads_the_replies_that_it_asks_for_as_the_desk_does() {
        let encrypted =
            Reply::Encrypted { root: "r".into(), revision: 2, text: Some("age".into()) };
        for reply in [encrypted, Reply::Failed("memory".into())] {
            let json = serde_json::to_string(&reply).unwrap();
            assert_eq!(read_reply::<false>(&json).unwrap(), reply);
            assert_eq!(read_reply::<true>(&json).unwrap(), reply);
        }
        assert!(read_reply::<false>("\"Tailored\"").is_err());
    }
}
