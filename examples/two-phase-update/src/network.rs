//! The network as a model: what can happen, and what comes of it.

use std::borrow::Cow;
use std::ops::Range;

use planwright_model::{ActionClasses, Model};

use crate::state::{REQUESTS, SWITCHES};
use crate::{
    Action, Flip, Handled, Order, Protocol, Removal, Request, Size, State, Version, words,
};

/// A line of switches behind one ingress, with a controller that updates them one version after
/// another, and clients that send one request after another.
///
/// What is one action is one step; everything else interleaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    /// How versions are brought live.
    pub protocol: Protocol,
    /// How large it is.
    pub size: Size,
}

impl Network {
    /// A network of this size under this protocol.
    pub fn new(protocol: Protocol, size: Size) -> Self {
        Self { protocol, size }
    }

    fn switches(&self) -> Range<u8> {
        0..self.size.switches
    }

    /// What the controller may do next.
    fn controller(&self, state: &State, actions: &mut Vec<Action>) {
        let target = state.target;
        if !state.updating {
            let next = target + 1;
            actions.extend((next <= self.size.versions).then_some(Action::Begin(next)));
            return;
        }
        let mut old = self.switches().filter(|s| !state.holds(*s, target));
        match self.protocol {
            Protocol::InPlace(Order::Any) => {
                actions.extend(old.map(|switch| Action::Replace(switch, target)));
            }
            Protocol::InPlace(Order::LastFirst) => {
                let last = old.next_back();
                actions.extend(last.map(|switch| Action::Replace(switch, target)));
            }
            Protocol::Paused => {
                if state.travelling().next().is_none() {
                    actions.extend(old.map(|switch| Action::Replace(switch, target)));
                }
            }
            Protocol::TwoPhase { flip, removal } => {
                let installed = old.clone().next().is_none();
                actions.extend(old.map(|switch| Action::Install(switch, target)));
                if state.stamp != Some(target) {
                    let now = installed || flip == Flip::AnyTime;
                    actions.extend(now.then_some(Action::Flip(target)));
                    return;
                }
                let both = |s: &u8| state.holds(*s, target) && !state.holds_only(*s, target);
                let free = |s: &u8| may_remove(state, *s, removal);
                let removable = self.switches().filter(both).filter(free);
                actions.extend(removable.map(|switch| Action::Remove(switch, target)));
            }
        }
    }

    /// What a request may do next.
    fn request(&self, state: &State, request: u8) -> Option<Action> {
        match state.requests[usize::from(request)] {
            Request::Outside => {
                let open = self.protocol != Protocol::Paused || !state.updating;
                open.then_some(Action::Enter(request, state.stamp))
            }
            Request::Travelling { version, next } => Some(Action::Handle {
                request,
                at: next,
                outcome: self.handled(state, version, next),
            }),
            Request::Dropped | Request::Mixed => Some(Action::Notice(request)),
        }
    }

    /// What a switch makes of a request that carries this version.
    fn handled(&self, state: &State, version: Option<Version>, at: u8) -> Handled {
        match version {
            Some(stamp) if self.protocol.stamps() => {
                if state.holds(at, stamp) {
                    Handled::By(stamp)
                } else {
                    Handled::Dropped(stamp)
                }
            }
            before => {
                // In place a switch holds the rules of one version.
                let now = state.versions(at).next().expect("a switch has rules");
                match before {
                    Some(before) if before != now => Handled::Mixed { before, now },
                    _ => Handled::By(now),
                }
            }
        }
    }
}

/// Whether the controller lets a switch's old rules go.
fn may_remove(state: &State, switch: u8, removal: Removal) -> bool {
    let mut travelling = state.travelling();
    let is_old = |version: Option<Version>| version < Some(state.target);
    match removal {
        Removal::AtOnce => true,
        Removal::OnceUnusedThere => {
            !travelling.any(|(version, next)| next == switch && is_old(version))
        }
        Removal::OnceEmpty => travelling.next().is_none(),
        Removal::OnceDrained => !travelling.any(|(version, _)| is_old(version)),
    }
}

impl Model for Network {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let mut installed = [0; SWITCHES];
        installed[..usize::from(self.size.switches)].fill(1);
        vec![State {
            stamp: self.protocol.stamps().then_some(1),
            target: 1,
            updating: false,
            installed,
            requests: [Request::Outside; REQUESTS],
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        self.controller(state, actions);
        actions.extend((0..self.size.requests).filter_map(|r| self.request(state, r)));
    }

    fn next_state(&self, state: &State, action: Action) -> Option<State> {
        let mut next = *state;
        match action {
            Action::Begin(version) => {
                next.target = version;
                next.updating = true;
            }
            Action::Replace(switch, version) => {
                next.installed[usize::from(switch)] = 1 << (version - 1);
            }
            Action::Install(switch, version) => {
                next.installed[usize::from(switch)] |= 1 << (version - 1);
            }
            Action::Flip(version) => next.stamp = Some(version),
            Action::Remove(switch, version) => {
                next.installed[usize::from(switch)] = 1 << (version - 1);
            }
            Action::Enter(request, version) => {
                next.requests[usize::from(request)] = Request::Travelling { version, next: 0 };
            }
            Action::Handle {
                request,
                at,
                outcome,
            } => {
                next.requests[usize::from(request)] = match outcome {
                    Handled::By(_) if at + 1 == self.size.switches => Request::Outside,
                    Handled::By(version) => Request::Travelling {
                        version: Some(version),
                        next: at + 1,
                    },
                    Handled::Mixed { .. } => Request::Mixed,
                    Handled::Dropped(_) => Request::Dropped,
                };
            }
            Action::Notice(request) => {
                next.requests[usize::from(request)] = Request::Outside;
            }
        }
        let live = self.switches().all(|s| next.holds_only(s, next.target));
        if live && next.stamp.is_none_or(|stamp| stamp == next.target) {
            next.updating = false;
        }
        Some(next)
    }

    fn format_action(&self, action: &Action) -> String {
        words::action(*action)
    }

    fn format_step(&self, last: &State, action: Action) -> Option<String> {
        let next = self.next_state(last, action)?;
        Some(words::step(action, &next))
    }
}

impl ActionClasses for Network {
    fn action_classes(&self) -> Vec<Cow<'static, str>> {
        let own: &[&str] = match self.protocol {
            Protocol::TwoPhase { .. } => &[
                "an update begins",
                "rules are added",
                "the stamp changes",
                "old rules are removed",
                "a request is dropped",
            ],
            _ => &[
                "an update begins",
                "rules are replaced",
                "a request is handled by two versions",
            ],
        };
        let all = [
            "a request enters",
            "a switch handles a request",
            "a client notices harm",
        ];
        let names = own.iter().chain(&all).copied();
        names.map(Cow::from).collect()
    }

    fn action_class(&self, action: &Action) -> usize {
        let own = if self.protocol.stamps() { 5 } else { 3 };
        match action {
            Action::Begin(_) => 0,
            Action::Replace(..) | Action::Install(..) => 1,
            Action::Flip(_) => 2,
            Action::Remove(..) => 3,
            Action::Handle { outcome, .. } => match outcome {
                Handled::Mixed { .. } => 2,
                Handled::Dropped(_) => 4,
                Handled::By(_) => own + 1,
            },
            Action::Enter(..) => own,
            Action::Notice(_) => own + 2,
        }
    }
}
