//! Which plans that nothing refers to are kept because an operator will turn to one.

use itertools::Itertools;

use super::EveryGeneration;
use crate::{Enactor, PackLocal, PlanSet, SystemState};

impl<E: Enactor<Local: PackLocal>, const A: usize, const B: usize> EveryGeneration<E, A, B> {
    /// What can be remembered after a step that leads to `after`, where `before` was remembered.
    ///
    /// What is remembered stays so until something refers to it, it is deleted, or operators cannot
    /// turn to so many any more.
    pub(super) fn choices(
        &self,
        before: PlanSet,
        after: &SystemState<E::Local, A, B>,
    ) -> Vec<PlanSet> {
        let budget = after.remaining_faults();
        let most = usize::from(budget.rollbacks) + usize::from(budget.reissues);
        if most == 0 {
            return vec![PlanSet::EMPTY];
        }
        let (forgetful, _) = self.system.forgetful(after, PlanSet::EMPTY);
        let unreferred = after
            .store
            .plans()
            .difference(forgetful.state.store.plans());
        let kept = before.intersection(unreferred);
        if kept.iter().count() > most {
            let fewer = kept.iter().combinations(most);
            return fewer.map(|some| some.into_iter().collect()).collect();
        }
        let free = most - kept.iter().count();
        let new = unreferred.difference(kept);
        let some = (0..=free).flat_map(|number| new.iter().combinations(number));
        some.map(|some| some.into_iter().fold(kept, PlanSet::with))
            .collect()
    }
}
