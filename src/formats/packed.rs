//! Responses in as few bytes as a code or a message wants: the rows of their file, deflated.
//!
//! A byte with the format's version; the form's id and its version, each after a byte with its
//! length; the CRC-32 of what both sides must have alike (4 bytes), the form's columns and the
//! dictionary; then, deflated with that dictionary, how many instances the repeats have, in a
//! line, and the rows of the response file without their headings. The dictionary is phrases that
//! answers in Vietnamese often have, and the names of the form's choices.
//!
//! Read with the same form, the rows give what their file gives. That the bytes are whole is for
//! whoever carries them to see ([`super::parts`]).

mod deflated;

use std::collections::BTreeSet;

use super::response_csv::{self, Read};
use super::table::{Profile, Table};
use crate::domain::field::{Layout, instances};
use crate::domain::form::Form;
use crate::domain::outline::Outline;
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::response::Response;
use crate::domain::transfer::TransferFault;
use rows::answers::Answers;

const VERSION: u8 = 1;

/// They may be changed together with [`VERSION`] only.
const PHRASES: &str = include_str!("packed/phrases.txt");

/// What unpacked rows have at most, in bytes; what claims more is no response.
const LARGEST: usize = 16 << 20;

/// Instances of all repeats together at most: some hundred interviews.
const MOST_INSTANCES: usize = 20_000;

/// Packs responses to a form.
pub fn pack(form: &Form, responses: &[&Response]) -> Vec<u8> {
    let answers = responses.iter().map(|response| &response.answers);
    let repeats = instances(form, answers).into_iter();
    let repeats: Vec<String> = repeats.map(|(key, count)| format!("{key}={count}")).collect();
    let table = response_csv::table(form, responses);
    let headings = line(table.header.clone());
    let mut rows = (repeats.join(" ") + "\n").into_bytes();
    rows.extend(table.to_csv(Profile::Data).split_off(headings.len()));
    let dictionary = dictionary(form);
    let mut packed = vec![VERSION];
    push_text(&mut packed, &form.id);
    push_text(&mut packed, &form.version);
    packed.extend(checksum(form, &dictionary));
    packed.extend(deflated::deflate(&dictionary, &rows));
    packed
}

/// Reads packed responses, as if `source` were their file.
pub fn read(form: &Form, source: &str, packed: &[u8]) -> Read {
    match file(form, packed) {
        Ok(csv) => response_csv::read(form, source, &csv),
        Err(kind) => Read { problems: vec![Problem::of_file(kind)], ..Read::default() },
    }
}

/// The file that the responses make.
fn file(form: &Form, packed: &[u8]) -> Result<Vec<u8>, ProblemKind> {
    let damaged = || ProblemKind::Transfer(TransferFault::Damaged);
    let (version, mut rest) = packed.split_first().ok_or_else(damaged)?;
    if *version != VERSION {
        return Err(ProblemKind::Transfer(TransferFault::NewerProduct));
    }
    let id = take_text(&mut rest).ok_or_else(damaged)?;
    let version = take_text(&mut rest).ok_or_else(damaged)?;
    if id != cut_short(&form.id) {
        return Err(ProblemKind::OtherForm { expected: form.id.clone(), found: id.to_owned() });
    }
    let (stated, deflated) = rest.split_first_chunk::<4>().ok_or_else(damaged)?;
    let dictionary = dictionary(form);
    if checksum(form, &dictionary) != *stated {
        return Err(ProblemKind::Transfer(if version == cut_short(&form.version) {
            TransferFault::FormChanged
        } else {
            let (expected, found) = (form.version.clone(), version.to_owned());
            TransferFault::OtherVersion { expected, found }
        }));
    }
    let unpacked = deflated::inflate(&dictionary, deflated, LARGEST).ok_or_else(damaged)?;
    let end = unpacked.iter().position(|byte| *byte == b'\n').ok_or_else(damaged)?;
    let (repeats, rows) = unpacked.split_at_checked(end + 1).ok_or_else(damaged)?;
    let repeats = str::from_utf8(repeats).ok().and_then(counts).ok_or_else(damaged)?;
    let mut csv = line(header(form, &Layout::holding(form, [&repeats])));
    csv.extend(rows);
    Ok(csv)
}

/// The headings that are not packed.
fn header(form: &Form, layout: &Layout) -> Vec<String> {
    response_csv::header(form, layout, &BTreeSet::new())
}

/// A line of a CSV.
fn line(header: Vec<String>) -> Vec<u8> {
    Table { header, rows: Vec::new() }.to_csv(Profile::Data)
}

/// How many instances each repeat has, as answers say it.
fn counts(repeats: &str) -> Option<Answers> {
    let mut sum = 0usize;
    let counts = repeats.split_whitespace().map(|repeat| {
        let (key, count) = repeat.rsplit_once('=')?;
        sum = sum.checked_add(count.parse().ok()?)?;
        (sum <= MOST_INSTANCES).then_some((key, count))
    });
    Some(counts.collect::<Option<Vec<_>>>()?.into_iter().collect())
}

/// The phrases, and the names of choices; those of places are numbers, which do not repeat, and a
/// kit may have fewer of them than the desk.
fn dictionary(form: &Form) -> Vec<u8> {
    let choices = form.list_names().flat_map(|list| form.choices(list));
    let is_number = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
    let names = choices.map(|choice| choice.name.as_str()).filter(|name| !is_number(name));
    let names = names.flat_map(|name| [" ", name]);
    std::iter::once(PHRASES).chain(names).collect::<String>().into_bytes()
}

/// The checksum of what rows without headings mean: the columns, each repeat's once, and the
/// dictionary.
fn checksum(form: &Form, dictionary: &[u8]) -> [u8; 4] {
    let once = Layout::new(form, &Outline::of(form), &|_| 1);
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&line(header(form, &once)));
    hasher.update(dictionary);
    hasher.finalize().to_be_bytes()
}

/// A form's id or version, which a byte with its length has room for.
fn cut_short(text: &str) -> &str {
    text.get(..text.floor_char_boundary(usize::from(u8::MAX))).unwrap_or_default()
}

fn push_text(bytes: &mut Vec<u8>, text: &str) {
    let text = cut_short(text);
    bytes.push(u8::try_from(text.len()).unwrap_or_default());
    bytes.extend(text.as_bytes());
}

fn take_text<'b>(bytes: &mut &'b [u8]) -> Option<&'b str> {
    let (length, rest) = bytes.split_first()?;
    let (text, rest) = rest.split_at_checked(usize::from(*length))?;
    *bytes = rest;
    str::from_utf8(text).ok()
}
