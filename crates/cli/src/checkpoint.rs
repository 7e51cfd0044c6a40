//! Checkpoints of long runs.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use planwright_checker::{Checkable, Checker, CheckpointError, Checkpoints, Encode, Report};

/// Whether a run can be resumed after it was killed.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Checkpoints")]
pub struct CheckpointOptions {
    /// Leave checkpoints in this directory
    #[arg(long, value_name = "DIR")]
    pub checkpoint: Option<PathBuf>,

    /// The time between checkpoints, at least [default: 1m]; they take a tenth of the time at most
    #[arg(long, value_name = "TIME", requires = "checkpoint", value_parser = humantime::parse_duration)]
    pub checkpoint_every: Option<Duration>,

    /// Go on from the checkpoint in that directory
    ///
    /// With the program and options that began the run; threads and limits may differ.
    #[arg(long, requires = "checkpoint")]
    pub resume: bool,
}

impl CheckpointOptions {
    /// Runs the checker, with checkpoints if they are asked for. `configuration` says which model
    /// is explored at which bounds.
    ///
    /// # Errors
    ///
    /// If there cannot be checkpoints, or the run cannot be resumed; nothing was explored then.
    pub fn run<'m, M>(
        &self,
        checker: Checker<'m, M>,
        configuration: &str,
    ) -> Result<Report<'m, M>, CheckpointError>
    where
        M: Encode + Checkable,
    {
        let Some(directory) = &self.checkpoint else {
            return Ok(checker.run());
        };
        let mut checkpoints = if self.resume {
            Checkpoints::open(directory, configuration)?
        } else {
            Checkpoints::create(directory, configuration)?
        };
        if let Some(interval) = self.checkpoint_every {
            checkpoints = checkpoints.every(interval);
        }
        let file = checkpoints.file();
        let report = checker.checkpoints(checkpoints).try_run()?;
        if file.exists() {
            eprintln!(
                "unfinished: the same command with --resume goes on from the last checkpoint"
            );
        }
        Ok(report)
    }
}
