//! The command line of this family.

use clap::{Args, Parser, Subcommand, ValueEnum};
use dns_outage::{Instance, Safeguards, SkipInUse, Variant, Weaknesses};
use planwright_cli::mixed::MixedOptions;
use planwright_cli::{
    AblateOptions, CheckpointOptions, EXIT_CODES, MutateOptions, SearchOptions, VerdictOptions,
};
use planwright_core::{ConfigError, Endpoint, FaultBudget, Generation};

use crate::claims::{ClaimOptions, FairnessName};

/// Finds the race of the DynamoDB DNS outage of October 2025, and shows which fix suffices
///
/// Without a command: the guided tour. It shows the protocol as deployed being violated, what no
/// later step repairs, a table of proposed fixes with their verdicts, and the recommended fix
/// checked with everything that can go wrong.
#[derive(Debug, Parser)]
#[command(name = "dns-outage", version, after_help = EXIT_CODES)]
pub(crate) struct Options {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    #[command(flatten)]
    pub(crate) size: SizeOptions,

    #[command(flatten)]
    pub(crate) search: SearchOptions,
}

/// What to do instead of the tour.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check one variant: exit code 0 if it holds, 1 if it is violated, 4 if undecided
    Check {
        #[command(flatten)]
        variant: VariantOptions,

        #[command(flatten)]
        claims: ClaimOptions,

        #[command(flatten)]
        verdicts: VerdictOptions,

        #[command(flatten)]
        checkpoints: CheckpointOptions,

        #[command(flatten)]
        mutate: MutateOptions,

        /// Only predict how large it is, from smaller models, and what would fit
        #[arg(long, conflicts_with = "mutate")]
        predict: bool,
    },
    /// Prove the table of fixes, or one of them, for every number of generations
    ///
    /// The planner never runs out of generations, and states that no protocol could tell apart are
    /// explored once. What is not true of every number is shown with a schedule.
    EveryGeneration {
        /// One row only, with a schedule where it is violated [default: every row]
        #[arg(long, value_name = "ROW", value_parser = parse_row)]
        variant: Option<Variant>,

        /// Also ask whether, once the planner has stopped, the newest plan gets everywhere and enactors
        /// rest only with it, provided that enactors are fair in this way
        #[arg(long, value_name = "HOW")]
        fairness: Option<FairnessName>,
    },
    /// Find out which safeguards suffice: explore every set of them, without and with operator rollback;
    /// exit code 0 if all is decided
    Ablate {
        #[command(flatten)]
        claims: ClaimOptions,

        #[command(flatten)]
        ablate: AblateOptions,
    },
    /// Find out whether one variant can be rolled out while enactors of another still run: every mix of
    /// them, and every order of switching; exit code 1 if something breaks that both have
    Mixed {
        /// What is there: a row of the table, "fix", or safeguards as `ablate` names them, joined by +
        #[arg(value_name = "OLD", value_parser = parse_version)]
        old: (String, Variant),

        /// What is rolled out
        #[arg(value_name = "NEW", value_parser = parse_version)]
        new: (String, Variant),

        #[command(flatten)]
        mixed: MixedOptions,
    },
    /// Print a schedule again from its replay line
    Replay {
        #[command(flatten)]
        variant: VariantOptions,

        /// The numbers after "replay:", for example 0/0/2/1
        path: String,
    },
    /// List the variants of the table by their rows
    Variants,
}

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

    /// Operator rollbacks as a new generation with old content (at most 2)
    #[arg(long, value_name = "N", default_value_t = 0, global = true)]
    reissues: u8,

    /// Times an operator disables the whole automation and enables it again
    #[arg(long, value_name = "N", default_value_t = 0, global = true)]
    kill_switches: u8,
}

/// Which protocol to check.
#[derive(Args, Debug)]
#[command(next_help_heading = "Protocol")]
pub(crate) struct VariantOptions {
    /// A row of the table, or "fix" for the recommended one; list them with `variants`
    #[arg(long, value_name = "ROW", default_value = "0", value_parser = parse_row)]
    variant: Variant,

    /// A safeguard to add; may be given several times
    #[arg(long, value_name = "NAME")]
    safeguard: Vec<SafeguardName>,

    /// A weakness to add; may be given several times
    #[arg(long, value_name = "NAME")]
    weakness: Vec<WeaknessName>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SafeguardName {
    /// Compare generations in each endpoint write
    ConditionalWrite,
    /// Look at the endpoint again before each write, not atomic
    Recheck,
    /// Refuse to write a plan that no longer exists
    ExistsOnWrite,
    /// Clean-up spares plans in use, atomic
    SkipInUse,
    /// Clean-up spares plans in use, check and delete apart
    SkipInUseNotAtomic,
    /// The store keeps every reference valid
    ReferentialIntegrity,
    /// An endpoint whose plan is gone may be overwritten
    SelfHeal,
    /// A lock record with epochs around one batch
    Lock,
    /// The last write and the whole clean-up are one step
    AtomicCleanup,
    /// Clean-up waits for enactors that hold older plans
    Grace,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum WeaknessName {
    /// Clean-up counts age from the newest published plan
    AgeFromPublished,
    /// An endpoint write may be given up
    AbandonWrites,
    /// A plan is acted on once, not whenever an endpoint differs
    EdgeTriggered,
}

fn parse_version(text: &str) -> Result<(String, Variant), String> {
    crate::mixed::parse_version(text).map(|variant| (text.to_owned(), variant))
}

fn parse_row(text: &str) -> Result<Variant, String> {
    Variant::by_row(text).ok_or_else(|| {
        let rows: Vec<_> = Variant::all().iter().map(|variant| variant.row).collect();
        format!(
            "there is no such row; choose one of {}, fix",
            rows.join(", ")
        )
    })
}

impl VariantOptions {
    /// The chosen row with the safeguards and weaknesses added to it.
    pub(crate) fn variant(&self) -> Variant {
        let mut variant = self.variant;
        for name in &self.safeguard {
            name.add_to(&mut variant.safeguards);
        }
        for name in &self.weakness {
            name.add_to(&mut variant.weaknesses);
        }
        variant
    }

    /// The options that choose the same variant again.
    pub(crate) fn command_line(&self) -> String {
        let mut line = format!("--variant {}", self.variant.row);
        for name in &self.safeguard {
            line += &format!(" --safeguard {}", value_name(*name));
        }
        for name in &self.weakness {
            line += &format!(" --weakness {}", value_name(*name));
        }
        line
    }
}

fn value_name(name: impl ValueEnum) -> String {
    name.to_possible_value()
        .map_or_else(String::new, |value| value.get_name().to_owned())
}

impl SafeguardName {
    fn add_to(self, safeguards: &mut Safeguards) {
        match self {
            Self::ConditionalWrite => safeguards.conditional_write = true,
            Self::Recheck => safeguards.recheck_before_write = true,
            Self::ExistsOnWrite => safeguards.exists_on_write = true,
            Self::SkipInUse => safeguards.skip_in_use = SkipInUse::Atomically,
            Self::SkipInUseNotAtomic => safeguards.skip_in_use = SkipInUse::Separately,
            Self::ReferentialIntegrity => safeguards.referential_integrity = true,
            Self::SelfHeal => safeguards.self_heal = true,
            Self::Lock => safeguards.lock = true,
            Self::AtomicCleanup => safeguards.atomic_cleanup = true,
            Self::Grace => safeguards.grace = true,
        }
    }
}

impl WeaknessName {
    fn add_to(self, weaknesses: &mut Weaknesses) {
        match self {
            Self::AgeFromPublished => weaknesses.age_from_published = true,
            Self::AbandonWrites => weaknesses.abandon_writes = true,
            Self::EdgeTriggered => weaknesses.edge_triggered = true,
        }
    }
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
                reissues: self.reissues,
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
            ("reissues", usize::from(self.reissues), 0),
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
        ConfigError::TooManyReissues { .. } => "--reissues",
        _ => "--generations",
    }
}

/// The size in words, for the head of a report.
pub(crate) fn in_words(instance: &Instance) -> String {
    let faults = instance.faults;
    let mut words = vec![
        count(instance.endpoints, "endpoint"),
        count(instance.enactors, "enactor"),
        count(instance.generations, "generation"),
        format!(
            "clean-up of plans {} or more generations old",
            instance.cleanup_age
        ),
    ];
    let budget = [
        (faults.crashes, "crash", "crashes"),
        (
            faults.lost_acknowledgements,
            "lost acknowledgement",
            "lost acknowledgements",
        ),
        (faults.rollbacks, "operator rollback", "operator rollbacks"),
        (faults.reissues, "reissued plan", "reissued plans"),
        (faults.kill_switches, "kill switch", "kill switches"),
    ];
    for (times, one, many) in budget {
        match times {
            0 => {}
            1 => words.push(format!("at most 1 {one}")),
            _ => words.push(format!("at most {times} {many}")),
        }
    }
    words.join(", ")
}

fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

// The help text states these limits.
const _: () = assert!(Endpoint::CAPACITY == 8 && Generation::CAPACITY == 32);
