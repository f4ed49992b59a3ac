//! Something that the worker computes.

use std::rc::Rc;

/// Something that the worker computes. What was computed before is shown until it is there anew,
/// so that nothing jumps.
#[derive(Debug, Clone, PartialEq)]
pub struct Computed<T> {
    value: Option<Rc<T>>,
    /// True when it is asked for, or there, as things stand now.
    is_asked: bool,
}

impl<T> Default for Computed<T> {
    fn default() -> Self {
        Self { value: None, is_asked: false }
    }
}

impl<T> Computed<T> {
    /// What was computed last.
    pub fn get(&self) -> Option<&Rc<T>> {
        self.value.as_ref()
    }

    /// It holds no longer.
    pub(super) fn age(&mut self) {
        self.is_asked = false;
    }

    /// True when it has to be asked for, which is done then.
    pub(super) fn is_to_ask(&mut self) -> bool {
        !std::mem::replace(&mut self.is_asked, true)
    }

    /// It has come.
    pub(super) fn set(&mut self, value: T) {
        self.value = Some(Rc::new(value));
    }
}
