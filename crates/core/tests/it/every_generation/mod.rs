//! Proofs for every number of generations: right, or refused.

mod attacks;
mod generated;
mod program;
mod prove;
mod refused;
mod views;

pub(crate) use program::Random;
