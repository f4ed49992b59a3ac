//! When a newer version of the served site is offered: never where it would interrupt somebody.

use super::Model;
use super::desk::Desk;
use super::route::{Place, Route};

impl Model {
    /// True where there is a newer version of the page, and nothing is lost by loading it now.
    pub fn offers_update(&self) -> bool {
        let is_free = match &self.route {
            Route::Home | Route::Answer(Place::Welcome) => true,
            // Once encrypted, the receipt's page is the last that knows the answers.
            Route::Answer(Place::Receipt) => !self.kit.encrypts(),
            Route::Desk(..) => !is_in_the_middle(&self.desk),
            Route::Answer(Place::Consent | Place::Screen(_) | Place::Review)
            | Route::Preview(_)
            | Route::Paper => false,
        };
        self.has_update && is_free && !self.kit.is_at_risk()
    }
}

/// True while the page knows something that is not stored.
fn is_in_the_middle(desk: &Desk) -> bool {
    let keys = &desk.keys;
    let is_receiving = desk.importing.is_some() || desk.scan.is_some();
    is_receiving || keys.is_busy || keys.is_making || keys.new.is_some()
}
