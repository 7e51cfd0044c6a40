//! What the engine needs of a model.

use std::hash::Hash;

use planwright_model::Model;

/// A model that can be explored on several threads; every model that meets the bounds is one.
pub(crate) trait Checkable:
    Model<State: Clone + Hash + PartialEq + Send + Sync, Action: Clone + PartialEq + Send + Sync> + Sync
{
}

impl<M> Checkable for M
where
    M: Model + Sync,
    M::State: Clone + Hash + PartialEq + Send + Sync,
    M::Action: Clone + PartialEq + Send + Sync,
{
}
