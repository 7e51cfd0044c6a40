//! States as words, and nodes that can be renamed.

use itertools::Itertools as _;
use planwright_core::FaultBudget;
use planwright_model::{Encode, Symmetric};

use crate::size::FAULTS;
use crate::state::{NODES, PODS, VALUES};
use crate::{Action, Cache, Cluster, History, Node, Pod, State, Task, Uid};

/// How many values the parts of a state have: none or a pod; what the store says; how far a cache is
/// behind; a task; what is left of a kind of fault.
const UIDS: u64 = PODS as u64 + 1;
const RECORDS: u64 = 1 + 2 * NODES as u64 * PODS as u64;
const LAGS: u64 = VALUES as u64;
const TASKS: u64 = 1 + 3 * PODS as u64;
const BUDGETS: u64 = FAULTS as u64 + 1;

impl Encode for Cluster {
    type Code = u64;

    fn encode(&self, state: &State) -> Option<u64> {
        let mut word = u64::from(state.created);
        word = word * BUDGETS + u64::from(state.faults.crashes);
        word = word * BUDGETS + u64::from(state.faults.lost_acknowledgements);
        for pod in state.store.values() {
            word = word * RECORDS + record(*pod);
        }
        for (_, node) in state.nodes() {
            word = word * UIDS + uid(node.running);
            word = word * LAGS + u64::from(node.cache.lag());
            word = word * TASKS + task(node.task);
        }
        Some(word)
    }

    fn decode(&self, mut word: u64) -> State {
        let mut take = |base| {
            let digit = word % base;
            word /= base;
            digit
        };
        // From the last part to the first.
        let mut nodes = [None; NODES];
        for node in nodes[..usize::from(self.size.nodes)].iter_mut().rev() {
            let task = take(TASKS);
            let cache = Cache::behind(take(LAGS) as u8);
            *node = Some(Node {
                task: task_of(task),
                cache,
                running: uid_of(take(UIDS)),
            });
        }
        let mut values = [Pod::Absent; VALUES];
        let values = &mut values[..=usize::from(self.size.staleness)];
        for pod in values.iter_mut().rev() {
            *pod = record_of(take(RECORDS));
        }
        let lost_acknowledgements = take(BUDGETS) as u8;
        let crashes = take(BUDGETS) as u8;
        State {
            store: History::from_values(values),
            created: take(UIDS) as u8,
            faults: FaultBudget {
                crashes,
                lost_acknowledgements,
                ..FaultBudget::NONE
            },
            nodes,
        }
    }
}

// Every pod, value and node fits a word.
const _: () = assert!(
    UIDS as u128
        * (BUDGETS as u128).pow(2)
        * (RECORDS as u128).pow(VALUES as u32)
        * (UIDS as u128 * LAGS as u128 * TASKS as u128).pow(NODES as u32)
        < u64::MAX as u128
);

fn uid(uid: Option<Uid>) -> u64 {
    uid.map_or(0, u64::from)
}

fn uid_of(code: u64) -> Option<Uid> {
    (code > 0).then_some(code as Uid)
}

fn record(pod: Pod) -> u64 {
    match pod {
        Pod::Absent => 0,
        Pod::Present {
            uid,
            node,
            deleting,
        } => 1 + (u64::from(uid - 1) * NODES as u64 + u64::from(node)) * 2 + u64::from(deleting),
    }
}

fn record_of(code: u64) -> Pod {
    match code.checked_sub(1) {
        None => Pod::Absent,
        Some(code) => Pod::Present {
            uid: (code / 2 / NODES as u64) as Uid + 1,
            node: (code / 2 % NODES as u64) as u8,
            deleting: code % 2 == 1,
        },
    }
}

fn task(task: Task) -> u64 {
    let code = |kind: u64, uid: Uid| 1 + kind * u64::from(PODS) + u64::from(uid - 1);
    match task {
        Task::Idle => 0,
        Task::Start(uid) => code(0, uid),
        Task::Stop(uid) => code(1, uid),
        Task::Remove(uid) => code(2, uid),
    }
}

fn task_of(code: u64) -> Task {
    let Some(code) = code.checked_sub(1) else {
        return Task::Idle;
    };
    let uid = (code % u64::from(PODS)) as Uid + 1;
    match code / u64::from(PODS) {
        0 => Task::Start(uid),
        1 => Task::Stop(uid),
        _ => Task::Remove(uid),
    }
}

/// Nodes are interchangeable. Pods are not: they come one after another.
impl Symmetric for Cluster {
    /// The new number of each node.
    type Permutation = Vec<u8>;

    fn permutations(&self) -> Vec<Vec<u8>> {
        let nodes = self.size.nodes;
        (0..nodes).permutations(nodes.into()).collect()
    }

    fn permute(&self, renamed: &Vec<u8>, state: &State) -> State {
        let mut next = *state;
        for (old, new) in renamed.iter().enumerate() {
            next.nodes[usize::from(*new)] = state.nodes[old];
        }
        next.store = state.store.map(|pod| rename(renamed, pod));
        next
    }

    fn permute_action(&self, renamed: &Vec<u8>, action: &Action) -> Action {
        let mut next = *action;
        match &mut next {
            Action::Delete(_) => {}
            Action::Learn { node, sees } | Action::Restart { node, sees, .. } => {
                *node = renamed[usize::from(*node)];
                *sees = rename(renamed, *sees);
            }
            Action::Create { node, .. }
            | Action::Read { node, .. }
            | Action::Start { node, .. }
            | Action::Stop { node, .. }
            | Action::Ask { node, .. }
            | Action::Remove { node, .. } => *node = renamed[usize::from(*node)],
        }
        next
    }

    fn canonical(&self, state: &State) -> State {
        let permutations = self.permutations();
        let orbit = permutations.iter().map(|p| self.permute(p, state));
        let smallest = orbit.min_by_key(|state| self.encode(state));
        smallest.expect("one permutation changes nothing")
    }
}

fn rename(renamed: &[u8], pod: Pod) -> Pod {
    match pod {
        Pod::Absent => Pod::Absent,
        Pod::Present {
            uid,
            node,
            deleting,
        } => Pod::Present {
            uid,
            node: renamed[usize::from(node)],
            deleting,
        },
    }
}
