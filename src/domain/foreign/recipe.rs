//! How a table was read once, for the next one with the same headings.

use serde::{Deserialize, Serialize};

use super::{Mapping, Meaning};
use rows::text::composed;

/// A mapping with the headings that it is for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipe {
    /// What it is called: the file that it was made with.
    pub name: String,
    /// The form that it is for, by id.
    pub form: String,
    /// The headings of the table.
    pub headings: Vec<String>,
    /// How each of its columns is read.
    pub mapping: Mapping,
}

/// Why a file is no recipe that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecipeFault {
    /// It is no recipe, or it was cut or changed.
    Damaged,
    /// A newer version of the product made it.
    Newer,
    /// It is for another form.
    OtherForm,
    /// The table does not have its columns.
    OtherTable,
}

impl Recipe {
    /// The recipe of a table that was read.
    pub fn new(name: &str, form: &str, headings: Vec<String>, mapping: Mapping) -> Self {
        Self { name: name.to_owned(), form: form.to_owned(), headings, mapping }
    }

    /// True for a table that has every column which says something; there may be others.
    pub fn fits(&self, headings: &[String]) -> bool {
        let meaning = self.mapping.columns.iter().filter(|column| **column != Meaning::Nothing);
        meaning.count() > 0
            && self
                .places(headings)
                .zip(&self.mapping.columns)
                .all(|(place, meaning)| place.is_some() || *meaning == Meaning::Nothing)
    }

    /// True for another recipe of tables with the same headings.
    pub fn is_for_the_same(&self, other: &Self) -> bool {
        self.form == other.form && keys(&self.headings).eq(keys(&other.headings))
    }

    /// How a table with these headings is read; columns that the recipe does not know say what
    /// `proposed` says.
    #[must_use]
    pub fn mapping_for(&self, headings: &[String], proposed: Mapping) -> Mapping {
        let mut mapping = Mapping { columns: proposed.columns, ..self.mapping.clone() };
        for (place, meaning) in self.places(headings).zip(&self.mapping.columns) {
            if let Some(at) = place {
                mapping.choose(at, meaning.clone());
            }
        }
        mapping
    }

    /// Where each column of the recipe is in a table; the second of two that are called the same
    /// is the second there.
    fn places(&self, headings: &[String]) -> impl Iterator<Item = Option<usize>> {
        let there: Vec<String> = keys(headings).collect();
        let mut used = vec![false; there.len()];
        keys(&self.headings).map(move |wanted| {
            let mut free = there.iter().zip(&used).enumerate();
            let place = free.find_map(|(at, (key, used))| (!used && *key == wanted).then_some(at));
            if let Some(slot) = place.and_then(|at| used.get_mut(at)) {
                *slot = true;
            }
            place
        })
    }
}

/// Headings as they are compared.
fn keys(headings: &[String]) -> impl Iterator<Item = String> {
    headings.iter().map(|heading| {
        composed(heading).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }

    #[test]
    fn a_recipe_fits_columns_in_another_order_and_with_others_beside_them() {
        let answer = |key: &str| Meaning::Answer(key.to_owned());
        let columns = vec![answer("a"), Meaning::Nothing, answer("b")];
        let mapping = Mapping { columns, ..Mapping::default() };
        let recipe = Recipe::new("x.csv", "f", texts(&["Câu", "Ghi chú", "Câu"]), mapping);
        let headings = texts(&["mới", "câu", "CÂU "]);
        assert!(recipe.fits(&headings));
        assert!(!recipe.fits(&texts(&["Câu", "Ghi chú"])));
        let proposed = Mapping {
            columns: vec![answer("b"), Meaning::Nothing, Meaning::Nothing],
            ..Mapping::default()
        };
        let read = recipe.mapping_for(&headings, proposed);
        assert_eq!(read.columns, [Meaning::Nothing, answer("a"), answer("b")]);
    }
}
