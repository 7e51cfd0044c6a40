//! What the benchmarks share: one exploration of a model by each engine, and a ceiling.

mod ceiling;
mod engine;

pub use ceiling::{Ceiling, ceiling};
pub use engine::{
    Explored, planwright, planwright_reduced, stateright_breadth_first, stateright_depth_first,
};
