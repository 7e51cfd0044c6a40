//! Enactors are interchangeable: all run one protocol, and no state refers to one by name.

use itertools::Itertools;
use planwright_model::Symmetric;
use planwright_model::finite::Finite;

use crate::packing::PackWriter;
use crate::{Enactor, EnactorId, SystemAction, SystemState, UpdateSystem};

impl<L: Copy> SystemAction<L> {
    /// The same step by the enactor that `place` gives for its own.
    pub(crate) fn renamed(&self, place: impl Fn(EnactorId) -> EnactorId) -> Self {
        let mut action = *self;
        match &mut action {
            Self::Move { enactor, .. }
            | Self::Commit { enactor, .. }
            | Self::Refused { enactor, .. }
            | Self::LoseAcknowledgement { enactor, .. }
            | Self::Crash { enactor }
            | Self::Redeploy { enactor, .. } => *enactor = place(*enactor),
            Self::Publish
            | Self::StopPlanner
            | Self::Expire { .. }
            | Self::Rollback { .. }
            | Self::EndDeployment
            | Self::ChangeRules
            | Self::DisableAutomation
            | Self::EnableAutomation => {}
        }
        action
    }
}

/// Endpoints are not interchangeable: enactors write them in order.
impl<E: Enactor<Local: Finite>> Symmetric for UpdateSystem<E> {
    /// For each enactor, whose place it takes.
    type Permutation = Vec<usize>;

    fn permutations(&self) -> Vec<Vec<usize>> {
        (0..self.enactors).permutations(self.enactors).collect()
    }

    fn permute(&self, places: &Vec<usize>, state: &SystemState<E::Local>) -> SystemState<E::Local> {
        let mut renamed = *state;
        for (enactor, place) in places.iter().enumerate() {
            renamed.locals[*place] = state.locals[enactor];
        }
        renamed
    }

    fn permute_action(
        &self,
        places: &Vec<usize>,
        action: &SystemAction<E::Local>,
    ) -> SystemAction<E::Local> {
        action.renamed(|enactor| EnactorId(places[enactor.index()] as u8))
    }

    /// With the enactors' local states sorted, which are all that tells enactors apart; in the order
    /// of the words they pack into, since some of their parts have no order for protocols to use.
    ///
    /// # Panics
    ///
    /// If a local state alone does not fit a word.
    #[inline]
    fn canonical(&self, state: &SystemState<E::Local>) -> SystemState<E::Local> {
        let mut sorted = *state;
        sorted.locals[..self.enactors].sort_unstable_by_key(|local| {
            let mut to = PackWriter::<u64>::new(self);
            let _ = local.visit(&mut to);
            to.finish()
                .expect("a local state fits 63 bits; bound the numbers in it")
        });
        sorted
    }
}
