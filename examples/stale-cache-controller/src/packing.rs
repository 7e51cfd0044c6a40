//! States as words, and nodes that can be renamed.

use planwright_model::finite::{Renaming, from_word, to_word};
use planwright_model::{Encode, Symmetric};

use crate::{Action, Cluster, State};

impl Encode for Cluster {
    type Code = u64;

    fn encode(&self, state: &State) -> Option<u64> {
        to_word(*state)
    }

    fn decode(&self, word: u64) -> State {
        from_word(word)
    }
}

/// Nodes are interchangeable. Pods are not: they come one after another.
impl Symmetric for Cluster {
    type Permutation = Renaming;

    fn permutations(&self) -> Vec<Renaming> {
        Renaming::all(self.size.nodes)
    }

    fn permute(&self, renaming: &Renaming, state: &State) -> State {
        renaming.of(*state)
    }

    fn permute_action(&self, renaming: &Renaming, action: &Action) -> Action {
        renaming.of(*action)
    }

    fn canonical(&self, state: &State) -> State {
        let permutations = self.permutations();
        let orbit = permutations.iter().map(|p| self.permute(p, state));
        let smallest = orbit.min_by_key(|state| self.encode(state));
        smallest.expect("one permutation changes nothing")
    }
}
