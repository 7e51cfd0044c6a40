//! The tests of the vocabulary.
//!
//! One program: each binary has its own copy of the generic engine, and copies take minutes to build.

mod every_generation;
mod fleet;
mod lease;
mod mutation;
mod refusals;
mod stale;
mod store;
mod system;
