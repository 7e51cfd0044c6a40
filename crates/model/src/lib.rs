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
//! | [`Depict`] | who acts, and what there is in a state | `depict()` of `planwright-report` |
//! | [`Describe`] | its parameters, bounds and assumptions | `Checker::describe` |
//! | [`Encode`] | how to write a state into a word, or a few bytes, and read it back | `Checker::storage` |
//! | [`SharedState`] | what its processes share, for proofs of every number of them | `ViewsOf` |
//! | [`Symmetric`] | which parts are interchangeable | `Checker::symmetry` |
//!
//! A state that derives [`Finite`](trait@Finite) says what it is made of, from which [`Encode`] and most of
//! [`Symmetric`] follow: see [`finite`].
//!
//! [`Altered`] makes another model of a model: it starts elsewhere, or lists its steps another way.

mod action_classes;
mod altered;
mod count;
mod depict;
mod describe;
mod encode;
pub mod finite;
mod printable;
mod symmetric;
mod views;

pub use action_classes::ActionClasses;
pub use altered::Altered;
pub use count::{Count, Thousands};
pub use depict::{Depict, Group, Item, Picture, Refusal, Remark, RemarkKind, Standing};
pub use describe::{Describe, Description};
pub use encode::{Code, Encode};
pub use finite::Finite;
pub use planwright_derive::Finite;
pub use printable::printable;
pub use stateright::{Expectation, Model, Path, Property};
pub use symmetric::{Symmetric, smallest_of_orbit};
pub use views::{SharedState, Views, ViewsOf};

/// The version of Stateright that models are made of.
pub const STATERIGHT_VERSION: &str = "0.31.0";
