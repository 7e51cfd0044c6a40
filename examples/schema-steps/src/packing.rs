//! States as words, and servers that can be renamed.

use planwright_model::finite::{Renaming, from_word, to_word};
use planwright_model::{Encode, Symmetric};

use crate::{Action, Database, State};

impl Encode for Database {
    type Code = u64;

    fn encode(&self, state: &State) -> Option<u64> {
        to_word(*state)
    }

    fn decode(&self, word: u64) -> State {
        from_word(word)
    }
}

/// Servers are interchangeable. Rows are not: the backfill goes from one to the next.
impl Symmetric for Database {
    type Permutation = Renaming;

    fn permutations(&self) -> Vec<Renaming> {
        Renaming::all(self.size.servers)
    }

    fn permute(&self, renaming: &Renaming, state: &State) -> State {
        renaming.of(*state)
    }

    fn permute_action(&self, renaming: &Renaming, action: &Action) -> Action {
        renaming.of(*action)
    }

    fn canonical(&self, state: &State) -> State {
        let mut next = *state;
        next.servers[..usize::from(self.size.servers)].sort_unstable();
        next
    }
}
