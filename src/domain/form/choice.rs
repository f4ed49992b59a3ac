//! What can be chosen.

use crate::domain::localized::Localized;

/// One entry of a choice list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is stored.
    pub name: String,
    /// What is read.
    pub label: Localized,
    pub(super) columns: Vec<(String, String)>,
    /// True when another choice of its list reads the same.
    pub(super) is_ambiguous: bool,
}

impl Choice {
    /// A choice with its further columns, by header.
    pub fn new(
        name: &str,
        label: Localized,
        columns: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let columns = columns.into_iter().collect();
        Self { name: name.to_owned(), label, columns, is_ambiguous: false }
    }

    /// The label, with the name behind it where another choice of the list reads the same.
    pub fn distinct_label(&self, language: &str) -> String {
        let label = self.label.get(language);
        if self.is_ambiguous { format!("{label} ({})", self.name) } else { label.to_owned() }
    }

    /// Its further columns that are filled, by header.
    pub fn columns(&self) -> &[(String, String)] {
        &self.columns
    }

    /// A column of the choice, as filters and look-ups see it; empty where there is none.
    pub fn column(&self, header: &str) -> &str {
        match header {
            "name" => &self.name,
            "label" => self.label.get(""),
            _ => self
                .columns
                .iter()
                .find(|(name, _)| name == header)
                .map_or("", |(_, value)| value.as_str()),
        }
    }
}
