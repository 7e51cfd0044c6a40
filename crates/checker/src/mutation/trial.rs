//! One mutant, explored.

use std::hash::Hash;
use std::sync::OnceLock;

use planwright_model::Model;

use super::{Mutant, MutantResult, MutationReport};
use crate::{Checker, Outcome};

/// The property that holds if the mutant behaves as the unmutated model does.
const SAME_STEPS: &str = "(every step is one of the unmutated model, and the other way round)";

impl MutationReport {
    /// Explores a mutant and adds what came of it. The checker is of the mutant, with the properties
    /// that were checked of the unmutated model, `original`; whether the two differ in any reachable
    /// step is found out on the way.
    ///
    /// # Panics
    ///
    /// As [`Checker::run`].
    #[track_caller]
    pub fn test<'m, M, N>(
        &mut self,
        mutant: Mutant,
        original: &'m M,
        checker: Checker<'m, N>,
    ) -> &MutantResult
    where
        M: Model + Sync,
        N: Model<State = M::State> + Sync,
        N::State: Clone + Hash + PartialEq + Send + Sync,
        N::Action: Clone + PartialEq + Send + Sync,
    {
        let changed = checker.model;
        let same_start = OnceLock::new();
        let checker = checker.always(SAME_STEPS, move |state| {
            let start = || {
                within(original, original.init_states()) == within(changed, changed.init_states())
            };
            *same_start.get_or_init(start)
                && same(
                    within(original, original.next_states(state)),
                    within(changed, changed.next_states(state)),
                )
        });
        let mut summary = checker.run().summary();
        let same_steps = summary.findings.iter().position(|f| f.name == SAME_STEPS);
        let same_steps = same_steps.map(|index| summary.findings.remove(index).outcome);
        self.add(mutant, &summary, same_steps == Some(Outcome::Holds))
    }
}

/// States, and whether each is within the boundary.
fn within<M: Model>(model: &M, states: Vec<M::State>) -> Vec<(bool, M::State)> {
    let told = |state| (model.within_boundary(&state), state);
    states.into_iter().map(told).collect()
}

/// Whether two lists have the same members, in any order.
fn same<T: PartialEq>(left: Vec<T>, mut right: Vec<T>) -> bool {
    if left == right {
        return true;
    }
    left.len() == right.len()
        && left.into_iter().all(|item| {
            let place = right.iter().position(|other| *other == item);
            place.map(|place| right.swap_remove(place)).is_some()
        })
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn lists_are_compared_with_multiplicity() {
        assert!(same(vec![1, 2, 2], vec![2, 1, 2]));
        assert!(!same(vec![1, 2, 2], vec![2, 1, 1]));
        assert!(!same(vec![1], vec![1, 1]));
    }
}
