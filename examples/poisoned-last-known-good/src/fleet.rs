//! The fleet as a model: what can happen, and what comes of it.

use std::borrow::Cow;

use planwright_core::{Generation, PlanSet};
use planwright_model::{ActionClasses, Model};

use crate::state::{RINGS, SITES, number};
use crate::{Action, Health, Protocol, Rollout, Site, Size, State, words};

/// Sites in rings, a controller that brings one plan after another to them, ring by ring, and a planner
/// whose plans may bring the sites of some ring down, a while after they were loaded.
///
/// What is one action is one step; everything else interleaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fleet {
    /// How plans are rolled out.
    pub protocol: Protocol,
    /// How large it is.
    pub size: Size,
}

impl Fleet {
    /// A fleet of this size under this protocol.
    pub fn new(protocol: Protocol, size: Size) -> Self {
        Self { protocol, size }
    }

    /// What the planner may publish next.
    fn publish(&self, state: &State, actions: &mut Vec<Action>) {
        let Ok(plan) = state.newest.successor() else {
            return;
        };
        if number(plan) > self.size.plans || state.is_down() {
            return;
        }
        let mut publish = |breaks| actions.push(Action::Publish { plan, breaks });
        publish(None);
        if state.bad_plans() < self.size.bad.into() {
            (0..self.size.rings).for_each(|ring| publish(Some(ring)));
        }
    }

    /// What the controller may do with the newest plan, in this ring.
    fn push(&self, state: &State, ring: u8, looks: u8, actions: &mut Vec<Action>) {
        let plan = state.newest;
        let in_ring = state.sites().filter(|(own, _, _)| *own == ring);
        let mut others = in_ring.filter(|(_, _, site)| site.plan != plan).peekable();
        if others.peek().is_some() {
            actions.extend(others.map(|(ring, site, _)| Action::Push { ring, site, plan }));
            return;
        }
        let protocol = &self.protocol;
        let (passes, onward) = if ring + 1 < self.size.rings {
            let health = state.ring(ring).map(|site| site.health);
            let passes = protocol.gate.passes(health);
            (passes, Action::Advance { to: ring + 1 })
        } else {
            let fleet = state.sites().map(|(_, _, site)| site.health);
            (protocol.promotion.passes(fleet), Action::Promote(plan))
        };
        if passes && looks + 1 < protocol.looks {
            actions.push(Action::Look { ring });
        } else if passes {
            actions.push(onward);
        }
    }

    /// What the controller may do while it rolls back.
    fn roll_back(&self, state: &State, actions: &mut Vec<Action>) {
        let plan = state.known_good;
        let failed = |site: &Site| site.plan == plan && site.health == Health::Failed;
        let left = state
            .sites()
            .filter(|(_, _, site)| site.plan != plan || failed(site));
        actions.extend(left.map(|(ring, site, _)| Action::Restore { ring, site, plan }));
        if let Some(previous) = state.previous
            && state.sites().any(|(_, _, site)| failed(site))
        {
            actions.push(Action::FallBack(previous));
        }
        let restored = |site: &Site| site.plan == plan && site.health == Health::Proven;
        if state.sites().all(|(_, _, site)| restored(site)) {
            actions.push(Action::Lift);
        }
    }

    /// A site that has loaded a plan in this ring, and done its work if it does so at once.
    fn loaded(&self, state: &State, ring: u8, plan: Generation) -> Site {
        let site = Site::loaded(plan);
        if self.protocol.synchronous {
            finished(state, ring, site)
        } else {
            site
        }
    }
}

/// The site once its work is done.
fn finished(state: &State, ring: u8, site: Site) -> Site {
    let health = if state.breaks(site.plan, ring) {
        Health::Failed
    } else {
        Health::Proven
    };
    Site { health, ..site }
}

impl Model for Fleet {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let site = Site {
            plan: Generation::FIRST,
            health: Health::Proven,
        };
        let mut sites = [[None; SITES]; RINGS];
        for ring in &mut sites[..usize::from(self.size.rings)] {
            ring[..usize::from(self.size.sites)].fill(Some(site));
        }
        vec![State {
            newest: Generation::FIRST,
            breaks: [PlanSet::EMPTY; RINGS],
            rollout: Rollout::Idle,
            known_good: Generation::FIRST,
            previous: None,
            sites,
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        let unproven = state
            .sites()
            .filter(|(_, _, site)| site.health == Health::Unproven);
        actions.extend(unproven.map(|(ring, number, site)| Action::Finish {
            ring,
            site: number,
            plan: site.plan,
            works: !state.breaks(site.plan, ring),
        }));
        match state.rollout {
            Rollout::Idle => self.publish(state, actions),
            Rollout::Pushing { ring, looks } => self.push(state, ring, looks, actions),
            Rollout::RollingBack => self.roll_back(state, actions),
        }
        if state.is_down() && state.rollout != Rollout::RollingBack {
            actions.push(Action::Alarm);
        }
    }

    fn next_state(&self, state: &State, action: Action) -> Option<State> {
        let mut next = *state;
        let site = |next: &mut State, ring: u8, site: u8, to| {
            next.sites[usize::from(ring)][usize::from(site)] = Some(to);
        };
        match action {
            Action::Publish { plan, breaks } => {
                next.newest = plan;
                if let Some(ring) = breaks {
                    let plans = &mut next.breaks[usize::from(ring)];
                    *plans = plans.with(plan);
                }
                next.rollout = Rollout::Pushing { ring: 0, looks: 0 };
            }
            Action::Push {
                ring,
                site: number,
                plan,
            }
            | Action::Restore {
                ring,
                site: number,
                plan,
            } => site(&mut next, ring, number, self.loaded(state, ring, plan)),
            Action::Look { ring } => {
                let Rollout::Pushing { looks, .. } = state.rollout else {
                    return None;
                };
                let looks = looks + 1;
                next.rollout = Rollout::Pushing { ring, looks };
            }
            Action::Advance { to } => {
                next.rollout = Rollout::Pushing { ring: to, looks: 0 };
            }
            Action::Promote(plan) => {
                next.previous = self.protocol.keeps_previous.then_some(state.known_good);
                next.known_good = plan;
                next.rollout = Rollout::Idle;
            }
            Action::Finish {
                ring,
                site: number,
                plan,
                ..
            } => {
                let done = finished(state, ring, Site::loaded(plan));
                site(&mut next, ring, number, done);
            }
            Action::Alarm => next.rollout = Rollout::RollingBack,
            Action::FallBack(previous) => {
                next.known_good = previous;
                next.previous = None;
            }
            Action::Lift => next.rollout = Rollout::Idle,
        }
        Some(next)
    }

    fn format_action(&self, action: &Action) -> String {
        words::action(self.protocol, *action)
    }

    fn format_step(&self, last: &State, action: Action) -> Option<String> {
        let next = self.next_state(last, action)?;
        Some(words::step(last, action, &next))
    }
}

impl ActionClasses for Fleet {
    fn action_classes(&self) -> Vec<Cow<'static, str>> {
        let names = [
            "a plan that works is published",
            "a plan that breaks a ring is published",
            "a site loads a plan",
            "the gate of a ring makes sure",
            "the gate of a ring lets a plan pass",
            "a plan becomes the last-known-good",
            "a site finishes its work",
            "a site goes down",
            "a rollback begins",
            "a site is restored",
            "the last-known-good is given up",
            "a rollback ends",
        ];
        names.map(Cow::from).into()
    }

    fn action_class(&self, action: &Action) -> usize {
        match action {
            Action::Publish { breaks: None, .. } => 0,
            Action::Publish { .. } => 1,
            Action::Push { .. } => 2,
            Action::Look { .. } => 3,
            Action::Advance { .. } => 4,
            Action::Promote(_) => 5,
            Action::Finish { works: true, .. } => 6,
            Action::Finish { .. } => 7,
            Action::Alarm => 8,
            Action::Restore { .. } => 9,
            Action::FallBack(_) => 10,
            Action::Lift => 11,
        }
    }
}
