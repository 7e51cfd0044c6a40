//! The waist of Planwright: what a model is, and what it may tell about itself.
//!
//! The protocol crate and the checker crate do not know each other. They meet here: at
//! Stateright's [`Model`], re-exported, and at optional extension traits. A checker uses an
//! extension only where the caller switches it on by a builder method that requires the trait, so
//! every model that Stateright runs can be checked without any of them.
//!
//! | trait | tells | switched on by |
//! |---|---|---|
//! | [`ActionClasses`] | which kinds of action exist | `Checker::action_classes` |

mod action_classes;
mod start_at;

pub use action_classes::ActionClasses;
pub use start_at::StartAt;
pub use stateright::{Expectation, Model, Property};
