//! One variant, and its mutants.

use planwright_checker::{Mutant, MutantKind, MutationReport};
use planwright_cli::{Exit, MutantRuns, MutateOptions, mutation_table, print_table, say};
use planwright_core::Survey;

use crate::program::check::{named, vacuous};
use crate::program::claims::ClaimOptions;
use crate::program::options::{Options, VariantOptions};
use crate::{DnsSystem, Instance, Variant, checker};

/// The `check --mutate` command.
pub(crate) fn check(
    (variant, claims): (&VariantOptions, ClaimOptions),
    mutate: &MutateOptions,
    instance: Instance,
    options: &Options,
) -> Exit {
    let variant = variant.variant();
    say!("{}", named(&variant, &instance));
    let visitor = Mutate {
        variant,
        claims,
        mutate,
        options,
        instance,
    };
    visitor.run(variant.system(instance))
}

struct Mutate<'a> {
    variant: Variant,
    claims: ClaimOptions,
    mutate: &'a MutateOptions,
    options: &'a Options,
    instance: Instance,
}

impl Mutate<'_> {
    fn run(self, system: DnsSystem) -> Exit {
        let search = &self.options.search;
        let survey = Survey::new();
        let watched = survey.watch(&system);
        // To the end, since what the mutants do is compared with all that the variant does.
        let conditions = self.claims.conditions(&system);
        let asked = self
            .claims
            .apply(checker(&watched), (&watched, &system), &conditions);
        let unmutated = search.apply_all(asked).exhaustive().run();
        say!("{unmutated}");
        if let Some(warning) = vacuous(&unmutated, &self.instance) {
            say!("{warning}");
        }
        let report = MutationReport::of(&unmutated);
        let mutants = self.variant.mutants(self.instance, &survey.call_sites());
        let total = mutants.len() + conditions.len();
        let mut runs = MutantRuns::new(search, report, total).of(system.enactor());
        for (mutant, mutated) in mutants {
            let model = mutated.model();
            let models = (&model, &system);
            runs.test(mutant, &system, || {
                self.claims.apply(checker(&model), models, &conditions)
            });
        }
        for left_out in &conditions {
            let others = conditions.iter().copied().filter(|c| c != left_out);
            let others: Vec<_> = others.collect();
            let mutant = Mutant::without(MutantKind::Fairness, left_out.to_string());
            let models = (&system, &system);
            runs.test(mutant, &system, || {
                self.claims.apply(checker(&system), models, &others)
            });
        }
        let report = runs.report();
        print_table(&format!("\n{}", mutation_table(&report)));
        say!("\n{}", report.conclusions());
        self.mutate.exit(unmutated.outcome(), &report)
    }
}
