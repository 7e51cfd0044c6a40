//! The reference model of the outage, for comparing checkers.

use std::hash::{Hash, Hasher};

use stateright::{Model, Property};

/// The most enactors and endpoints a [`ReferenceState`] has room for.
const CAPACITY: usize = 4;

/// An abstraction of the outage that has been written by hand in several checkers' languages, so
/// that each must find the same number of states: a planner publishes up to `plans` generations
/// after the installed one; enactors pick the newest if it is newer than every endpoint's, write
/// it endpoint by endpoint, take the list of plans that are more than `threshold` older, and
/// delete them one by one.
///
/// Spin, rumur, TLC, NuSMV, Storm and Stateright agree on its counts: (2, 3, 1, 1) has 385 states
/// as deployed and 243 fixed; (3, 3, 2, 1) has 18,345 and 4,937; (3, 5, 3, 1) as deployed 970,029;
/// (4, 4, 3, 1) 10,065,020; (4, 5, 3, 1) 46,750,462.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// 1 to 4.
    pub enactors: usize,
    /// Generations after the installed one, 1 to 7.
    pub plans: u8,
    /// 1 to 4.
    pub endpoints: usize,
    /// A plan is old for an enactor that holds one more than this many generations newer.
    pub threshold: u8,
    /// Writes are refused if older than what is there, and plans in use are not deleted.
    pub fixed: bool,
}

/// Where an enactor is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Location {
    /// Waits for a newer plan.
    #[default]
    Idle,
    /// Writes endpoint after endpoint.
    Apply,
    /// Is about to list old plans.
    Scan,
    /// Deletes them.
    Delete,
}

/// One enactor; all zero when idle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ReferenceEnactor {
    /// Where it is.
    pub location: Location,
    /// The plan in hand.
    pub plan: u8,
    /// The next endpoint to write.
    pub index: u8,
    /// The plans still to delete, as bits.
    pub victims: u8,
}

/// A state of [`Reference`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReferenceState {
    /// The newest generation.
    pub generation: u8,
    /// The plans that exist, as bits.
    pub store: u8,
    /// The plan at each endpoint.
    pub endpoints: [u8; CAPACITY],
    /// The enactors.
    pub enactors: [ReferenceEnactor; CAPACITY],
}

impl Hash for ReferenceState {
    /// In words: searches spend much of their time here.
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        let [a, b, c, d] = self.endpoints;
        let [i, j, k, l] = self.enactors.map(|e| {
            u64::from(u32::from_le_bytes([
                e.location as u8,
                e.plan,
                e.index,
                e.victims,
            ]))
        });
        let head = [self.generation, self.store, a, b, c, d, 0, 0];
        state.write_u64(u64::from_le_bytes(head));
        state.write_u64(i | j << 32);
        state.write_u64(k | l << 32);
    }
}

/// A step of [`Reference`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceAction {
    /// The planner publishes.
    Publish,
    /// The enactor does the only thing it can.
    Step(u8),
}

impl ReferenceState {
    /// Whether every endpoint's plan exists.
    #[inline]
    pub fn never_empty(&self, endpoints: usize) -> bool {
        let mut plans = self.endpoints[..endpoints].iter();
        plans.all(|plan| self.store & (1 << plan) != 0)
    }
}

impl Reference {
    fn old(&self, state: &ReferenceState, plan: u8) -> u8 {
        let oldest_kept = plan.saturating_sub(self.threshold);
        state.store & ((1_u16 << oldest_kept) - 1) as u8
    }

    #[inline]
    fn step(&self, state: &mut ReferenceState, enactor: usize) {
        let me = &mut state.enactors[enactor];
        match me.location {
            Location::Idle => {
                me.location = Location::Apply;
                me.plan = state.generation;
            }
            Location::Apply if state.store & (1 << me.plan) == 0 => *me = Default::default(),
            Location::Apply => {
                let endpoint = &mut state.endpoints[usize::from(me.index)];
                if !self.fixed || me.plan >= *endpoint {
                    *endpoint = me.plan;
                }
                me.index += 1;
                if usize::from(me.index) == self.endpoints {
                    me.location = Location::Scan;
                    me.index = 0;
                }
            }
            Location::Scan => {
                let plan = me.plan;
                let victims = self.old(state, plan);
                let me = &mut state.enactors[enactor];
                if victims == 0 {
                    *me = Default::default();
                } else {
                    me.location = Location::Delete;
                    me.victims = victims;
                }
            }
            Location::Delete => {
                let victim = me.victims.trailing_zeros() as u8;
                me.victims &= me.victims - 1;
                if me.victims == 0 {
                    *me = Default::default();
                }
                let endpoints = &state.endpoints[..self.endpoints];
                if !self.fixed || !endpoints.contains(&victim) {
                    state.store &= !(1 << victim);
                }
            }
        }
    }
}

impl Model for Reference {
    type State = ReferenceState;
    type Action = ReferenceAction;

    fn init_states(&self) -> Vec<ReferenceState> {
        vec![ReferenceState {
            store: 1,
            ..ReferenceState::default()
        }]
    }

    #[inline]
    fn actions(&self, state: &ReferenceState, actions: &mut Vec<ReferenceAction>) {
        if state.generation < self.plans {
            actions.push(ReferenceAction::Publish);
        }
        let newest = state.endpoints[..self.endpoints].iter().max();
        let something_newer = newest.is_some_and(|top| state.generation > *top);
        for (id, enactor) in state.enactors[..self.enactors].iter().enumerate() {
            if enactor.location != Location::Idle || something_newer {
                actions.push(ReferenceAction::Step(id as u8));
            }
        }
    }

    #[inline]
    fn next_state(&self, last: &ReferenceState, action: ReferenceAction) -> Option<ReferenceState> {
        let mut state = *last;
        match action {
            ReferenceAction::Publish => {
                state.generation += 1;
                state.store |= 1 << state.generation;
            }
            ReferenceAction::Step(enactor) => self.step(&mut state, usize::from(enactor)),
        }
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always(
            "never empty",
            |model: &Self, state: &ReferenceState| state.never_empty(model.endpoints),
        )]
    }
}
