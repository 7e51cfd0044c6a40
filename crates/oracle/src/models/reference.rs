//! The reference model of the outage, for comparing checkers.

use std::fmt;

use itertools::Itertools;
use planwright_model::{Encode, Symmetric};
use stateright::{Model, Property};

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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// A state of [`Reference`], in one word: the newest generation, the plans that exist, the plan at
/// each endpoint, and each enactor's local state as a number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReferenceState(u64);

/// Bits of a generation, where it begins in a code, and where the rest does.
const PLAN: u32 = 3;
const STORE_AT: u32 = PLAN;
const ENDPOINTS_AT: u32 = STORE_AT + 8;
const ENACTORS_AT: u32 = ENDPOINTS_AT + 4 * PLAN;

/// Bits of an enactor, which is in one of 283 local states: idle, or with one of 7 plans at one of
/// 4 endpoints, scanning, or with some of the older plans left to delete.
const ENACTOR: u32 = 9;

/// The number of the first local state with each plan. After it come those at the other endpoints,
/// then scanning, then deleting, in the order of the victims as bits.
const FIRST: [u16; 8] = {
    let mut first = [0; 8];
    first[1] = 1;
    let mut plan = 2;
    while plan < 8 {
        first[plan] = first[plan - 1] + 4 + (1 << (plan - 1));
        plan += 1;
    }
    first
};

/// The local states by their numbers.
const LOCALS: [ReferenceEnactor; 1 << ENACTOR] = {
    let idle = ReferenceEnactor {
        location: Location::Idle,
        plan: 0,
        index: 0,
        victims: 0,
    };
    let mut locals = [idle; 1 << ENACTOR];
    let mut plan = 1;
    while plan < 8 {
        let mut sub = 0;
        while sub < 4 + (1 << plan) {
            let (location, index, victims) = match sub {
                0..4 => (Location::Apply, sub as u8, 0),
                4 => (Location::Scan, 0, 0),
                _ => (Location::Delete, 0, (sub - 4) as u8),
            };
            locals[FIRST[plan] as usize + sub] = ReferenceEnactor {
                location,
                plan: plan as u8,
                index,
                victims,
            };
            sub += 1;
        }
        plan += 1;
    }
    locals
};

/// A step of [`Reference`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceAction {
    /// The planner publishes.
    Publish,
    /// The enactor does the only thing it can.
    Step(u8),
}

impl ReferenceState {
    /// The newest generation.
    #[inline(always)]
    pub fn generation(self) -> u8 {
        (self.0 & 7) as u8
    }

    /// The plans that exist, as bits.
    #[inline(always)]
    pub fn store(self) -> u8 {
        (self.0 >> STORE_AT) as u8
    }

    /// The plan at an endpoint.
    #[inline(always)]
    pub fn endpoint(self, index: usize) -> u8 {
        (self.0 >> endpoint_at(index) & 7) as u8
    }

    /// An enactor.
    #[inline(always)]
    pub fn enactor(self, index: usize) -> ReferenceEnactor {
        LOCALS[self.local(index)]
    }

    #[inline(always)]
    fn local(self, index: usize) -> usize {
        (self.0 >> enactor_at(index)) as usize % LOCALS.len()
    }

    /// Whether every endpoint's plan exists.
    #[inline(always)]
    pub fn never_empty(self, endpoints: usize) -> bool {
        (0..endpoints).all(|index| self.store() & (1 << self.endpoint(index)) != 0)
    }

    #[inline(always)]
    fn with(self, at: u32, width: u32, value: u64) -> Self {
        Self(self.0 & !(((1 << width) - 1) << at) | value << at)
    }
}

impl fmt::Debug for ReferenceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReferenceState")
            .field("generation", &self.generation())
            .field("store", &format_args!("{:#b}", self.store()))
            .field("endpoints", &[0, 1, 2, 3].map(|index| self.endpoint(index)))
            .field("enactors", &[0, 1, 2, 3].map(|index| self.enactor(index)))
            .finish()
    }
}

#[inline(always)]
fn endpoint_at(index: usize) -> u32 {
    ENDPOINTS_AT + PLAN * index as u32
}

#[inline(always)]
fn enactor_at(index: usize) -> u32 {
    ENACTORS_AT + ENACTOR * index as u32
}

impl Reference {
    /// The enactor's step: the state with the endpoint or the store changed, and the number of the
    /// enactor's next local state.
    #[inline(always)]
    fn step(&self, state: ReferenceState, enactor: usize) -> (ReferenceState, u64) {
        let number = state.local(enactor) as u64;
        let me = LOCALS[number as usize];
        let first = u64::from(FIRST[usize::from(me.plan & 7)]);
        let exists = |plan: u8| state.store() & (1 << plan) != 0;
        match me.location {
            Location::Idle => (state, u64::from(FIRST[usize::from(state.generation())])),
            Location::Apply if !exists(me.plan) => (state, 0),
            Location::Apply => {
                let index = usize::from(me.index);
                let write = !self.fixed || me.plan >= state.endpoint(index);
                let plan = if write {
                    me.plan
                } else {
                    state.endpoint(index)
                };
                let written = state.with(endpoint_at(index), PLAN, u64::from(plan));
                let last = index + 1 == self.endpoints;
                (written, if last { first + 4 } else { number + 1 })
            }
            Location::Scan => {
                let oldest_kept = me.plan.saturating_sub(self.threshold);
                let victims = u64::from(state.store()) & ((1 << oldest_kept) - 1);
                (state, if victims == 0 { 0 } else { number + victims })
            }
            Location::Delete => {
                let victim = me.victims.trailing_zeros() as u8;
                let rest = me.victims & (me.victims - 1);
                let used = (0..self.endpoints).any(|index| state.endpoint(index) == victim);
                let gone = u64::from(!self.fixed || !used) << (STORE_AT + u32::from(victim));
                let next = if rest == 0 {
                    0
                } else {
                    first + 4 + u64::from(rest)
                };
                (ReferenceState(state.0 & !gone), next)
            }
        }
    }
}

impl Model for Reference {
    type State = ReferenceState;
    type Action = ReferenceAction;

    fn init_states(&self) -> Vec<ReferenceState> {
        vec![ReferenceState(1 << STORE_AT)]
    }

    #[inline(always)]
    fn actions(&self, state: &ReferenceState, actions: &mut Vec<ReferenceAction>) {
        if state.generation() < self.plans {
            actions.push(ReferenceAction::Publish);
        }
        let newer = (0..self.endpoints).all(|index| state.endpoint(index) < state.generation());
        for id in 0..self.enactors {
            if newer || state.local(id) != 0 {
                actions.push(ReferenceAction::Step(id as u8));
            }
        }
    }

    #[inline(always)]
    fn next_state(&self, last: &ReferenceState, action: ReferenceAction) -> Option<ReferenceState> {
        Some(match action {
            ReferenceAction::Publish => {
                let published = last.0 + 1;
                ReferenceState(published | 1 << (STORE_AT as u64 + (published & 7)))
            }
            ReferenceAction::Step(enactor) => {
                let enactor = usize::from(enactor);
                let (state, local) = self.step(*last, enactor);
                state.with(enactor_at(enactor), ENACTOR, local)
            }
        })
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always(
            "never empty",
            |model: &Self, state: &ReferenceState| state.never_empty(model.endpoints),
        )]
    }
}

impl Encode for Reference {
    type Code = u64;

    #[inline(always)]
    fn encode(&self, state: &ReferenceState) -> Option<u64> {
        Some(state.0)
    }

    #[inline(always)]
    fn decode(&self, code: u64) -> ReferenceState {
        ReferenceState(code)
    }
}

impl Symmetric for Reference {
    /// For each enactor, whose place it takes.
    type Permutation = Vec<usize>;

    fn permutations(&self) -> Vec<Vec<usize>> {
        (0..self.enactors).permutations(self.enactors).collect()
    }

    fn permute(&self, places: &Vec<usize>, state: &ReferenceState) -> ReferenceState {
        let locals = places.iter().enumerate();
        locals.fold(*state, |renamed, (enactor, place)| {
            renamed.with(enactor_at(*place), ENACTOR, state.local(enactor) as u64)
        })
    }

    fn permute_action(&self, places: &Vec<usize>, action: &ReferenceAction) -> ReferenceAction {
        match action {
            ReferenceAction::Publish => ReferenceAction::Publish,
            ReferenceAction::Step(enactor) => {
                ReferenceAction::Step(places[usize::from(*enactor)] as u8)
            }
        }
    }

    /// With the enactors' local states sorted.
    #[inline]
    fn canonical(&self, state: &ReferenceState) -> ReferenceState {
        let mut locals = [0, 1, 2, 3].map(|index| state.local(index));
        locals[..self.enactors].sort_unstable();
        let locals = locals.iter().enumerate();
        locals.fold(*state, |sorted, (index, local)| {
            sorted.with(enactor_at(index), ENACTOR, *local as u64)
        })
    }
}
