//! An [`UpdateSystem`]'s states as words, where they fit.

use planwright_model::Encode;
use planwright_model::finite::{Finite, Visitor};

use crate::packing::{PackReader, PackWriter};
use crate::state::Switches;
use crate::{Enactor, FaultBudget, SystemState, UpdateSystem};

/// What a configuration leaves open in the states of a system; the rest is not packed.
pub(crate) struct Bounds {
    /// The faults that were granted.
    faults: FaultBudget,
    /// Whether each of [`Switches::ALL`] can be switched.
    switches: [bool; 4],
}

impl Bounds {
    /// Everything is open.
    pub(crate) const WIDEST: Self = Self {
        faults: FaultBudget {
            crashes: u8::MAX,
            lost_acknowledgements: u8::MAX,
            rollbacks: u8::MAX,
            kill_switches: u8::MAX,
        },
        switches: [true; 4],
    };

    #[inline]
    fn of<E: Enactor>(system: &UpdateSystem<E>) -> Self {
        Self {
            faults: system.faults,
            switches: [
                system.faults.kill_switches > 0,
                system.planner.can_stop(),
                system.enactor.can_be_redeployed(),
                system.rules_change.is_some(),
            ],
        }
    }
}

impl<L: Finite> SystemState<L> {
    /// Shows every part that is not fixed.
    #[inline(always)]
    pub(crate) fn visit<V: Visitor>(mut self, bounds: &Bounds, visitor: &mut V) -> Self {
        self.store = self.store.visit(visitor);
        self.newest = self.newest.visit(visitor);
        for (what, can_be_switched) in Switches::ALL.into_iter().zip(bounds.switches) {
            if can_be_switched {
                let is_off = self.switches.is(what);
                self.switches.set(what, is_off.visit(visitor));
            }
        }
        let (left, granted) = (&mut self.budget, &bounds.faults);
        let mut counter = |left: &mut u8, granted: u8| {
            *left = visitor.number((*left).into(), u64::from(granted) + 1) as u8;
        };
        counter(&mut left.crashes, granted.crashes);
        counter(
            &mut left.lost_acknowledgements,
            granted.lost_acknowledgements,
        );
        counter(&mut left.rollbacks, granted.rollbacks);
        counter(&mut left.kill_switches, granted.kill_switches);
        for local in &mut self.locals[..usize::from(self.enactors)] {
            *local = local.visit(visitor);
        }
        self
    }
}

/// What the configuration fixes takes no bits: faults that cannot happen, unused places.
impl<E: Enactor<Local: Finite>> Encode for UpdateSystem<E> {
    type Code = u64;

    fn encode(&self, state: &SystemState<E::Local>) -> Option<u64> {
        let mut to = PackWriter::new(self);
        let _ = state.visit(&Bounds::of(self), &mut to);
        to.finish()
    }

    /// # Panics
    ///
    /// If nothing can have been encoded as this number.
    fn decode(&self, code: u64) -> SystemState<E::Local> {
        let from = &mut PackReader::new(self, code);
        self.start_state().visit(&Bounds::of(self), from)
    }
}
