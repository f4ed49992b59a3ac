//! How far an import has come.

/// How far an import has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Importing {
    /// Files read.
    pub done: usize,
    /// Files in all.
    pub total: usize,
    /// Of a large file that is being read the bytes read and all its bytes.
    pub bytes: [u64; 2],
    /// Responses read so far.
    pub responses: usize,
}

impl Importing {
    /// The share of the files that is read, 0 to 1.
    pub fn share(&self) -> f64 {
        let [read, size] = self.bytes.map(|bytes| bytes as f64);
        (self.done as f64 + read / size.max(1.0)) / (self.total as f64).max(1.0)
    }
}
