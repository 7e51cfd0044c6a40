//! One mutant, explored.

use std::sync::OnceLock;

use planwright_model::Model;

use super::{Fate, Mutant, MutantResult, MutationReport};
use crate::{Checkable, Checker, Completion, Outcome, Summary};

impl MutationReport {
    /// Explores a mutant and adds what came of it. `check` makes a checker of the mutant, with the
    /// properties that were checked of the unmutated model, `original`.
    ///
    /// If no property notices, a second exploration compares every reachable step of the two, up to
    /// the first level at which they differ.
    ///
    /// # Panics
    ///
    /// As [`Checker::run`].
    #[track_caller]
    pub fn test<'m, M>(
        &mut self,
        mutant: Mutant,
        original: &'m M,
        check: impl Fn() -> Checker<'m, M>,
    ) -> &MutantResult
    where
        M: Checkable,
    {
        let summary = check().run().summary_without_places();
        let (same, unknown) = if self.may_be_same(&summary) {
            compare(original, check())
        } else {
            (false, None)
        };
        let result = self.insert(mutant, &summary, same);
        if let (Fate::Survived, Some(why)) = (&result.fate, unknown) {
            result.fate = Fate::Undecided { why };
        }
        result
    }

    /// Whether the mutant may behave as the unmutated model does, by what is known without looking
    /// at single steps. Numbers of states tell nothing: one may be explored up to symmetry, and the other not.
    fn may_be_same(&self, summary: &Summary) -> bool {
        !summary.findings.iter().any(|finding| {
            let mut judges = self.judges();
            finding.answer.outcome == Outcome::Undecided
                || finding.answer.outcome == Outcome::Violated
                    && judges.any(|s| s.name == finding.name)
        })
    }
}

/// Whether every reachable step of the checker's model is one of `original`, and the other way
/// round; if that was not found out, why not.
///
/// The search ends with the level at which they differ, so `original` is only asked about states
/// that it can reach itself.
fn compare<'m, M>(original: &'m M, mut checker: Checker<'m, M>) -> (bool, Option<String>)
where
    M: Checkable,
{
    checker.asked.list.clear();
    checker.options.exhaustive = false;
    let changed = checker.model.clone();
    let same_start = OnceLock::new();
    let checker = checker.always("every step is the same", move |state| {
        let start = || {
            let starts = within(original, original.init_states());
            same(starts, within(&changed, changed.init_states()))
        };
        *same_start.get_or_init(start)
            && same(
                within(original, original.next_states(state)),
                within(&changed, changed.next_states(state)),
            )
    });
    let report = checker.run();
    match report.outcome() {
        Outcome::Holds => (true, None),
        Outcome::Violated => (false, None),
        Outcome::Undecided => {
            let why = match report.completion() {
                Completion::Stopped(limit) => limit.to_string(),
                Completion::Faulted(fault) => fault.to_string(),
                _ => "nothing was compared".to_owned(),
            };
            (false, Some(format!("whether any step changes: {why}")))
        }
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
