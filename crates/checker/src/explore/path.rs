//! From a numbered state, or evidence, to a schedule of ordinals.

use super::ancestry::Ancestry;
use super::chunk::Evidence;
use super::suspicion::{Origin, Spot};
use crate::ordinals::Ordinals;

impl Ancestry {
    pub(super) fn to_evidence(&self, evidence: Evidence) -> Ordinals {
        match evidence {
            Evidence::State(origin) | Evidence::Step(origin) => self.to_child(origin),
            Evidence::End(state) => self.to_state(state),
        }
    }

    pub(super) fn to_spot(&self, spot: Spot) -> Option<Ordinals> {
        match spot {
            Spot::Start => None,
            Spot::State(key) => Some(self.to_state(key)),
            Spot::Child(origin) => Some(self.to_child(origin)),
        }
    }

    fn to_child(&self, origin: Origin) -> Ordinals {
        if origin.parent == Origin::ROOT {
            let (initial, actions) = (origin.ordinal, Vec::new());
            return Ordinals { initial, actions };
        }
        let mut path = self.to_state(origin.parent);
        path.actions.push(origin.ordinal);
        path
    }

    /// The schedule to the numbered state with this key.
    pub(super) fn to_state(&self, key: u32) -> Ordinals {
        let mut actions = self.path(key - 1);
        let initial = actions.remove(0);
        Ordinals { initial, actions }
    }
}
