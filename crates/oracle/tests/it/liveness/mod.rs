//! Liveness: the naive evaluator against a brute-force search, published verdicts and foreign
//! checkers.

mod brute_force;
mod cases;
mod foreign;
mod published;
