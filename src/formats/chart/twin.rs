//! The table that says what a chart shows, for those who do not see it and for copying.

use super::need_map::field_name;
use crate::domain::chart::heat_table::{HeatCell, HeatTable, HeatValue};
use crate::domain::chart::level_profile::LevelProfile;
use crate::domain::chart::need_map::{MapView, NeedMap};
use crate::domain::form::Form;
use crate::domain::measure::interval::Interval;
use crate::formats::clipboard;
use crate::formats::export::group_name;
use crate::formats::formula_guard::guarded;
use crate::text::Language;

/// A table with a heading for every column, and one in front of every row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Twin {
    /// The headings of the columns, that of the rows' headings first.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<TwinRow>,
}

/// A row of such a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TwinRow {
    /// Its heading.
    pub name: String,
    /// Its other cells.
    pub cells: Vec<TwinCell>,
}

/// A cell of such a table.
#[derive(Debug, Clone, PartialEq)]
pub enum TwinCell {
    /// Words.
    Words(String),
    /// A number with so many decimals.
    Number(f64, usize),
    /// A share, 0 to 1, in percent with one decimal.
    Share(f64),
    /// Nothing that may or can be told.
    Sign(&'static str),
}

impl TwinCell {
    /// As people read it.
    pub fn shown(&self, t: Language) -> String {
        match self {
            Self::Words(words) => words.clone(),
            Self::Number(number, decimals) => t.number(*number, *decimals),
            Self::Share(share) => t.percent(&t.number(share * 100.0, 1)),
            Self::Sign(sign) => (*sign).to_owned(),
        }
    }

    /// True where it is no number, nor stands for one.
    pub fn is_words(&self) -> bool {
        matches!(self, Self::Words(_))
    }

    /// As spreadsheets take it for a number.
    fn copied(&self, t: Language) -> String {
        match self {
            Self::Words(words) => guarded(words).into_owned(),
            Self::Number(..) | Self::Share(_) => self.shown(t).replace('−', "-").replace(' ', ""),
            Self::Sign(_) => String::new(),
        }
    }

    fn number(number: Option<f64>, decimals: usize) -> Self {
        number.map_or(Self::Sign("–"), |number| Self::Number(number, decimals))
    }

    fn count(count: u64) -> Self {
        Self::Number(count as f64, 0)
    }
}

impl Twin {
    /// As text that a spreadsheet takes in.
    pub fn for_clipboard(&self, t: Language) -> String {
        let header = self.header.iter().map(|heading| guarded(heading).into_owned()).collect();
        let rows = self.rows.iter().map(|row| {
            let cells = row.cells.iter().map(|cell| cell.copied(t));
            std::iter::once(guarded(&row.name).into_owned()).chain(cells).collect()
        });
        clipboard::text(&std::iter::once(header).chain(rows).collect::<Vec<_>>())
    }

    /// What a map shows.
    pub fn of_map(form: &Form, map: &NeedMap, view: MapView, t: Language) -> Self {
        let header = [
            t.col_competency(),
            t.map_col_field(),
            t.col_n_pairs(),
            t.col_importance(),
            t.map_col_interval(),
            t.col_ability(),
            t.map_col_interval(),
            t.col_gap(),
        ];
        let rows = map.placed(view).into_iter().map(|own| {
            let field = field_name(view, own.corner, t);
            let field = if own.is_open { t.map_open(&field) } else { field.to_owned() };
            let point = own.point;
            let interval = |interval: Option<Interval>| match interval {
                Some(Interval { low, high }) => {
                    TwinCell::Words(t.from_to(&t.number(low, 2), &t.number(high, 2)))
                }
                None => TwinCell::Sign("–"),
            };
            TwinRow {
                name: competency_name(form, &point.competency, t),
                cells: vec![
                    TwinCell::Words(field),
                    TwinCell::count(point.n),
                    TwinCell::Number(point.at.importance, 2),
                    interval(point.importance),
                    TwinCell::Number(point.at.ability, 2),
                    interval(point.ability),
                    TwinCell::Number(point.gap, 2),
                ],
            }
        });
        Self { header: header.map(str::to_owned).to_vec(), rows: rows.collect() }
    }

    /// What a table of groups by competencies shows.
    pub fn of_heat(form: &Form, table: &HeatTable, t: Language) -> Self {
        let columns = table.columns.iter().map(|code| competency_name(form, code, t));
        let header = [t.grouping(table.grouping), t.col_people().to_owned()];
        let rows = table.rows.iter().map(|row| {
            let cells = row.cells.iter().map(|cell| match (table.value, cell) {
                (HeatValue::HighNeed, HeatCell::Of(share, _)) => TwinCell::Share(*share),
                (_, HeatCell::Of(number, _)) => TwinCell::Number(*number, 2),
                (_, HeatCell::Hidden) => TwinCell::Sign("~"),
                (_, HeatCell::Nobody) => TwinCell::Sign("–"),
                (_, HeatCell::NoLevel) => TwinCell::Sign("·"),
            });
            TwinRow {
                name: group_name(form, table.grouping, &row.group, Some(t)),
                cells: std::iter::once(TwinCell::count(row.people)).chain(cells).collect(),
            }
        });
        Self { header: header.into_iter().chain(columns).collect(), rows: rows.collect() }
    }

    /// What a profile shows.
    pub fn of_profile(form: &Form, profile: &LevelProfile, t: Language) -> Self {
        let header = [
            t.col_competency(),
            t.col_n_pairs(),
            t.col_ability(),
            t.profile_col_required(),
            t.profile_col_shortfall(),
            t.profile_col_below(),
            t.col_importance(),
        ];
        let decimals = if profile.people == Some(1) { 0 } else { 2 };
        let rows = profile.rows.iter().map(|row| TwinRow {
            name: competency_name(form, &row.competency, t),
            cells: vec![
                TwinCell::count(row.n),
                TwinCell::number(row.ability, decimals),
                TwinCell::number(row.required, decimals),
                TwinCell::number(row.shortfall, decimals),
                row.below.map_or(TwinCell::Sign("–"), TwinCell::Share),
                TwinCell::number(row.importance, decimals),
            ],
        });
        Self { header: header.map(str::to_owned).to_vec(), rows: rows.collect() }
    }
}

fn competency_name(form: &Form, code: &str, t: Language) -> String {
    let competency = form.competency(code);
    competency.map_or(code, |competency| competency.label.get(t.code())).to_owned()
}
