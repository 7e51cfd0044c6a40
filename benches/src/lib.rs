//! What the benchmarks share: one exploration of a model by each engine, a ceiling, and the instances
//! of the growth study.

mod actors;
mod ceiling;
mod engine;
pub mod growth;

pub use actors::{Message, Role, Updaters};
pub use ceiling::{Ceiling, ceiling};
pub use engine::{
    Explored, planwright, planwright_reduced, stateright_breadth_first, stateright_depth_first,
};
