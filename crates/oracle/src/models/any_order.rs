//! Enactors that write endpoints in any order: two kinds of interchangeable parts.

use itertools::Itertools;
use planwright_model::{Encode, Symmetric};
use stateright::Model;

/// The most couriers and endpoints an [`AnyOrderState`] has room for.
const CAPACITY: usize = 3;

/// Couriers pick the newest plan and write it to every endpoint, in any order. A plan that is older
/// than what an endpoint has is written all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnyOrder {
    /// 1 to 3.
    pub couriers: usize,
    /// 1 to 3.
    pub endpoints: usize,
    /// 1 to 15.
    pub plans: u8,
}

/// What a courier carries, and where it has been.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Courier {
    /// The plan in hand; 0 for none.
    pub plan: u8,
    /// The endpoints that have it, as bits.
    pub written: u8,
}

/// A state of [`AnyOrder`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnyOrderState {
    /// The newest plan.
    pub newest: u8,
    /// What each endpoint has.
    pub endpoints: [u8; CAPACITY],
    /// The couriers.
    pub couriers: [Courier; CAPACITY],
}

/// A step of [`AnyOrder`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    /// A plan is published.
    Publish,
    /// The courier takes the newest plan.
    Pick(usize),
    /// The courier writes its plan to the endpoint.
    Put(usize, usize),
}

impl Model for AnyOrder {
    type State = AnyOrderState;
    type Action = Write;

    fn init_states(&self) -> Vec<AnyOrderState> {
        vec![AnyOrderState::default()]
    }

    fn actions(&self, state: &AnyOrderState, actions: &mut Vec<Write>) {
        if state.newest < self.plans {
            actions.push(Write::Publish);
        }
        for (id, courier) in state.couriers[..self.couriers].iter().enumerate() {
            if courier.plan == 0 {
                actions.extend((state.newest > 0).then_some(Write::Pick(id)));
            } else {
                let endpoints = (0..self.endpoints).filter(|e| courier.written & (1 << e) == 0);
                actions.extend(endpoints.map(|endpoint| Write::Put(id, endpoint)));
            }
        }
    }

    fn next_state(&self, last: &AnyOrderState, action: Write) -> Option<AnyOrderState> {
        let mut state = *last;
        match action {
            Write::Publish => state.newest += 1,
            Write::Pick(id) => state.couriers[id].plan = state.newest,
            Write::Put(id, endpoint) => {
                let courier = &mut state.couriers[id];
                state.endpoints[endpoint] = courier.plan;
                courier.written |= 1 << endpoint;
                if courier.written.count_ones() as usize == self.endpoints {
                    *courier = Courier::default();
                }
            }
        }
        Some(state)
    }
}

/// Where each courier and each endpoint goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renaming {
    /// For each courier, whose place it takes.
    pub couriers: Vec<usize>,
    /// For each endpoint, whose place it takes.
    pub endpoints: Vec<usize>,
}

impl AnyOrder {
    fn with_endpoints(&self, places: &[usize], state: &AnyOrderState) -> AnyOrderState {
        let mut renamed = *state;
        for (endpoint, place) in places.iter().enumerate() {
            renamed.endpoints[*place] = state.endpoints[endpoint];
        }
        for courier in &mut renamed.couriers {
            let bits = places.iter().enumerate();
            let bits = bits.map(|(endpoint, place)| (courier.written >> endpoint & 1) << place);
            courier.written = bits.sum();
        }
        renamed
    }
}

impl Symmetric for AnyOrder {
    type Permutation = Renaming;

    fn permutations(&self) -> Vec<Renaming> {
        let couriers = (0..self.couriers).permutations(self.couriers);
        let endpoints = (0..self.endpoints).permutations(self.endpoints);
        couriers
            .cartesian_product(endpoints)
            .map(|(couriers, endpoints)| Renaming {
                couriers,
                endpoints,
            })
            .collect()
    }

    fn permute(&self, renaming: &Renaming, state: &AnyOrderState) -> AnyOrderState {
        let mut renamed = self.with_endpoints(&renaming.endpoints, state);
        let couriers = renamed.couriers;
        for (courier, place) in renaming.couriers.iter().enumerate() {
            renamed.couriers[*place] = couriers[courier];
        }
        renamed
    }

    fn permute_action(&self, renaming: &Renaming, action: &Write) -> Write {
        match action {
            Write::Publish => Write::Publish,
            Write::Pick(id) => Write::Pick(renaming.couriers[*id]),
            Write::Put(id, endpoint) => {
                Write::Put(renaming.couriers[*id], renaming.endpoints[*endpoint])
            }
        }
    }

    /// The smallest over the orders of endpoints, the couriers sorted in each.
    fn canonical(&self, state: &AnyOrderState) -> AnyOrderState {
        let orders = (0..self.endpoints).permutations(self.endpoints);
        let sorted = orders.map(|places| {
            let mut renamed = self.with_endpoints(&places, state);
            renamed.couriers[..self.couriers].sort_unstable();
            renamed
        });
        sorted.min().unwrap_or(*state)
    }
}

impl Encode for AnyOrder {
    type Code = [u8; 10];

    fn encode(&self, state: &AnyOrderState) -> Option<[u8; 10]> {
        let mut code = [0; 10];
        code[0] = state.newest;
        code[1..4].copy_from_slice(&state.endpoints);
        for (bytes, courier) in code[4..].chunks_mut(2).zip(state.couriers) {
            bytes.copy_from_slice(&[courier.plan, courier.written]);
        }
        Some(code)
    }

    fn decode(&self, code: [u8; 10]) -> AnyOrderState {
        let courier = |at: usize| Courier {
            plan: code[at],
            written: code[at + 1],
        };
        AnyOrderState {
            newest: code[0],
            endpoints: [code[1], code[2], code[3]],
            couriers: [courier(4), courier(6), courier(8)],
        }
    }
}
