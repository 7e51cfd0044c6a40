//! The steps of the cluster.

use planwright_model::Finite;

use crate::{Cache, Pod, Task, Uid};

/// A step: of the controller, the user or an agent, or something that happens to an agent. It says
/// what was read and what came of it, for reports; only possible ones are ever listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Finite)]
pub enum Action {
    /// The controller finds no pod and creates one.
    Create {
        /// The new pod.
        uid: Uid,
        /// The node that is to run it.
        #[finite(process)]
        node: u8,
    },
    /// The user asks for the pod to be deleted.
    Delete(Uid),
    /// The agent's cache sees the next change.
    Learn {
        /// The agent's node.
        #[finite(process)]
        node: u8,
        /// What the cache shows from now on.
        sees: Pod,
    },
    /// The agent restarts: it forgets its task, and reads everything anew.
    Restart {
        /// The agent's node.
        #[finite(process)]
        node: u8,
        /// How old what it reads is.
        cache: Cache,
        /// What the cache shows from now on.
        sees: Pod,
    },
    /// The agent reads the store itself, and finds it as its cache made it expect.
    Read {
        /// The agent's node.
        #[finite(process)]
        node: u8,
        /// What it is about to do.
        then: Task,
    },
    /// The agent starts a pod.
    Start {
        /// The agent's node.
        #[finite(process)]
        node: u8,
        /// The pod.
        uid: Uid,
    },
    /// The agent stops a pod.
    Stop {
        /// The agent's node.
        #[finite(process)]
        node: u8,
        /// The pod.
        uid: Uid,
    },
    /// The agent sends the request to remove a pod.
    Ask {
        /// The agent's node.
        #[finite(process)]
        node: u8,
        /// The pod.
        uid: Uid,
    },
    /// The store handles the request to remove a pod.
    Remove {
        /// The agent's node.
        #[finite(process)]
        node: u8,
        /// The pod that the agent means.
        meant: Uid,
        /// What comes of it.
        outcome: Removal,
    },
}

/// What comes of a request to remove a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Finite)]
pub enum Removal {
    /// This pod is removed.
    Removed(Uid),
    /// This pod is removed, and the agent does not learn of it: it will ask again.
    Unacknowledged(Uid),
    /// There is no pod.
    NotFound,
    /// There is this one, which has another uid than the one that was named.
    Conflict(Uid),
}
