//! What the benchmarks share: one exploration of a model, by either engine.

mod engine;

pub use engine::{ours, theirs};
