//! Whether a run violates the property.

use std::hash::Hash;

use planwright_model::Model;

use super::orders::Orders;
use crate::PropertyKind;
use crate::judge::{owes, violates};
use crate::liveness::{Following, is_terminal};
use crate::printed::TraceOf;

/// How many states are looked at to find out whether a state is a trap.
const STATES_OF_A_TRAP: usize = 10_000;

impl<M> Orders<'_, '_, M>
where
    M: Model,
    M::State: Clone + Hash + PartialEq,
    M::Action: Clone + PartialEq,
{
    /// Whether nothing is violated along a schedule or, for recoverability and deadlocks, at its end; `None`
    /// if that cannot be told.
    pub(super) fn is_good(&self, trace: &TraceOf<M>) -> Option<bool> {
        let last = trace.last_state();
        match self.property.kind {
            PropertyKind::Recoverable => {
                let good = &self.property.states()[0];
                self.is_trap(good, last).map(|trapped| !trapped)
            }
            kind if kind.needs_graph() => Some(!violates(self.property, trace, None)),
            PropertyKind::NoDeadlock => {
                let ends = || is_terminal(self.model, last);
                Some(!(self.property.refuses_to_end_in(last) && ends()))
            }
            _ => {
                let mut states = trace.states().iter();
                let mut steps = trace.steps();
                let is_settled = states.any(|state| self.property.is_settled_in(state))
                    || steps.any(|(from, action, to)| self.property.refuses(from, action, to));
                Some(!is_settled)
            }
        }
    }

    /// What of the past, besides the last state, still decides whether a run is good that begins so; `None` if
    /// none can be.
    pub(super) fn past(&self, trace: &TraceOf<M>) -> Option<bool> {
        let states = trace.states();
        let predicates = self.property.states();
        match self.property.kind {
            PropertyKind::NoDeadlock
            | PropertyKind::Recoverable
            | PropertyKind::AlwaysEventually
            | PropertyKind::EventuallyAlways => Some(false),
            PropertyKind::Eventually => Some(states.iter().any(&predicates[0])),
            PropertyKind::LeadsTo => Some(owes(predicates, trace)),
            PropertyKind::Until => {
                let broken = violates(self.property, trace, None);
                (!broken).then(|| states.iter().any(&predicates[1]))
            }
            _ => self.is_good(trace)?.then_some(false),
        }
    }

    /// Whether no good state can be reached; `None` if there are too many states to tell, or if that depends
    /// on those outside the boundary.
    fn is_trap(&self, good: impl Fn(&M::State) -> bool, entry: &M::State) -> Option<bool> {
        let key = |state: &M::State| self.fingerprinter.fingerprint(state);
        if let Some(known) = self.traps.borrow().get(&key(entry)) {
            return Some(*known);
        }
        let mut following = Following::new(self.model, entry);
        let mut reaches = false;
        while let Some(state) = following.next() {
            if following.known() > STATES_OF_A_TRAP {
                return self.limited();
            }
            if good(&state) {
                reaches = true;
                break;
            }
            self.spend(1)?;
        }
        if !reaches && following.leaves() {
            return self.limited();
        }
        self.traps.borrow_mut().insert(key(entry), !reaches);
        Some(!reaches)
    }
}
