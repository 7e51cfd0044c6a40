//! The growth study: which instances are explored, and how one is measured.

mod instance;
mod study;

pub use instance::{Instance, ParseInstanceError};
pub use study::{STUDIES, Study};
