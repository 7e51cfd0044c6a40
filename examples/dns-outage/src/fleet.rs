//! Fleets of enactors that run two protocols.

use itertools::Itertools as _;
use planwright_checker::{Checker, Report};
use planwright_cli::SearchOptions;
use planwright_cli::mixed::{Shared, Versions};
use planwright_core::{Endpoint, Fleet, StoreRules, UpdateSystem, never_regresses};

use crate::switches::{Place, SWITCHES, Switch, USUAL};
use crate::{
    DnsEnactor, Instance, NEVER_EMPTY, NEVER_REGRESSES, Phase, Protocol, RECOVERS, SkipInUse,
};

impl Protocol {
    /// The enactors of this protocol, to be replaced by those of another.
    pub fn rolled_out_to(&self, new: &Self, cleanup_age: u8) -> Fleet<DnsEnactor> {
        let enactor = |protocol: &Self| protocol.enactor(cleanup_age);
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
    /// What they may change to, at any moment; properties are asked from then on.
    pub changing: Option<StoreRules>,
}

impl FleetQuestion {
    /// The system of a fleet.
    pub fn system(&self, fleet: Fleet<DnsEnactor>) -> UpdateSystem<Fleet<DnsEnactor>> {
        let system = UpdateSystem::new(fleet)
            .enactors(self.instance.enactors)
            .endpoints(self.instance.endpoints)
            .generations(self.instance.generations)
            .rules(self.rules)
            .faults(self.instance.faults);
        match self.changing {
            Some(rules) => system.changing_rules(rules),
            None => system,
        }
    }

    /// A checker of the properties.
    pub fn checker<'m>(
        &self,
        system: &'m UpdateSystem<Fleet<DnsEnactor>>,
    ) -> Checker<'m, UpdateSystem<Fleet<DnsEnactor>>> {
        let always = self.changing.is_none();
        Checker::new(system)
            .action_classes()
            .always(NEVER_EMPTY, move |s| {
                !(always || s.rules_have_changed()) || s.store.all_resolve()
            })
            .always_step(NEVER_REGRESSES, move |s, a, t| {
                !(always || s.rules_have_changed()) || never_regresses(s, a, t)
            })
            .recoverable(RECOVERS, move |s| {
                !(always || s.rules_have_changed()) || s.converged()
            })
    }

    /// Explores a fleet to the end, and does something with the report.
    pub fn explore<R>(
        &self,
        fleet: Fleet<DnsEnactor>,
        search: &SearchOptions,
        then: impl FnOnce(&Report<'_, UpdateSystem<Fleet<DnsEnactor>>>) -> R,
    ) -> R {
        let system = self.system(fleet);
        then(&search.apply_all(self.checker(&system)).exhaustive().run())
    }
}

/// Two protocols, of which the new one replaces the old one.
#[derive(Clone, Copy, Debug)]
pub struct Replacement {
    /// What is there.
    pub old: Protocol,
    /// What is rolled out.
    pub new: Protocol,
    /// The size.
    pub instance: Instance,
}

impl Replacement {
    /// What is asked under one side of the store's rules.
    pub fn question(&self, shared: Shared) -> FleetQuestion {
        let rules = |protocol: &Protocol| protocol.safeguards.store_rules();
        let (old, new) = (rules(&self.old), rules(&self.new));
        let (rules, changing) = match shared {
            Shared::OfOld => (old, None),
            Shared::OfNew => (new, None),
            Shared::Changing => (old, Some(new)),
        };
        FleetQuestion {
            instance: self.instance,
            rules,
            changing,
        }
    }
}

impl Versions for Replacement {
    type Enactor = DnsEnactor;
    type Model = UpdateSystem<Fleet<DnsEnactor>>;

    fn fleet(&self) -> Fleet<DnsEnactor> {
        self.old.rolled_out_to(&self.new, self.instance.cleanup_age)
    }

    fn enactors(&self) -> usize {
        self.instance.enactors
    }

    fn shared(&self) -> Vec<Shared> {
        let [old, new] = [self.old, self.new].map(|protocol| protocol.safeguards.store_rules());
        match old == new {
            true => vec![Shared::OfOld],
            false => vec![Shared::OfOld, Shared::OfNew, Shared::Changing],
        }
    }

    fn model(&self, fleet: Fleet<DnsEnactor>, shared: Shared) -> Self::Model {
        self.question(shared).system(fleet)
    }

    fn checker<'m>(&self, model: &'m Self::Model, shared: Shared) -> Checker<'m, Self::Model> {
        self.question(shared).checker(model)
    }

    /// Enactors by their safeguards, those with few first; the store's own rule is asked apart.
    fn stones(&self) -> Vec<(String, DnsEnactor)> {
        let of_enactors = |switch: &&Switch| {
            matches!(
                switch.place,
                Place::OfEnactors(_) | Place::Sparing(SkipInUse::Atomically)
            )
        };
        let usual = SWITCHES[..USUAL].iter().filter(of_enactors);
        let mut sets: Vec<Vec<&Switch>> = usual.powerset().collect();
        sets.sort_by_key(Vec::len);
        let stone = |set: Vec<&Switch>| {
            let name = match set.is_empty() {
                true => "enactors without safeguards".to_owned(),
                false => format!("enactors with {}", set.iter().map(|s| s.name).join("+")),
            };
            let mut protocol = Protocol::as_deployed();
            for switch in set {
                switch.set(&mut protocol, true);
            }
            (name, protocol.enactor(self.instance.cleanup_age))
        };
        sets.into_iter().map(stone).collect()
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
