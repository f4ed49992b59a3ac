//! The phone dies while somebody answers: at most the answer being given is lost, and what was
//! handed in is there once, no more and no less.
//!
//! A script answers the built-in form, no faster than a person could: an answer comes when the one
//! before it is on the device. The whole browser is killed at a random moment of it. What the script
//! had done by then is held against what the next browser finds on the disk and shows.
//! `cargo xtask kill-test` does it many times.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use e2e::{Device, Row, Screen, Way};
use serde_json::{Map, Value};
use thirtyfour::prelude::*;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use script::Script;

#[path = "surviving/script.rs"]
mod script;

/// How many kills the checks afford.
const KILLS: u64 = 20;
/// How often a form is handed in before another one is started.
const REVISIONS: u64 = 8;
/// Typed letter by letter into the field for a name or a code.
const CODE: &str = "HK-0127";

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_is_killed_loses_at_most_the_answer_being_given() {
    let kills = number_from("PHIEU_XA_KILLS").unwrap_or(KILLS);
    let seed = number_from("PHIEU_XA_SEED").unwrap_or_else(now);
    println!("{kills} kills, seed {seed}");
    let mut random = Random(seed);
    let mut ledger = Ledger::default();
    let mut outcomes: BTreeMap<String, u64> = BTreeMap::new();
    let mut device = Device::open(Way::File, Screen::Phone, "#/phieu").await;
    for kill in 1..=kills {
        let moment = Moment::choose(&mut random, ledger.revision() > 1);
        let (steps, seen) = unbounded_channel();
        let changes = if moment.step == Step::HandIn { 0 } else { random.below(4) };
        let script = Script {
            device: &device,
            ledger: &mut ledger,
            random: &mut random,
            steps,
            changes,
            place: String::new(),
        };
        tokio::select! {
            () = script.go_on() => {}
            () = moment.comes(seen) => {}
        }
        device = device.kill_and_restart("#/phieu").await;
        let outcome = ledger.compare(&device).await;
        *outcomes.entry(format!("{:?}: {outcome}", moment.step)).or_default() += 1;
        println!("{kill:4} {moment:?}: {outcome}; {}", ledger.summary());
        resume(&device, &ledger).await;
    }
    for (outcome, count) in outcomes {
        println!("{count:4} {outcome}");
    }
    device.close().await;
}

fn number_from(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is no number: {text}")))
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

/// `SplitMix64`: the same numbers for the same seed.
struct Random(u64);

impl Random {
    /// A number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// What the script does next; said just before it does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Answer,
    NextScreen,
    HandIn,
}

/// When the browser is killed: so long after a step of a kind.
#[derive(Debug, Clone, Copy)]
struct Moment {
    step: Step,
    count: u64,
    after: Duration,
}

impl Moment {
    /// Of any kind that can come soon; a kill comes within the time that the step takes, and a
    /// little later.
    fn choose(random: &mut Random, can_be_handed_in: bool) -> Self {
        let (step, steps, within) = match (can_be_handed_in, random.below(4)) {
            (false, 0 | 1) => (Step::Answer, 30, 120),
            (false, _) => (Step::NextScreen, 15, 120),
            (true, 0) => (Step::Answer, 5, 120),
            (true, 1) => (Step::NextScreen, 2, 120),
            (true, _) => (Step::HandIn, 1, 200),
        };
        let micros = random.below(within * 1_000);
        Self { step, count: 1 + random.below(steps), after: Duration::from_micros(micros) }
    }

    async fn comes(self, mut seen: UnboundedReceiver<Step>) {
        let mut count = 0;
        while count < self.count {
            let step = seen.recv().await.expect("the script goes on until the kill");
            count += u64::from(step == self.step);
        }
        tokio::time::sleep(self.after).await;
    }
}

/// How far handing in has come, as a person sees it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum HandingIn {
    #[default]
    NotAsked,
    Asked,
    ReceiptSeen,
}

/// What the script has done, and what was on the device when it was last looked at.
#[derive(Default)]
struct Ledger {
    /// Every draft as it was stored, by root.
    known: BTreeMap<String, Value>,
    /// The draft that is being answered.
    open: Option<String>,
    /// True when consent to a new one was given since.
    begun: bool,
    /// True when the open one was taken up again since.
    reopened: bool,
    /// The answers given since, in order.
    given: Vec<(String, String)>,
    /// How many of them were seen to be stored.
    confirmed: usize,
    handing_in: HandingIn,
}

impl Ledger {
    fn open_draft(&self) -> Option<&Value> {
        self.known.get(self.open.as_ref()?)
    }

    /// The revision that the open draft will be handed in as; 0 for one that is not known yet.
    fn revision(&self) -> u64 {
        let stored = self.open_draft().and_then(|draft| draft["revision"].as_u64());
        stored.unwrap_or(0) + u64::from(self.reopened)
    }

    /// What the question was answered with last.
    fn answer(&self, question: &str) -> String {
        let given = self.given.iter().rev().find(|(name, _)| name == question);
        let stored = || Some(self.open_draft()?["answers"][question].as_str()?.to_owned());
        given.map(|(_, value)| value.clone()).or_else(stored).unwrap_or_default()
    }

    /// Holds what is on the device against what was done, and says what became of the last of it.
    async fn compare(&mut self, device: &Device) -> &'static str {
        let found = stored_drafts(device).await;
        let mut new = found.keys().filter(|root| !self.known.contains_key(*root));
        if let Some(root) = new.next() {
            assert!(self.begun, "nobody began draft {root}");
            self.open = Some(root.clone());
        }
        assert_eq!(new.next(), None, "one draft was begun");
        for (root, draft) in &self.known {
            let there = found.get(root).unwrap_or_else(|| panic!("draft {root} is gone"));
            if self.open.as_ref() != Some(root) {
                assert_eq!(there, draft, "a draft that nobody touched");
            }
        }
        let outcome = if let Some(draft) = self.open.as_ref().and_then(|root| found.get(root)) {
            let is_last_lost = self.is_last_answer_lost(draft);
            match (self.handing_in, self.handed_in_since(draft)) {
                (HandingIn::NotAsked, 0) if is_last_lost => "the last answer was lost",
                (HandingIn::NotAsked, 0) => "nothing was lost",
                (HandingIn::Asked, 0) => "was not handed in",
                (HandingIn::Asked | HandingIn::ReceiptSeen, 1) => "was handed in",
                (seen, more) => panic!("{seen:?}, and {more} more were handed in: {draft}"),
            }
        } else {
            assert!(self.given.is_empty(), "answers without a draft: {:?}", self.given);
            "no draft yet"
        };
        for path in device.finished_downloads() {
            assert_is_on_device(&path, &found);
        }
        *self = Self { known: found, open: self.open.take(), ..Self::default() };
        outcome
    }

    /// True when the last answer given, or the end of it, is not in the draft. Every other has to
    /// be.
    fn is_last_answer_lost(&self, draft: &Value) -> bool {
        // The letters of a text are one answer.
        let last = self.given.last().map(|(name, _)| name);
        let others = self.given.iter().rposition(|(name, _)| Some(name) != last);
        let certain = others.map_or(0, |place| place + 1).max(self.confirmed);
        let before = self.open_draft().map_or_else(Map::new, |draft| map(&draft["answers"]));
        let is_stored = |count: usize| {
            let mut answers = before.clone();
            let given = self.given.iter().take(count);
            answers.extend(given.map(|(name, value)| (name.clone(), value.as_str().into())));
            answers.iter().all(|(name, value)| &draft["answers"][name] == value)
        };
        let count = (certain..=self.given.len()).rev().find(|count| is_stored(*count));
        let count = count.unwrap_or_else(|| {
            panic!("the first {certain} of {:?} are not all in {draft}", self.given)
        });
        count < self.given.len()
    }

    /// How many more responses of the draft are there than before; those are as they were.
    fn handed_in_since(&self, draft: &Value) -> usize {
        let before = self.open_draft().map_or_else(Vec::new, handed_in);
        let after = handed_in(draft);
        assert!(after.starts_with(&before), "what was handed in stays as it is: {draft}");
        let revisions: Vec<u64> = after.iter().filter_map(|r| r["revision"].as_u64()).collect();
        assert!(revisions.iter().copied().eq(1..=after.len() as u64), "one of each: {draft}");
        after.len() - before.len()
    }

    fn summary(&self) -> String {
        let responses: usize = self.known.values().map(|draft| handed_in(draft).len()).sum();
        let answers = self.open_draft().map_or(0, |draft| map(&draft["answers"]).len());
        format!("{} drafts, {responses} responses, {answers} answers", self.known.len())
    }
}

/// `drafts()` gives every record of the store of drafts, in the page.
const DRAFTS: &str = "
    const drafts = () => new Promise((resolve) => {
      const request = indexedDB.open('phieu-xa');
      // The page opens its database as it starts, and must be the one that makes it.
      request.onupgradeneeded = () => request.transaction.abort();
      request.onerror = () => resolve([]);
      request.onsuccess = () => {
        const database = request.result;
        const isMade = database.objectStoreNames.contains('drafts');
        if (!isMade) { database.close(); return resolve([]); }
        const records = database.transaction('drafts').objectStore('drafts').getAll();
        records.onsuccess = () => { database.close(); resolve(records.result); };
      };
    });
    const done = arguments[arguments.length - 1];";

/// Every record of the store of drafts, by root.
async fn stored_drafts(device: &Device) -> BTreeMap<String, Value> {
    let script = format!("{DRAFTS} drafts().then(done);");
    let records = device.driver.execute_async(&script, vec![]).await.expect("the drafts are read");
    let texts: Vec<String> = records.convert().expect("a draft is a text");
    let count = texts.len();
    let drafts = texts.iter().map(|text| serde_json::from_str(text).expect("a draft is JSON"));
    let root = |draft: &Value| draft["root"].as_str().expect("a draft has a root").to_owned();
    let drafts: BTreeMap<_, _> = drafts.map(|draft: Value| (root(&draft), draft)).collect();
    assert_eq!(drafts.len(), count, "one record for each draft");
    drafts
}

fn map(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

fn handed_in(draft: &Value) -> Vec<Value> {
    draft["handed_in"].as_array().cloned().unwrap_or_default()
}

fn is_open(draft: &Value) -> bool {
    draft["revision"].as_u64() > Some(handed_in(draft).len() as u64)
}

/// A response that left the device as a file is on it, once, with the same content.
fn assert_is_on_device(path: &Path, drafts: &BTreeMap<String, Value>) {
    let row = Row::read(&std::fs::read(path).expect("a download can be read"));
    let draft = drafts.get(row.get("_root")).expect("the draft of a response");
    let twins = handed_in(draft).into_iter().filter(|response| {
        response["revision"].as_u64() == row.get("_revision").parse().ok()
            && response["checksum"] == row.get("_checksum")
    });
    assert_eq!(twins.count(), 1, "{} and {draft}", path.display());
}

/// Opens the draft that the welcome page offers; all that was answered is read back there.
async fn resume(device: &Device, ledger: &Ledger) {
    for root in ledger.known.keys() {
        device.find(&format!("resume-{root}")).await;
    }
    let cards = device.driver.find_all(By::Css("[id^=resume-]")).await.expect("cards are found");
    assert_eq!(cards.len(), ledger.known.len());
    let (Some(root), Some(draft)) = (&ledger.open, ledger.open_draft()) else { return };
    device.click(&format!("resume-{root}")).await;
    if !is_open(draft) {
        device.find("receipt-code").await;
        return;
    }
    device.find("next").await;
    open(device, "/phieu/xem-lai", "hand-in").await;
    let script = "return Object.fromEntries([...document.querySelectorAll('[id^=review-]')].map(
        (line) => [line.id.slice('review-'.length), line.querySelector('.answer') !== null]));";
    let lines = device.driver.execute(script, vec![]).await.expect("the review is read");
    for (question, is_answered) in map(lines.json()) {
        assert_eq!(is_answered, draft["answers"][&question] != Value::Null, "{question}");
    }
    device.driver.back().await.expect("back to the screen where it was left");
    device.find("next").await;
}

/// Goes to a place of the form, and waits for something that is there alone.
async fn open(device: &Device, hash: &str, landmark: &str) {
    let script = format!("location.hash = '{hash}'");
    device.driver.execute(script, vec![]).await.expect("the address is changed");
    device.find(landmark).await;
}
