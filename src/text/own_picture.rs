//! The sentence on one competency of the person's own picture.

use super::Language;
use crate::domain::form::Form;
use crate::domain::own_picture::{OwnRating, Standing};

impl Language {
    /// Says where the person stands, with the form's own words for the levels, in its language
    /// `words`.
    pub fn standing(self, form: &Form, own: &Standing, words: &str) -> String {
        let word = |rating: &OwnRating| level_word(form, rating, words);
        let level = &own.ability.level;
        let ability = word(&own.ability)
            .map_or_else(|| level.to_string(), |word| self.own_level(&word, level));
        let importance = own.importance.map(|rating| match word(&rating) {
            Some(word) => self.own_level(&word, &rating.level),
            None => self.own_important_level(&rating.level),
        });
        let mut said = match importance {
            Some(importance) if own.is_strength() => self.own_strength(&importance, &ability),
            Some(importance) => self.own_need(&importance, &ability),
            None => self.own_ability_alone(&ability),
        };
        if let Some(required) = own.required {
            said.push(' ');
            said.push_str(&self.own_required_level(&required));
        }
        said
    }
}

/// What the form calls the level, as within a sentence; `None` where it only gives the number.
fn level_word(form: &Form, rating: &OwnRating, words: &str) -> Option<String> {
    let level = rating.level.to_string();
    let label = form.answer_in_words(rating.question, &level, words);
    (label.trim() != level).then(|| within_sentence(label.trim()))
}

/// With a small first letter; abbreviations such as `CNTT` stay.
fn within_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match letters.next() {
        Some(first) if letters.clone().next().is_some_and(char::is_lowercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::own_picture::OwnPicture;
    use crate::forms::BuiltIn;
    use rows::answers::Answers;

    fn sentences(form: &Form, answers: &[(&str, &str)]) -> Vec<String> {
        let answers: Answers = answers.iter().copied().collect();
        let picture = OwnPicture::of(form, &answers).unwrap();
        picture.standings().map(|own| Language::Vi.standing(form, own, "vi")).collect()
    }

    #[test]
    fn a_sentence_has_the_words_of_the_form_and_the_numbers() {
        let form = BuiltIn::Needs.read().unwrap().form;
        let answers = [
            ("chuc_danh", "ct_ubnd"),
            ("imp_A1", "4"),
            ("abl_A1", "5"),
            ("imp_D1", "5"),
            ("abl_D1", "2"),
        ];
        assert_eq!(
            sentences(&form, &answers),
            [
                "Đồng chí thấy việc này “quan trọng” (4) và đang làm ở mức “thành thạo, hướng dẫn \
                 được người khác” (5). Mức cần của chức danh là 4.",
                "Đồng chí thấy việc này “rất quan trọng” (5), hiện nay làm ở mức “làm được khi có \
                 hướng dẫn” (2). Mức cần của chức danh là 5.",
            ]
        );
        assert_eq!(
            sentences(&form, &answers[3..]),
            ["Đồng chí thấy việc này “rất quan trọng” (5), hiện nay làm ở mức “làm được khi có \
              hướng dẫn” (2)."]
        );
    }

    #[test]
    fn where_importance_is_not_asked_the_sentence_does_without() {
        let form = BuiltIn::FollowUp.read().unwrap().form;
        assert_eq!(
            sentences(&form, &[("chuc_danh", "bt"), ("abl_A1", "3")]),
            ["Hiện nay đồng chí làm ở mức “tự làm được việc thường ngày” (3). \
              Mức cần của chức danh là 5."]
        );
    }

    #[test]
    fn only_a_word_loses_its_capital() {
        assert_eq!(within_sentence("Ít quan trọng"), "ít quan trọng");
        assert_eq!(within_sentence("CNTT cơ bản"), "CNTT cơ bản");
        assert_eq!(within_sentence("I can do it"), "I can do it");
    }
}
