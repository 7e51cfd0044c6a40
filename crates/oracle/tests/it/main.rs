//! The tests of the oracles.
//!
//! One program: each binary has its own copy of the generic engine, and copies take minutes to build.

mod known_verdicts;
mod liveness;
mod published_counts;
mod reference;
