#![doc = include_str!("../../docs/safeguards.md")]

mod ablate;
mod crew;
mod digest;
mod lattice;
mod result_file;
mod run;
mod set;
mod sufficiency;
mod tally;
mod telling;
mod truth_table;

pub use ablate::Ablation;
pub use lattice::{AskedProperty, Lattice, SetResult};
pub use result_file::{ResultFile, ResultFileError};
pub use set::SafeguardSet;
pub use sufficiency::{Absence, Breach, Counterexample, Harm, MinimalSet, Sufficiency};
pub use tally::AblationProgress;
pub use telling::Telling;
pub use truth_table::{Claimed, TruthTable};
