//! Why nothing happens: what a system's processes cannot do in a state.

use planwright_model::Refusal;

use crate::display::{LEASE, OPERATOR, PLANNER};
use crate::enactor::Holders;
use crate::mutation::Listing;
use crate::{Conflict, Enactor, EnactorId, LeaseTerm, SystemState, Transaction, UpdateSystem};

impl<E: Enactor> UpdateSystem<E> {
    /// What the planner, enactors, operators and the lease cannot do here, and why. Faults that the budget
    /// never had are not told.
    pub(crate) fn refusals_in(&self, state: &SystemState<E::Local>) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        if !state.automation_enabled() {
            let reason = "the automation is disabled";
            refusals.push(Refusal::new(PLANNER, "publishes", reason));
            let enactors = state.members();
            refusals.extend(enactors.map(|(id, _)| Refusal::new(id.to_string(), "acts", reason)));
        } else {
            refusals.extend(self.planner_refusal(state));
            for (id, local) in state.members() {
                refusals.extend(self.enactor_refusals(state, id, local));
            }
        }
        refusals.extend(self.fault_refusals(state));
        refusals.extend(self.lease_refusal(state));
        refusals
    }

    fn planner_refusal(&self, state: &SystemState<E::Local>) -> Option<Refusal> {
        let reason = match self.planner_bound() {
            _ if state.planner_has_stopped() => "it has stopped for ever".to_owned(),
            Some(most) if self.planner_stopped(state) => {
                format!("all {most} generations of this size are published")
            }
            _ => return None,
        };
        Some(Refusal::new(PLANNER, "publishes", reason))
    }

    /// The transactions that the store would refuse an enactor, or that it has nothing to do at all; and
    /// the crash that is not in the budget any more, or would lose nothing.
    fn enactor_refusals(
        &self,
        state: &SystemState<E::Local>,
        id: EnactorId,
        local: &E::Local,
    ) -> Vec<Refusal> {
        let (mut offered, mut waits) = (Vec::new(), Vec::new());
        let place = (id, local, Holders::Known(self.held(state)));
        let _mutated = self.listing.as_ref().map(Listing::begin);
        self.protocol_steps(state, place, &mut offered, Some(&mut waits));
        let name = id.to_string();
        let refused = |(transaction, conflict): &(Transaction, Conflict)| {
            Refusal::new(&name, transaction.to_string(), conflict.to_string())
        };
        let mut refusals: Vec<_> = waits.iter().map(refused).collect();
        if offered.is_empty() && refusals.is_empty() {
            let reason = match &self.answers(state, id)[..] {
                [] => {
                    let memory = self.enactor().describe(local);
                    format!("the protocol has no step for it here; its memory: {memory}")
                }
                read => format!(
                    "the protocol has no step for it here, with {}",
                    read.join(", ")
                ),
            };
            refusals.push(Refusal::new(&name, "acts", reason));
        }
        let crashes = (self.fault_budget().crashes, state.budget.crashes);
        let loses = *local != self.enactor().restarted(local);
        refusals.extend(match crashes {
            (0, _) => None,
            (most, 0) => Some(Refusal::new(&name, "crashes", used_up(most, "crash"))),
            _ if !loses => Some(Refusal::new(
                &name,
                "crashes",
                "it has nothing in memory to lose",
            )),
            _ => None,
        });
        refusals
    }

    /// Faults of which none is left, apart from crashes.
    fn fault_refusals(&self, state: &SystemState<E::Local>) -> Vec<Refusal> {
        let (most, left) = (self.fault_budget(), state.budget);
        let faults = [
            (
                OPERATOR,
                "rolls back",
                "rollback",
                most.rollbacks,
                left.rollbacks,
            ),
            (
                OPERATOR,
                "disables the automation",
                "kill switch",
                most.kill_switches,
                left.kill_switches,
            ),
            (
                "any enactor",
                "misses an acknowledgement",
                "lost acknowledgement",
                most.lost_acknowledgements,
                left.lost_acknowledgements,
            ),
        ];
        let gone = faults
            .into_iter()
            .filter(|(_, _, _, most, left)| *most > 0 && *left == 0);
        let refusal = |(who, deed, one, most, _): (&str, &str, &str, u8, u8)| {
            Refusal::new(who, deed, used_up(most, one))
        };
        gone.map(refusal).collect()
    }

    fn lease_refusal(&self, state: &SystemState<E::Local>) -> Option<Refusal> {
        let term = self.lease?;
        let reason = match term {
            _ if !state.store.lease().is_taken() => "nobody has it",
            LeaseTerm::Unlimited => "it never ends by itself",
            LeaseTerm::Limited { .. } if self.expiring(state).is_none() => {
                "an enactor counts on it, and it does not end early any more"
            }
            LeaseTerm::Limited { .. } => return None,
        };
        Some(Refusal::new(LEASE, "expires", reason))
    }
}

fn used_up(most: u8, one: &str) -> String {
    match most {
        1 => format!("the only {one} of this size has happened"),
        most => format!("all {most} of this size have happened"),
    }
}
