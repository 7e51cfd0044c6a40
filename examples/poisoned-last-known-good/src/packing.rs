//! States as words, and sites that can be renamed.

use itertools::Itertools as _;
use planwright_core::PlanSet;
use planwright_model::{Encode, Symmetric};

use crate::state::{PLANS, RINGS, SITES, number, plan};
use crate::{Action, Fleet, Health, Rollout, Site, State};

/// How many values the parts of a state have: none or a plan; a ring or none; what the controller does;
/// a site.
const NUMBERS: u64 = PLANS as u64 + 1;
const BREAKS: u64 = RINGS as u64 + 1;
const LOOKS: u64 = 2;
const ROLLOUTS: u64 = 2 + LOOKS * RINGS as u64;
const HEALTHS: u64 = 3;
const PLACES: u64 = HEALTHS * PLANS as u64;

impl Encode for Fleet {
    type Code = u64;

    fn encode(&self, state: &State) -> Option<u64> {
        let mut word = u64::from(number(state.newest));
        for number in 1..=PLANS {
            let broken = state.broken_by(plan(number));
            word = word * BREAKS + broken.map_or(0, |ring| u64::from(ring) + 1);
        }
        word = word * ROLLOUTS + rollout(state.rollout)?;
        word = word * NUMBERS + u64::from(number(state.known_good));
        word = word * NUMBERS + state.previous.map_or(0, |plan| number(plan).into());
        for (_, _, site) in state.sites() {
            word = word * PLACES + place(*site);
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
        let mut sites = [[None; SITES]; RINGS];
        for ring in sites[..usize::from(self.size.rings)].iter_mut().rev() {
            for site in ring[..usize::from(self.size.sites)].iter_mut().rev() {
                *site = Some(place_of(take(PLACES)));
            }
        }
        let previous = Some(take(NUMBERS) as u8).filter(|number| *number > 0);
        let known_good = plan(take(NUMBERS) as u8);
        let rollout = rollout_of(take(ROLLOUTS));
        let mut breaks = [PlanSet::EMPTY; RINGS];
        for number in (1..=PLANS).rev() {
            if let Some(ring) = take(BREAKS).checked_sub(1) {
                let plans = &mut breaks[ring as usize];
                *plans = plans.with(plan(number));
            }
        }
        State {
            newest: plan(take(NUMBERS) as u8),
            breaks,
            rollout,
            known_good,
            previous: previous.map(plan),
            sites,
        }
    }
}

// Every plan, ring and site fits a word.
const _: () = assert!(
    (NUMBERS as u128).pow(3)
        * (BREAKS as u128).pow(PLANS as u32)
        * ROLLOUTS as u128
        * (PLACES as u128).pow((RINGS * SITES) as u32)
        < u64::MAX as u128
);

fn rollout(rollout: Rollout) -> Option<u64> {
    Some(match rollout {
        Rollout::Idle => 0,
        Rollout::RollingBack => 1,
        Rollout::Pushing { ring, looks } => {
            let looks = Some(u64::from(looks)).filter(|looks| *looks < LOOKS)?;
            2 + u64::from(ring) * LOOKS + looks
        }
    })
}

fn rollout_of(code: u64) -> Rollout {
    match code {
        0 => Rollout::Idle,
        1 => Rollout::RollingBack,
        code => Rollout::Pushing {
            ring: ((code - 2) / LOOKS) as u8,
            looks: ((code - 2) % LOOKS) as u8,
        },
    }
}

fn place(site: Site) -> u64 {
    let health = match site.health {
        Health::Unproven => 0,
        Health::Proven => 1,
        Health::Failed => 2,
    };
    u64::from(number(site.plan) - 1) * HEALTHS + health
}

fn place_of(code: u64) -> Site {
    Site {
        plan: plan((code / HEALTHS) as u8 + 1),
        health: match code % HEALTHS {
            0 => Health::Unproven,
            1 => Health::Proven,
            _ => Health::Failed,
        },
    }
}

/// The sites of a ring are interchangeable. Rings are not: they come one after another.
impl Symmetric for Fleet {
    /// For each ring, the new number of each site.
    type Permutation = Vec<Vec<u8>>;

    fn permutations(&self) -> Vec<Vec<Vec<u8>>> {
        let of_ring = || {
            let sites = self.size.sites;
            (0..sites).permutations(sites.into())
        };
        let rings = (0..self.size.rings).map(|_| of_ring());
        rings.multi_cartesian_product().collect()
    }

    fn permute(&self, renamed: &Vec<Vec<u8>>, state: &State) -> State {
        let mut next = *state;
        for (ring, sites) in renamed.iter().enumerate() {
            for (old, new) in sites.iter().enumerate() {
                next.sites[ring][usize::from(*new)] = state.sites[ring][old];
            }
        }
        next
    }

    fn permute_action(&self, renamed: &Vec<Vec<u8>>, action: &Action) -> Action {
        let mut next = *action;
        if let Action::Push { ring, site, .. }
        | Action::Finish { ring, site, .. }
        | Action::Restore { ring, site, .. } = &mut next
        {
            *site = renamed[usize::from(*ring)][usize::from(*site)];
        }
        next
    }

    fn canonical(&self, state: &State) -> State {
        let mut next = *state;
        for ring in &mut next.sites {
            ring[..usize::from(self.size.sites)].sort_unstable();
        }
        next
    }
}
