//! The program: a guided tour of the outage, or one check.

mod ablate;
mod check;
mod claims;
mod every_generation;
mod forecast;
mod mixed;
mod mutate;
mod options;
mod size;
mod stuck;
mod tour;

use clap::Parser;
use planwright_core::Probes;

use dns_outage::Variant;
use planwright_cli::{Exit, say, table};

use crate::options::{Command, Options};

fn main() -> Exit {
    let options = Options::parse();
    let instance = match options.size.instance() {
        Ok(instance) => instance,
        Err(error) => return Exit::bad_input(error),
    };
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
            predict,
            ..
        }) => {
            let asked = check::Asked {
                claims: *claims,
                verdicts: *verdicts,
                checkpoints,
                predict: *predict,
            };
            check::check(variant, asked, instance, &options)
        }
        Some(Command::EveryGeneration {
            variant,
            fairness,
            thorough,
            safety,
        }) => {
            let asked = every_generation::Asked {
                fairness: fairness.map(|name| name.fairness()),
                safety: *safety,
                probes: match thorough {
                    true => Probes::Every,
                    false => Probes::Sampled,
                },
            };
            every_generation::run(*variant, instance, asked, &options.search)
        }
        Some(Command::Ablate { claims, ablate }) => ablate::ablate(*claims, ablate, &options),
        Some(Command::Explain { variant, claims }) => {
            check::explain(variant, *claims, instance, &options)
        }
        Some(Command::Mixed { old, new, mixed }) => {
            mixed::mixed([old, new], mixed, instance, &options.search)
        }
        Some(Command::Replay { variant, path }) => check::replay(variant, instance, path),
        Some(Command::Variants) => {
            let mut variants = Variant::all();
            variants.push(Variant::recommended());
            let rows = variants
                .iter()
                .map(|variant| vec![variant.row.to_owned(), variant.name.to_owned()]);
            say!("{}", table(&["row", "variant"], &[], rows));
            Exit::Holds
        }
    }
}
