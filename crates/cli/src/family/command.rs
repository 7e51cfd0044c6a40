//! The command line of every family's program.

use clap::parser::ValueSource;
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::family::chosen::ProtocolOptions;
use crate::family::claims::ClaimOptions;
use crate::family::{
    Family, SizeOptions, Variant, ablate, check, every_number, mixed, proofs, tour,
};
use crate::mixed::MixedOptions;
use crate::{
    AblateOptions, CheckpointOptions, EXIT_CODES, Exit, ExploreOptions, GrowthOptions,
    MutateOptions, OutputOptions, Safeguard, ScheduleOptions, SearchOptions, VerdictOptions,
    parsed, print_table, say, table,
};

#[derive(Debug, Parser)]
#[command(version, after_help = EXIT_CODES)]
struct Options<S: SizeOptions> {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten, next_help_heading = "Size of the model")]
    size: S,

    #[command(flatten, next_help_heading = "Search")]
    search: SearchOptions,
}

/// What to do instead of the tour.
#[derive(Debug, Subcommand)]
enum Command {
    /// Check one variant: exit code 0 if it holds, 1 if it is violated, 4 if undecided
    Check {
        #[command(flatten)]
        protocol: ProtocolOptions,

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
    /// Prove the table of variants, or one of them, for every number of generations; exit code 4 if some of it
    /// is undecided, and 1 if the one is violated
    ///
    /// The planner never runs out of generations, and states that no protocol could tell apart are
    /// explored once. What is not true of every number is shown with a schedule.
    EveryGeneration {
        /// One variant only, with a schedule where it is violated [default: every variant]
        #[arg(long, value_name = "NAME")]
        variant: Option<String>,

        #[command(flatten)]
        claims: ClaimOptions,
    },
    /// Prove the table of variants, or one of them, for every number of enactors, generations and faults; exit
    /// code 4 if some of it is undecided, and 1 if the one is violated
    ///
    /// No bound is left on enactors, on generations, or on the faults that the size allows. What is not true of
    /// every number is shown with the fewest enactors that violate it.
    EveryNumber {
        /// One variant only, with a schedule where it is violated [default: every variant]
        #[arg(long, value_name = "NAME")]
        variant: Option<String>,
    },
    /// Find out which safeguards suffice: explore every set of them; exit code 0 if all is decided
    Ablate {
        #[command(flatten)]
        claims: ClaimOptions,

        #[command(flatten)]
        ablate: AblateOptions,
    },
    /// Find out whether one variant can be rolled out while another still runs somewhere: every mix of
    /// them, and every order of switching; exit code 1 if something breaks that both have
    Mixed {
        /// What is there: a variant, or safeguards joined by + in addition to what is deployed; list them
        /// with `variants`
        #[arg(value_name = "OLD")]
        old: String,

        /// What is rolled out
        #[arg(value_name = "NEW")]
        new: String,

        #[command(flatten)]
        mixed: MixedOptions,
    },
    /// Show which steps of the shortest bad schedules are needed, which race, and the nearest good run
    Explain {
        #[command(flatten)]
        protocol: ProtocolOptions,

        #[command(flatten)]
        claims: ClaimOptions,
    },
    /// Measure how the state space grows with one option of the size, and predict the next instance
    Growth {
        #[command(flatten)]
        protocol: ProtocolOptions,

        #[command(flatten)]
        growth: GrowthOptions,
    },
    /// Walk through one variant in a browser: what can happen, what cannot and why, and the way to the
    /// nearest violation
    Explore {
        #[command(flatten)]
        protocol: ProtocolOptions,

        #[command(flatten)]
        explore: ExploreOptions,
    },
    /// Print a schedule again from its replay line
    Replay {
        #[command(flatten)]
        protocol: ProtocolOptions,

        /// What stands after "replay:", for example 0/0/2/1@1c5a07
        path: String,

        #[command(flatten)]
        schedule: ScheduleOptions,
    },
    /// List the variants
    Variants,
}

/// The whole program of a family: what `main` returns.
///
/// Without a command it gives the [`Tour`](crate::family::Tour); `check`, `explain`, `explore`, `growth`,
/// `ablate`, `mixed`, `every-generation`, `every-number`, `replay` and `variants` are its commands, and `--help`
/// lists them with the options of the family's size and of every search.
pub fn run<F: Family>() -> Exit {
    let command = Options::<F::Size>::command()
        .name(F::PACKAGE)
        .about(F::ABOUT);
    let matches = match parsed(command) {
        Ok(matches) => matches,
        Err(exit) => return exit,
    };
    let options = Options::<F::Size>::from_arg_matches(&matches);
    let Options {
        command,
        size,
        search,
    } = match options {
        Ok(options) => options,
        Err(error) => error.exit(),
    };
    let given = |option: &str| {
        let id = option.replace('-', "_");
        let level = matches
            .subcommand()
            .map_or(&matches, |(_, matches)| matches);
        level.value_source(&id) == Some(ValueSource::CommandLine)
    };
    let ended = ended::<F>(command, (&size, &given), &search);
    ended.unwrap_or_else(Exit::bad_input)
}

/// Whether an option is on the command line.
type IsGiven<'a> = &'a dyn Fn(&str) -> bool;

fn ended<F: Family>(
    command: Option<Command>,
    (size, given): (&F::Size, IsGiven<'_>),
    search: &SearchOptions,
) -> Result<Exit, String> {
    let choose = |protocol: ProtocolOptions| protocol.choose::<F>(size);
    match command {
        None => tour::run::<F>(size, search),
        Some(Command::Check {
            protocol,
            claims,
            verdicts,
            checkpoints,
            output,
            mutate,
            predict,
        }) => {
            let asked = check::Asked {
                claims: claims.claims::<F>()?,
                predict,
                verdicts,
                checkpoints: &checkpoints,
                output: &output,
                mutate: &mutate,
            };
            check::check(&choose(protocol)?, search, asked)
        }
        Some(Command::EveryGeneration { variant, claims }) => {
            let claims = claims.claims::<F>()?;
            proofs::every_generation::<F>(variant.as_deref(), claims, size, search)
        }
        Some(Command::EveryNumber { variant }) => {
            every_number::every_number::<F>(variant.as_deref(), size, search)
        }
        Some(Command::Ablate { claims, ablate }) => {
            ablate::ablate::<F>(&ablate, claims.claims::<F>()?, (size, given), search)
        }
        Some(Command::Mixed { old, new, mixed }) => {
            mixed::mixed::<F>([&old, &new], &mixed, size, search)
        }
        Some(Command::Explain { protocol, claims }) => {
            let claims = claims.claims::<F>()?;
            Ok(check::explain(&choose(protocol)?, claims, search))
        }
        Some(Command::Growth { protocol, growth }) => {
            crate::growth::growth(&choose(protocol)?, search, &growth)
        }
        Some(Command::Explore { protocol, explore }) => {
            let others = check::known::<F>(size);
            crate::explore::explore(&choose(protocol)?, others, search, &explore)
        }
        Some(Command::Replay {
            protocol,
            path,
            schedule,
        }) => check::replay(&choose(protocol)?, size, (&path, schedule)),
        Some(Command::Variants) => {
            variants::<F>();
            Ok(Exit::Holds)
        }
    }
}

/// The `variants` command.
fn variants<F: Family>() {
    let rows = F::variants().into_iter();
    let rows = rows.map(|Variant { name, what, .. }| vec![name.to_owned(), what.to_owned()]);
    print_table(&table(&["variant", "what it does"], &[], rows));
    let safeguards = F::safeguards().into_iter();
    let safeguards = safeguards.map(|Safeguard { name, what }| (name, what));
    more(
        "safeguard",
        "when it is on",
        &safeguards.collect::<Vec<_>>(),
    );
    more("fairness", "what is assumed", F::fairness());
}

fn more(name: &str, what: &str, choices: &[(&str, &str)]) {
    if choices.is_empty() {
        return;
    }
    let rows = choices.iter();
    let rows = rows.map(|(name, what)| vec![(*name).to_owned(), (*what).to_owned()]);
    say!("");
    print_table(&table(&[name, what], &[], rows));
}
