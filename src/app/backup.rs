//! Everything a desk keeps, as one file, and back: campaigns, responses with their history, change
//! logs. Secret keys are not in it; they have files of their own.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::campaign_file::{CampaignFile, PRODUCT_VERSION};
use super::collector::KeptTally;
use crate::domain::changes::{ChangeLog, Entry};
use crate::domain::dataset::Dataset;
use crate::domain::encryption::EncryptionFault;
use crate::domain::response::Response;
use crate::domain::timestamp::Timestamp;
use crate::formats::encryption;
use crate::formats::record_archive::{Damaged, RecordReader, RecordWriter};

/// How backups are written; a higher number is one that this version cannot read.
const FORMAT: u32 = 1;

/// The file that says what an archive is.
const HEADING: &str = "phieu-xa.json";

/// One campaign with all that came in.
#[derive(Debug, Clone, PartialEq)]
pub struct CampaignData {
    /// The campaign.
    pub file: CampaignFile,
    /// What came in.
    pub kept: Kept,
}

/// What is kept of what came in to a campaign.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kept {
    /// The rows, history too.
    pub rows: Vec<Response>,
    /// What was changed in them.
    pub log: ChangeLog,
    /// The tallies of other desks.
    pub tallies: Vec<KeptTally>,
}

/// Why a backup cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BackupFault {
    /// It is no backup, or it was cut or changed.
    Damaged,
    /// A newer version of the product made it: that version.
    Newer(String),
    /// It does not open.
    Encrypted(EncryptionFault),
    /// The browser refused to store it, or to read what is there; its reason.
    Refused(String),
}

impl From<Damaged> for BackupFault {
    fn from(_: Damaged) -> Self {
        Self::Damaged
    }
}

/// What an archive says of itself.
#[derive(Serialize, Deserialize)]
struct Heading {
    #[serde(rename = "phieu-xa-backup")]
    format: u32,
    made_by: String,
    made: Timestamp,
    campaigns: usize,
}

/// Writes a backup, under a pass-phrase where there is one.
///
/// # Errors
/// Only where a library fails.
pub fn write(
    campaigns: &[CampaignData],
    made: Timestamp,
    passphrase: Option<&str>,
) -> Result<Vec<u8>, BackupFault> {
    let mut archive = RecordWriter::new();
    let made_by = PRODUCT_VERSION.to_owned();
    let heading = Heading { format: FORMAT, made_by, made, campaigns: campaigns.len() };
    archive.add(HEADING, [&heading])?;
    for (at, campaign) in campaigns.iter().enumerate() {
        let [file, rows, changes, tallies] = names(at);
        archive.add(&file, [&campaign.file])?;
        archive.add(&rows, &campaign.kept.rows)?;
        archive.add(&changes, campaign.kept.log.entries())?;
        archive.add(&tallies, &campaign.kept.tallies)?;
    }
    let bytes = archive.finish()?;
    match passphrase {
        Some(passphrase) => encryption::protect(&bytes, passphrase).map_err(BackupFault::Encrypted),
        None => Ok(bytes),
    }
}

/// Reads what [`write()`] writes.
///
/// # Errors
/// Why it cannot be opened.
pub fn read(bytes: &[u8], passphrase: Option<&str>) -> Result<Vec<CampaignData>, BackupFault> {
    if encryption::is_encrypted(bytes) {
        let bytes = encryption::unprotect(bytes, passphrase).map_err(BackupFault::Encrypted)?;
        return read(&bytes, None);
    }
    let mut archive = RecordReader::open(bytes)?;
    let headings: Vec<Heading> = archive.records(HEADING)?;
    let [heading] = headings.as_slice() else { return Err(BackupFault::Damaged) };
    if heading.format > FORMAT {
        return Err(BackupFault::Newer(heading.made_by.clone()));
    }
    let mut campaigns = Vec::new();
    for at in 0..heading.campaigns {
        let [file, rows, changes, tallies] = names(at);
        let files: Vec<CampaignFile> = archive.records(&file)?;
        let file = files.into_iter().next().ok_or(BackupFault::Damaged)?;
        let log = ChangeLog::of(archive.records::<Entry>(&changes)?);
        // Backups of before tallies were collected have none.
        let tallies = if archive.has(&tallies) { archive.records(&tallies)? } else { Vec::new() };
        let rows = archive.records(&rows)?;
        campaigns.push(CampaignData { file, kept: Kept { rows, log, tallies } });
    }
    Ok(campaigns)
}

/// The files of the campaign at a place: itself, its rows, its changes and the tallies.
fn names(at: usize) -> [String; 4] {
    ["campaign.json", "responses.jsonl", "changes.jsonl", "tallies.jsonl"]
        .map(|name| format!("{}/{name}", at + 1))
}

/// What a restored campaign adds to what is there.
#[derive(Debug, Default, PartialEq)]
pub struct Additions {
    /// Rows that are new, or that were there from fewer files.
    pub rows: Vec<Rc<Response>>,
    /// How many of them nobody had.
    pub new: usize,
    /// Lines of the log that are new.
    pub entries: Vec<Entry>,
    /// Tallies of desks of which there were none.
    pub tallies: Vec<KeptTally>,
}

/// Puts a backed-up campaign together with what is there of it: nothing is lost on either side.
pub fn additions(there: Kept, data: Kept) -> Additions {
    let Kept { rows, log, tallies } = there;
    let mut dataset = Dataset::default();
    for row in rows {
        dataset.merge(row);
    }
    let mut additions = Additions::default();
    for row in data.rows {
        if let Some(change) = dataset.merge(row).change {
            additions.new += usize::from(change.before.is_none());
            additions.rows.push(change.after);
        }
    }
    additions.entries = log.missing_of(&data.log);
    additions.tallies = data.tallies;
    additions.tallies.retain(|own| tallies.iter().all(|there| there.desk != own.desk));
    additions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::protocol::FormSheets;
    use crate::domain::campaign::Campaign;
    use crate::domain::changes::Change;
    use crate::domain::response::tests::response;
    use crate::forms::BuiltIn;

    fn now() -> Timestamp {
        Timestamp::parse("2026-12-05T08:00:00Z").unwrap()
    }

    fn tally(desk: &str) -> KeptTally {
        KeptTally { desk: desk.to_owned(), source: "tally.csv".into(), text: "x".into() }
    }

    fn data(rows: &[Response], changes: &[&str]) -> CampaignData {
        let campaign = Campaign { id: "c".into(), name: "Đợt 1".into(), ..Campaign::default() };
        let entries = changes.iter().map(|id| Entry {
            id: (*id).to_owned(),
            at: now(),
            change: Change::SetAside { root: "a".into() },
            why: "thử".into(),
        });
        CampaignData {
            file: CampaignFile::new(campaign, FormSheets::built_in(BuiltIn::Needs), now()),
            kept: Kept {
                rows: rows.to_vec(),
                log: ChangeLog::of(entries.collect()),
                tallies: changes.iter().map(|desk| tally(desk)).collect(),
            },
        }
    }

    #[test]
    fn everything_comes_back_from_a_backup_with_a_pass_phrase_and_without() {
        let rows = [response("a", 1, &[("q", "1")]), response("a", 2, &[("q", "2")])];
        let kept = vec![data(&rows, &["e1"]), data(&[], &[])];
        for passphrase in [None, Some("mật khẩu dài")] {
            let bytes = write(&kept, now(), passphrase).unwrap();
            assert_eq!(read(&bytes, passphrase).unwrap(), kept);
        }
        let locked = write(&kept, now(), Some("mật khẩu dài")).unwrap();
        let fault = |passphrase| read(&locked, passphrase).unwrap_err();
        let needed = BackupFault::Encrypted(EncryptionFault::PassphraseNeeded);
        assert_eq!(fault(None), needed);
        let wrong = BackupFault::Encrypted(EncryptionFault::WrongPassphrase);
        assert_eq!(fault(Some("khác")), wrong);
    }

    #[test]
    fn a_file_that_is_cut_changed_or_no_backup_at_all_is_refused() {
        let whole = write(&[data(&[response("a", 1, &[("q", "1")])], &[])], now(), None).unwrap();
        for cut in [0, 1, whole.len() / 2, whole.len() - 1] {
            assert_eq!(read(&whole[..cut], None), Err(BackupFault::Damaged), "{cut}");
        }
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 0x55;
            // Some bytes of a ZIP say nothing; none may end the program.
            let _ = read(&changed, None);
        }
        assert_eq!(read(b"_root\na\n", None), Err(BackupFault::Damaged));
    }

    #[test]
    fn what_is_there_and_what_comes_back_are_put_together() {
        let (first, newer) = (response("a", 1, &[("q", "1")]), response("a", 2, &[("q", "2")]));
        let other = response("b", 1, &[("q", "3")]);
        let here = data(&[first.clone(), other], &["e1"]);
        let back = data(&[first, newer.clone()], &["e1", "e2"]);
        let added = additions(here.kept, back.kept.clone());
        assert_eq!((added.rows.as_slice(), added.new), (&[Rc::new(newer)][..], 1));
        assert_eq!(added.entries.iter().map(|e| e.id.as_str()).collect::<Vec<_>>(), ["e2"]);
        assert_eq!(added.tallies, [tally("e2")]);
        let again = additions(back.kept.clone(), back.kept);
        assert_eq!(again, Additions::default());
    }
}
