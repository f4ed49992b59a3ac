//! Phiếu Xã: training-needs surveys for commune leaders, as one HTML file that was never online.
//!
//! Five layers; arrows point down only, and `tests/layers.rs` fails when one points up:
//!
//! 1. [`ui`]: pages and components. What a person sees; no arithmetic, no parsing, no storage.
//! 2. [`app`]: application state, a pure update of model and message into effects.
//! 3. [`browser`]: the shell that carries effects out: storage, files, the worker.
//! 4. [`formats`]: bytes to domain types and back.
//! 5. [`domain`]: forms, answers, merging, tallies, measures. No clock, no randomness, no browser.
//!
//! [`text`] holds every sentence of the screens, once per language, beside the layers.
//! `ui` and `browser` exist only in the browser build; the rest compiles and is tested natively.

pub mod domain;

pub mod formats;
pub mod forms;
