//! What the programs of all families share: search options, Ctrl-C, output, tables, exit codes, and,
//! for those that implement [`Family`], the program itself.

mod ablate;
mod checkpoint;
mod config;
mod exit;
mod explain;
mod explore;
mod family;
mod forecast;
mod growth;
pub mod guide;
mod interrupt;
mod json;
pub mod mixed;
mod mutate;
mod named;
mod output;
mod outputs;
mod parse;
mod prevention;
mod progress;
mod schedule;
mod search;
mod table;
mod target;
mod verdict;

pub use ablate::Safeguard;
pub use checkpoint::CheckpointOptions;
pub use exit::{EXIT_CODES, Exit};
pub use family::{
    Cell, Exhibit, Family, FamilyModel, Lattices, MixedQuestion, MutateQuestion, ProofQuestion,
    Sequel, SizeOptions, Tour, Variant, Verdicts, counted, lattice, mutants, run, verdicts,
};
pub use interrupt::{flag as interrupt_flag, interrupted};
pub use json::{JsonFile, JsonOption};
pub use named::Named;
pub use output::{columns, print_line, print_prose, print_table, print_verbatim};
pub use outputs::{OutputOptions, Outputs};
pub use parse::parsed;
pub use progress::ProgressDisplay;
pub use search::SearchOptions;
pub use table::{table, thousands};
pub use verdict::VerdictOptions;

use ablate::{AblateOptions, Ablated};
use explore::ExploreOptions;
use forecast::{Bound, Forecast};
use growth::GrowthOptions;
use mutate::{MutantRuns, MutateOptions, mutant, mutation_table};
use named::replayed;
use parse::distinct;
use prevention::preventions;
use schedule::ScheduleOptions;
