//! Faults as the search meets them, before anyone knows the schedule that leads there.

use std::sync::Arc;

use std::any::Any;

use serde::{Deserialize, Serialize};

use crate::property::Property;
use crate::{Fault, Place};

/// Where a state came from: enough to find it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Origin {
    /// The parent's key: its number plus 1, or [`ROOT`](Self::ROOT) for an initial state.
    pub(super) parent: u32,
    /// The ordinal of the action that leads here, or of the initial state.
    pub(super) ordinal: u32,
}

impl Origin {
    /// The key of the parent that initial states do not have.
    pub(super) const ROOT: u32 = 0;
}

/// Where a schedule should lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// Nowhere: it happened before there was a state.
    Start,
    /// To the numbered state with this key.
    State(u32),
    /// To a child of a numbered state.
    Child(Origin),
}

impl Spot {
    /// The key of the parent that is being expanded.
    pub(super) fn parent(self) -> u32 {
        match self {
            Self::Start => Origin::ROOT,
            Self::State(key) => key,
            Self::Child(origin) => origin.parent,
        }
    }
}

/// What is being called; turned into a [`Place`] when it panics.
#[derive(Clone, Copy, Debug)]
pub(super) enum At {
    InitStates,
    Actions,
    NextState(u32),
    Boundary(u32),
    Traits,
    Class(u32),
    Fairness(u32),
    Property(usize),
    Step(usize, u32),
    Again,
    Symmetry,
}

impl At {
    fn place<S, A>(self, properties: &[Arc<Property<'_, S, A>>]) -> Place {
        match self {
            Self::InitStates => Place::InitStates,
            Self::Actions => Place::Actions,
            Self::NextState(action) => Place::NextState { action },
            Self::Boundary(ordinal) => Place::WithinBoundary { ordinal },
            Self::Traits => Place::StateTraits,
            Self::Class(action) => Place::ActionClass { action },
            Self::Fairness(action) => Place::Fairness { action },
            Self::Property(index) => Place::Property {
                name: properties[index].name.clone(),
            },
            Self::Step(index, action) => Place::StepProperty {
                name: properties[index].name.clone(),
                action,
            },
            Self::Again => Place::Repetition,
            Self::Symmetry => Place::Symmetry,
        }
    }
}

/// A fault without its path.
#[derive(Clone, Debug)]
pub(super) struct Suspicion {
    pub(super) fault: Fault,
    pub(super) spot: Spot,
    /// Faults of one block are ordered by the parent's key, then by the phase that met them: the
    /// first one is reported, whichever thread was faster.
    pub(super) order: (u32, Phase),
}

/// The phases of a block, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    Expand,
    Admit,
    Commit,
}

impl Suspicion {
    /// A panic with its payload.
    pub(super) fn panicked<S, A>(
        payload: &(dyn Any + Send),
        at: At,
        properties: &[Arc<Property<'_, S, A>>],
        spot: Spot,
        order: (u32, Phase),
    ) -> Self {
        Self {
            fault: Fault::Panicked {
                place: at.place(properties),
                message: panic_message(payload),
                path: None,
            },
            spot,
            order,
        }
    }
}

/// The text of a panic.
pub(crate) fn panic_message(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "a panic without a message".to_owned()
    }
}
