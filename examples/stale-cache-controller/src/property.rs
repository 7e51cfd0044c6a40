//! What is asked of the cluster.

use crate::{Action, Node, Pod, State};

/// No two nodes run the name at a time (what a StatefulSet promises: at most one pod of a name).
pub const ONE_RUNS: &str = "at most one runs";

/// No pod is removed from the store unless it was to be deleted.
pub const NEVER_REMOVES_LIVE: &str = "no live pod is removed";

/// No process is stopped while the store says that it is to run there.
pub const NEVER_STOPS_LIVE: &str = "no live pod is stopped";

/// From every reachable state some schedule leads to where each node runs what it is to run, and nothing
/// else.
pub const RECOVERS: &str = "what is to run, and nothing else, stays possible";

/// Reached, or the other verdicts say little: a cache shows a pod, and the store has another.
pub const REPLACED: &str = "a cache shows a pod that was replaced";

/// Reached, or pods do not even come and go: the last one is where it is to be.
pub const LAST_RUNS: &str = "last pod runs";

/// [`ONE_RUNS`], in one state.
pub fn one_runs(state: &State) -> bool {
    let running = state.nodes().filter(|(_, node)| node.running.is_some());
    running.count() <= 1
}

/// [`NEVER_REMOVES_LIVE`], of one step.
pub fn never_removes_live(before: &State, _: &Action, after: &State) -> bool {
    let removed = after.pod() == Pod::Absent;
    !(removed
        && matches!(
            before.pod(),
            Pod::Present {
                deleting: false,
                ..
            }
        ))
}

/// [`NEVER_STOPS_LIVE`], of one step.
pub fn never_stops_live(before: &State, action: &Action, _: &State) -> bool {
    match *action {
        Action::Stop { node, uid } => !before.pod().is_live(uid, node),
        _ => true,
    }
}

/// For [`RECOVERS`]: nothing is on its way out, and each node runs what it is to run, and nothing else.
pub fn settled(state: &State) -> bool {
    let wanted = |name| match state.pod() {
        Pod::Present { uid, node, .. } if node == name => Some(uid),
        _ => None,
    };
    let ending = matches!(state.pod(), Pod::Present { deleting: true, .. });
    !ending
        && state
            .nodes()
            .all(|(name, node)| node.running == wanted(name))
}

/// [`REPLACED`], in one state.
pub fn replaced(state: &State) -> bool {
    let shows_another = |node: &Node| match (state.seen_by(node).uid(), state.pod().uid()) {
        (Some(seen), Some(there)) => seen != there,
        _ => false,
    };
    state.nodes().any(|(_, node)| shows_another(node))
}

/// [`LAST_RUNS`], in one state: settled with the last of so many pods.
pub fn last_runs(state: &State, pods: u8) -> bool {
    settled(state) && state.pod().uid() == Some(pods)
}
