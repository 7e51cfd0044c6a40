//! Liveness and recoverability: against a naive judge, on models with published results, and the
//! shape of what is reported.

mod boundary;
mod checkpoints;
mod corners;
mod generated;
mod limits;
mod published;
mod shape;
mod sprawling;
mod symmetry;
