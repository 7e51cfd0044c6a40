//! A model in a browser, to be walked through: every step that can happen, what cannot happen and why,
//! what the properties say of each place, and the way to the nearest violation.
//!
//! [`Server`] serves a [`Walk`] on this machine only; [`View`] is what is seen at one place of it. A place
//! is a replay line, so the address in the browser is a link to it for everyone who serves the same model.
//!
#![doc = include_str!("../docs/explore.md")]

mod answer;
mod connection;
mod server;
mod view;
mod walk;

pub use server::{ServeError, Server};
pub use view::{Choice, View};
pub use walk::{About, Walk};
