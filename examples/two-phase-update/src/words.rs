//! Steps and states in words.

use std::fmt;

use crate::state::SWITCHES;
use crate::{Action, Handled, Request, State};

/// Who does what.
pub(crate) fn action(action: Action) -> String {
    let (who, what) = parts(action);
    format!("{who:<10}  {what}")
}

/// Who, and what is done.
pub(crate) fn parts(action: Action) -> (String, String) {
    match action {
        Action::Begin(version) => (
            "controller".to_owned(),
            format!("begins to bring version {version} live"),
        ),
        Action::Replace(switch, version) => (
            "controller".to_owned(),
            format!("replaces the rules of s{switch} by version {version}"),
        ),
        Action::Install(switch, version) => (
            "controller".to_owned(),
            format!("adds version {version} at s{switch}, next to what is there"),
        ),
        Action::Flip(version) => (
            "controller".to_owned(),
            format!("has the ingress stamp version {version}"),
        ),
        Action::Remove(switch, version) => (
            "controller".to_owned(),
            format!("removes what is older than version {version} from s{switch}"),
        ),
        Action::Enter(request, stamp) => (
            format!("client {request}"),
            match stamp {
                Some(version) => format!("sends r{request}, stamped with version {version}"),
                None => format!("sends r{request}"),
            },
        ),
        Action::Handle {
            request,
            at,
            outcome,
        } => (
            format!("switch {at}"),
            match outcome {
                Handled::By(version) => format!("handles r{request} by version {version}"),
                Handled::Mixed { now, .. } => format!("handles r{request} by version {now}"),
                Handled::Dropped(version) => {
                    format!("reads stamp {version} on r{request}, finds no rules, drops it")
                }
            },
        ),
        Action::Notice(request) => (
            format!("client {request}"),
            format!("notices what became of r{request}"),
        ),
    }
}

/// The state after a step, and below it what went wrong.
pub(crate) fn step(action: Action, next: &State) -> String {
    match damage(action) {
        Some(damage) => format!("{next:?}\n^ {damage}"),
        None => format!("{next:?}"),
    }
}

/// What went wrong in a step.
pub(crate) fn damage(action: Action) -> Option<String> {
    match action {
        Action::Handle {
            request, outcome, ..
        } => match outcome {
            Handled::Mixed { before, now } => Some(format!(
                "r{request} is MIXED: by version {before} before, by version {now} here"
            )),
            Handled::Dropped(version) => Some(format!(
                "r{request} is DROPPED: the rules of version {version} are not here"
            )),
            Handled::By(_) => None,
        },
        _ => None,
    }
}

/// What the ingress stamps, what each switch holds, and where the requests are; switches and requests
/// that the network does not have are left out.
impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words = Vec::new();
        words.extend(self.stamp.map(|version| format!("stamp {version} ")));
        for switch in 0..SWITCHES as u8 {
            let versions: Vec<_> = self.versions(switch).map(|v| v.to_string()).collect();
            if !versions.is_empty() {
                words.push(format!("s{switch} {{{}}}", versions.join(",")));
            }
        }
        for (number, request) in self.requests().iter().enumerate() {
            match request {
                Request::Outside => {}
                Request::Travelling { version, next } => {
                    let version = version.map_or_else(String::new, |v| format!(" ({v})"));
                    words.push(format!(" r{number}{version} -> s{next}"));
                }
                Request::Dropped => words.push(format!(" r{number} DROPPED")),
                Request::Mixed => words.push(format!(" r{number} MIXED")),
            }
        }
        f.write_str(&words.join(" "))
    }
}
