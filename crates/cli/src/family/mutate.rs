//! One protocol, and its mutants.

use std::fmt;

use planwright_checker::{Model, Mutant, MutantKind, MutationReport, Report, action_class_mutants};
use planwright_core::{CallSite, Enactor, Mutation, Survey, UpdateSystem};

use crate::family::Family;
use crate::family::chosen::{Chosen, safeguards_of};
use crate::family::claims::Claims;
use crate::{
    Exit, MutantRuns, MutateOptions, Safeguard, SearchOptions, mutant, mutation_table, print_table,
    say,
};

/// What the command `check --mutate` asks of a protocol.
pub struct MutateQuestion<'a, F: Family> {
    pub(super) chosen: &'a Chosen<F>,
    pub(super) claims: Claims,
    pub(super) search: &'a SearchOptions,
    pub(super) options: &'a MutateOptions,
}

impl<F: Family> fmt::Debug for MutateQuestion<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MutateQuestion")
            .field("claims", &self.claims)
            .finish_non_exhaustive()
    }
}

/// What is different in a mutant.
enum Change<M> {
    Model(M),
    WithoutClass(usize),
}

impl<F: Family> MutateQuestion<'_, F> {
    /// Disables each kind of step in turn, switches each safeguard, if that can be done one by one, and leaves
    /// out each condition of fairness.
    pub fn of_any(self) -> Exit {
        let model = self.chosen.model();
        let unmutated = self.unmutated(&model);
        let toggled = toggled::<F>(self.chosen.protocol, &self.chosen.size).into_iter();
        let toggled = toggled.map(|(mutant, model)| (mutant, Change::Model(model)));
        let classes = action_class_mutants(&model).into_iter();
        let classes = classes.map(|(mutant, class)| (mutant, Change::WithoutClass(class)));
        let mutants: Vec<_> = toggled.chain(classes).collect();
        let mut report = MutationReport::of(&unmutated);
        report.add_not_mutated("what the model tests inside its steps: it cannot be seen");
        self.tell(&model, (&unmutated, report), mutants, |runs| runs)
    }

    /// The same of a system of plans and enactors, of which each precondition is left out, too, and each rule of
    /// the store switched.
    pub fn of_system<E>(self) -> Exit
    where
        F: Family<Model = UpdateSystem<E>>,
        E: Enactor + Clone,
    {
        let system = self.chosen.model();
        let survey = Survey::new();
        let watched = survey.watch(&system);
        let unmutated = self.unmutated(&watched);
        let Chosen { protocol, size, .. } = self.chosen;
        let mutants = mutants::<F, E>(*protocol, size, &survey.call_sites()).into_iter();
        let mutants = mutants.map(|(mutant, system)| (mutant, Change::Model(system)));
        let report = MutationReport::of(&unmutated);
        let seen = (&unmutated, report);
        self.tell(&system, seen, mutants.collect(), |runs| {
            runs.of(system.enactor())
        })
    }

    fn unmutated<'m>(&self, model: &'m F::Model) -> Report<'m, F::Model> {
        // To the end, since what the mutants do is compared with all that the protocol does.
        let checker = self.claims.checker::<F>(model).action_classes();
        let report = self.search.apply_all(checker).exhaustive().run();
        say!("{report}");
        unexercised::<F, _>(&report);
        report
    }

    fn tell<'s>(
        &'s self,
        model: &F::Model,
        (unmutated, report): (&Report<'_, F::Model>, MutationReport),
        mutants: Vec<(Mutant, Change<F::Model>)>,
        noted: impl FnOnce(MutantRuns<'s>) -> MutantRuns<'s>,
    ) -> Exit {
        let checker = |model| self.claims.checker::<F>(model).action_classes();
        let conditions = unmutated.fairness();
        let total = mutants.len() + conditions.len();
        let mut runs = noted(MutantRuns::new(self.search, report, total));
        for (mutant, change) in &mutants {
            runs.test(mutant.clone(), model, || match change {
                Change::Model(other) => checker(other),
                Change::WithoutClass(class) => checker(model).without_class(*class),
            });
        }
        for (left_out, _) in conditions {
            let mutant = Mutant::without(MutantKind::Fairness, left_out.clone());
            runs.test(mutant, model, || checker(model).without_fairness(&left_out));
        }
        let report = runs.report();
        print_table(&format!("\n{}", mutation_table(&report)));
        say!("\n{}", report.conclusions());
        self.options.exit(unmutated.outcome(), &report)
    }
}

/// The protocol with each safeguard switched, if that can be done one by one.
fn toggled<F: Family>(protocol: F::Protocol, size: &F::Size) -> Vec<(Mutant, F::Model)> {
    let Some(on) = safeguards_of::<F>(protocol) else {
        return Vec::new();
    };
    let guarded = |on| F::model(F::with_safeguards(protocol, on), size);
    let safeguards = F::safeguards().into_iter().enumerate();
    let toggle = |(place, Safeguard { name, .. })| match on.contains(place) {
        true => (
            Mutant::without(MutantKind::Safeguard, format!("without {name}")),
            guarded(on.without(place)),
        ),
        false => (
            Mutant::with(MutantKind::Safeguard, format!("with {name}")),
            guarded(on.with(place)),
        ),
    };
    safeguards.map(toggle).collect()
}

/// Every mutant of a system of a family: preconditions, those at these call sites; safeguards; the rules of the store
/// that no safeguard switches; kinds of step.
pub fn mutants<F, E>(
    protocol: F::Protocol,
    size: &F::Size,
    sites: &[CallSite],
) -> Vec<(Mutant, UpdateSystem<E>)>
where
    F: Family<Model = UpdateSystem<E>>,
    E: Enactor + Clone,
{
    let size = F::sized(protocol, size);
    let system = F::model(protocol, &size);
    let toggled = toggled::<F>(protocol, &size);
    let is_toggled = |mutation: &Mutation| match mutation {
        Mutation::SwitchRule { rule, on } => {
            let (rule, on) = (*rule, !on);
            let back = Mutation::SwitchRule { rule, on };
            let mut toggled = toggled.iter();
            toggled.any(|(_, toggled)| toggled.mutations(&[]).contains(&back))
        }
        _ => false,
    };
    let mutations = system.mutations(sites).into_iter();
    let mutations = mutations.filter(|mutation| !is_toggled(mutation));
    let mutations = mutations.map(|mutation| {
        let mutated = system.mutated(&mutation);
        (
            mutant(&mutation),
            mutated.expect("the system has what it lists"),
        )
    });
    let (preconditions, others): (Vec<_>, Vec<_>) =
        mutations.partition(|(mutant, _)| mutant.kind == MutantKind::Precondition);
    let mutants = preconditions.into_iter().chain(toggled);
    mutants.chain(others).collect()
}

/// Warns of steps that the verdicts are about, and that never happen.
pub(super) fn unexercised<F: Family, M: Model>(report: &Report<'_, M>) {
    if !report.completion().is_complete() {
        return;
    }
    let actions = &report.statistics().actions;
    for (class, remedy) in F::exercised() {
        let mut actions = actions.iter();
        if !actions.any(|action| action.name == *class && action.fired > 0) {
            say!("warning: never at this size: {class}, so these verdicts say little; {remedy}");
        }
    }
}
