//! Steps and states in words.

use std::fmt;

use crate::{Action, Pod, Removal, State, Task, never_removes_live, never_stops_live, one_runs};

/// Who does what.
pub(crate) fn action(action: Action) -> String {
    let (who, what) = parts(action);
    format!("{who:<10}  {what}")
}

/// Who, and what is done.
pub(crate) fn parts(action: Action) -> (String, String) {
    let agent = |node: u8| format!("agent {node}");
    match action {
        Action::Create { uid, node } => (
            "controller".to_owned(),
            format!("finds no pod, creates pod {uid} for n{node}"),
        ),
        Action::Delete(uid) => (
            "user".to_owned(),
            format!("asks for pod {uid} to be deleted"),
        ),
        Action::Learn { node, sees } => (agent(node), format!("learns of a change: {sees}")),
        Action::Restart { node, cache, sees } => (
            agent(node),
            match cache.lag() {
                0 => format!("restarts and reads the store: {sees}"),
                1 => format!("restarts and reads what was there 1 change ago: {sees}"),
                lag => format!("restarts and reads what was there {lag} changes ago: {sees}"),
            },
        ),
        Action::Read { node, then } => (
            agent(node),
            match then {
                Task::Idle => "reads the store".to_owned(),
                Task::Start(uid) => format!("reads the store, pod {uid} is to run"),
                Task::Stop(uid) => format!("reads the store, pod {uid} is not to run"),
                Task::Remove(uid) => {
                    format!("reads the store, pod {uid} is to be deleted, asks for its removal")
                }
            },
        ),
        Action::Start { node, uid } => (agent(node), format!("starts pod {uid}")),
        Action::Stop { node, uid } => (agent(node), format!("stops pod {uid}")),
        Action::Ask { node, uid } => (agent(node), format!("asks for the removal of pod {uid}")),
        Action::Remove {
            node,
            meant,
            outcome,
        } => (
            "store".to_owned(),
            match outcome {
                Removal::Removed(uid) => format!("removes pod {uid} for agent {node}"),
                Removal::Unacknowledged(uid) => {
                    format!("removes pod {uid} for agent {node}, which does not learn of it")
                }
                Removal::NotFound => format!("finds nothing to remove for agent {node}"),
                Removal::Conflict(uid) => {
                    format!("refuses agent {node}: this is pod {uid}, not {meant}")
                }
            },
        ),
    }
}

/// The state after a step, and below it what went wrong.
pub(crate) fn step(last: &State, action: Action, next: &State) -> String {
    let damage = damage(last, action, next).into_iter();
    let lines = damage.map(|damage| format!("\n^ {damage}"));
    format!("{next:?}{}", lines.collect::<String>())
}

/// What went wrong in a step.
pub(crate) fn damage(last: &State, action: Action, next: &State) -> Vec<String> {
    let mut damage = Vec::new();
    if let (false, Some(uid)) = (never_removes_live(last, &action, next), last.pod().uid()) {
        damage.push(format!(
            "pod {uid} is REMOVED, and nobody has asked for it to be deleted"
        ));
    }
    if let (false, Action::Stop { uid, .. }) = (never_stops_live(last, &action, next), action) {
        damage.push(format!("pod {uid} is STOPPED, and is to run here"));
    }
    if one_runs(last) && !one_runs(next) {
        let nodes = next
            .nodes()
            .filter_map(|(name, node)| Some((name, node.running?)));
        let both: Vec<_> = nodes
            .map(|(name, uid)| format!("pod {uid} on n{name}"))
            .collect();
        damage.push(format!("TWO RUN at a time: {}", both.join(", ")));
    }
    damage
}

impl fmt::Display for Pod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("no pod"),
            Self::Present {
                uid,
                node,
                deleting,
            } => {
                let ending = if *deleting { " deleting" } else { "" };
                write!(f, "{uid}@n{node}{ending}")
            }
        }
    }
}

/// What the store says, and for each node what its agent sees and what runs there.
impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.pod())?;
        for (name, node) in self.nodes() {
            write!(f, "  | n{name} sees {}", self.seen_by(node))?;
            if let Some(uid) = node.running {
                write!(f, ", runs {uid}")?;
            }
            match node.task {
                Task::Idle => {}
                Task::Start(uid) => write!(f, ", will start {uid}")?,
                Task::Stop(uid) => write!(f, ", will stop {uid}")?,
                Task::Remove(uid) => write!(f, ", removes {uid}")?,
            }
        }
        Ok(())
    }
}
