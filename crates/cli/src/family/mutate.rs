//! One variant, and its mutants.

use planwright_checker::ablation::SafeguardSet;
use planwright_checker::{
    Checker, Mutant, MutantKind, MutationReport, Properties, action_class_mutants,
};

use crate::family::chosen::Chosen;
use crate::family::{Family, FamilyModel};
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

/// The `check --mutate` command: every kind of step is disabled in turn, and every safeguard is switched, if
/// that can be done one by one.
pub(super) fn mutate<F: Family>(chosen: &Chosen<F>, asked: Mutate<'_>) -> Exit {
    let toggled = chosen.safeguards().map(|on| toggled(chosen, on));
    let model = chosen.model();
    asked.run(&model, F::checker(&model), toggled.unwrap_or_default())
}

/// The protocol with each safeguard switched.
fn toggled<F: Family>(chosen: &Chosen<F>, on: SafeguardSet) -> Vec<(Mutant, F::Model)> {
    let safeguards = F::safeguards().into_iter().enumerate();
    let toggle = |(place, Safeguard { name, .. })| match on.contains(place) {
        true => (
            Mutant::without(MutantKind::Safeguard, format!("without {name}")),
            chosen.guarded(on.without(place)),
        ),
        false => (
            Mutant::with(MutantKind::Safeguard, format!("with {name}")),
            chosen.guarded(on.with(place)),
        ),
    };
    safeguards.map(toggle).collect()
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
        let asked = checker.asked().clone();
        let unmutated = self.search.apply_all(checker).exhaustive().run();
        say!("{unmutated}");
        let mut report = MutationReport::of(&unmutated);
        report.add_not_mutated("what the model tests inside its steps: it cannot be seen");
        let classes = action_class_mutants(model);
        let total = toggled.len() + classes.len();
        let mut runs = MutantRuns::new(self.search, report, total);
        for (mutant, other) in toggled {
            runs.test(mutant, model, || mutated(&other, &asked));
        }
        for (mutant, class) in classes {
            runs.test(mutant, model, || {
                mutated(model, &asked).without_class(class)
            });
        }
        let report = runs.report();
        print_table(&format!("\n{}", mutation_table(&report)));
        say!("\n{}", report.conclusions());
        self.options.exit(unmutated.outcome(), &report)
    }
}

/// A checker of a mutant, with the properties of the unmutated model.
fn mutated<'m, M: FamilyModel>(
    model: &'m M,
    asked: &Properties<'m, M::State, M::Action>,
) -> Checker<'m, M> {
    let checker = Checker::new(model).without_model_properties();
    checker.properties(asked).action_classes()
}
