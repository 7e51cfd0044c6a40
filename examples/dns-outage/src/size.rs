//! The size of the model, on the command line and in words.

use std::fmt;

use clap::error::ErrorKind;
use clap::{ArgMatches, Args, Command, Error, FromArgMatches};
use planwright_cli::{SizeOptions, counted};
use planwright_core::{ConfigError, Endpoint, FaultBudget, Generation};

use crate::{Instance, Protocol};

/// The options that give an [`Instance`].
#[derive(Args)]
#[command(next_help_heading = "Size of the model")]
struct Given {
    /// Endpoints that each plan covers (1 to 8)
    #[arg(long, value_name = "N", default_value_t = 2, global = true)]
    endpoints: usize,

    /// Redundant enactors (1 to 6); AWS ran three, two are enough for the race
    #[arg(long, value_name = "N", default_value_t = 2, global = true)]
    enactors: usize,

    /// Generations of plans in all, counting the one installed at the start (2 to 32) [default: 4; for
    /// `ablate` 5, with which clean-up by published age reaches plans that are newer than its own]
    #[arg(
        long,
        value_name = "N",
        default_value_t = 4,
        hide_default_value = true,
        global = true
    )]
    generations: usize,

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

impl FromArgMatches for Instance {
    /// Refuses a size that no model can have.
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let given = Given::from_arg_matches(matches)?;
        let instance = Self {
            endpoints: given.endpoints,
            enactors: given.enactors,
            generations: given.generations,
            cleanup_age: given.cleanup_age,
            faults: FaultBudget {
                crashes: given.crashes,
                lost_acknowledgements: given.lost_acks,
                rollbacks: given.rollbacks,
                kill_switches: given.kill_switches,
            },
        };
        let refused = |why| Error::raw(ErrorKind::ValueValidation, format!("{why}\n"));
        if instance.cleanup_age == 0 {
            return Err(refused(
                "--cleanup-age 0 deletes the plan that was just applied; ask for at least 1"
                    .to_owned(),
            ));
        }
        let built = Protocol::as_deployed().system(instance).validate();
        built.map_err(|error| refused(format!("{}: {error}", option_of(&error))))?;
        Ok(instance)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for Instance {
    fn augment_args(command: Command) -> Command {
        Given::augment_args(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Given::augment_args_for_update(command)
    }
}

impl SizeOptions for Instance {
    fn options(&self) -> Vec<(&'static str, u64)> {
        let faults = self.faults;
        vec![
            ("endpoints", self.endpoints as u64),
            ("enactors", self.enactors as u64),
            ("generations", self.generations as u64),
            ("cleanup-age", self.cleanup_age.into()),
            ("crashes", faults.crashes.into()),
            ("lost-acks", faults.lost_acknowledgements.into()),
            ("rollbacks", faults.rollbacks.into()),
            ("kill-switches", faults.kill_switches.into()),
        ]
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

impl fmt::Display for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let generations = counted(self.generations as u64, "generation");
        f.write_str(&sized(self, Some(generations)))
    }
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
