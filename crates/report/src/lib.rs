//! Schedules and verdicts for people and for other tools.
//!
//! A [`Story`] is a schedule told: who does what in each step, what it changes, what a reader should
//! not miss, and what there is after it. A [`Document`] is a finished exploration as data: what it
//! claims, and the stories of its counterexamples and witnesses. Both are plain data without the
//! model's types, and are what every format here is made from.
//!
//! A model tells its own part by [`Depict`](planwright_model::Depict).

//!
#![doc = include_str!("../docs/formats.md")]

mod aldebaran;
mod assertion;
mod checker_ext;
mod diagram;
mod document;
mod dot;
mod format;
mod graph;
mod html;
mod itf;
mod junit;
mod story;
mod timeline;
mod wrapped;

pub use aldebaran::graph_to_aldebaran;
pub use assertion::{assert_holds, assert_violated};
pub use checker_ext::CheckerExt;
pub use document::Document;
pub use dot::{STATES_TO_LOOK_AT, graph_to_dot};
pub use format::{Format, UnknownFormat};
pub use graph::{GraphError, GraphLimits};
pub use html::page;
pub use story::{Change, Claimed, Step, Story};
pub use timeline::Timeline;
pub use wrapped::wrapped;
