//! One variant, and its mutants.

use planwright_checker::{Mutant, MutantKind, MutationReport};
use planwright_cli::{Exit, MutantRuns, MutateOptions, mutation_table, print_table, say};
use planwright_core::Survey;

use crate::program::check::{named, vacuous};
use crate::program::claims::ClaimOptions;
use crate::program::options::{Options, VariantOptions};
use crate::{Instance, checker};

/// The `check --mutate` command.
pub(crate) fn check(
    (variant, claims): (&VariantOptions, ClaimOptions),
    mutate: &MutateOptions,
    instance: Instance,
    options: &Options,
) -> Exit {
    let variant = variant.variant();
    say!("{}", named(&variant, &instance));
    let search = &options.search;
    let system = variant.system(instance);
    let survey = Survey::new();
    let watched = survey.watch(&system);
    // To the end, since what the mutants do is compared with all that the variant does.
    let conditions = claims.conditions(&system);
    let asked = claims.apply(checker(&watched), (&watched, &system), &conditions);
    let unmutated = search.apply_all(asked).exhaustive().run();
    say!("{unmutated}");
    if let Some(warning) = vacuous(&unmutated, &instance) {
        say!("{warning}");
    }
    let report = MutationReport::of(&unmutated);
    let mutants = variant.mutants(instance, &survey.call_sites());
    let total = mutants.len() + conditions.len();
    let mut runs = MutantRuns::new(search, report, total).of(system.enactor());
    for (mutant, mutated) in mutants {
        runs.test(mutant, &system, || {
            claims.apply(checker(&mutated), (&mutated, &system), &conditions)
        });
    }
    for left_out in &conditions {
        let others = conditions.iter().copied().filter(|c| c != left_out);
        let others: Vec<_> = others.collect();
        let mutant = Mutant::without(MutantKind::Fairness, left_out.to_string());
        runs.test(mutant, &system, || {
            claims.apply(checker(&system), (&system, &system), &others)
        });
    }
    let report = runs.report();
    print_table(&format!("\n{}", mutation_table(&report)));
    say!("\n{}", report.conclusions());
    mutate.exit(unmutated.outcome(), &report)
}
