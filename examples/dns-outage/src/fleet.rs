//! Fleets of enactors that run two variants.

use planwright_checker::{Checker, Report};
use planwright_cli::SearchOptions;
use planwright_core::{
    Endpoint, FaultBudget, Fleet, Start, StoreRules, UpdateSystem, never_regresses,
};

use crate::{DnsEnactor, Instance, NEVER_EMPTY, NEVER_REGRESSES, Phase, RECOVERS, Variant};

impl Variant {
    /// The enactors of this variant, to be replaced by those of another.
    pub fn rolled_out_to(&self, new: &Self, cleanup_age: u8) -> Fleet<DnsEnactor> {
        let enactor = |variant: &Self| variant.enactor(cleanup_age);
        Fleet::new(enactor(self), enactor(new)).carry_over(carry_over)
    }
}

/// What is asked of a fleet.
#[derive(Clone, Copy, Debug)]
pub struct FleetQuestion {
    /// The size.
    pub instance: Instance,
    /// The rules of the store, which is one for all enactors.
    pub rules: StoreRules,
    /// What can go wrong.
    pub faults: FaultBudget,
}

impl FleetQuestion {
    /// The system of a fleet.
    pub fn system(&self, fleet: Fleet<DnsEnactor>) -> UpdateSystem<Fleet<DnsEnactor>> {
        UpdateSystem::new(fleet)
            .enactors(self.instance.enactors)
            .endpoints(self.instance.endpoints)
            .generations(self.instance.generations)
            .start(Start::Installed)
            .rules(self.rules)
            .faults(self.faults)
    }

    /// Explores a fleet to the end, and does something with the report.
    pub fn explore<R>(
        &self,
        fleet: Fleet<DnsEnactor>,
        search: &SearchOptions,
        then: impl FnOnce(&Report<'_, UpdateSystem<Fleet<DnsEnactor>>>) -> R,
    ) -> R {
        let system = self.system(fleet);
        let checker = Checker::new(&system)
            .without_model_properties()
            .action_classes()
            .always(NEVER_EMPTY, |s| s.store.all_resolve())
            .always_step(NEVER_REGRESSES, never_regresses)
            .recoverable(RECOVERS, |s| s.converged());
        then(&search.apply_all(checker).exhaustive().run())
    }
}

/// A phase as the other variant understands it: one without the lock goes on with a plan that was to be
/// written under it, and one with the lock begins again with a plan that was being written without.
fn carry_over(to: &DnsEnactor, phase: &Phase) -> Option<Phase> {
    Some(match (to.safeguards.lock, *phase) {
        (false, Phase::Chosen { plan } | Phase::Locking { plan, .. }) => Phase::Writing {
            plan,
            endpoint: Endpoint::FIRST,
            rechecked: false,
        },
        (true, Phase::Writing { plan, .. }) => Phase::Chosen { plan },
        (_, phase) => phase,
    })
}
