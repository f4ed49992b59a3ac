//! Paths to questions: `../name`, `/data/group/name`, `current()/../name`.

/// A path to a question, kept as it is written but for spaces.
///
/// Names are unique in a form, so that the last step alone says which question is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path(String);

impl Path {
    /// A path that so far is only its start: empty for `/…`, else `.`, `..`, `current()`,
    /// `${name}` or a name.
    pub(super) fn starting(start: String) -> Self {
        Self(start)
    }

    pub(super) fn push(&mut self, step: &str) {
        self.0.push('/');
        self.0.push_str(step);
    }

    /// The question it leads to; none where it ends in `.` or `..`.
    pub fn name(&self) -> Option<&str> {
        let last = self.0.rsplit('/').next()?;
        (!matches!(last, "." | ".." | "current()")).then_some(last)
    }

    /// How many groups it leads up: the number of its `..`.
    pub(super) fn levels_up(&self) -> usize {
        self.0.split('/').filter(|step| *step == "..").count()
    }

    /// True when it stays at the question the expression belongs to: `current()/.`, `./.`.
    pub fn is_current(&self) -> bool {
        self.0.split('/').all(|step| matches!(step, "." | "current()"))
    }
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
