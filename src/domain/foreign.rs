//! Tables that other programs wrote, or people: which column answers which question, and what
//! their words mean.
//!
//! A [`Mapping`] is data: proposed from headings and values, changed by a person, and asked again
//! with every change, so that what is previewed is what is taken.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

mod choice_words;
mod competency_heading;
mod heading;
mod identity;
mod known_headings;
mod moment;
mod proposal;
mod reading;
mod recipe;
mod unit_words;
mod value;

pub(super) use heading::{likeness, plain};
pub use identity::{RowIdentity, id_heading};
pub use known_headings::KnownHeadings;
pub use moment::{DayOrder, timestamp_under};
pub use proposal::proposed;
pub use reading::{CellFault, ReadRow, TableReader, UnreadWord};
pub use recipe::{Recipe, RecipeFault};
pub use unit_words::OfficialUnits;

/// What a column of a table says.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// Nothing that is wanted.
    #[default]
    Nothing,
    /// The answer to a question, by the key of its field.
    Answer(String),
    /// Whether a choice was taken, of a question where several may be: the field's key and the
    /// choice's name.
    Choice(String, String),
    /// What tells one handing in from another.
    Id,
    /// When it was handed in.
    Submitted,
    /// When it was begun.
    Started,
    /// When the last answer was given.
    Ended,
    /// The district of the unit, which tells units of one name apart.
    District,
    /// The province of the unit, where the form does not ask for it.
    Province,
}

impl Meaning {
    /// What a column may say that is no answer.
    pub const BESIDE_ANSWERS: [Self; 6] =
        [Self::Id, Self::Submitted, Self::Started, Self::Ended, Self::District, Self::Province];

    /// The key of the field that it answers.
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Answer(key) | Self::Choice(key, _) => Some(key),
            _ => None,
        }
    }
}

/// What a person said that a word means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WordMeaning {
    /// The choice of this name.
    Choice(String),
    /// That nothing was answered.
    NoAnswer,
}

/// What words in plain letters mean in a choice list.
pub type Words = BTreeMap<String, WordMeaning>;

/// A word as it is compared with others: in plain letters, where it has any.
pub fn word_key(word: &str) -> String {
    let plain = plain(word);
    if plain.is_empty() { word.trim().to_owned() } else { plain }
}

/// How a table is read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// What each column says.
    pub columns: Vec<Meaning>,
    /// What a person said that words mean: by choice list, then by the word in plain letters.
    #[serde(default)]
    pub words: BTreeMap<String, Words>,
    /// What `2/12/2026` means.
    #[serde(default)]
    pub days: DayOrder,
}

impl Mapping {
    /// Lets a column say something else. No two columns say one thing, so another one that said
    /// it says nothing any more.
    pub fn choose(&mut self, at: usize, meaning: Meaning) {
        for other in &mut self.columns {
            if *other == meaning {
                *other = Meaning::Nothing;
            }
        }
        if let Some(slot) = self.columns.get_mut(at) {
            *slot = meaning;
        }
    }

    /// Says what a word means in a list; `None` takes it back.
    pub fn say(&mut self, list: &str, word: &str, meaning: Option<WordMeaning>) {
        let words = self.words.entry(list.to_owned()).or_default();
        match meaning {
            Some(meaning) => words.insert(word_key(word), meaning),
            None => words.remove(&word_key(word)),
        };
        self.words.retain(|_, words| !words.is_empty());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::gazetteer::Gazetteer;
    use crate::domain::problem::ValueFault;
    use crate::forms;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }

    /// Reads rows under headings as it is proposed, with words that a person gave a meaning.
    fn read(headings: &[&str], rows: &[&[&str]], words: &[(&str, &str, &str)]) -> Vec<ReadRow> {
        let form = forms::needs().unwrap();
        let known = KnownHeadings::of(&form);
        let headings = texts(headings);
        let samples: Vec<Vec<&str>> = (0..headings.len())
            .map(|at| rows.iter().map(|row| row[at]).filter(|cell| !cell.is_empty()).collect())
            .collect();
        let mut mapping = proposed(&known, &headings, &samples);
        for (list, word, choice) in words {
            mapping.say(list, word, Some(WordMeaning::Choice((*choice).to_owned())));
        }
        let official = Gazetteer::default();
        let mut reader = TableReader::new(&form, &headings, &mapping, &official);
        rows.iter().map(|row| reader.read("x.csv", &texts(row))).collect()
    }

    fn answers(row: &ReadRow) -> Vec<(String, String)> {
        let response = row.response.as_ref().unwrap();
        response.answers.iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn words_become_codes_and_what_nobody_knows_is_told_and_left_empty() {
        let headings = ["Chức vụ", "Giới tính", "Mức độ quan trọng [Ngoại ngữ]", "Tuổi"];
        let row: &[&str] = &["PCT UBND", "Nữ", "rất cần", "Từ 45 đến 54"];
        let rows = read(&headings, &[row], &[]);
        let expected = [("chuc_danh", "pct_ubnd"), ("gioi_tinh", "nu"), ("nhom_tuoi", "45_54")];
        assert_eq!(answers(&rows[0]), pairs(&expected));
        let [fault] = rows[0].faults.as_slice() else { panic!("{:?}", rows[0].faults) };
        assert_eq!((fault.column, fault.value.as_str()), (2, "rất cần"));
        assert!(matches!(fault.fault, ValueFault::UnknownChoice(_)));

        let rows = read(&headings, &[row], &[("quan_trong", "Rất cần.", "5")]);
        assert_eq!(rows[0].faults, []);
        assert!(answers(&rows[0]).contains(&("imp_F3".to_owned(), "5".to_owned())));
    }

    #[test]
    fn split_choices_make_one_answer_and_zeros_make_none() {
        let headings = ["q-tieng_dt/tay", "q-tieng_dt/nung", "imp_A1"];
        let rows = read(&headings, &[&["1", "0", "5"], &["0", "0", "4"], &["", "True", "3"]], &[]);
        let languages = rows.iter().map(|row| {
            let response = row.response.as_ref().unwrap();
            response.answers.get("tieng_dt").to_owned()
        });
        assert_eq!(languages.collect::<Vec<_>>(), ["tay", "", "nung"]);
    }

    #[test]
    fn an_id_is_the_root_and_times_are_those_of_the_response() {
        let headings = ["_uuid", "_submission_time", "start", "imp_A1"];
        let row: &[&str] = &["7f3a", "2026-12-02T07:12:00", "2026-12-02T14:00:00.000+07:00", "5"];
        let rows = read(&headings, &[row], &[]);
        let response = rows[0].response.as_ref().unwrap();
        assert_eq!((response.root.as_str(), response.revision), ("7f3a", 1));
        let at = |moment: Option<crate::domain::timestamp::Timestamp>| moment.unwrap().to_string();
        assert_eq!(at(response.submitted), "2026-12-02T07:12:00Z");
        assert_eq!(at(response.start), "2026-12-02T07:00:00Z");
    }

    #[test]
    fn a_row_that_answers_nothing_is_no_response() {
        let rows = read(&["STT", "imp_A1"], &[&["1", ""], &["2", "-"]], &[]);
        assert!(rows.iter().all(|row| row.response.is_none()));
    }

    #[test]
    fn reading_a_table_in_another_way_gives_the_same_rows() {
        let headings = ["Giới tính", "Mức độ quan trọng [Ngoại ngữ]"];
        let row: &[&[&str]] = &[&["Nam", "rất cần"]];
        let root = |words: &[(&str, &str, &str)]| {
            read(&headings, row, words)[0].response.as_ref().unwrap().root.clone()
        };
        assert_eq!(root(&[]), root(&[("quan_trong", "rất cần", "5")]));
    }

    #[test]
    fn columns_that_are_called_the_same_are_the_questions_in_form_order() {
        let form = forms::needs().unwrap();
        let known = KnownHeadings::of(&form);
        let rated = form.questions().iter().filter(|question| question.rating.is_some());
        let headings: Vec<String> = rated.clone().map(|q| q.label.get("vi").to_owned()).collect();
        let proposal = proposed(&known, &headings, &vec![Vec::new(); headings.len()]);
        let expected: Vec<Meaning> = rated.map(|q| Meaning::Answer(q.name.clone())).collect();
        assert_eq!(proposal.columns, expected);
    }

    #[test]
    fn a_heading_like_a_label_is_proposed_when_what_stands_in_it_fits() {
        let form = forms::needs().unwrap();
        let known = KnownHeadings::of(&form);
        let headings = texts(&[
            "Giới tính của đồng chí",
            "Trình độ chuyên môn",
            "Số điện thoại",
            "Chức vụ của anh/chị",
        ]);
        let samples = vec![
            vec!["Nam", "Nữ"],
            vec!["Đại học", "Thạc sĩ"],
            vec!["0912345678"],
            vec!["PCT HĐND"],
        ];
        let answer = |key: &str| Meaning::Answer(key.to_owned());
        let proposal = proposed(&known, &headings, &samples);
        let expected =
            [answer("gioi_tinh"), answer("chuyen_mon"), Meaning::Nothing, answer("chuc_danh")];
        assert_eq!(proposal.columns, expected);
        let samples = vec![vec!["0912"], vec!["x"], vec!["0912345678"], vec!["kế toán"]];
        assert_eq!(proposed(&known, &headings, &samples).columns, vec![Meaning::Nothing; 4]);
    }

    #[test]
    fn a_column_says_what_no_other_says() {
        let mut mapping =
            Mapping { columns: vec![Meaning::Id, Meaning::Nothing], ..Mapping::default() };
        mapping.choose(1, Meaning::Id);
        assert_eq!(mapping.columns, [Meaning::Nothing, Meaning::Id]);
    }
}
