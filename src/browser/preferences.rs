//! Language, text size and the time of the last backup, remembered for the next visit. Answers
//! never lie here.

use gloo::storage::{LocalStorage, Storage};

use crate::app::TextSize;
use crate::domain::timestamp::Timestamp;
use crate::text::Language;

const LANGUAGE: &str = "phieu-xa.language";
const TEXT_SIZE: &str = "phieu-xa.text-size";
const BACKUP: &str = "phieu-xa.backup";

/// What was chosen last; where nothing was, Vietnamese and the normal size.
pub fn read() -> (Language, TextSize) {
    let word = |key| LocalStorage::get::<String>(key).unwrap_or_default();
    let language = Language::of_code(&word(LANGUAGE)).unwrap_or_default();
    (language, TextSize::named(&word(TEXT_SIZE)).unwrap_or_default())
}

/// Remembers a choice; where the browser keeps nothing, it lasts as long as the page.
pub fn keep(language: Language, text_size: TextSize) {
    let _ = LocalStorage::set(LANGUAGE, language.code());
    let _ = LocalStorage::set(TEXT_SIZE, text_size.word());
}

/// Makes the page follow: its language for screen readers, its size for styles.
pub fn show(language: Language, text_size: TextSize) {
    if let Some(root) = gloo::utils::document().document_element() {
        let _ = root.set_attribute("lang", language.code());
        let _ = root.set_attribute("data-text-size", text_size.word());
    }
}

/// Remembers when a backup was made.
pub fn keep_backup_time(at: Timestamp) {
    let _ = LocalStorage::set(BACKUP, at.to_string());
}

/// When the last backup was made, where the browser remembers.
pub fn backup_time() -> Option<Timestamp> {
    Timestamp::parse(&LocalStorage::get::<String>(BACKUP).ok()?)
}

/// Forgets all of this.
pub fn forget() {
    for key in [LANGUAGE, TEXT_SIZE, BACKUP] {
        LocalStorage::delete(key);
    }
}
