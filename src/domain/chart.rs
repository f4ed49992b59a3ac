//! What charts show, computed from tallies: numbers and their order, without a drawing.

pub mod clustering;
pub mod counted;
pub mod heat_table;
pub mod labels;
pub mod level_profile;
pub mod need_map;
