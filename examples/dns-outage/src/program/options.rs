//! The command line of this family.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};
use planwright_cli::mixed::MixedOptions;
use planwright_cli::{
    AblateOptions, CheckpointOptions, EXIT_CODES, ExploreOptions, GrowthOptions, MutateOptions,
    OutputOptions, ScheduleOptions, SearchOptions, VerdictOptions,
};

use crate::program::claims::{ClaimOptions, FairnessName};
use crate::switches::{SWITCHES, Switch, Weakness};
use crate::{Instance, Variant};

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
    pub(crate) size: Instance,

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
        output: OutputOptions,

        #[command(flatten)]
        mutate: MutateOptions,

        /// Only predict how large it is, from smaller models, and what would fit
        #[arg(
            long,
            conflicts_with_all = [
                "mutate", "checkpoint", "format", "out", "report", "graph", "card", "deny_vacuous"
            ]
        )]
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

        /// Prove invariants and properties of steps only, and explore no further than they need: for sizes
        /// at which the whole is too large
        #[arg(long, conflicts_with = "fairness")]
        safety: bool,
    },
    /// Find out which safeguards suffice: explore every set of them, without and with operator rollback;
    /// exit code 0 if all is decided
    Ablate {
        #[command(flatten)]
        claims: ClaimOptions,

        #[command(flatten)]
        ablate: AblateOptions,
    },
    /// Show which steps of the shortest bad schedules are needed, which race, and the nearest good run
    Explain {
        #[command(flatten)]
        variant: VariantOptions,

        #[command(flatten)]
        claims: ClaimOptions,
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
    /// Measure how the state space grows with one option of the size, and predict the next instance
    Growth {
        #[command(flatten)]
        variant: VariantOptions,

        #[command(flatten)]
        growth: GrowthOptions,
    },
    /// Walk through one variant in a browser: what can happen, what cannot and why, and the way to the
    /// nearest violation
    Explore {
        #[command(flatten)]
        variant: VariantOptions,

        #[command(flatten)]
        explore: ExploreOptions,
    },
    /// Print a schedule again from its replay line
    Replay {
        #[command(flatten)]
        variant: VariantOptions,

        /// What stands after "replay:", for example 0/0/2/1@1c5a07
        path: String,

        #[command(flatten)]
        schedule: ScheduleOptions,
    },
    /// List the variants of the table by their rows
    Variants,
}

/// Which protocol to check.
#[derive(Args, Debug)]
#[command(next_help_heading = "Protocol")]
pub(crate) struct VariantOptions {
    /// A row of the table, or "fix" for the recommended one; list them with `variants`
    #[arg(long, value_name = "ROW", default_value = "0", value_parser = parse_row)]
    variant: Variant,

    /// A safeguard to add; may be given several times
    #[arg(long, value_name = "NAME", value_parser = switches())]
    safeguard: Vec<&'static Switch>,

    /// A weakness to add; may be given several times
    #[arg(long, value_name = "NAME")]
    weakness: Vec<Weakness>,
}

fn switches() -> impl TypedValueParser<Value = &'static Switch> {
    let values = SWITCHES.iter();
    let values = values.map(|switch| PossibleValue::new(switch.name).help(switch.what));
    PossibleValuesParser::new(values).map(|name| Switch::named(&name).expect("one of them"))
}

fn parse_version(text: &str) -> Result<(String, Variant), String> {
    crate::program::mixed::parse_version(text).map(|variant| (text.to_owned(), variant))
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
        for switch in &self.safeguard {
            switch.set(&mut variant, true);
        }
        for weakness in &self.weakness {
            weakness.add_to(&mut variant);
        }
        variant
    }

    /// The options that choose the same variant again.
    pub(crate) fn command_line(&self) -> String {
        let mut line = format!("--variant {}", self.variant.row);
        for switch in &self.safeguard {
            line += &format!(" --safeguard {}", switch.name);
        }
        for weakness in &self.weakness {
            line += &format!(" --weakness {}", weakness.name());
        }
        line
    }
}
