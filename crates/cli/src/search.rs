//! Options of every exploration.

use std::path::PathBuf;
use std::time::Duration;

use bytesize::ByteSize;
use clap::Args;
use planwright_checker::{
    Audit, Checkable, Checker, Encode, Extent, MAX_THREADS, Storage, Symmetric,
};

use crate::interrupt;
use crate::progress::ProgressDisplay;

/// How to explore: threads and limits. A run that reaches a limit, or is interrupted, reports what
/// it covered, and that the rest is undecided.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Search")]
pub struct SearchOptions {
    /// Threads that explore [default: one for each processor]
    ///
    /// Verdicts, counts and schedules do not depend on it.
    #[arg(long, value_name = "N", global = true, value_parser = threads)]
    pub threads: Option<usize>,

    /// Stop once this many states have been found
    #[arg(long, value_name = "N", global = true)]
    pub max_states: Option<u64>,

    /// Stop after schedules of this many steps
    #[arg(long, value_name = "STEPS", global = true)]
    pub max_depth: Option<u32>,

    /// Stop after this time, for example 30s or 5m
    #[arg(long, value_name = "TIME", global = true, value_parser = humantime::parse_duration)]
    pub time_limit: Option<Duration>,

    /// Stop when the program uses this much memory, for example 4GiB [default: a share of what the
    /// machine has]
    #[arg(long, value_name = "SIZE", global = true, value_parser = memory)]
    pub memory_limit: Option<ByteSize>,

    /// Store whole states, and give up if one does not fit a machine word [default: store whole
    /// states; start again with fingerprints if one does not fit]
    #[arg(long, global = true, conflicts_with = "fingerprints")]
    pub exact: bool,

    /// Store 64-bit fingerprints of states, which may take two states for one
    #[arg(long, global = true)]
    pub fingerprints: bool,

    /// Decode every state that was stored whole, not only a sample, to be sure of the encoding
    #[arg(long, global = true)]
    pub check_encoding: bool,

    /// Ask the model about every state twice, not only about a sample, to be sure that it is deterministic
    #[arg(long, global = true)]
    pub check_determinism: bool,

    /// Compare all renamings of every state with --symmetry, not only of a sample, to be sure that nothing tells
    /// interchangeable parts apart
    #[arg(long, global = true)]
    pub check_symmetry: bool,

    /// Check all that verdicts rest on, not only a sample of it: --check-determinism, --check-encoding and
    /// --check-symmetry together
    ///
    /// It takes a few times as long. Do it once before you believe a verdict.
    #[arg(long, global = true)]
    pub check_model: bool,

    /// Explore one state of all those that differ only by a renaming of interchangeable parts
    #[arg(long, global = true)]
    pub symmetry: bool,

    /// Do not show how far the search is
    #[arg(long, global = true)]
    pub no_progress: bool,

    /// Take options from this TOML file: `enactors = 3`, or `variant = "fix"` below `[check]`; what the
    /// command line says counts more
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,

    /// Seed of the fingerprints; equal counts under two seeds are evidence that no state was missed
    #[arg(long, value_name = "N", global = true)]
    pub seed: Option<u64>,
}

fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("0 threads explore nothing; ask for at least 1".to_owned()),
        Ok(threads) if threads <= MAX_THREADS => Ok(threads),
        Ok(_) => Err(format!("ask for at most {MAX_THREADS}")),
        Err(error) => Err(format!("{error}; give a whole number, for example 2")),
    }
}

fn memory(text: &str) -> Result<ByteSize, String> {
    match text.parse::<ByteSize>() {
        Ok(size) if size.as_u64() == 0 => {
            Err("no state fits into no memory; give a size, for example 4GiB".to_owned())
        }
        Ok(size) => Ok(size),
        Err(_) => Err("this is no size; give one, for example 4GiB".to_owned()),
    }
}

impl SearchOptions {
    /// Sets them on a checker, lets Ctrl-C interrupt it, and shows on standard error how far it is.
    pub fn apply<'m, M>(&self, mut checker: Checker<'m, M>) -> Checker<'m, M>
    where
        M: Checkable,
    {
        if let Some(threads) = self.threads {
            checker = checker.threads(threads);
        }
        if let Some(states) = self.max_states {
            checker = checker.max_states(states);
        }
        if let Some(steps) = self.max_depth {
            checker = checker.max_depth(steps);
        }
        if let Some(time) = self.time_limit {
            checker = checker.time_limit(time);
        }
        if let Some(size) = self.memory_limit {
            checker = checker.memory_limit(size.as_u64());
        }
        if let Some(seed) = self.seed {
            checker = checker.seed(seed);
        }
        if !self.no_progress {
            checker = checker.listener(ProgressDisplay::on_stderr());
        }
        checker.audit(self.audit()).interrupt(interrupt::flag())
    }

    /// What is checked in all states.
    fn audit(&self) -> Audit {
        let all = |asked| match asked || self.check_model {
            true => Some(Extent::All),
            false => None,
        };
        let unless_asked = Audit::default();
        Audit {
            determinism: all(self.check_determinism).unwrap_or(unless_asked.determinism),
            encoding: all(self.check_encoding).unwrap_or(unless_asked.encoding),
            symmetry: all(self.check_symmetry).unwrap_or(unless_asked.symmetry),
        }
    }

    /// [`apply`](Self::apply), and what not every model has: whole states, and `--symmetry`.
    pub fn apply_all<'m, M>(&self, checker: Checker<'m, M>) -> Checker<'m, M>
    where
        M: Encode + Symmetric + Checkable,
    {
        let storage = match (self.exact, self.fingerprints) {
            (true, _) => Storage::Exact,
            (false, true) => Storage::Fingerprints,
            (false, false) => Storage::ExactIfItFits,
        };
        let mut checker = self.apply(checker).storage(storage);
        if self.symmetry {
            checker = checker.symmetry();
        }
        checker
    }
}
