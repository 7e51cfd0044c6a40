//! What the checker needs of a model.

use std::hash::Hash;

use planwright_model::Model;

/// A model that can be explored on several threads: its states can be copied, hashed and compared, its actions
/// copied and compared. Every model that meets the bounds is one.
pub trait Checkable:
    Model<State: Clone + Hash + PartialEq + Send + Sync, Action: Clone + PartialEq + Send + Sync> + Sync
{
}

impl<M> Checkable for M where
    M: Model<
            State: Clone + Hash + PartialEq + Send + Sync,
            Action: Clone + PartialEq + Send + Sync,
        > + Sync
{
}
