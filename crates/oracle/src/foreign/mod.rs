//! Foreign checkers, where they are installed, and what they said where they were.

mod checker;
mod ledger;
mod nusmv_tool;
mod scratch;
mod spin_tool;
mod tlc_tool;

pub use checker::{ForeignChecker, installed};
pub use ledger::{Case, Ledger};
pub use nusmv_tool::NuSmv;
pub use spin_tool::Spin;
pub use tlc_tool::Tlc;
