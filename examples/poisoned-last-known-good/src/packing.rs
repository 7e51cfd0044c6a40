//! States as words, and sites that can be renamed.

use itertools::Itertools as _;
use planwright_model::finite::{Renaming, from_word, to_word};
use planwright_model::{Encode, Symmetric};

use crate::{Action, Fleet, State};

impl Encode for Fleet {
    type Code = u64;

    fn encode(&self, state: &State) -> Option<u64> {
        to_word(*state)
    }

    fn decode(&self, word: u64) -> State {
        from_word(word)
    }
}

/// The sites of a ring are interchangeable. Rings are not: they come one after another. So each ring has
/// a renaming of its own, and a site is renamed by hand.
impl Symmetric for Fleet {
    type Permutation = Vec<Renaming>;

    fn permutations(&self) -> Vec<Vec<Renaming>> {
        let rings = (0..self.size.rings).map(|_| Renaming::all(self.size.sites));
        rings.multi_cartesian_product().collect()
    }

    fn permute(&self, rings: &Vec<Renaming>, state: &State) -> State {
        let mut next = *state;
        for (ring, site, is) in state.sites() {
            let ring = usize::from(ring);
            next.sites[ring][usize::from(rings[ring].number(site))] = Some(*is);
        }
        next
    }

    fn permute_action(&self, rings: &Vec<Renaming>, action: &Action) -> Action {
        let mut next = *action;
        if let Action::Push { ring, site, .. }
        | Action::Finish { ring, site, .. }
        | Action::Restore { ring, site, .. } = &mut next
        {
            *site = rings[usize::from(*ring)].number(*site);
        }
        next
    }

    fn canonical(&self, state: &State) -> State {
        let mut next = *state;
        for ring in &mut next.sites {
            ring[..usize::from(self.size.sites)].sort_unstable();
        }
        next
    }
}
