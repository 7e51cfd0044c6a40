//! What is asked of a search.

use std::sync::Arc;

use planwright_model::Model;

use super::chunk::{Chunk, Tally};
use crate::Checkable;
use crate::checkpoint::Saving;
use crate::keys::Keys;
use crate::liveness::Fairness;
use crate::options::Options;
use crate::property::{Classify, PropertyOf};
use crate::symmetry::Quotient;

/// What to explore, and what to look for.
pub(crate) struct Job<'a, 'm, M: Model> {
    pub(crate) model: &'a M,
    /// Whether the model starts elsewhere, or lists its actions another way.
    pub(crate) altered: bool,
    pub(crate) properties: &'a [Arc<PropertyOf<'m, M>>],
    pub(crate) classify: Option<&'a Classify<'m, M>>,
    /// Whether one state of each orbit stands for all.
    pub(crate) symmetry: Option<&'a (dyn Quotient<M> + 'a)>,
    /// How many classes of actions there are.
    pub(crate) classes: usize,
    pub(crate) fairness: &'a [Arc<Fairness<'m, M::Action>>],
    pub(crate) options: &'a Options<'m>,
    /// Where checkpoints go, if there are any.
    pub(crate) saving: Option<&'a Saving<'m, M>>,
}

impl<M: Checkable> Job<'_, '_, M> {
    pub(super) fn chunk<K: Keys<M>>(&self) -> Chunk<M, K> {
        Chunk::new(self.properties.len(), self.classes)
    }

    pub(super) fn tally(&self) -> Tally {
        Tally::new(self.properties.len(), self.classes)
    }

    /// Whether the property is about the graph, and can be decided.
    pub(super) fn is_recorded(&self, property: &PropertyOf<'_, M>) -> bool {
        property.kind.needs_graph() && (self.symmetry.is_none() || !property.kind.is_about_runs())
    }

    /// Whether the graph is needed.
    pub(super) fn records(&self) -> bool {
        self.properties
            .iter()
            .any(|property| self.is_recorded(property))
    }

    /// How many predicates of states the properties have that are about the graph.
    pub(super) fn predicates(&self) -> usize {
        self.properties.iter().map(|p| p.predicates().len()).sum()
    }

    /// The fairness conditions that cover an action.
    #[inline]
    pub(super) fn fair(&self, action: &M::Action) -> u64 {
        let mut mask = 0;
        for (number, condition) in self.fairness.iter().enumerate() {
            mask |= u64::from((condition.covers)(action)) << number;
        }
        mask
    }

    /// The class of an action, if actions have classes.
    ///
    /// # Panics
    ///
    /// If there is no such class, or the model does.
    #[inline]
    pub(super) fn class(&self, action: &M::Action) -> Option<usize> {
        let class = self.classify?(action);
        let classes = self.classes;
        assert!(class < classes, "{}", NoSuchClass(class, classes));
        Some(class)
    }
}

/// What is wrong with a class index.
struct NoSuchClass(usize, usize);

impl std::fmt::Display for NoSuchClass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(class, classes) = self;
        write!(
            f,
            "class {class} was given for an action, but there are {classes} classes; give an index \
             below {classes}"
        )
    }
}
