//! One variant, and its mutants.

use planwright_checker::ablation::SafeguardSet;
use planwright_checker::{Checker, Mutant, MutantKind, MutationReport, action_class_mutants};

use crate::family::{AblationVisitor, Family, FamilyModel, ModelVisitor, Variant};
use crate::{
    Exit, MutantRuns, MutateOptions, Safeguard, SearchOptions, mutation_table, print_table, say,
};

/// What is asked of the mutants.
#[derive(Clone, Copy)]
pub(super) struct Mutate<'a> {
    /// Only what single states and steps can show.
    pub(super) safety: bool,
    pub(super) search: &'a SearchOptions,
    pub(super) options: &'a MutateOptions,
}

/// The `check --mutate` command: every kind of step has its turn, and every safeguard, if the variant
/// differs from others by safeguards alone.
pub(super) fn mutate<F: Family>(
    variant: &Variant<F::Protocol>,
    size: &F::Size,
    asked: Mutate<'_>,
) -> Exit {
    let toggled = F::safeguards_of(variant.protocol).and_then(|on| {
        let safeguards = F::safeguards();
        let toggle = Toggle {
            asked,
            safeguards,
            on,
        };
        F::ablate(size, toggle)
    });
    toggled.unwrap_or_else(|| F::visit(variant.protocol, size, asked))
}

impl ModelVisitor for Mutate<'_> {
    type Output = Exit;

    fn visit<'m, M: FamilyModel>(self, model: &'m M, checker: Checker<'m, M>) -> Exit {
        self.run(model, checker, Vec::new())
    }
}

/// A variant whose safeguards are switched, too.
struct Toggle<'a> {
    asked: Mutate<'a>,
    safeguards: Vec<Safeguard>,
    on: SafeguardSet,
}

impl AblationVisitor for Toggle<'_> {
    type Output = Exit;

    fn visit<M: FamilyModel>(
        self,
        build: impl Fn(SafeguardSet) -> M + Sync,
        check: impl for<'m> Fn(&'m M) -> Checker<'m, M> + Sync,
    ) -> Exit {
        let model = build(self.on);
        let toggled = self.safeguards.iter().enumerate();
        let toggled =
            toggled.map(
                |(place, Safeguard { name, .. })| match self.on.contains(place) {
                    true => (
                        Mutant::without(MutantKind::Safeguard, format!("without {name}")),
                        build(self.on.without(place)),
                    ),
                    false => (
                        Mutant::with(MutantKind::Safeguard, format!("with {name}")),
                        build(self.on.with(place)),
                    ),
                },
            );
        self.asked.run(&model, check(&model), toggled.collect())
    }
}

impl Mutate<'_> {
    fn run<M: FamilyModel>(
        self,
        model: &M,
        checker: Checker<'_, M>,
        toggled: Vec<(Mutant, M)>,
    ) -> Exit {
        let mut checker = checker.action_classes();
        if self.safety {
            checker = checker.without_temporal_properties();
        }
        // To the end, since what the mutants do is compared with all that the variant does.
        let unmutated = self.search.apply_all(checker.of_another(model));
        let unmutated = unmutated.exhaustive().run();
        say!("{unmutated}");
        let mut report = MutationReport::of(&unmutated);
        report.add_not_mutated("what the model tests inside its steps: it cannot be seen");
        let classes: Vec<_> = action_class_mutants(model).into_iter().collect();
        let total = toggled.len() + classes.len();
        let mut runs = MutantRuns::new(self.search, report, total);
        for (mutant, other) in toggled {
            runs.test(mutant, model, || checker.of_another(&other));
        }
        for (mutant, without) in classes {
            runs.test(mutant, model, || checker.of_another(&without));
        }
        let report = runs.report();
        print_table(&format!("\n{}", mutation_table(&report)));
        say!("\n{}", report.conclusions());
        self.options.exit(unmutated.outcome(), &report)
    }
}
