//! Everything that a desk knows as one workbook, written a few rows at a time, so that others get a
//! turn in between.

use rust_xlsxwriter::XlsxError;

use super::Collector;
use crate::app::protocol::PlanWanted;
use crate::domain::campaign::Campaign;
use crate::domain::chart::heat_table::{HeatOrder, HeatTable, HeatValue};
use crate::domain::filter::Filter;
use crate::domain::foreign::OfficialUnits;
use crate::domain::form::Form;
use crate::domain::grouping::{Facet, Grouping};
use crate::domain::needs::{Measure, Needs};
use crate::domain::ranking::ranked;
use crate::domain::response::Response;
use crate::domain::search::slug;
use crate::domain::timestamp::Timestamp;
use crate::formats::book::{Book, BookNote, Look, RankingCharts};
use crate::formats::coverage_csv::coverage_table;
use crate::formats::dataset_csv::{Arrangement, DatasetColumns, Words, repeat_table};
use crate::formats::export::{competency_name, group_name, needs_table};
use crate::formats::plan_csv::class_table;
use crate::formats::table::{Cell, Table};
use crate::formats::{changes_csv, codebook};
use crate::text::Language;

/// So many rows are written at a stretch: some tens of milliseconds.
const SLICE: usize = 200;

/// So many cells of responses are written; each takes about a hundred bytes until the end.
const MOST_CELLS: usize = 5_000_000;

/// A workbook that is being written.
pub struct BookMaking<'c> {
    book: Book,
    responses: Vec<&'c Response>,
    /// The sheets of responses that are still to come, the next one last.
    to_come: Vec<(&'static str, DatasetColumns<'c>)>,
    /// How many rows of the sheet that is written now there are.
    written: usize,
    rows_done: usize,
    rows_in_all: usize,
    /// The file's name without its ending.
    stem: String,
}

impl Collector {
    /// Begins the workbook of a campaign: in words of `language`.
    ///
    /// # Errors
    /// Only where the library fails.
    pub fn begin_book(
        &self,
        campaign: &Campaign,
        official: &impl OfficialUnits,
        plan: &PlanWanted,
        language: Language,
        now: Timestamp,
    ) -> Result<BookMaking<'_>, XlsxError> {
        let (form, t, all) = (&self.form, language, Filter::default());
        let responses = self.effective().counting();
        let words = [Words::Labels(t.code()), Words::Names];
        let [labels, names] =
            words.map(|words| DatasetColumns::of(form, &responses, words, Arrangement::default()));
        let mut book = Book::new()?;

        let groupings = Grouping::single(form);
        let needs: Vec<Needs> = groupings.iter().map(|own| self.needs(*own, &all)).collect();
        let about = about(campaign, form, responses.len(), t, now);
        book.add(t.book_about(), &about, Look::Plain)?;
        let (ranking, charts) = ranking(self, needs.first(), t);
        book.add_with_charts(t.book_ranking(), &ranking, &charts)?;
        let by_post = Grouping::by(Facet::Post);
        let heat = self.tallies(by_post, &all);
        let heat = HeatTable::of(form, by_post, &heat, HeatValue::Gap, HeatOrder::Form);
        book.add(t.book_heat(), &heat_sheet(self, &heat, t), Look::Heat(2))?;
        book.add(t.book_needs(), &needs_table(form, &needs, Some(t)), Look::Measures)?;
        let coverage = self.coverage(&all, &campaign.roster);
        let coverage = coverage_table(form, &campaign.roster, &coverage, Some(t));
        book.add(t.book_coverage(), &coverage, Look::Plain)?;
        let made = self.plan(plan, &campaign.roster, official);
        let courses = plan.planning.courses.as_deref().unwrap_or_default();
        let classes = class_table(form, courses, &made, Some(t));
        book.add(t.book_plan(), &classes, Look::Measures)?;
        book.add(t.book_changes(), &changes_csv::table(&self.log), Look::Plain)?;
        book.add(t.book_codebook(), &codebook::table(form, t), Look::Plain)?;
        let dataset = self.effective().to_dataset();
        for repeat in form.repeats() {
            let table = repeat_table(form, &dataset, repeat, Words::Labels(t.code()), false);
            let name = form.groups().get(repeat).map_or("", |group| group.label.get(t.code()));
            book.add(name, &table, Look::Plain)?;
        }
        // In codes they are read back; in words they are only easier on the eye.
        let mut room = MOST_CELLS;
        let mut to_come = Vec::new();
        for (name, columns) in [(t.book_codes(), names), (t.book_labels(), labels)] {
            match room.checked_sub(responses.len() * columns.header().len()) {
                Some(left) => {
                    room = left;
                    to_come.push((name, columns));
                }
                None => book.leave_out(name, responses.len()),
            }
        }
        let slug = slug(&campaign.name);
        let stem = if slug.is_empty() { form.id.clone() } else { slug };
        let rows_in_all = responses.len() * to_come.len();
        let (written, rows_done) = (0, 0);
        Ok(BookMaking { book, responses, to_come, written, rows_done, rows_in_all, stem })
    }
}

impl BookMaking<'_> {
    /// Writes some more; false when nothing is left.
    ///
    /// # Errors
    /// Only where the library fails.
    pub fn go_on(&mut self) -> Result<bool, XlsxError> {
        let Some((name, columns)) = self.to_come.last() else { return Ok(false) };
        if self.written == 0 {
            self.book.begin(name, columns.header(), Look::Plain)?;
        }
        let rows = self.responses.get(self.written..).unwrap_or_default();
        for response in rows.iter().take(SLICE) {
            self.book.add_row(&columns.row(response))?;
        }
        self.written += SLICE;
        self.rows_done += rows.len().min(SLICE);
        if self.written >= self.responses.len() {
            self.book.end()?;
            self.to_come.pop();
            self.written = 0;
        }
        Ok(!self.to_come.is_empty())
    }

    /// How many rows are written, and how many there will be.
    pub fn progress(&self) -> (usize, usize) {
        (self.rows_done, self.rows_in_all)
    }

    /// The file's name, its bytes, and what it could not hold as it is.
    ///
    /// # Errors
    /// Only where the library fails.
    pub fn finish(self) -> Result<(String, Vec<u8>, Vec<BookNote>), XlsxError> {
        let (bytes, notes) = self.book.finish()?;
        Ok((format!("{}-ket-qua.xlsx", self.stem), bytes, notes))
    }
}

/// What the workbook is about, and how to read it.
fn about(campaign: &Campaign, form: &Form, responses: usize, t: Language, now: Timestamp) -> Table {
    let rows = [
        (t.book_campaign(), Cell::text(campaign.name.clone())),
        (t.book_form(), Cell::text(format!("{} · {}", form.title.get(t.code()), form.version))),
        (t.book_made(), Cell::text(now.to_string())),
        (t.book_people(), Cell::Count(responses as u64)),
        (t.book_hidden(), Cell::text(t.book_hidden_text())),
        (t.book_personal(), Cell::text(t.book_personal_text())),
    ];
    let rows = rows.into_iter().map(|(what, cell)| vec![Cell::text(what), cell]);
    let header = [t.book_what(), t.book_says()].map(str::to_owned).to_vec();
    Table { header, rows: rows.collect() }
}

/// Competencies by MWDS, of the first group of needs: everybody together.
fn ranking<'t>(
    collector: &Collector,
    needs: Option<&Needs>,
    t: Language,
) -> (Table, RankingCharts<'t>) {
    let header = [
        t.col_rank_long(),
        t.book_code(),
        t.col_competency(),
        t.col_mwds_long(),
        t.col_gap_long(),
        t.col_importance_long(),
        t.col_ability_long(),
        t.col_n_pairs_long(),
    ];
    let group = needs.and_then(|needs| needs.groups.first()).filter(|group| !group.is_hidden);
    let ranked = group.map(|group| ranked(group, Measure::Mwds)).unwrap_or_default();
    let rows = ranked.into_iter().filter_map(|one| {
        let measures = one.need.measures.as_ref()?;
        let code = &one.need.competency;
        Some(vec![
            one.place.map_or(Cell::Blank, |place| Cell::Count(place as u64)),
            Cell::text(code.clone()),
            Cell::text(competency_name(&collector.form, code, Some(t))),
            Cell::Number(measures.mwds),
            Cell::Number(measures.gap),
            Cell::Number(measures.mean_importance),
            Cell::Number(measures.mean_ability),
            Cell::Count(one.need.n_pairs),
        ])
    });
    let charts = RankingCharts {
        codes: 1,
        names: 2,
        score: 3,
        importance: 5,
        ability: 6,
        titles: [t.book_ranking(), t.book_map()],
        axes: [t.col_mwds_long(), t.col_importance_long(), t.col_ability_long()],
    };
    (Table { header: header.map(str::to_owned).to_vec(), rows: rows.collect() }, charts)
}

/// The gaps of posts by competencies.
fn heat_sheet(collector: &Collector, heat: &HeatTable, t: Language) -> Table {
    let form = &collector.form;
    let mut header = [t.col_group(), t.col_people()].map(str::to_owned).to_vec();
    header.extend(heat.columns.iter().map(|code| competency_name(form, code, Some(t))));
    let rows = heat.rows.iter().map(|row| {
        let name = group_name(form, heat.grouping, &row.group, Some(t));
        let mut cells = vec![Cell::text(name), Cell::Count(row.people)];
        cells.extend(row.cells.iter().map(|cell| Cell::number(cell.number())));
        cells
    });
    Table { header, rows: rows.collect() }
}
