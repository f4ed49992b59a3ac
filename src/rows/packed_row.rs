//! A row whose cells stand in one text.

/// One row whose cells stand in one text, to be filled again and again: a file of a hundred thousand
/// rows of a hundred cells is read without making a text of each.
#[derive(Debug, Clone, Default)]
pub struct PackedRow {
    /// The line it starts in, from 1.
    pub line: u64,
    text: String,
    /// Where in it each cell stands.
    cells: Vec<(usize, usize)>,
}

impl PackedRow {
    /// Begins a row at a line.
    pub fn begin(&mut self, line: u64) {
        self.line = line;
        self.text.clear();
        self.cells.clear();
    }

    /// Adds a cell.
    pub fn push(&mut self, cell: &str) {
        let start = self.text.len();
        self.text.push_str(cell);
        self.note(start, self.text.len());
    }

    /// Adds a cell that stands there in the text which [`Self::hold`] is to bring.
    pub(crate) fn note(&mut self, start: usize, end: usize) {
        self.cells.push((start, end));
    }

    /// Holds the text in which the cells stand.
    pub(crate) fn hold(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Puts another text in the place of a cell.
    pub(crate) fn replace(&mut self, cell: usize, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        if let Some(place) = self.cells.get_mut(cell) {
            *place = (start, self.text.len());
        }
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// A cell; nothing beyond the last one.
    pub fn cell(&self, at: usize) -> &str {
        self.cells.get(at).and_then(|(start, end)| self.text.get(*start..*end)).unwrap_or_default()
    }

    /// A cell without the spaces around it.
    pub fn trimmed(&self, at: usize) -> &str {
        let cell = self.cell(at);
        match cell.as_bytes() {
            // Most cells have none.
            [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => cell,
            _ => cell.trim(),
        }
    }

    /// The cells.
    pub fn cells(&self) -> impl Iterator<Item = &str> + Clone {
        (0..self.len()).map(|at| self.cell(at))
    }
}
