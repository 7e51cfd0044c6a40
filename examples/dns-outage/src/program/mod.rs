//! The program: a guided tour of the outage, or one check.

mod ablate;
mod check;
mod claims;
mod every_generation;
mod forecast;
mod growth;
mod mixed;
mod mutate;
mod options;
mod stuck;
mod tour;

use clap::parser::ValueSource;
use clap::{CommandFactory as _, FromArgMatches as _};
use planwright_checker::Strength;

use planwright_cli::{Exit, parsed, print_table, table};

use crate::program::claims::FairnessName;
use crate::program::options::{Command, Options};
use crate::{Instance, Variant};

/// The whole program. It is built here, so that the tests share the engine that is built for it.
pub fn program() -> Exit {
    let matches = match parsed(Options::command()) {
        Ok(matches) => matches,
        Err(exit) => return exit,
    };
    let options = match Options::from_arg_matches(&matches) {
        Ok(options) => options,
        Err(error) => error.exit(),
    };
    let instance = options.size;
    match &options.command {
        None => tour::run(instance, &options),
        Some(Command::Check {
            variant,
            claims,
            mutate,
            ..
        }) if mutate.mutate => mutate::check((variant, *claims), mutate, instance, &options),
        Some(Command::Check {
            variant,
            claims,
            verdicts,
            checkpoints,
            output,
            predict,
            ..
        }) => {
            let asked = check::Asked {
                claims: *claims,
                verdicts: *verdicts,
                checkpoints,
                output,
                predict: *predict,
            };
            check::check(variant, asked, instance, &options).unwrap_or_else(Exit::bad_input)
        }
        Some(Command::EveryGeneration {
            variant,
            fairness,
            safety,
        }) => {
            let fairness = match fairness {
                None => None,
                Some(FairnessName::Weak) => Some(Strength::Weak),
                Some(FairnessName::Strong) => Some(Strength::Strong),
                Some(FairnessName::Commits) => {
                    return Exit::bad_input(
                        "--fairness commits: whether an enactor goes on with a transaction or a local step can \
                         depend on plans that nothing refers to, which this proof leaves out; ask for weak \
                         or strong",
                    );
                }
            };
            let asked = every_generation::Asked {
                fairness,
                safety: *safety,
                schedule: false,
            };
            every_generation::run(*variant, instance, asked, &options.search)
        }
        Some(Command::Ablate { claims, ablate }) => {
            let given = matches.subcommand_matches("ablate");
            let source = given.and_then(|given| given.value_source("generations"));
            let instance = match source {
                Some(ValueSource::CommandLine) => instance,
                _ => Instance {
                    generations: ablate::GENERATIONS,
                    ..instance
                },
            };
            ablate::ablate(*claims, ablate, instance, &options.search)
                .unwrap_or_else(Exit::bad_input)
        }
        Some(Command::Explain { variant, claims }) => {
            check::explain(variant, *claims, instance, &options)
        }
        Some(Command::Mixed { old, new, mixed }) => {
            mixed::mixed([old, new], mixed, instance, &options.search)
        }
        Some(Command::Growth { variant, growth }) => {
            let variant = variant.variant();
            let ended = growth::growth(&variant, instance, growth, &options.search);
            ended.unwrap_or_else(Exit::bad_input)
        }
        Some(Command::Explore { variant, explore }) => {
            check::explore(variant, instance, explore, &options).unwrap_or_else(Exit::bad_input)
        }
        Some(Command::Replay {
            variant,
            path,
            schedule,
        }) => check::replay(variant, instance, (path, *schedule)).unwrap_or_else(Exit::bad_input),
        Some(Command::Variants) => {
            let rows = Variant::all_and_fix().into_iter();
            let rows = rows.map(|variant| vec![variant.row.to_owned(), variant.name.to_owned()]);
            print_table(&table(&["row", "variant"], &[], rows));
            Exit::Holds
        }
    }
}
