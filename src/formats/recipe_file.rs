//! How a table is read, as a small JSON file.

use serde::{Deserialize, Serialize};

use crate::domain::foreign::{Recipe, RecipeFault};

/// How recipes are written; a higher number is one that this version cannot read.
const FORMAT: u32 = 1;

#[derive(Serialize, Deserialize)]
struct RecipeFile {
    #[serde(rename = "phieu-xa-recipe")]
    format: u32,
    #[serde(flatten)]
    recipe: Recipe,
}

/// A recipe as the text of a file.
pub fn write(recipe: &Recipe) -> String {
    let file = RecipeFile { format: FORMAT, recipe: recipe.clone() };
    // It has no map whose keys are not texts, so it can always be written.
    serde_json::to_string_pretty(&file).unwrap_or_default()
}

/// Reads what [`write()`] writes.
///
/// # Errors
/// Where it is no recipe, or one of a newer version.
pub fn read(bytes: &[u8]) -> Result<Recipe, RecipeFault> {
    /// What every version says of itself.
    #[derive(Deserialize)]
    struct Heading {
        #[serde(rename = "phieu-xa-recipe")]
        format: u32,
    }
    let damaged = |_| RecipeFault::Damaged;
    // An editor may have put a byte order mark before it.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let heading: Heading = serde_json::from_slice(bytes).map_err(damaged)?;
    if heading.format > FORMAT {
        return Err(RecipeFault::Newer);
    }
    let file: RecipeFile = serde_json::from_slice(bytes).map_err(damaged)?;
    let recipe = file.recipe;
    let is_whole = recipe.mapping.columns.len() == recipe.headings.len();
    if is_whole { Ok(recipe) } else { Err(RecipeFault::Damaged) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::foreign::{DayOrder, Mapping, Meaning, WordMeaning};
    use proptest::prelude::*;

    fn recipe() -> Recipe {
        let columns = vec![
            Meaning::Answer("imp_A1".into()),
            Meaning::Choice("tieng_dt".into(), "tay".into()),
            Meaning::Id,
            Meaning::Nothing,
        ];
        let mut mapping = Mapping { columns, days: DayOrder::MonthFirst, ..Mapping::default() };
        mapping.say("quan_trong", "Rất cần", Some(WordMeaning::Choice("5".into())));
        mapping.say("quan_trong", "không rõ", Some(WordMeaning::NoAnswer));
        let headings = ["Quan trọng", "Tiếng [Tày]", "_uuid", ""].map(str::to_owned).to_vec();
        Recipe::new("khảo sát.csv", "nhu-cau", headings, mapping)
    }

    #[test]
    fn a_recipe_is_read_as_it_was_written() {
        let text = write(&recipe());
        assert_eq!(read(text.as_bytes()), Ok(recipe()));
        assert_eq!(read(format!("\u{feff}{text}").as_bytes()), Ok(recipe()));
    }

    #[test]
    fn what_is_none_or_of_a_newer_version_is_refused() {
        let text = write(&recipe());
        let newer = text.replace("\"phieu-xa-recipe\": 1", "\"phieu-xa-recipe\": 2");
        assert_eq!(read(newer.as_bytes()), Err(RecipeFault::Newer));
        for wrong in ["", "{}", "[1]", &text[..text.len() / 2], &text.replace("\"_uuid\",", "")] {
            assert_eq!(read(wrong.as_bytes()), Err(RecipeFault::Damaged), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(&bytes);
        }

        #[test]
        fn no_change_of_a_recipe_breaks_the_reader(at in 0..600usize, byte in any::<u8>()) {
            let mut bytes = write(&recipe()).into_bytes();
            if let Some(slot) = bytes.get_mut(at) {
                *slot = byte;
            }
            let _ = read(&bytes);
        }
    }
}
