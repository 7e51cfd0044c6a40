//! From a numbered state, or evidence, to a schedule of ordinals.

use std::collections::HashSet;

use super::ancestry::{Ancestry, Descent};
use super::chunk::Evidence;
use super::suspicion::{Origin, Spot};
use super::visited::VisitedSet;
use crate::checkable::Checkable;
use crate::fingerprint::Fingerprinter;

/// A schedule: the initial state's ordinal, then each action's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ordinals {
    pub(crate) initial: u32,
    pub(crate) actions: Vec<u32>,
}

impl Ordinals {
    /// The line that [`Trace::replay`](crate::Trace::replay) takes.
    pub(super) fn line(&self) -> String {
        let actions = self.actions.iter().map(|ordinal| format!("/{ordinal}"));
        format!("{}{}", self.initial, actions.collect::<String>())
    }
}

/// Finds schedules again. Everything it asks of the model was asked before, so `None` means that
/// the model answered differently.
pub(super) struct Paths<'a, M> {
    pub(super) model: &'a M,
    pub(super) fingerprinter: &'a Fingerprinter,
    pub(super) visited: &'a VisitedSet,
    pub(super) ancestry: &'a Ancestry,
    /// The ordinal of each numbered initial state.
    pub(super) roots: &'a [u32],
}

impl<M: Checkable> Paths<'_, M> {
    pub(super) fn to_evidence(&self, evidence: Evidence) -> Option<Ordinals> {
        match evidence {
            Evidence::State(origin) => self.to_child(origin),
            Evidence::Step { parent, action } => {
                let (mut path, _) = self.to_state(parent)?;
                path.actions.push(action);
                Some(path)
            }
        }
    }

    pub(super) fn to_spot(&self, spot: Spot) -> Option<Ordinals> {
        match spot {
            Spot::Start => None,
            Spot::State(key) => self.to_state(key).map(|(path, _)| path),
            Spot::Child(origin) => self.to_child(origin),
        }
    }

    fn to_child(&self, origin: Origin) -> Option<Ordinals> {
        let is_child =
            |state: &M::State| self.fingerprinter.fingerprint(state) == origin.fingerprint;
        if origin.parent == Origin::ROOT {
            let initial = self.model.init_states().iter().position(is_child)? as u32;
            let actions = Vec::new();
            return Some(Ordinals { initial, actions });
        }
        let (mut path, state) = self.to_state(origin.parent)?;
        let mut children = self.children(&state);
        let (ordinal, _) = children.find(|(_, child)| is_child(child))?;
        path.actions.push(ordinal);
        Some(path)
    }

    /// The schedule to the numbered state with this key, and the state.
    fn to_state(&self, key: u32) -> Option<(Ordinals, M::State)> {
        let (root, descents) = self.ancestry.path(key.checked_sub(1)?);
        let initial = *self.roots.get(root as usize)?;
        let mut state = self.model.init_states().into_iter().nth(initial as usize)?;
        let mut actions = Vec::with_capacity(descents.len());
        for descent in descents {
            let (ordinal, next) = self.descend(&state, descent)?;
            actions.push(ordinal);
            state = next;
        }
        Some((Ordinals { initial, actions }, state))
    }

    /// A state's children are the successors whose smallest parent it is, in the order in which
    /// they first occur.
    fn descend(&self, state: &M::State, descent: Descent) -> Option<(u32, M::State)> {
        let mut met = HashSet::new();
        self.children(state)
            .filter(|(_, child)| {
                let fingerprint = self.fingerprinter.fingerprint(child);
                self.visited.parent(fingerprint) == Some(descent.parent + 1)
                    && met.insert(fingerprint)
                    && self.model.within_boundary(child)
            })
            .nth(descent.sibling as usize)
    }

    fn children(&self, state: &M::State) -> impl Iterator<Item = (u32, M::State)> {
        let mut actions = Vec::new();
        self.model.actions(state, &mut actions);
        actions
            .into_iter()
            .enumerate()
            .filter_map(move |(ordinal, action)| {
                let next = self.model.next_state(state, action)?;
                Some((ordinal as u32, next))
            })
    }
}
