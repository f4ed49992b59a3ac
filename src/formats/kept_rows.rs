//! Many responses in one piece, as the browser keeps them: what rows share stands once, and the
//! answers as they lie in memory, so that a hundred thousand are stored and opened in a moment.
//!
//! One byte says the format; what follows is written by `postcard`.

use std::collections::BTreeSet;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::domain::response::{Consent, Mode, Response};
use crate::domain::timestamp::Timestamp;
use rows::answers::{Answers, Known, Names};

const FORMAT: u8 = 1;

/// It is no such piece, or one of a newer version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

#[derive(Serialize, Deserialize)]
struct Piece<'p> {
    /// Names of questions, each with the answers that there may be where those are known.
    #[serde(borrow)]
    names: Vec<Vec<Given<'p>>>,
    #[serde(borrow)]
    said: Vec<Said<'p>>,
    #[serde(borrow)]
    rows: Vec<Row<'p>>,
}

/// A name, with the answers that there may be where those are known.
type Given<'p> = (&'p str, Option<Vec<&'p str>>);

/// What many rows say alike.
#[derive(PartialEq, Serialize, Deserialize)]
struct Said<'p> {
    /// First, because it differs soonest.
    sources: Vec<&'p str>,
    form: &'p str,
    form_version: &'p str,
    campaign: &'p str,
    consent: &'p str,
}

#[derive(Serialize, Deserialize)]
struct Row<'p> {
    names: u32,
    said: u32,
    root: &'p str,
    revision: u32,
    start: Option<Timestamp>,
    end: Option<Timestamp>,
    submitted: Option<Timestamp>,
    active_seconds: Option<u32>,
    mode: Mode,
    consented: Option<Timestamp>,
    checksum: &'p str,
    answers: &'p str,
}

/// Responses as one piece.
///
/// # Errors
/// Only where the library fails.
pub fn write<'r>(rows: impl IntoIterator<Item = &'r Response>) -> Result<Vec<u8>, Unreadable> {
    let mut all_names: Vec<&Names> = Vec::new();
    let mut said: Vec<Said> = Vec::new();
    let rows = rows.into_iter().map(|row| {
        let (names, answers) = row.answers.packed();
        let own = Said {
            form: &row.form,
            form_version: &row.form_version,
            campaign: &row.campaign,
            consent: row.consent.as_ref().map_or("", |consent| &consent.version),
            sources: row.sources.iter().map(String::as_str).collect(),
        };
        Row {
            names: place_of(&mut all_names, names, |known, own| known.are_shared_with(own)),
            said: place_of(&mut said, own, PartialEq::eq),
            root: &row.root,
            revision: row.revision,
            start: row.start,
            end: row.end,
            submitted: row.submitted,
            active_seconds: row.active_seconds,
            mode: row.mode,
            consented: row.consent.as_ref().map(|consent| consent.at),
            checksum: &row.checksum,
            answers,
        }
    });
    let rows: Vec<Row> = rows.collect();
    let in_texts = |(name, known): (&'r str, Option<&'r Known>)| {
        (name, known.map(|known| known.iter().map(|answer| &**answer).collect()))
    };
    let names = all_names.into_iter().map(|names| names.given().map(in_texts).collect()).collect();
    postcard::to_extend(&Piece { names, said, rows }, vec![FORMAT]).map_err(|_| Unreadable)
}

/// So many that rows said last are looked at: most say what those before them did, and of thousands
/// of files each says something else.
const LOOKED_AT: usize = 16;

/// Where something stands in a list, at the end of which it is put unless it was there lately.
fn place_of<T>(all: &mut Vec<T>, own: T, are_same: impl Fn(&T, &T) -> bool) -> u32 {
    let earlier = all.len().saturating_sub(LOOKED_AT);
    let mut lately = all.iter().enumerate().skip(earlier).rev();
    let place = lately.find(|(_, known)| are_same(known, &own)).map(|(place, _)| place);
    let place = place.unwrap_or_else(|| {
        all.push(own);
        all.len() - 1
    });
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// Reads pieces one after the other; rows of several share their names too.
#[derive(Default)]
pub struct Pieces {
    known: Vec<Names>,
}

impl Pieces {
    /// The responses of a piece.
    ///
    /// # Errors
    /// Where it is none.
    pub fn read(&mut self, bytes: &[u8]) -> Result<Vec<Response>, Unreadable> {
        let Some((&FORMAT, bytes)) = bytes.split_first() else { return Err(Unreadable) };
        let piece: Piece = postcard::from_bytes(bytes).map_err(|_| Unreadable)?;
        let names: Vec<Names> = piece.names.iter().map(|given| self.names(given)).collect();
        let shared = |said: &Said| -> (Response, Rc<str>) {
            let sources: BTreeSet<String> =
                said.sources.iter().map(|&own| own.to_owned()).collect();
            let response = Response {
                form: said.form.into(),
                form_version: said.form_version.into(),
                campaign: said.campaign.into(),
                root: String::new(),
                revision: 1,
                start: None,
                end: None,
                submitted: None,
                active_seconds: None,
                mode: Mode::default(),
                consent: None,
                answers: Answers::default(),
                checksum: String::new(),
                sources: Rc::new(sources),
            };
            (response, said.consent.into())
        };
        let said: Vec<(Response, Rc<str>)> = piece.said.iter().map(shared).collect();
        let place = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        let response = |row: &Row| {
            let (alike, consent) = said.get(place(row.said))?;
            let consent = |at| Consent { version: Rc::clone(consent), at };
            Some(Response {
                root: row.root.to_owned(),
                revision: row.revision,
                start: row.start,
                end: row.end,
                submitted: row.submitted,
                active_seconds: row.active_seconds,
                mode: row.mode,
                consent: row.consented.map(consent),
                answers: Answers::of_packed(names.get(place(row.names))?, row.answers),
                checksum: row.checksum.to_owned(),
                ..alike.clone()
            })
        };
        piece.rows.iter().map(response).collect::<Option<_>>().ok_or(Unreadable)
    }

    fn names(&mut self, given: &[Given]) -> Names {
        let is_same = |names: &&Names| {
            let mut pairs = names.given().zip(given);
            names.given().count() == given.len()
                && pairs.all(|((name, known), (own, given))| {
                    let is_known = match (known, given) {
                        (Some(known), Some(given)) => {
                            known.iter().map(|own| &**own).eq(given.iter().copied())
                        }
                        (known, given) => known.is_none() && given.is_none(),
                    };
                    name == *own && is_known
                })
        };
        if let Some(known) = self.known.iter().find(is_same) {
            return known.clone();
        }
        let given = given.iter().map(|(name, known)| {
            let known = known.as_ref().map(|all| all.iter().map(|&own| own.into()).collect());
            (*name, known)
        });
        let names = Names::knowing(given);
        self.known.push(names.clone());
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::response::tests::response;
    use crate::formats::response_csv;
    use crate::forms;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn what_is_kept_comes_back_as_it_was(
            rows in prop::collection::vec(("[ab]{1,2}", 1u32..3, "[1-5ộ\n]{0,3}", "(na|[1-5])?"), 0..12),
        ) {
            let form = forms::needs().unwrap();
            let mut all = Vec::new();
            for (root, revision, text, level) in &rows {
                let mut own = response(root, *revision, &[("kien_nghi", text)]);
                own.sources = Rc::new([text.clone()].into());
                let csv = format!("chuc_danh,imp_A1,_form,_root\nbt,{level},nhu-cau,{root}\n");
                all.extend(response_csv::read(&form, "x.csv", csv.as_bytes()).responses);
                all.push(own);
            }
            let mut pieces = Pieces::default();
            let (first, second) = all.split_at(all.len() / 2);
            let mut back = pieces.read(&write(first).unwrap()).unwrap();
            back.extend(pieces.read(&write(second).unwrap()).unwrap());
            prop_assert_eq!(back, all);
        }

        #[test]
        fn no_bytes_break_the_reader(
            noise in prop::collection::vec(any::<u8>(), 0..60), cut in 0usize..400, at in 0usize..400,
        ) {
            let mut bytes = write([&response("r", 1, &[("a", "1")])]).unwrap();
            bytes.truncate(cut);
            for (byte, noise) in bytes.iter_mut().skip(at).zip(noise) {
                *byte = noise;
            }
            for row in Pieces::default().read(&bytes).unwrap_or_default() {
                let _ = row.answers.iter().count();
            }
        }
    }
}
