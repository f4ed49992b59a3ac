//! Numbers computed from tallies, one method a file, each with its source.

pub mod high_need;
pub mod mwds;
pub mod pni;
pub mod rds;
