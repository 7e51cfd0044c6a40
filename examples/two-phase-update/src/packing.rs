//! States as words, and requests that can be renamed.

use planwright_model::finite::{Renaming, from_word, to_word};
use planwright_model::{Encode, Symmetric};

use crate::{Action, Network, State};

impl Encode for Network {
    type Code = u64;

    fn encode(&self, state: &State) -> Option<u64> {
        to_word(*state)
    }

    fn decode(&self, word: u64) -> State {
        from_word(word)
    }
}

/// Requests are interchangeable. Switches are not: a request meets them in order.
impl Symmetric for Network {
    type Permutation = Renaming;

    fn permutations(&self) -> Vec<Renaming> {
        Renaming::all(self.size.requests)
    }

    fn permute(&self, renaming: &Renaming, state: &State) -> State {
        renaming.of(*state)
    }

    fn permute_action(&self, renaming: &Renaming, action: &Action) -> Action {
        renaming.of(*action)
    }

    fn canonical(&self, state: &State) -> State {
        let mut next = *state;
        next.requests[..usize::from(self.size.requests)].sort_unstable();
        next
    }
}
