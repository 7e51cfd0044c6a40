//! States that share a pattern, with more plans in them that nothing refers to.

use std::fmt;

use itertools::Itertools;

use super::references::Left;
use super::renaming::Renaming;
use super::{EveryGeneration, Pattern};
use crate::{Enactor, Generation, PackLocal, Plan, PlanSet, SystemState};

/// What a state has that its pattern has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Difference {
    /// One plan that nothing refers to.
    One,
    /// So many.
    Many(u32),
    /// Whatever is forgotten.
    Forgotten,
}

/// A state that is compared with its pattern.
pub(super) struct Tried<L, const A: usize, const B: usize> {
    pub(super) state: SystemState<L, A, B>,
    pub(super) remembered: PlanSet,
    pub(super) difference: Difference,
}

impl<L: fmt::Debug + Default + PartialEq, const A: usize, const B: usize> fmt::Display
    for Tried<L, A, B>
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.difference {
            Difference::One => f.write_str("a plan exists that nothing refers to")?,
            Difference::Many(1) => f.write_str("a plan exists that nothing refers to, far away")?,
            Difference::Many(plans) => write!(f, "{plans} plans exist that nothing refers to")?,
            Difference::Forgotten => f.write_str("something that was forgotten matters")?,
        }
        write!(f, ", in {:?}", self.state)
    }
}

/// Room for plans that nothing refers to: just below `newer`.
pub(super) struct Room {
    newer: Generation,
    /// How many plans.
    pub(super) plans: u32,
}

/// A place for one plan that nothing refers to: `below` generations older than `newer`, and `above`
/// generations newer than what comes before it.
pub(super) struct Place {
    newer: Generation,
    above: u32,
    below: u32,
}

impl<E: Enactor<Local: PackLocal>, const A: usize, const B: usize> EveryGeneration<E, A, B> {
    /// Where there is room for any number of plans, and each number there are names for: below the
    /// oldest generation, and in the gaps that may be as large as one likes.
    pub(super) fn rooms(&self, left: PlanSet) -> Vec<Room> {
        let (Some(oldest), Some(newest)) = (left.oldest(), left.newest()) else {
            return Vec::new();
        };
        let span = newest.index() - oldest.index();
        // The planner must have a number left.
        let most = (Generation::CAPACITY as u32).saturating_sub(span + 2);
        let largest = u32::from(self.system.largest_gap());
        let gaps = left.iter().tuple_windows();
        let wide = gaps.filter(|(a, b)| b.index() - a.index() >= largest);
        let zones = std::iter::once(oldest).chain(wide.map(|(_, newer)| newer));
        zones
            .cartesian_product(1..=most)
            .map(|(newer, plans)| Room { newer, plans })
            .collect()
    }

    /// The pattern with as many plans as there is room for.
    pub(super) fn with_many(
        &self,
        pattern: &Pattern<E::Local, A, B>,
        left: Left,
        room: &Room,
    ) -> Tried<E::Local, A, B> {
        let Room { newer, plans } = *room;
        let oldest = left.generations.oldest();
        let first = if oldest == Some(newer) { plans } else { 0 };
        let renaming = Renaming::spread(left, first, |a, b| {
            let more = if b == newer { plans } else { 0 };
            b.index() - a.index() + more
        });
        let mut tried = self.system.renamed(pattern, &renaming);
        let end = renaming.generation(newer).index();
        for plan in (end - plans..end).filter_map(Generation::from_index) {
            tried.state.store.publish(unreferred(plan));
        }
        Tried {
            state: tried.state,
            remembered: tried.remembered,
            difference: Difference::Many(plans),
        }
    }

    /// The places for one more plan that can be told apart.
    pub(super) fn places(&self, left: PlanSet) -> Vec<Place> {
        let largest = u32::from(self.system.largest_gap());
        let below = left.oldest().map(|oldest| (None, oldest));
        let between = left.iter().tuple_windows().map(|(a, b)| (Some(a), b));
        let zones = below.into_iter().chain(between);
        let places = zones.flat_map(|(older, newer)| {
            let gap = older.map_or(largest, |older| newer.index() - older.index());
            let distances = (1..=largest).cartesian_product(1..=largest);
            distances
                .filter(move |(above, below)| match older {
                    // Nothing is below, so only the distance to the next one counts.
                    None => *above == 1,
                    Some(_) if gap < largest => above + below == gap,
                    Some(_) => above + below >= gap,
                })
                .map(move |(above, below)| Place {
                    newer,
                    above,
                    below,
                })
        });
        places.collect()
    }

    /// The pattern with one more plan; `None` if the numbers do not suffice.
    pub(super) fn with_one(
        &self,
        pattern: &Pattern<E::Local, A, B>,
        left: Left,
        place: &Place,
    ) -> Option<Tried<E::Local, A, B>> {
        let Place {
            newer,
            above,
            below,
        } = *place;
        let (oldest, newest) = (left.generations.oldest()?, left.generations.newest()?);
        let widened = if newer == oldest {
            below
        } else {
            above + below
        };
        // The planner must have a number left.
        if newest.index() - oldest.index() + widened + 2 > Generation::CAPACITY as u32 {
            return None;
        }
        let first = if newer == oldest { below } else { 0 };
        let renaming = Renaming::spread(left, first, |a, b| {
            if b == newer {
                above + below
            } else {
                b.index() - a.index()
            }
        });
        let mut tried = self.system.renamed(pattern, &renaming);
        let ghost = Generation::from_index(renaming.generation(newer).index() - below)?;
        tried.state.store.publish(unreferred(ghost));
        Some(Tried {
            state: tried.state,
            remembered: tried.remembered,
            difference: Difference::One,
        })
    }
}

fn unreferred(generation: Generation) -> Plan {
    Plan {
        generation,
        content: generation,
    }
}
