//! Explicit graphs in the languages of foreign checkers.

mod nusmv;
mod promela;
mod tla;

pub use nusmv::{nusmv, nusmv_specifications};
pub use promela::promela;
pub use tla::{TLA_MODULE, tla, tla_configuration};
