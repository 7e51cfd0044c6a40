//! The cluster as a model: what can happen, and what comes of it.

use std::borrow::Cow;

use planwright_model::{ActionClasses, Model};

use crate::state::NODES;
use crate::{
    Action, Cache, Faults, History, Node, Pod, Protocol, Removal, Size, State, Stops, Task, words,
};

/// A store, a controller that creates a pod under one name whenever there is none, a user who has it
/// deleted, and on each node an agent that runs what its cache shows.
///
/// What is one action is one step; everything else interleaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// How agents use their caches.
    pub protocol: Protocol,
    /// How large it is.
    pub size: Size,
}

impl Cluster {
    /// A cluster of this size under this protocol.
    pub fn new(protocol: Protocol, size: Size) -> Self {
        Self { protocol, size }
    }

    /// What the controller and the user may do next.
    fn outside(&self, state: &State, actions: &mut Vec<Action>) {
        match state.pod() {
            Pod::Absent if state.created < self.size.pods => {
                let uid = state.created + 1;
                actions.extend((0..self.size.nodes).map(|node| Action::Create { uid, node }));
            }
            Pod::Present {
                uid,
                deleting: false,
                ..
            } => actions.push(Action::Delete(uid)),
            _ => {}
        }
    }

    /// What an agent would do if its cache showed the store.
    fn wish(&self, name: u8, node: &Node, seen: Pod) -> Task {
        let Some(running) = node.running else {
            return match seen {
                Pod::Present { uid, .. } if seen.is_live(uid, name) => Task::Start(uid),
                Pod::Present { uid, .. } if seen.is_ending(uid, name) => Task::Remove(uid),
                _ => Task::Idle,
            };
        };
        let stops = match self.protocol.stops {
            Stops::Unexpected => !seen.is_live(running, name),
            Stops::Marked => seen.is_ending(running, name),
        };
        if stops {
            Task::Stop(running)
        } else {
            Task::Idle
        }
    }

    /// What an agent does about its wish: it acts, or reads the store first.
    fn pursue(&self, name: u8, wish: Task, there: Pod) -> Option<Action> {
        let reads = self.protocol.reads;
        let read = |confirmed: bool| {
            let action = Action::Read {
                node: name,
                then: wish,
            };
            confirmed.then_some(action)
        };
        match wish {
            Task::Idle => None,
            Task::Start(uid) if reads.to_start => read(there.is_live(uid, name)),
            Task::Stop(uid) if reads.to_stop => read(!there.is_live(uid, name)),
            Task::Remove(uid) if reads.to_remove => read(there.is_ending(uid, name)),
            Task::Start(uid) => Some(Action::Start { node: name, uid }),
            Task::Stop(uid) => Some(Action::Stop { node: name, uid }),
            Task::Remove(uid) => Some(Action::Ask { node: name, uid }),
        }
    }

    /// What an agent may do next.
    fn agent(&self, state: &State, name: u8, node: &Node, actions: &mut Vec<Action>) {
        let there = state.pod();
        if let Some(next) = node.cache.catch_up() {
            let sees = *state.store.seen_by(next);
            actions.push(Action::Learn { node: name, sees });
        }
        match node.task {
            Task::Idle => {
                let wish = self.wish(name, node, state.seen_by(node));
                actions.extend(self.pursue(name, wish, there));
            }
            Task::Start(uid) => actions.push(Action::Start { node: name, uid }),
            Task::Stop(uid) => actions.push(Action::Stop { node: name, uid }),
            Task::Remove(meant) => {
                let mut request = |outcome| {
                    actions.push(Action::Remove {
                        node: name,
                        meant,
                        outcome,
                    });
                };
                match there.uid() {
                    None => request(Removal::NotFound),
                    Some(uid) if uid != meant && self.protocol.names_uid => {
                        request(Removal::Conflict(uid));
                    }
                    Some(uid) => {
                        request(Removal::Removed(uid));
                        if state.faults.lost > 0 {
                            request(Removal::Unacknowledged(uid));
                        }
                    }
                }
            }
        }
        if state.faults.restarts > 0 {
            self.restarts(state, name, node, actions);
        }
    }

    /// Where an agent may find itself after a restart. One that changes nothing is no step.
    fn restarts(&self, state: &State, name: u8, node: &Node, actions: &mut Vec<Action>) {
        let fresh = self.protocol.fresh_restart;
        let caches = state.store.caches();
        let caches = caches.filter(|cache| !fresh || *cache == Cache::CURRENT);
        let others = caches.filter(|cache| node.task != Task::Idle || *cache != node.cache);
        actions.extend(others.map(|cache| Action::Restart {
            node: name,
            cache,
            sees: *state.store.seen_by(cache),
        }));
    }
}

impl Model for Cluster {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let mut nodes = [None; NODES];
        nodes[..usize::from(self.size.nodes)].fill(Some(Node::default()));
        vec![State {
            store: History::new(Pod::Absent, self.size.staleness),
            created: 0,
            faults: Faults {
                restarts: self.size.restarts,
                lost: self.size.lost,
            },
            nodes,
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        for (name, node) in state.nodes() {
            self.agent(state, name, node, actions);
        }
        self.outside(state, actions);
    }

    fn next_state(&self, state: &State, action: Action) -> Option<State> {
        let mut next = *state;
        match action {
            Action::Create { uid, node } => {
                next.created = uid;
                next.write(Pod::Present {
                    uid,
                    node,
                    deleting: false,
                });
            }
            Action::Delete(_) => {
                let Pod::Present { uid, node, .. } = state.pod() else {
                    return None;
                };
                next.write(Pod::Present {
                    uid,
                    node,
                    deleting: true,
                });
            }
            Action::Learn { node, .. } => {
                let node = next.nodes[usize::from(node)].as_mut()?;
                node.cache = node.cache.catch_up()?;
            }
            Action::Restart { node, cache, .. } => {
                next.faults.restarts = next.faults.restarts.checked_sub(1)?;
                let node = next.nodes[usize::from(node)].as_mut()?;
                node.cache = cache;
                node.task = Task::Idle;
            }
            Action::Read { node, then } => next.nodes[usize::from(node)].as_mut()?.task = then,
            Action::Start { node, uid } => {
                let node = next.nodes[usize::from(node)].as_mut()?;
                node.running = Some(uid);
                node.task = Task::Idle;
            }
            Action::Stop { node, .. } => {
                let node = next.nodes[usize::from(node)].as_mut()?;
                node.running = None;
                node.task = Task::Idle;
            }
            Action::Ask { node, uid } => {
                next.nodes[usize::from(node)].as_mut()?.task = Task::Remove(uid);
            }
            Action::Remove { node, outcome, .. } => {
                if matches!(outcome, Removal::Removed(_) | Removal::Unacknowledged(_)) {
                    next.write(Pod::Absent);
                }
                let lost = matches!(outcome, Removal::Unacknowledged(_));
                let left = &mut next.faults.lost;
                *left = left.checked_sub(lost.into())?;
                if !lost {
                    next.nodes[usize::from(node)].as_mut()?.task = Task::Idle;
                }
            }
        }
        Some(next)
    }

    fn format_action(&self, action: &Action) -> String {
        words::action(*action)
    }

    fn format_step(&self, last: &State, action: Action) -> Option<String> {
        let next = self.next_state(last, action)?;
        Some(words::step(last, action, &next))
    }
}

impl ActionClasses for Cluster {
    fn action_classes(&self) -> Vec<Cow<'static, str>> {
        let names = [
            "a pod is created",
            "a deletion is asked for",
            "a cache sees a change",
            "an agent restarts",
            "an agent reads the store",
            "a pod is started",
            "a pod is stopped",
            "a removal is asked for",
            "a pod is removed",
            "a removal finds no pod",
            "a removal finds another pod and is refused",
        ];
        names.map(Cow::from).into()
    }

    fn action_class(&self, action: &Action) -> usize {
        match action {
            Action::Create { .. } => 0,
            Action::Delete(_) => 1,
            Action::Learn { .. } => 2,
            Action::Restart { .. } => 3,
            Action::Read { .. } => 4,
            Action::Start { .. } => 5,
            Action::Stop { .. } => 6,
            Action::Ask { .. } => 7,
            Action::Remove { outcome, .. } => match outcome {
                Removal::Removed(_) | Removal::Unacknowledged(_) => 8,
                Removal::NotFound => 9,
                Removal::Conflict(_) => 10,
            },
        }
    }
}
