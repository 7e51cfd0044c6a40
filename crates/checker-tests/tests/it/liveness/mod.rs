//! Liveness and recoverability: against a naive judge, on models with published results, and the
//! shape of what is reported.

mod boundary;
mod checkpoints;
mod corners;
mod generated;
mod limits;
mod published;
mod rests;
mod shape;
mod sprawling;
mod symmetry;

use planwright_checker::Strength;

/// The oracle's strength in the checker's words.
pub(crate) fn strength(oracle: planwright_oracle::Strength) -> Strength {
    match oracle {
        planwright_oracle::Strength::Progress => Strength::Progress,
        planwright_oracle::Strength::Weak => Strength::Weak,
        planwright_oracle::Strength::Strong => Strength::Strong,
    }
}
