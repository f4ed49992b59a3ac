//! What the columns of a dataset mean: a row a column, and one for each of its choices.

use super::dataset_csv::column_label;
use super::table::{Cell, Table};
use crate::domain::field::Layout;
use crate::domain::form::{Form, Kind, Question};
use crate::text::Language;

/// The codebook of a form's columns.
pub fn table(form: &Form, t: Language) -> Table {
    let header = [
        t.codebook_column(),
        t.codebook_question(),
        t.codebook_kind(),
        t.codebook_choice(),
        t.codebook_choice_words(),
    ];
    let mut rows = Vec::new();
    let layout = Layout::holding(form, []);
    for field in layout.columns(form) {
        let question = field.question(form);
        let label = column_label(form, &field.key, t.code());
        let kind = question.map_or(t.kind_count(), |question| kind_in_words(t, question));
        let column = [Cell::text(field.key.clone()), Cell::text(label), Cell::text(kind)];
        let choices = question.and_then(|question| question.kind.list());
        let choices = choices.map_or(&[][..], |list| form.choices(list));
        if choices.len() > MOST_CHOICES || choices.is_empty() {
            rows.push(column.into_iter().chain([Cell::Blank, Cell::Blank]).collect());
            continue;
        }
        rows.extend(choices.iter().map(|choice| {
            let words = [choice.name.as_str(), choice.label.get(t.code())];
            column.iter().cloned().chain(words.map(Cell::text)).collect()
        }));
    }
    Table { header: header.map(str::to_owned).to_vec(), rows }
}

/// Longer lists are those of units, which are known by their codes.
pub(super) const MOST_CHOICES: usize = 200;

fn kind_in_words(t: Language, question: &Question) -> &'static str {
    match question.kind {
        Kind::Integer | Kind::Decimal | Kind::Range(_) => t.kind_number(),
        Kind::Date => t.kind_day(),
        Kind::Time | Kind::DateTime => t.kind_time(),
        Kind::SelectOne(_) => t.kind_one(),
        Kind::SelectMultiple(_) => t.kind_several(),
        Kind::Rank(_) => t.kind_rank(),
        Kind::Acknowledge => t.kind_tick(),
        Kind::Calculate | Kind::Hidden | Kind::Meta(_) => t.kind_computed(),
        Kind::Text | Kind::Note => t.kind_text(),
    }
}
