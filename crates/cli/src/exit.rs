//! How a program ends.

use std::fmt;
use std::process::{ExitCode, Termination};

use planwright_checker::Outcome;

/// The exit codes that every family's program uses.
///
/// | code | means |
/// |---|---|
/// | 0 | every property holds, or every verdict is the one the family declares |
/// | 1 | a property is violated |
/// | 2 | the command line makes no sense, and nothing was checked; or all holds, and a result could not be written |
/// | 3 | a property holds vacuously, and that was denied |
/// | 4 | undecided: a limit or an interruption came first |
/// | 5 | a verdict differs from the one the family declares, or a mutant survived `--deny-survivors` |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "return it from main"]
pub enum Exit {
    /// Code 0.
    Holds,
    /// Code 1.
    Violated,
    /// Code 2.
    BadInput,
    /// Code 3.
    Vacuous,
    /// Code 4.
    Undecided,
    /// Code 5.
    Unexpected,
}

impl Exit {
    /// The number the operating system is told.
    pub fn code(self) -> u8 {
        match self {
            Self::Holds => 0,
            Self::Violated => 1,
            Self::BadInput => 2,
            Self::Vacuous => 3,
            Self::Undecided => 4,
            Self::Unexpected => 5,
        }
    }

    /// The same, and an error on standard error if a result could not be written: what was violated or left
    /// undecided is not hidden by that, but nothing ends well.
    pub fn even_if(self, written: Result<(), String>) -> Self {
        match (self, written) {
            (exit, Ok(())) => exit,
            (Self::Holds, Err(error)) => Self::bad_input(error),
            (exit, Err(error)) => {
                eprintln!("error: {error}");
                exit
            }
        }
    }

    /// Prints an error on standard error, and says that the input was bad.
    pub fn bad_input(error: impl fmt::Display) -> Self {
        eprintln!("error: {error}");
        Self::BadInput
    }
}

impl From<Outcome> for Exit {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Holds => Self::Holds,
            Outcome::Violated => Self::Violated,
            Outcome::Undecided => Self::Undecided,
        }
    }
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(self.code())
    }
}

/// The table of exit codes for `--help`.
pub const EXIT_CODES: &str = "\
Exit codes:
  0  every property holds, or every verdict is the one the family declares
  1  a property is violated
  2  the command line makes no sense; nothing was checked
  3  a property holds vacuously, under --deny-vacuous
  4  undecided: a limit or an interruption came first
  5  a verdict differs from the one the family declares, or a mutant survived --deny-survivors";
