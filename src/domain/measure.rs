//! Numbers computed from tallies and counts, one method a file, each with its source.

pub mod high_need;
pub mod margin;
pub mod mwds;
pub mod pni;
pub mod rds;
