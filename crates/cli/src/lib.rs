//! What the programs of all families share: search options, Ctrl-C, output, tables, exit codes.

mod checkpoint;
mod exit;
mod forecast;
mod interrupt;
mod output;
mod progress;
mod search;
mod table;
mod verdict;

pub use checkpoint::CheckpointOptions;
pub use exit::{EXIT_CODES, Exit};
pub use forecast::{Bound, Forecast};
pub use interrupt::{flag as interrupt_flag, interrupted};
pub use output::print_line;
pub use planwright_growth::Measurement;
pub use progress::ProgressDisplay;
pub use search::SearchOptions;
pub use table::{table, thousands};
pub use verdict::VerdictOptions;
