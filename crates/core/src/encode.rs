//! An [`UpdateSystem`]'s states as words, where they fit.

use planwright_model::Encode;

use crate::packing::bits_for;
use crate::state::Switches;
use crate::{Enactor, FaultBudget, PackLocal, PackReader, PackWriter, SystemState, UpdateSystem};

impl FaultBudget {
    fn counters(&self) -> [u8; 4] {
        [
            self.crashes,
            self.lost_acknowledgements,
            self.rollbacks,
            self.kill_switches,
        ]
    }
}

/// What the configuration fixes takes no bits: faults that cannot happen, unused places.
impl<E: Enactor<Local: PackLocal>> Encode for UpdateSystem<E> {
    type Code = u64;

    fn encode(&self, state: &SystemState<E::Local>) -> Option<u64> {
        let mut to = PackWriter::new(self);
        state.store.pack(&mut to);
        to.generation(state.newest);
        if self.faults.kill_switches > 0 {
            to.flag(state.automation_enabled());
        }
        if self.planner.can_stop() {
            to.flag(state.planner_has_stopped());
        }
        if self.enactor.can_be_redeployed() {
            to.flag(state.deployment_has_ended());
        }
        if self.rules_change.is_some() {
            to.flag(state.rules_have_changed());
        }
        let counters = state.budget.counters().into_iter();
        for (left, granted) in counters.zip(self.faults.counters()) {
            to.number(left.into(), bits_for(granted.into()));
        }
        for (_, local) in state.enactors() {
            local.pack(&mut to);
        }
        to.finish()
    }

    /// # Panics
    ///
    /// If nothing can have been encoded as this number.
    fn decode(&self, code: u64) -> SystemState<E::Local> {
        let mut from = PackReader::new(self, code);
        let mut state = self.start_state();
        state.store = state.store.unpacked(&mut from);
        state.newest = from.generation();
        if self.faults.kill_switches > 0 {
            state.switches.set(Switches::AUTOMATION_OFF, !from.flag());
        }
        if self.planner.can_stop() {
            state.switches.set(Switches::PLANNER_OFF, from.flag());
        }
        if self.enactor.can_be_redeployed() {
            state.switches.set(Switches::DEPLOYMENT_OFF, from.flag());
        }
        if self.rules_change.is_some() {
            state.switches.set(Switches::RULES_CHANGED, from.flag());
        }
        let granted = self.faults.counters();
        let [crashes, lost_acknowledgements, rollbacks, kill_switches] =
            granted.map(|granted| from.number(bits_for(granted.into())) as u8);
        state.budget = FaultBudget {
            crashes,
            lost_acknowledgements,
            rollbacks,
            kill_switches,
        };
        for local in &mut state.locals[..self.enactors] {
            *local = E::Local::unpack(&mut from).expect("a code that `encode` made");
        }
        state
    }
}
