//! The size of the model, on the command line and in words.

use clap::Args;
use planwright_cli::counted;
use planwright_core::{ConfigError, Endpoint, FaultBudget, Generation};

use crate::{Instance, Variant};

/// The bounds under which verdicts hold.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Size of the model")]
pub(crate) struct SizeOptions {
    /// Endpoints that each plan covers (1 to 8)
    #[arg(long, value_name = "N", default_value_t = 2, global = true)]
    endpoints: usize,

    /// Redundant enactors (1 to 6); AWS ran three, two are enough for the race
    #[arg(long, value_name = "N", default_value_t = 2, global = true)]
    enactors: usize,

    /// Generations of plans in all, counting the one installed at the start (2 to 32) [default: 4; for
    /// `ablate` 5, with which clean-up by published age reaches plans that are newer than its own]
    #[arg(long, value_name = "N", global = true)]
    generations: Option<usize>,

    /// How many generations old a plan is when clean-up deletes it
    #[arg(long, value_name = "N", default_value_t = 2, global = true)]
    cleanup_age: u8,

    /// Crashes with restart, local state lost
    #[arg(long, value_name = "N", default_value_t = 1, global = true)]
    crashes: u8,

    /// Transactions that commit without the enactor learning of it
    #[arg(long, value_name = "N", default_value_t = 0, global = true)]
    lost_acks: u8,

    /// Operator rollbacks that bypass the guards
    #[arg(long, value_name = "N", default_value_t = 0, global = true)]
    rollbacks: u8,

    /// Times an operator disables the whole automation and enables it again
    #[arg(long, value_name = "N", default_value_t = 0, global = true)]
    kill_switches: u8,
}

impl SizeOptions {
    /// Unless told.
    const GENERATIONS: usize = 4;

    /// The same, with another default for the number of generations.
    pub(crate) fn or_generations(&self, generations: usize) -> Self {
        Self {
            generations: self.generations.or(Some(generations)),
            ..self.clone()
        }
    }

    /// The instance, if a model of that size can be built at all.
    pub(crate) fn instance(&self) -> Result<Instance, SizeError> {
        let instance = Instance {
            endpoints: self.endpoints,
            enactors: self.enactors,
            generations: self.generations.unwrap_or(Self::GENERATIONS),
            cleanup_age: self.cleanup_age,
            faults: FaultBudget {
                crashes: self.crashes,
                lost_acknowledgements: self.lost_acks,
                rollbacks: self.rollbacks,
                kill_switches: self.kill_switches,
            },
        };
        if self.cleanup_age == 0 {
            return Err(SizeError::CleanupAge);
        }
        Variant::as_deployed()
            .system(instance)
            .validate()
            .map_err(|error| SizeError::Config {
                option: option_of(&error),
                error,
            })?;
        Ok(instance)
    }

    /// The same with another number of operator rollbacks.
    pub(crate) fn with_rollbacks(&self, rollbacks: u8) -> Self {
        Self {
            rollbacks,
            ..self.clone()
        }
    }

    /// The options that choose the same size again, where they are not the defaults.
    pub(crate) fn command_line(&self) -> String {
        let numbers = [
            ("endpoints", self.endpoints, 2),
            ("enactors", self.enactors, 2),
            (
                "generations",
                self.generations.unwrap_or(Self::GENERATIONS),
                Self::GENERATIONS,
            ),
            ("cleanup-age", usize::from(self.cleanup_age), 2),
            ("crashes", usize::from(self.crashes), 1),
            ("lost-acks", usize::from(self.lost_acks), 0),
            ("rollbacks", usize::from(self.rollbacks), 0),
            ("kill-switches", usize::from(self.kill_switches), 0),
        ];
        let given = numbers
            .into_iter()
            .filter(|(_, value, default)| value != default);
        given
            .map(|(name, value, _)| format!(" --{name} {value}"))
            .collect()
    }
}

/// A size that no model can have.
#[derive(Debug)]
pub(crate) enum SizeError {
    CleanupAge,
    Config {
        option: &'static str,
        error: ConfigError,
    },
}

impl std::fmt::Display for SizeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::CleanupAge => f.write_str(
                "--cleanup-age 0 deletes the plan that was just applied; ask for at least 1",
            ),
            Self::Config { option, error } => write!(f, "{option}: {error}"),
        }
    }
}

/// The option that a configuration error is about.
fn option_of(error: &ConfigError) -> &'static str {
    match error {
        ConfigError::NoEnactors | ConfigError::TooManyEnactors { .. } => "--enactors",
        ConfigError::NoEndpoints | ConfigError::TooManyEndpoints { .. } => "--endpoints",
        _ => "--generations",
    }
}

/// The size in words, for the head of a report.
pub(crate) fn in_words(instance: &Instance) -> String {
    let generations = counted(instance.generations as u64, "generation");
    sized(instance, Some(generations))
}

/// The size without a bound on generations, in words.
pub(crate) fn without_generations(instance: &Instance) -> String {
    sized(instance, None)
}

fn sized(instance: &Instance, generations: Option<String>) -> String {
    let faults = instance.faults;
    let mut words = vec![
        counted(instance.endpoints as u64, "endpoint"),
        counted(instance.enactors as u64, "enactor"),
    ];
    words.extend(generations);
    words.push(format!(
        "clean-up of plans {} or more generations old",
        instance.cleanup_age
    ));
    let budget = [
        (faults.crashes, "crash"),
        (faults.lost_acknowledgements, "lost acknowledgement"),
        (faults.rollbacks, "operator rollback"),
        (faults.kill_switches, "kill switch"),
    ];
    let some = budget.into_iter().filter(|(times, _)| *times > 0);
    words.extend(some.map(|(times, what)| format!("at most {}", counted(times.into(), what))));
    words.join(", ")
}

// The help text states these limits.
const _: () = assert!(Endpoint::CAPACITY == 8 && Generation::CAPACITY == 32);
