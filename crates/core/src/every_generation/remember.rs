//! Which plans that nothing refers to are kept because an operator will turn to one.

use itertools::Itertools;
use planwright_model::finite::Finite;

use super::EveryGeneration;
use crate::plan_bits::PlanBits;
use crate::{Enactor, SystemState};

impl<E: Enactor<Local: Finite>> EveryGeneration<E> {
    /// What can be remembered after a step that leads to `after`, where `before` was remembered, and that
    /// operators turn to none of `never` was decided earlier.
    ///
    /// A plan is remembered until something refers to it, it is deleted, or operators cannot turn to as
    /// many any more.
    pub(super) fn choices(
        &self,
        before: PlanBits,
        never: PlanBits,
        after: &SystemState<E::Local>,
    ) -> Vec<PlanBits> {
        let most = usize::from(after.remaining_faults().rollbacks);
        if most == 0 {
            return vec![PlanBits::EMPTY];
        }
        let referenced = self.references(after).generations;
        let unreferenced = after.store.plans().bits().difference(referenced);
        let kept = before.intersection(unreferenced);
        if kept.iter().count() > most {
            let fewer = kept.iter().combinations(most);
            return fewer.map(|some| some.into_iter().collect()).collect();
        }
        let free = most - kept.iter().count();
        let new = unreferenced.difference(kept).difference(never);
        let some = (0..=free).flat_map(|number| new.iter().combinations(number));
        some.map(|some| some.into_iter().fold(kept, PlanBits::and))
            .collect()
    }
}
