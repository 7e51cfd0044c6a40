//! The state of the fleet.

use std::iter;

use planwright_core::{Finite, Generation, PlanSet};

use crate::Health;

/// The most rings that a state has room for.
pub(crate) const RINGS: usize = 3;

/// The most sites that a ring has room for.
pub(crate) const SITES: usize = 3;

/// The most plans that a state has room for.
pub(crate) const PLANS: u8 = 5;

/// The sites, the rollout, and what it falls back on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Finite)]
pub struct State {
    /// The newest plan published.
    #[finite(1..=PLANS)]
    pub newest: Generation,
    /// For each ring the plans that bring its sites down, some time after they were loaded.
    #[finite(1..=PLANS)]
    pub(crate) breaks: [PlanSet; RINGS],
    /// What the controller does.
    pub rollout: Rollout,
    /// The last-known-good plan: what every site gets when one goes down.
    #[finite(1..=PLANS)]
    pub known_good: Generation,
    /// The last-known-good plan before that one, if the protocol keeps it.
    #[finite(1..=PLANS)]
    pub previous: Option<Generation>,
    pub(crate) sites: [[Option<Site>; SITES]; RINGS],
}

/// What the controller does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Finite)]
pub enum Rollout {
    /// It waits for the next plan.
    Idle,
    /// It brings the newest plan to the sites, ring by ring.
    Pushing {
        /// The ring that it is at.
        #[finite(0..RINGS)]
        ring: u8,
        /// How often it has looked at the health of this ring.
        #[finite(0..=1)]
        looks: u8,
    },
    /// It brings the last-known-good plan to all sites at once. No plan is published meanwhile.
    RollingBack,
}

/// A site of the fleet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Finite)]
pub struct Site {
    /// The plan that it runs.
    #[finite(1..=PLANS)]
    pub plan: Generation,
    /// What is known of that plan here.
    pub health: Health,
}

impl Site {
    /// A site that has just loaded a plan.
    pub fn loaded(plan: Generation) -> Self {
        Self {
            plan,
            health: Health::Unproven,
        }
    }
}

impl State {
    /// The sites of a ring.
    pub fn ring(&self, ring: u8) -> impl Iterator<Item = &Site> {
        self.sites[usize::from(ring)].iter().flatten()
    }

    /// Every site, with its ring and its number in it.
    pub fn sites(&self) -> impl Iterator<Item = (u8, u8, &Site)> {
        let rings = (0..).zip(&self.sites);
        rings.flat_map(|(ring, sites)| {
            let sites = (0..).zip(sites.iter().flatten());
            sites.map(move |(number, site)| (ring, number, site))
        })
    }

    /// Whether a plan brings the sites of a ring down.
    pub fn breaks(&self, plan: Generation, ring: u8) -> bool {
        self.breaks[usize::from(ring)].contains(plan)
    }

    /// The ring whose sites a plan brings down, if there is one.
    pub fn broken_by(&self, plan: Generation) -> Option<u8> {
        (0..RINGS as u8).find(|ring| self.breaks(plan, *ring))
    }

    /// How many plans bring sites down.
    pub fn bad_plans(&self) -> usize {
        self.breaks.iter().map(|plans| plans.iter().count()).sum()
    }

    /// Whether some site is down.
    pub fn is_down(&self) -> bool {
        self.sites()
            .any(|(_, _, site)| site.health == Health::Failed)
    }
}

/// The number of a plan, for words and codes: generations themselves can only be compared.
pub(crate) fn number(plan: Generation) -> u8 {
    let older = generations().take_while(|older| *older < plan);
    older.count() as u8 + 1
}

/// The plan of a number, counted from 1.
pub(crate) fn plan(number: u8) -> Generation {
    let plan = generations().nth(usize::from(number) - 1);
    plan.expect("a number that `number` gave")
}

fn generations() -> impl Iterator<Item = Generation> {
    iter::successors(Some(Generation::FIRST), |plan| plan.successor().ok())
}
