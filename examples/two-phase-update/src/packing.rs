//! States as words, and requests that can be renamed.

use itertools::Itertools as _;
use planwright_model::{Encode, Symmetric};

use crate::state::{REQUESTS, SWITCHES, VERSIONS};
use crate::{Action, Network, Request, State};

/// How many values the parts of a state have: none or a version; the versions a switch holds; a
/// request.
const STAMPS: u64 = VERSIONS as u64 + 1;
const HOLDINGS: u64 = 1 << VERSIONS;
const PLACES: u64 = 3 + STAMPS * SWITCHES as u64;

impl Encode for Network {
    type Code = u64;

    fn encode(&self, state: &State) -> Option<u64> {
        let mut word = u64::from(state.updating);
        word = word * STAMPS + stamp(state.stamp);
        word = word * STAMPS + u64::from(state.target);
        for holding in state.installed {
            word = word * HOLDINGS + u64::from(holding);
        }
        for request in state.requests {
            word = word * PLACES + place(request);
        }
        Some(word)
    }

    fn decode(&self, mut word: u64) -> State {
        let mut take = |base| {
            let digit = word % base;
            word /= base;
            digit
        };
        // From the last part to the first.
        let mut requests = [Request::Outside; REQUESTS];
        for request in requests.iter_mut().rev() {
            *request = at_place(take(PLACES));
        }
        let mut installed = [0; SWITCHES];
        for holding in installed.iter_mut().rev() {
            *holding = take(HOLDINGS) as u8;
        }
        State {
            installed,
            requests,
            target: take(STAMPS) as u8,
            stamp: match take(STAMPS) {
                0 => None,
                version => Some(version as u8),
            },
            updating: take(2) == 1,
        }
    }
}

// Two flags' worth of versions, every switch and every request fit a word.
const _: () = assert!(
    2 * (STAMPS as u128).pow(2)
        * (HOLDINGS as u128).pow(SWITCHES as u32)
        * (PLACES as u128).pow(REQUESTS as u32)
        < u64::MAX as u128
);

fn stamp(version: Option<u8>) -> u64 {
    version.map_or(0, u64::from)
}

fn place(request: Request) -> u64 {
    match request {
        Request::Outside => 0,
        Request::Dropped => 1,
        Request::Mixed => 2,
        Request::Travelling { version, next } => {
            3 + stamp(version) * SWITCHES as u64 + u64::from(next)
        }
    }
}

fn at_place(place: u64) -> Request {
    match place {
        0 => Request::Outside,
        1 => Request::Dropped,
        2 => Request::Mixed,
        travelling => {
            let (version, next) = (
                (travelling - 3) / SWITCHES as u64,
                (travelling - 3) % SWITCHES as u64,
            );
            Request::Travelling {
                version: (version > 0).then_some(version as u8),
                next: next as u8,
            }
        }
    }
}

/// Requests are interchangeable. Switches are not: a request meets them in order.
impl Symmetric for Network {
    /// The new number of each request.
    type Permutation = Vec<u8>;

    fn permutations(&self) -> Vec<Vec<u8>> {
        let requests = self.size.requests;
        (0..requests).permutations(requests.into()).collect()
    }

    fn permute(&self, renamed: &Vec<u8>, state: &State) -> State {
        let mut next = *state;
        for (old, new) in renamed.iter().enumerate() {
            next.requests[usize::from(*new)] = state.requests[old];
        }
        next
    }

    fn permute_action(&self, renamed: &Vec<u8>, action: &Action) -> Action {
        let new = |request: u8| renamed[usize::from(request)];
        match *action {
            Action::Enter(request, version) => Action::Enter(new(request), version),
            Action::Notice(request) => Action::Notice(new(request)),
            Action::Handle {
                request,
                at,
                outcome,
            } => Action::Handle {
                request: new(request),
                at,
                outcome,
            },
            controller => controller,
        }
    }

    fn canonical(&self, state: &State) -> State {
        let mut next = *state;
        next.requests[..usize::from(self.size.requests)].sort_unstable();
        next
    }
}
