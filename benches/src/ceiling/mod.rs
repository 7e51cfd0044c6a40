//! The speed ceiling: a search written for the reference model and nothing else.

mod exact_set;
mod packing;
mod search;

pub use search::{Ceiling, ceiling};
