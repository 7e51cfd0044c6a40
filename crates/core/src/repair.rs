//! What operators can do by hand.

use std::fmt;

use planwright_model::Model;

use crate::{Enactor, EnactorId, Endpoint, Generation, SystemState, UpdateSystem};

/// One thing that an operator does to repair a system. No rule of the store and no guard of the
/// protocol applies: operators write records directly.
///
/// Not an action of the model: it is for looking at what could get a broken system going again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Repair {
    /// Points an endpoint at a plan that exists.
    Point {
        /// Which endpoint.
        endpoint: Endpoint,
        /// The plan.
        to: Generation,
    },
    /// Removes an endpoint's record, as if it had never been written.
    Remove(Endpoint),
    /// Restarts an enactor, which forgets what it was doing.
    Restart(EnactorId),
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Point { endpoint, to } => write!(f, "point {endpoint} at {to}"),
            Self::Remove(endpoint) => write!(f, "remove the record of {endpoint}"),
            Self::Restart(enactor) => write!(f, "restart {enactor}"),
        }
    }
}

impl<E: Enactor> UpdateSystem<E> {
    /// Every repair that changes the state, with the state it makes of it.
    ///
    /// ```
    /// use planwright_core::{Enactor, RecordStore, Repair, Steps, UpdateSystem};
    /// use planwright_model::Model;
    ///
    /// struct Idle;
    /// impl Enactor for Idle {
    ///     type Local = ();
    ///     fn steps(&self, _: &(), _: &RecordStore, _: &mut Steps<()>) {}
    /// }
    ///
    /// let system = UpdateSystem::new(Idle);
    /// let start = system.init_states()[0];
    /// // The only plan is installed, and enactors have nothing to forget.
    /// let [(repair, _)] = system.repairs(&start)[..] else { panic!("one repair") };
    /// assert_eq!(repair.to_string(), "remove the record of e0");
    /// ```
    pub fn repairs(&self, state: &<Self as Model>::State) -> Vec<(Repair, SystemState<E::Local>)> {
        let mut repairs = Vec::new();
        for endpoint in state.store.endpoints() {
            let mut plans: Vec<_> = state.store.plans().iter().collect();
            // Operators would try the newest first.
            plans.reverse();
            let records = plans.into_iter().map(Some).chain([None]);
            for record in records.filter(|record| *record != state.store.applied(endpoint)) {
                let mut repaired = *state;
                repaired.store.put_by_hand(endpoint, record);
                let repair = match record {
                    Some(to) => Repair::Point { endpoint, to },
                    None => Repair::Remove(endpoint),
                };
                repairs.push((repair, repaired));
            }
        }
        for (enactor, local) in state.members() {
            let restarted = self.enactor.restarted(local);
            if *local != restarted {
                let mut repaired = *state;
                repaired.locals[enactor.index()] = restarted;
                repairs.push((Repair::Restart(enactor), repaired));
            }
        }
        repairs
    }
}
