//! The command line of every family's program.

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::family::{Family, SizeOptions, ablate, check, mixed, tour};
use crate::mixed::MixedOptions;
use crate::{
    AblateOptions, CheckpointOptions, EXIT_CODES, Exit, ExploreOptions, GrowthOptions,
    MutateOptions, OutputOptions, ScheduleOptions, SearchOptions, VerdictOptions, parsed,
    print_table, table,
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
        /// The variant; list them with `variants` [default: the one as deployed]
        #[arg(long, value_name = "NAME")]
        variant: Option<String>,

        /// Only what single states and steps can show, in a third of the memory: leave out what stays
        /// possible, and what comes about if everyone goes on working
        #[arg(long)]
        safety: bool,

        #[command(flatten)]
        verdicts: VerdictOptions,

        #[command(flatten)]
        checkpoints: CheckpointOptions,

        #[command(flatten)]
        output: OutputOptions,

        #[command(flatten)]
        mutate: MutateOptions,
    },
    /// Find out which safeguards suffice: explore every set of them; exit code 0 if all is decided
    Ablate {
        #[command(flatten)]
        ablate: AblateOptions,
    },
    /// Find out whether one variant can be rolled out while another still runs somewhere: every mix of
    /// them, and every order of switching; exit code 1 if something breaks that both have
    Mixed {
        /// What is there; list the variants with `variants`
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
        /// The variant; list them with `variants` [default: the one as deployed]
        #[arg(long, value_name = "NAME")]
        variant: Option<String>,
    },
    /// Measure how the state space grows with one option of the size, and predict the next instance
    Growth {
        /// The variant; list them with `variants` [default: the one as deployed]
        #[arg(long, value_name = "NAME")]
        variant: Option<String>,

        #[command(flatten)]
        growth: GrowthOptions,
    },
    /// Walk through one variant in a browser: what can happen, what cannot and why, and the way to the
    /// nearest violation
    Explore {
        /// The variant; list them with `variants` [default: the one as deployed]
        #[arg(long, value_name = "NAME")]
        variant: Option<String>,

        #[command(flatten)]
        explore: ExploreOptions,
    },
    /// Print a schedule again from its replay line
    Replay {
        /// The variant; list them with `variants` [default: the one as deployed]
        #[arg(long, value_name = "NAME")]
        variant: Option<String>,

        /// Instead of a variant: the safeguards that are on, as `ablate` names them, or `none`
        #[arg(
            long,
            value_name = "NAME,..",
            value_delimiter = ',',
            conflicts_with = "variant"
        )]
        safeguards: Vec<String>,

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
/// Without a command it gives the [`Tour`](crate::family::Tour); `check`, `explain`, `explore`, `growth`, `ablate`, `mixed`,
/// `replay` and `variants` are its commands, and `--help` lists them with the options of the family's size and of
/// every search.
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
    let deployed = || F::variants()[0].name.to_owned();
    let ended = match command {
        None => tour::run::<F>(&size, &search),
        Some(Command::Check {
            variant,
            safety,
            verdicts,
            checkpoints,
            output,
            mutate,
        }) => {
            let name = variant.unwrap_or_else(deployed);
            let asked = check::Asked {
                safety,
                verdicts,
                checkpoints: &checkpoints,
                output: &output,
                mutate: &mutate,
            };
            check::check::<F>(&name, &size, &search, asked)
        }
        Some(Command::Ablate { ablate }) => ablate::ablate::<F>(&ablate, &size, &search),
        Some(Command::Mixed { old, new, mixed }) => {
            mixed::mixed::<F>([&old, &new], &mixed, &size, &search)
        }
        Some(Command::Explain { variant }) => {
            let name = variant.unwrap_or_else(deployed);
            check::explain::<F>(&name, &size, &search)
        }
        Some(Command::Growth { variant, growth }) => {
            let name = variant.unwrap_or_else(deployed);
            check::growth::<F>(&name, &size, &search, &growth)
        }
        Some(Command::Explore { variant, explore }) => {
            let name = variant.unwrap_or_else(deployed);
            check::explore::<F>(&name, &size, &search, &explore)
        }
        Some(Command::Replay {
            variant,
            safeguards,
            path,
            schedule,
        }) => {
            if safeguards.is_empty() {
                let name = variant.unwrap_or_else(deployed);
                check::replay::<F>(&name, &size, (&path, schedule))
            } else {
                ablate::replay::<F>(&safeguards, &size, (&path, schedule))
            }
        }
        Some(Command::Variants) => {
            let rows = F::variants().into_iter();
            let rows = rows.map(|variant| vec![variant.name.to_owned(), variant.what.to_owned()]);
            print_table(&table(&["variant", "what it does"], &[], rows));
            Ok(Exit::Holds)
        }
    };
    ended.unwrap_or_else(Exit::bad_input)
}
