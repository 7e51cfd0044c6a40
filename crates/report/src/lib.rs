//! Schedules and verdicts for people and for other tools.
//!
//! A [`Story`] is a schedule told: who does what in each step, what it changes, what a reader should
//! not miss, and what there is after it. A [`Document`] is a finished exploration as data: what it
//! claims, and the stories of its counterexamples and witnesses. Both are plain data without the
//! model's types, and are what every format here is made from.
//!
//! A model tells its own part by [`Depict`](planwright_model::Depict).

mod document;
mod html;
mod story;
mod timeline;

pub use document::Document;
pub use story::{Change, Claimed, Step, Story};
pub use timeline::{Timeline, timelines};
