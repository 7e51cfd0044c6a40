//! Larger sets of safeguards that add no step to a smaller one.

use std::hash::Hash;
use std::sync::OnceLock;

use planwright_model::Model;

use super::SafeguardSet;
use crate::Checker;
use crate::property::Property;
use crate::{Progress, PropertyKind};

/// Whether a property can be inherited: if it holds of a model, then of every model whose steps are
/// among that model's steps.
pub(super) fn is_inherited(kind: PropertyKind) -> bool {
    matches!(
        kind,
        PropertyKind::Always | PropertyKind::AlwaysImplies | PropertyKind::AlwaysStep
    )
}

/// A larger set of safeguards, with what was found against it.
struct Candidate<'a, 'm, M: Model> {
    set: SafeguardSet,
    model: &'m M,
    /// Those of its properties that it would inherit.
    properties: Vec<&'a Property<'m, M>>,
    refuted: OnceLock<()>,
}

impl<M: Model> Candidate<'_, '_, M>
where
    M::State: PartialEq,
    M::Action: Clone + PartialEq,
{
    /// Looks at one state that the smaller model reaches; `steps` are all that it can do there.
    fn look(&self, smaller: &M, state: &M::State, steps: &[(M::Action, M::State)]) {
        let mut actions = Vec::new();
        self.model.actions(state, &mut actions);
        let within = |action: M::Action| {
            let Some(next) = self.model.next_state(state, action.clone()) else {
                return true;
            };
            steps.iter().any(|(a, s)| *a == action && *s == next)
                && (smaller.within_boundary(&next) || !self.model.within_boundary(&next))
                && !self
                    .properties
                    .iter()
                    .any(|p| p.refuses(state, &action, &next))
        };
        if !self.keeps(state) || !actions.into_iter().all(within) {
            let _ = self.refuted.set(());
        }
    }

    /// Whether its own invariants hold in the state.
    fn keeps(&self, state: &M::State) -> bool {
        let mut observed = self.properties.iter().filter_map(|p| p.observe(state));
        !observed.any(|observation| observation.settles)
    }

    /// Whether it starts where the smaller model does.
    fn starts_within(&self, smaller: &M) -> bool {
        let starts = smaller.init_states();
        let within = |start: &M::State| {
            starts.contains(start)
                && (smaller.within_boundary(start) || !self.model.within_boundary(start))
        };
        self.model.init_states().iter().all(within)
    }
}

/// Which of the larger sets do, in every state that the smaller one reaches, nothing that the smaller one
/// does not do, and keep the named properties of theirs there. One more exploration of the smaller one's
/// model; if it does not come to an end, none of them.
///
/// `README.md` says why these properties then hold under the larger sets too.
pub(super) fn that_add_nothing<'a, M>(
    smaller: &'a M,
    larger: &[(SafeguardSet, M, Vec<String>)],
    check: &impl for<'m> Fn(&'m M) -> Checker<'m, M>,
    progress: &mut dyn FnMut(&Progress),
) -> Vec<SafeguardSet>
where
    M: Model + Sync,
    M::State: Clone + Hash + PartialEq + Send + Sync,
    M::Action: Clone + PartialEq + Send + Sync,
{
    let checkers: Vec<_> = larger.iter().map(|(_, model, _)| check(model)).collect();
    let candidates = larger.iter().zip(&checkers);
    let candidates: Vec<_> = candidates
        .map(|((set, model, names), checker)| {
            let properties = checker.own.iter().chain(&checker.added);
            let candidate = Candidate {
                set: *set,
                model,
                properties: properties.filter(|p| names.contains(&p.name)).collect(),
                refuted: OnceLock::new(),
            };
            if !candidate.starts_within(smaller) {
                let _ = candidate.refuted.set(());
            }
            candidate
        })
        .collect();
    let left = || candidates.iter().filter(|c| c.refuted.get().is_none());
    let mut checker = check(smaller);
    checker.own.clear();
    checker.added.clear();
    checker.bounds.clear();
    checker.fairness.clear();
    checker.options.exhaustive = false;
    checker.options.threads = 1;
    let checker = checker.listener(progress);
    let complete = checker
        .always("some larger set adds nothing", |state| {
            let steps = smaller.next_steps(state);
            for candidate in left() {
                candidate.look(smaller, state, &steps);
            }
            left().next().is_some()
        })
        .run()
        .completion()
        .is_complete();
    if !complete {
        return Vec::new();
    }
    left().map(|candidate| candidate.set).collect()
}
