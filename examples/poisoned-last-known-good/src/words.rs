//! Steps and states in words.

use std::fmt;

use planwright_core::Generation;

use crate::state::number;
use crate::{Action, Health, HealthGate, Protocol, Rollout, State, contained, known_good_works};

/// Who does what.
pub(crate) fn action(protocol: Protocol, action: Action) -> String {
    let (who, what) = parts(protocol, action);
    format!("{who:<10}  {what}")
}

/// Who, and what is done.
pub(crate) fn parts(protocol: Protocol, action: Action) -> (String, String) {
    let site = |ring: u8, site: u8| format!("site {ring}.{site}");
    let controller = |what: String| ("controller".to_owned(), what);
    let fine = |gate| match gate {
        HealthGate::UpNow => "nothing down",
        HealthGate::Acknowledged => "all work done",
    };
    match action {
        Action::Publish { plan, breaks } => (
            "planner".to_owned(),
            match breaks {
                None => format!("publishes {plan}, which works"),
                Some(ring) => format!("publishes {plan}, which will bring ring {ring} down"),
            },
        ),
        Action::Push {
            ring,
            site: number,
            plan,
        } => controller(format!("has {} load {plan}", site(ring, number))),
        Action::Look { ring } => controller(format!(
            "finds {} in ring {ring}, waits a while",
            fine(protocol.gate)
        )),
        Action::Advance { to } => controller(format!(
            "finds {} in ring {}, goes on to ring {to}",
            fine(protocol.gate),
            to - 1
        )),
        Action::Promote(plan) => controller(format!(
            "finds {} in the fleet, {plan} is the last-known-good",
            fine(protocol.promotion)
        )),
        Action::Finish {
            ring,
            site: number,
            plan,
            works,
        } => (
            site(ring, number),
            if works {
                format!("finishes its work on {plan}")
            } else {
                format!("crashes, working on {plan}")
            },
        ),
        Action::Alarm => controller("finds a site down, begins to roll back".to_owned()),
        Action::Restore {
            ring,
            site: number,
            plan,
        } => controller(format!("restores {plan} at {}", site(ring, number))),
        Action::FallBack(previous) => controller(format!(
            "gives up the last-known-good, {previous} was it before"
        )),
        Action::Lift => controller("finds all work done, ends the rollback".to_owned()),
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
    let bad = |plan: Generation| {
        let ring = next.broken_by(plan);
        ring.map_or_else(String::new, |ring| {
            format!("{plan} brings ring {ring} down")
        })
    };
    if let (false, Action::Push { plan, .. }) = (contained(last, &action, next), action) {
        damage.push(format!("GOES ON, although {}", bad(plan)));
    }
    if known_good_works(last) && !known_good_works(next) {
        damage.push(format!(
            "the last-known-good is POISONED: {}",
            bad(next.known_good)
        ));
    }
    damage
}

/// The last-known-good plan, and for each ring what its sites run: `2?` is plan 2 while work on it is
/// still to be done.
impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "good {}", number(self.known_good))?;
        if let Some(previous) = self.previous {
            write!(f, ", before {}", number(previous))?;
        }
        for (ring, sites) in self.sites.iter().enumerate() {
            let sites = sites.iter().flatten().map(|site| {
                let health = match site.health {
                    Health::Unproven => "?",
                    Health::Proven => "",
                    Health::Failed => " DOWN",
                };
                format!("{}{health}", number(site.plan))
            });
            let sites: Vec<_> = sites.collect();
            if !sites.is_empty() {
                write!(f, "  | r{ring}: {}", sites.join(", "))?;
            }
        }
        match self.rollout {
            Rollout::Idle => Ok(()),
            Rollout::Pushing { ring, .. } => {
                write!(f, "  | plan {} at r{ring}", number(self.newest))
            }
            Rollout::RollingBack => f.write_str("  | rolling back"),
        }
    }
}
