//! So many of so many, in words that the share allows.

use crate::text::Language;

/// So many people of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// How many.
    pub people: u64,
    /// Of how many.
    pub of: u64,
}

impl Amount {
    /// The word for the share: "all", "most" from two thirds on, "more than half", and so on down
    /// to "nobody".
    pub fn word(self, t: Language) -> &'static str {
        let (people, of) = (self.people, self.of);
        if of == 0 || people == 0 {
            t.amount_none()
        } else if people >= of {
            t.amount_all()
        } else if 10 * people >= 9 * of {
            t.amount_nearly_all()
        } else if 3 * people >= 2 * of {
            t.amount_most()
        } else if 2 * people > of {
            t.amount_over_half()
        } else if 2 * people == of {
            t.amount_half()
        } else if 3 * people >= of {
            t.amount_part()
        } else {
            t.amount_few()
        }
    }

    /// The word with the numbers behind it.
    pub fn in_words(self, t: Language) -> String {
        let share = if self.of == 0 { 0.0 } else { 100.0 * self.people as f64 / self.of as f64 };
        let numbers = [self.people, self.of].map(|n| t.number(n as f64, 0));
        let [people, of] = &numbers;
        t.amount_with_numbers(&self.word(t), people, of, &t.percent(&t.number(share, 0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifty_one_of_a_hundred_are_not_called_most() {
        let word = |people| Amount { people, of: 100 }.word(Language::En);
        assert_eq!(word(51), Language::En.amount_over_half());
        assert_eq!(word(50), Language::En.amount_half());
        assert_eq!(word(66), Language::En.amount_over_half());
        assert_eq!(word(67), Language::En.amount_most());
        assert_eq!(word(90), Language::En.amount_nearly_all());
        assert_eq!(word(100), Language::En.amount_all());
        assert_eq!(word(49), Language::En.amount_part());
        assert_eq!(word(5), Language::En.amount_few());
        assert_eq!(word(0), Language::En.amount_none());
    }
}
