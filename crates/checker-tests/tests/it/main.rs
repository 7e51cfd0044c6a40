//! The tests of the checker, but for the one that limits the memory of its process.
//!
//! One program: each binary has its own copy of the generic engine, and copies take minutes to build.

mod ablation;
mod admission;
mod adversarial;
mod blame;
mod checked;
mod checkpoint;
mod defects;
mod exact;
mod faults;
mod finite;
mod generated;
mod heaped;
mod impostors;
mod interleavings;
mod last_level;
mod liveness;
mod mutation;
mod oracle;
mod report;
mod retraced;
mod symmetry;
mod threads;
mod verdicts;
mod views;
mod worst;
