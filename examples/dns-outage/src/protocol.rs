//! The protocol as deployed, and how it is changed.

use planwright_core::{FaultBudget, UpdateSystem};

use crate::switches::Switch;
use crate::{DnsEnactor, Instance, Safeguards, Weaknesses};

/// What enactors and the store do, and what it is checked with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Protocol {
    /// What prevents the race.
    pub safeguards: Safeguards,
    /// What makes it worse.
    pub weaknesses: Weaknesses,
    /// Faults beyond those of the instance.
    pub faults: FaultBudget,
    /// The number of enactors, where the protocol is about that number.
    pub enactors: Option<usize>,
}

impl Protocol {
    /// The protocol as deployed, with its one-time check.
    pub fn as_deployed() -> Self {
        Self::default()
    }

    /// The protocol as deployed, with these safeguards added.
    ///
    /// # Panics
    ///
    /// If there is none of such a name.
    pub fn with(added: &[&str]) -> Self {
        let mut protocol = Self::as_deployed();
        for name in added {
            Switch::named(name).set(&mut protocol, true);
        }
        protocol
    }

    /// The same without this safeguard.
    pub(crate) fn without(mut self, name: &str) -> Self {
        Switch::named(name).set(&mut self, false);
        self
    }

    /// The same with one enactor, as under a perfect leader.
    pub(crate) fn alone(self) -> Self {
        Self {
            enactors: Some(1),
            ..self
        }
    }

    /// The same with an operator who rolls back, past every guard of enactors.
    pub(crate) fn rolled_back(mut self) -> Self {
        self.faults.rollbacks = 1;
        self
    }

    /// The same, but a plan is acted on once.
    pub(crate) fn edge_triggered(mut self) -> Self {
        self.weaknesses.edge_triggered = true;
        self
    }

    /// The recommended fix: conditional writes, referential integrity and self-heal, checked with
    /// everything that can go wrong: crash, lost acknowledgement, operator rollback, abandoned
    /// write.
    pub fn recommended() -> Self {
        let fix = Self::with(&["conditional-write", "referential-integrity", "self-heal"]);
        Self {
            faults: FaultBudget {
                crashes: 1,
                lost_acknowledgements: 1,
                rollbacks: 1,
                ..FaultBudget::NONE
            },
            ..fix.without("never-abandon")
        }
    }

    /// The size of the [system](Self::system) that runs this protocol: with the faults, and the number of
    /// enactors, that it is checked with.
    pub fn size(&self, instance: Instance) -> Instance {
        Instance {
            enactors: self.enactors.unwrap_or(instance.enactors),
            faults: most(self.faults, instance.faults),
            ..instance
        }
    }

    /// Its enactors, whose clean-up deletes plans this many generations old.
    pub fn enactor(&self, cleanup_age: u8) -> DnsEnactor {
        DnsEnactor {
            safeguards: self.safeguards,
            weaknesses: self.weaknesses,
            cleanup_age,
        }
    }

    /// The system that runs this protocol at the given size.
    pub fn system(&self, instance: Instance) -> UpdateSystem<DnsEnactor> {
        let instance = self.size(instance);
        UpdateSystem::new(self.enactor(instance.cleanup_age))
            .enactors(instance.enactors)
            .endpoints(instance.endpoints)
            .generations(instance.generations)
            .rules(self.safeguards.store_rules())
            .faults(instance.faults)
    }
}

/// The larger of two budgets, fault by fault.
fn most(a: FaultBudget, b: FaultBudget) -> FaultBudget {
    FaultBudget {
        crashes: a.crashes.max(b.crashes),
        lost_acknowledgements: a.lost_acknowledgements.max(b.lost_acknowledgements),
        rollbacks: a.rollbacks.max(b.rollbacks),
        kill_switches: a.kill_switches.max(b.kill_switches),
    }
}
