//! The files of an import, as the page hands them over: many small ones in one piece, which a
//! browser reads far sooner than one by one, or a large one by itself.

use std::cell::RefCell;
use std::collections::VecDeque;

use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use crate::browser::{files, reason};
use crate::domain::problem::ProblemKind;
use crate::formats::first_bytes::{HEAD, is_of_no_use};

/// In megabytes. A response file is a few kilobytes and a dataset of a hundred thousand rows some
/// forty megabytes; what is larger and no table of responses is something else.
const LARGEST_FILE: u32 = 512;
/// In megabytes. Of a table of responses rows of so many fit the memory of a page.
const LARGEST_TABLE: u32 = 2048;
const MEGABYTE: f64 = 1024.0 * 1024.0;
/// Larger files are read a piece at a time where they are tables of responses.
const IN_PIECES: f64 = 2.0 * MEGABYTE;
/// A piece: smaller ones take a browser longer for the same bytes.
const PIECE: f64 = 4.0 * MEGABYTE;

/// So many portions of small files are read while another is worked on.
const AHEAD: usize = 2;

/// A file that is to be imported.
#[derive(Clone)]
pub(super) struct FileIn {
    pub(super) name: String,
    /// Where it lies in what the page handed over.
    whole: Blob,
    start: f64,
    size: f64,
}

impl FileIn {
    /// All its bytes.
    pub(super) async fn content(&self) -> Result<Vec<u8>, ProblemKind> {
        content(&self.part(0.0, self.size)?).await
    }

    fn part(&self, from: f64, to: f64) -> Result<Blob, ProblemKind> {
        let part = self.whole.slice_with_f64_and_f64(self.start + from, self.start + to);
        part.map_err(|error| ProblemKind::Unreadable(reason(&error)))
    }

    /// True where it is small enough to be read as a whole.
    pub(super) fn may_be_whole(&self) -> bool {
        self.size <= f64::from(LARGEST_FILE) * MEGABYTE
    }

    /// Its bytes, a piece after the other.
    pub(super) fn pieces(&self) -> FilePieces<'_> {
        FilePieces { file: self, read: 0.0, next: None }
    }
}

/// The bytes of a large file, a piece after the other: while one is worked on, the browser reads
/// the next.
pub(super) struct FilePieces<'f> {
    file: &'f FileIn,
    /// How far it is read, or being read.
    read: f64,
    /// Listened to from the start: a file may be changed before its turn comes.
    next: Option<JsFuture>,
}

impl FilePieces<'_> {
    /// The next bytes, and whether they are the last ones; none after those.
    ///
    /// # Errors
    /// When the browser cannot read it, because it was changed or moved.
    pub(super) async fn next(&mut self) -> Result<Option<(Vec<u8>, bool)>, ProblemKind> {
        if self.next.is_none() {
            self.begin()?;
        }
        let Some(reading) = self.next.take() else { return Ok(None) };
        self.begin()?;
        let bytes = reading.await.map_err(|error| ProblemKind::Unreadable(reason(&error)))?;
        Ok(Some((Uint8Array::new(&bytes).to_vec(), self.next.is_none())))
    }

    fn begin(&mut self) -> Result<(), ProblemKind> {
        if self.file.size > f64::from(LARGEST_TABLE) * MEGABYTE {
            return Err(ProblemKind::TooLarge(LARGEST_TABLE));
        }
        if self.read < self.file.size {
            let to = (self.read + PIECE).min(self.file.size);
            self.next = Some(self.file.part(self.read, to)?.array_buffer().into());
            self.read = to;
        }
        Ok(())
    }

    /// How many of its bytes are read, of how many.
    pub(super) fn bytes(&self) -> [u64; 2] {
        [self.read, self.file.size].map(|bytes| bytes_of(bytes) as u64)
    }
}

/// What there is of a file.
pub(super) enum Content {
    /// Its bytes, or why there are none.
    Whole(Result<Vec<u8>, ProblemKind>),
    /// It is large and not read yet.
    InPieces,
}

/// Where the page's portions go while an import is under way.
#[derive(Default)]
pub(super) struct Inbox(RefCell<Option<UnboundedSender<Portion>>>);

impl Inbox {
    /// Opens it for the import of so many files.
    pub(super) fn open(&self, files: usize) -> Incoming {
        let (sender, portions) = unbounded();
        self.0.replace(Some(sender));
        Incoming { portions, ahead: VecDeque::new(), left: files }
    }

    /// Takes what the page hands over; what comes after the end belongs to no import.
    pub(super) fn take(&self, portion: &Array) {
        if let Some(sender) = &*self.0.borrow() {
            let _ = sender.unbounded_send(Portion::of(portion));
        }
    }

    /// Nothing more is to come.
    pub(super) fn close(&self) {
        self.0.replace(None);
    }
}

/// Files in one piece.
struct Portion {
    files: Vec<FileIn>,
    whole: Blob,
    /// The bytes of several small files, which the browser is reading already.
    reading: Option<Promise>,
}

impl Portion {
    /// Of what the page sends: names, sizes, and the files one behind the other.
    fn of(message: &Array) -> Self {
        let (names, sizes): (Array, Array) = (message.get(0).into(), message.get(1).into());
        let whole: Blob = message.get(2).unchecked_into();
        let mut start = 0.0;
        let files = names.iter().zip(sizes.iter()).map(|(name, size)| {
            let name = name.as_string().unwrap_or_default();
            let size = size.as_f64().unwrap_or_default();
            let file = FileIn { name, whole: whole.clone(), start, size };
            start += size;
            file
        });
        Self { files: files.collect(), whole, reading: None }
    }

    fn begin(&mut self) {
        if self.files.len() > 1 && self.reading.is_none() {
            self.reading = Some(self.whole.array_buffer());
        }
    }

    async fn read(mut self) -> Vec<(FileIn, Content)> {
        self.begin();
        if let Some(reading) = self.reading {
            let bytes = JsFuture::from(reading).await.ok();
            let bytes = bytes.map(|buffer: JsValue| Uint8Array::new(&buffer).to_vec());
            let mut left = bytes.as_deref().unwrap_or_default();
            let sizes = self.files.iter().map(|file| bytes_of(file.size));
            let parts: Option<Vec<Vec<u8>>> = sizes
                .map(|size| {
                    let (own, others) = left.split_at_checked(size)?;
                    left = others;
                    Some(own.to_vec())
                })
                .collect();
            if let Some(parts) = parts {
                let whole = parts.into_iter().map(|part| Content::Whole(Ok(part)));
                return self.files.into_iter().zip(whole).collect();
            }
        }
        // A large file, or several of which one was moved or changed since they were chosen.
        let mut contents = Vec::new();
        for file in self.files {
            let content = if file.size > IN_PIECES {
                Content::InPieces
            } else {
                Content::Whole(file.content().await)
            };
            contents.push((file, content));
        }
        contents
    }
}

/// The files of one import.
pub(super) struct Incoming {
    portions: UnboundedReceiver<Portion>,
    ahead: VecDeque<Portion>,
    /// How many files are still to come.
    left: usize,
}

impl Incoming {
    /// The files of an import that waited for something else.
    pub(super) fn of(files: Vec<FileIn>) -> Self {
        let (_, portions) = unbounded();
        let left = files.len();
        let alone =
            |file: FileIn| Portion { whole: file.whole.clone(), files: vec![file], reading: None };
        Self { portions, ahead: files.into_iter().map(alone).collect(), left }
    }

    /// How many files are still to come.
    pub(super) fn left(&self) -> usize {
        self.left
    }

    /// The next files; none after the last, or where nothing more is to come.
    pub(super) async fn next(&mut self) -> Option<Vec<(FileIn, Content)>> {
        if self.left == 0 {
            return None;
        }
        let next = match self.ahead.pop_front() {
            Some(portion) => portion,
            None => self.portions.next().await?,
        };
        while self.ahead.len() < AHEAD {
            let Ok(mut portion) = self.portions.try_recv() else { break };
            portion.begin();
            self.ahead.push_back(portion);
        }
        self.left = self.left.saturating_sub(next.files.len());
        Some(next.read().await)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of bytes")]
fn bytes_of(size: f64) -> usize {
    size as usize
}

async fn content(file: &Blob) -> Result<Vec<u8>, ProblemKind> {
    if file.size() > f64::from(LARGEST_FILE) * MEGABYTE {
        return Err(ProblemKind::TooLarge(LARGEST_FILE));
    }
    if file.size() > MEGABYTE {
        let head = file.slice_with_i32_and_i32(0, HEAD);
        let head = match head {
            Ok(head) => files::bytes(&head).await.map_err(ProblemKind::Unreadable)?,
            Err(error) => return Err(ProblemKind::Unreadable(reason(&error))),
        };
        if is_of_no_use(&head) {
            return Err(ProblemKind::NotText);
        }
    }
    files::bytes(file).await.map_err(ProblemKind::Unreadable)
}
