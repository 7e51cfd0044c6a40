//! Where a DNS Enactor is.

use planwright_core::{Endpoint, Epoch, Finite, Generation};

/// Where a DNS Enactor is in its pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Finite)]
pub enum Phase {
    /// Waits for something to do.
    #[default]
    Idle,
    /// Has chosen a plan and is about to read the lock record.
    Chosen {
        /// The plan in hand.
        plan: Generation,
    },
    /// Has read the lock record.
    Locking {
        /// The plan in hand.
        plan: Generation,
        /// The epoch read.
        epoch: Epoch,
    },
    /// Is about to write an endpoint.
    Writing {
        /// The plan in hand.
        plan: Generation,
        /// The endpoint to write next.
        endpoint: Endpoint,
        /// Whether the endpoint has been looked at once more before this write.
        rechecked: bool,
    },
    /// Has written every endpoint and is about to record that its plan is handled.
    Recording {
        /// The plan in hand.
        plan: Generation,
    },
    /// Deletes old plans, one a step, oldest first.
    Cleaning {
        /// The plan in hand.
        plan: Generation,
        /// Plans up to this one are done with.
        after: Option<Generation>,
    },
    /// Has found this plan unused and is about to delete it.
    Deleting {
        /// The plan in hand.
        plan: Generation,
        /// The plan to delete.
        victim: Generation,
    },
}

impl Phase {
    /// The phase in words, for schedules.
    pub(crate) fn in_words(&self) -> String {
        match *self {
            Self::Idle => "has nothing more to do, waits".to_owned(),
            Self::Chosen { plan } => format!("picks {plan}"),
            Self::Locking { plan, epoch } => format!("reads the lock ({epoch}), holds {plan}"),
            Self::Writing {
                plan,
                endpoint: Endpoint::FIRST,
                rechecked: false,
            } => format!("picks {plan}, newer than what is applied"),
            Self::Writing {
                plan,
                endpoint,
                rechecked,
            } => {
                let how = if rechecked {
                    "looks again at"
                } else {
                    "goes on without a write to"
                };
                format!("{how} {endpoint}, holds {plan}")
            }
            Self::Recording { plan } => format!("has done every endpoint, holds {plan}"),
            Self::Cleaning { plan, .. } => format!("goes on with the clean-up after {plan}"),
            Self::Deleting { plan, victim } => format!("finds {victim} unused, holds {plan}"),
        }
    }
}
