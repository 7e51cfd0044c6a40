//! The state of the cluster.

use planwright_model::Finite;

use crate::size::FAULTS;
use crate::{Cache, History};

/// The most nodes that a state has room for.
pub(crate) const NODES: usize = 3;

/// The most pods, one after another, that a state has room for.
pub(crate) const PODS: Uid = 6;

/// The values of the store that a state has room for: the newest, and as many before it as a cache can
/// be behind.
pub(crate) const VALUES: usize = 5;

/// Tells a pod from all others that ever had the same name; the first is 1. A controller may compare
/// two for equality and nothing else: in Kubernetes they are random.
pub type Uid = u8;

/// What the store says under the one name that all pods have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Finite)]
pub enum Pod {
    /// Nothing.
    Absent,
    /// There is a pod.
    Present {
        /// Which one.
        #[finite(1..=PODS)]
        uid: Uid,
        /// The node that is to run it.
        #[finite(process < NODES)]
        node: u8,
        /// Whether it is to be deleted: its node stops it, and then removes it from the store.
        deleting: bool,
    },
}

/// The store, what its caches can show, and the nodes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Finite)]
pub struct State {
    /// What the store says under the name, and what it said before.
    pub store: History<Pod, VALUES>,
    /// How many pods were created so far.
    #[finite(0..=PODS)]
    pub created: u8,
    /// What may still go wrong: restarts of agents, and acknowledgements that get lost.
    pub faults: Faults,
    #[finite(per_process)]
    pub(crate) nodes: [Option<Node>; NODES],
}

/// How often something may still go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Finite)]
pub struct Faults {
    /// An agent restarts.
    #[finite(0..=FAULTS)]
    pub restarts: u8,
    /// An acknowledgement of a removal gets lost.
    #[finite(0..=FAULTS)]
    pub lost: u8,
}

/// A node, and the agent that runs pods on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Finite)]
pub struct Node {
    /// The pod whose process runs here. It goes on when the agent restarts.
    #[finite(1..=PODS)]
    pub running: Option<Uid>,
    /// How far behind the store the agent's cache is.
    pub cache: Cache,
    /// What the agent is about to do. It is forgotten when the agent restarts.
    pub task: Task,
}

/// What an agent is about to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Finite)]
pub enum Task {
    /// Nothing in particular: it looks at its cache.
    #[default]
    Idle,
    /// To start a pod, which it has found at the store.
    Start(#[finite(1..=PODS)] Uid),
    /// To stop a pod, which it has not found at the store.
    Stop(#[finite(1..=PODS)] Uid),
    /// To remove a pod from the store: the request is under way.
    Remove(#[finite(1..=PODS)] Uid),
}

impl Pod {
    /// Its uid, if there is one.
    pub fn uid(self) -> Option<Uid> {
        match self {
            Self::Absent => None,
            Self::Present { uid, .. } => Some(uid),
        }
    }

    /// Whether this pod is to run on this node.
    pub fn is_live(self, uid: Uid, node: u8) -> bool {
        let live = Self::Present {
            uid,
            node,
            deleting: false,
        };
        self == live
    }

    /// Whether this pod, once run on this node, is to be deleted.
    pub fn is_ending(self, uid: Uid, node: u8) -> bool {
        let ending = Self::Present {
            uid,
            node,
            deleting: true,
        };
        self == ending
    }
}

impl State {
    /// The nodes, with their numbers from 0.
    pub fn nodes(&self) -> impl Iterator<Item = (u8, &Node)> {
        (0..).zip(self.nodes.iter().flatten())
    }

    /// What the store says.
    pub fn pod(&self) -> Pod {
        *self.store.newest()
    }

    /// What the cache of a node's agent shows.
    pub fn seen_by(&self, node: &Node) -> Pod {
        *self.store.seen_by(node.cache)
    }

    /// The store changes, and every cache falls behind by one more change.
    pub(crate) fn write(&mut self, pod: Pod) {
        let nodes = self.nodes.iter_mut().flatten();
        self.store.record(pod, nodes.map(|node| &mut node.cache));
    }
}
