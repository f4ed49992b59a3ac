//! A text in the languages of a form.

/// One text in several languages, the form's default language first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Localized {
    texts: Vec<(String, String)>,
}

impl Localized {
    /// Collects `(language code, text)` pairs; empty texts are left out, and of several texts in
    /// one language all but the first.
    pub fn new(texts: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut localized = Self::default();
        for (language, text) in texts {
            if !text.is_empty() && !localized.has(&language) {
                localized.texts.push((language, text));
            }
        }
        localized
    }

    /// The text in `language`, else in the first language that has one, else empty.
    pub fn get(&self, language: &str) -> &str {
        self.texts
            .iter()
            .find(|(code, _)| code == language)
            .or_else(|| self.texts.first())
            .map_or("", |(_, text)| text)
    }

    /// True when this language has a text of its own.
    pub fn has(&self, language: &str) -> bool {
        self.texts.iter().any(|(code, _)| code == language)
    }

    /// These texts, with those of `other` in languages that have none here.
    #[must_use]
    pub fn or(mut self, other: Self) -> Self {
        for (language, text) in other.texts {
            if !self.has(&language) {
                self.texts.push((language, text));
            }
        }
        self
    }

    /// True when every language that has a text has the same.
    pub fn is_one_text(&self) -> bool {
        self.all().all(|text| text == self.get(""))
    }

    /// The first text alone; the other languages fall back to it.
    pub fn keep_first(&mut self) {
        self.texts.truncate(1);
    }

    /// True when no language has a text.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Every text, whatever its language.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.texts().map(|(_, text)| text)
    }

    /// Every text with its language's code before it.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(language, text)| (language.as_str(), text.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_language_falls_back_to_the_default_one() {
        let text = Localized::new([("vi".into(), "Xã".into()), ("en".into(), String::new())]);
        assert_eq!(text.get("en"), "Xã");
        assert_eq!(text.get("vi"), "Xã");
        assert_eq!(Localized::default().get("vi"), "");
    }

    #[test]
    fn a_language_has_one_text() {
        let text = |text: &str| ("vi".to_owned(), text.to_owned());
        let twice = Localized::new([text(""), text("Xã"), text("Phường")]);
        assert_eq!(twice.texts().collect::<Vec<_>>(), [("vi", "Xã")]);
    }
}
