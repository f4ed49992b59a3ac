//! Phiếu Xã: training-needs surveys for commune leaders, as one HTML file that was never online.
//!
//! Five layers; arrows point down only, and `tests/layers.rs` fails when one points up:
//!
//! 1. `ui`: pages and components. What a person sees; no arithmetic, no parsing, no storage.
//! 2. `browser`: the shell, one kind of effect a file: storage, files, the worker's line.
//! 3. [`app`]: application state, a pure update of model and message into effects.
//! 4. [`formats`]: bytes to domain types and back; [`forms`], the questionnaires that ship.
//! 5. [`domain`]: forms, answers, merging, tallies, measures. No clock, no randomness, no browser.
//!
//! [`text`] holds every sentence of the screens, once per language, just above the domain. On top
//! stand the two modules' entries, `page` and `desk_worker`. They, `ui` and `browser` exist only in
//! the browser build; the rest compiles and is tested natively in seconds.

#[cfg(target_arch = "wasm32")]
pub mod desk_worker;
#[cfg(target_arch = "wasm32")]
pub mod page;

#[cfg(target_arch = "wasm32")]
pub mod ui;

#[cfg(target_arch = "wasm32")]
pub mod browser;

pub mod app;

pub mod forms;

pub mod formats;

pub mod text;

pub mod domain;
