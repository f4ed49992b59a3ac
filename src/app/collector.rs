//! The desk's data, as the worker holds it: a form and the responses merged so far.
//!
//! An import is staged file by file and merged at its end, so that cancelling it leaves the data
//! as it was.

use std::cell::RefCell;
use std::rc::Rc;

use zip::result::ZipError;

use crate::domain::changes::ChangeLog;
use crate::domain::clusters::Clusters;
use crate::domain::dataset::{Dataset, RowChange, Taken};
use crate::domain::filter::Filter;
use crate::domain::form::Form;
use crate::domain::grouping::Grouping;
use crate::domain::needs::CountedNeeds;
use crate::domain::problem::{FormProblem, Problem, ProblemKind};
use crate::domain::rating_counts::RatingCounts;
use crate::domain::response::Response;
use crate::domain::roster::Roster;
use crate::domain::timestamp::Timestamp;
use crate::formats::archive;
use crate::formats::changes_csv;
use crate::formats::coverage_csv::{coverage_table, reminder_table};
use crate::formats::dataset_csv::{self, Words};
use crate::formats::export::needs_table;
use crate::formats::other_layouts::{kobo_table, odk_tables};
use crate::formats::parts::{Pool, Series};
use crate::formats::response_csv::{LastHeadings, Read};
use crate::formats::table::{Profile, Table};
use crate::formats::tally_csv;
use crate::formats::xlsform_writer;

use super::protocol::{Export, ExportWanted, FileReport, Scope, Summary};

mod analysis;
mod beside;
mod book;
mod chart;
mod foreign;
mod listing;
mod looked;
mod package;
mod parts;
mod plan;
mod received;
mod review;

use foreign::{Aside, AsideTable};
use listing::Listing;
use looked::Looked;
use received::{Received, StagedTally};

pub use analysis::StabilityMaking;
pub use book::BookMaking;
pub use parts::{Scanned, Scanning};
pub use plan::PlanAnswer;
pub use received::KeptTally;

/// A form and its dataset.
pub struct Collector {
    form: Form,
    campaign: String,
    /// What this desk is called where its tallies go.
    desk: String,
    dataset: Dataset,
    /// What a trainer changed in it.
    log: ChangeLog,
    /// Which units lie together, once that was needed.
    clusters: Clusters,
    /// The tallies of other desks.
    received: Received,
    /// Parts of responses of which others are still to come.
    pool: Pool,
    /// Tables of other programs that wait for a mapping.
    aside: Aside,
    /// The rows that the last import brought, each with what was there before.
    last_import: Vec<RowChange>,
    /// What the headings of the last file meant.
    last_headings: LastHeadings,
    /// What follows from all this.
    looked: Looked,
    /// The lines of the table that was looked at last.
    listing: RefCell<Option<Listing>>,
    /// What was counted for the needs that were looked at last.
    last_counted: RefCell<Option<(Scope, Rc<CountedNeeds>)>>,
    /// How often what follows from the data has changed.
    state: u64,
}

/// What taking an import back changes of what is stored.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// Rows that are no more as they were.
    pub gone: Vec<Rc<Response>>,
    /// Rows that are there in place of some of them, from fewer files.
    pub instead: Vec<Rc<Response>>,
}

/// Files that were read but not merged yet.
#[derive(Default)]
pub struct Staged {
    files: Vec<(FileReport, Vec<Response>)>,
    /// The parts so far, of this import and before it.
    pool: Pool,
    /// Which file has parts of which whole.
    parts_of: Vec<(usize, Series)>,
    /// Which file is a table that is to be asked about.
    asked: Vec<(usize, AsideTable)>,
    /// The tallies of other desks, each with its file's name.
    tallies: Vec<StagedTally>,
}

/// What became of an import.
#[derive(Debug, Default)]
pub struct Merged {
    /// A report a file.
    pub reports: Vec<FileReport>,
    /// The responses that must be kept now.
    pub rows: Vec<Rc<Response>>,
    /// True where some of them were there from fewer files.
    pub has_replaced: bool,
    /// The tallies that must be kept now.
    pub tallies: Vec<KeptTally>,
}

impl Staged {
    /// Adds what a file held.
    pub fn add(&mut self, file: &str, read: Read) {
        let report = FileReport {
            file: file.to_owned(),
            problems: read.problems,
            unknown_columns: read.unknown_columns,
            ..FileReport::default()
        };
        self.files.push((report, read.responses));
    }

    /// Adds a file that could not be had, with the reason.
    pub fn add_unread(&mut self, file: &str, kind: ProblemKind) {
        self.add(file, Read { problems: vec![Problem::of_file(kind)], ..Read::default() });
    }

    /// How many responses were read so far.
    pub fn count(&self) -> usize {
        self.files.iter().map(|(_, responses)| responses.len()).sum()
    }
}

impl Collector {
    /// A collector of this form with the responses that were kept.
    pub fn new(form: Form, kept: impl IntoIterator<Item = Response>) -> Self {
        let mut dataset = Dataset::default();
        for response in kept {
            dataset.merge(response);
        }
        Self {
            form,
            campaign: String::new(),
            desk: String::new(),
            dataset,
            log: ChangeLog::default(),
            clusters: Clusters::default(),
            received: Received::default(),
            pool: Pool::default(),
            last_import: Vec::new(),
            last_headings: LastHeadings::default(),
            looked: Looked::default(),
            listing: RefCell::default(),
            last_counted: RefCell::default(),
            state: 0,
            aside: Aside::default(),
        }
    }

    /// Forgets what followed from the state before.
    fn look_anew(&mut self) {
        self.looked = Looked::default();
        self.listing = RefCell::default();
        self.last_counted = RefCell::default();
        self.state += 1;
    }

    /// Takes only what answers this campaign, or says of none, and no tallies of this desk.
    #[must_use]
    pub fn of_campaign(mut self, id: &str, desk: &str) -> Self {
        id.clone_into(&mut self.campaign);
        desk.clone_into(&mut self.desk);
        self
    }

    /// Goes on with another version of the form.
    pub fn set_form(&mut self, form: Form) {
        self.form = form;
        // The roster may be another one too.
        self.clusters = Clusters::default();
        self.last_headings = LastHeadings::default();
        self.look_anew();
    }

    /// The form.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// The responses as they came in.
    pub fn dataset(&self) -> &Dataset {
        &self.dataset
    }

    /// Begins an import.
    pub fn stage(&self) -> Staged {
        Staged { pool: self.pool.clone(), ..Staged::default() }
    }

    /// Merges what was staged.
    pub fn merge(&mut self, mut staged: Staged) -> Merged {
        staged.tell_missing_parts();
        self.put_aside(&mut staged);
        self.pool = staged.pool;
        let mut changed = Vec::new();
        let mut reports: Vec<FileReport> = staged
            .files
            .into_iter()
            .map(|(mut report, responses)| {
                report.receipt = match responses.as_slice() {
                    [only] => Some(only.receipt()),
                    _ => None,
                };
                for response in responses {
                    let merge = self.dataset.merge(response);
                    report.edited += usize::from(merge.is_edited);
                    changed.extend(merge.change);
                    *match merge.taken {
                        Taken::New => &mut report.new,
                        Taken::Newer => &mut report.newer,
                        Taken::Older => &mut report.older,
                        Taken::AlreadyThere => &mut report.already_there,
                        Taken::Differs => &mut report.differing,
                    } += 1;
                }
                report
            })
            .collect();
        let (of_tallies, tallies) = self.take_tallies(staged.tallies);
        if !changed.is_empty() || !tallies.is_empty() {
            // A tally is left out by itself; what came before it is no longer the last import.
            self.last_import.clone_from(&changed);
            self.look_anew();
        }
        reports.extend(of_tallies);
        let has_replaced = changed.iter().any(|row| row.before.is_some());
        let rows = changed.into_iter().map(|row| row.after).collect();
        Merged { reports, rows, has_replaced, tallies }
    }

    /// Takes every response out.
    pub fn empty(&mut self) {
        self.dataset = Dataset::default();
        self.log = ChangeLog::default();
        self.received = Received::default();
        self.pool = Pool::default();
        self.last_import.clear();
        self.look_anew();
    }

    /// What the dataset holds.
    pub fn summary(&self) -> Summary {
        Summary {
            people: self.dataset.len(),
            revisions: self.dataset.rows().count() - self.dataset.len(),
            files: self.dataset.sources().len(),
            can_undo: self.can_undo(),
            received: self.received(),
            edited: self.dataset.edited(),
        }
    }

    /// The form as an `.xlsx`: its name and its bytes.
    ///
    /// # Errors
    /// What a workbook cannot hold.
    pub fn form_file(&self) -> Result<(String, Vec<u8>), Box<FormProblem>> {
        Ok((format!("{}.xlsx", self.form.id), xlsform_writer::write(&self.form)?))
    }

    /// A file for other programs: its name and its bytes.
    ///
    /// # Errors
    /// Only where a library fails.
    pub fn export(
        &self,
        wanted: &ExportWanted,
        roster: &Roster,
        now: Timestamp,
    ) -> Result<(String, Vec<u8>), ZipError> {
        let ExportWanted { export, profile, arrangement, .. } = *wanted;
        let is_of_people =
            export.is_for_programs_alone() || matches!(export, Export::Dataset | Export::Repeat(_));
        let nameless = if arrangement.is_nameless && is_of_people { "-khong-ten" } else { "" };
        let stem = format!("{}{nameless}", export.file_stem(&self.form));
        let Some(table) = self.table(wanted, roster, now) else {
            let bytes = match export {
                Export::Odk => {
                    let dataset = self.effective().to_dataset();
                    let tables = odk_tables(&self.form, &dataset, arrangement.is_nameless);
                    let file = |(name, table): (String, Table)| (name, table.to_csv(profile));
                    archive::write(tables.into_iter().map(file))?
                }
                _ => self.package(wanted, roster, now)?,
            };
            return Ok((format!("{stem}.zip"), bytes));
        };
        let (ending, profile) = match (export, profile) {
            (Export::Kobo, _) => (".csv", Profile::Kobo),
            (_, Profile::Excel) => ("-excel.csv", profile),
            _ => (".csv", profile),
        };
        Ok((format!("{stem}{ending}"), table.to_csv(profile)))
    }

    /// What stands in a file; `None` of those that have several tables.
    fn table(&self, wanted: &ExportWanted, roster: &Roster, now: Timestamp) -> Option<Table> {
        let ExportWanted { export, profile, language, arrangement } = *wanted;
        let in_words = (profile == Profile::Excel).then_some(language);
        let (groupings, all) = (Grouping::single(&self.form), Filter::default());
        let words = in_words.map_or(Words::Names, |t| {
            Words::Labels(arrangement.label_language(&self.form, t.code()))
        });
        Some(match export {
            Export::Dataset => {
                dataset_csv::table(&self.form, &self.effective().to_dataset(), words, arrangement)
            }
            Export::Repeat(group) => {
                let (dataset, is_nameless) =
                    (self.effective().to_dataset(), arrangement.is_nameless);
                dataset_csv::repeat_table(&self.form, &dataset, group, words, is_nameless)
            }
            Export::Needs => {
                let needs: Vec<_> = groupings.iter().map(|g| self.needs(*g, &all)).collect();
                needs_table(&self.form, &needs, in_words)
            }
            Export::Coverage => {
                coverage_table(&self.form, roster, &self.coverage(&all, roster), in_words)
            }
            Export::Reminders => {
                reminder_table(&self.form, roster, &self.coverage(&all, roster), in_words)
            }
            Export::Changes => changes_csv::table(&self.log),
            Export::Tally => {
                let counts: Vec<(Grouping, RatingCounts)> =
                    groupings.iter().map(|g| (*g, self.counts(*g))).collect();
                tally_csv::table(&self.form, &counts, &self.origin(now), in_words)
            }
            Export::Kobo => {
                kobo_table(&self.form, &self.effective().to_dataset(), arrangement.is_nameless)
            }
            Export::Package | Export::Odk => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms;

    const ROWS: &str = "chuc_danh,imp_A1,abl_A1,_form,_root,_revision\nbt,5,3,nhu-cau,a,1\n";

    fn staged(collector: &Collector, files: &[(&str, &str)]) -> Staged {
        let mut staged = Staged::default();
        for (name, text) in files {
            let mut reading = collector.start_reading(name, text.as_bytes());
            while reading.read_rows(collector.form(), 1) {}
            staged.add(name, reading.finish());
        }
        staged
    }

    #[test]
    fn a_bad_file_is_reported_and_the_rest_is_taken() {
        let mut collector = Collector::new(forms::needs().unwrap(), []);
        let newer = ROWS.replace(",1\n", ",2\n");
        let files = [("1.csv", ROWS), ("2.csv", ""), ("3.csv", &newer), ("4.csv", ROWS)];
        let Merged { reports, rows: changed, .. } = collector.merge(staged(&collector, &files));
        let counts: Vec<_> =
            reports.iter().map(|r| (r.new, r.newer, r.already_there, r.problems.len())).collect();
        assert_eq!(counts, [(1, 0, 0, 0), (0, 0, 0, 1), (0, 1, 0, 0), (0, 0, 1, 0)]);
        let summary = Summary {
            people: 1,
            revisions: 1,
            files: 3,
            edited: 0,
            can_undo: true,
            received: Vec::new(),
        };
        assert_eq!(collector.summary(), summary);
        let kept = changed.iter().map(|row| (**row).clone());
        let again = Collector::new(forms::needs().unwrap(), kept);
        assert_eq!(again.dataset(), collector.dataset(), "what is kept is the whole dataset");
    }

    #[test]
    fn importing_again_changes_nothing_that_is_kept() {
        let mut collector = Collector::new(forms::needs().unwrap(), []);
        collector.merge(staged(&collector, &[("1.csv", ROWS)]));
        let Merged { rows: changed, .. } = collector.merge(staged(&collector, &[("1.csv", ROWS)]));
        assert_eq!(changed, []);
    }

    #[test]
    fn an_import_that_is_taken_back_leaves_the_data_as_it_was_before() {
        let mut collector = Collector::new(forms::needs().unwrap(), []);
        let newer = ROWS.replace(",1\n", ",2\n");
        collector.merge(staged(&collector, &[("1.csv", ROWS)]));
        let before = collector.dataset().clone();
        // The row that is there gets two more sources, and a newer revision comes twice.
        let files = [("2.csv", ROWS), ("3.csv", &newer), ("4.csv", &newer), ("5.csv", ROWS)];
        let Merged { rows: stored, .. } = collector.merge(staged(&collector, &files));
        let undone = collector.undo_import();
        assert_eq!(*collector.dataset(), before);
        assert!(!collector.can_undo());
        // What is stored then is what is there.
        let is_gone = |row: &Rc<Response>| undone.gone.iter().any(|gone| gone.says_the_same(row));
        let left = stored.into_iter().filter(|row| !is_gone(row)).chain(undone.instead.clone());
        let again = left.map(|row| (*row).clone());
        assert_eq!(*Collector::new(forms::needs().unwrap(), again).dataset(), before);
    }

    #[test]
    fn what_is_staged_and_thrown_away_leaves_no_trace() {
        let collector = Collector::new(forms::needs().unwrap(), []);
        drop(staged(&collector, &[("1.csv", ROWS)]));
        assert!(collector.dataset().is_empty());
    }
}
