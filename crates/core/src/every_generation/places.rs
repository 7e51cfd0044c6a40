//! States of a pattern with one more plan that nothing refers to.

use itertools::Itertools;
use planwright_model::finite::Finite;

use super::EveryGeneration;
use super::cases::{Member, Zones};
use super::dependence::Dependence;
use super::references::Known;
use super::renaming::Renaming;
use crate::plan_bits::PlanBits;
use crate::{Enactor, Generation};

/// A place for one more plan: `below` generations older than `newer`, and `above` generations newer than
/// the generation before that, where gaps count up to the largest that is kept.
struct Place {
    newer: Generation,
    above: u32,
    below: u32,
}

impl<E: Enactor<Local: Finite>> EveryGeneration<E> {
    /// The state with one more plan, at every place in these zones that can be told apart.
    ///
    /// # Errors
    ///
    /// If the numbers do not suffice.
    #[expect(
        clippy::type_complexity,
        reason = "states with the plan they have more"
    )]
    pub(super) fn with_one_more(
        &self,
        member: &Member<E::Local>,
        zones: &Zones,
    ) -> Result<Vec<(Member<E::Local>, Generation)>, Dependence> {
        let places = self.places(&member.names).into_iter();
        let places = places.filter(|place| zones.are_below(place.newer));
        places.map(|place| self.with_plan(member, &place)).collect()
    }

    /// The state without a plan that nothing refers to.
    pub(super) fn without(
        &self,
        member: &Member<E::Local>,
        plan: Generation,
    ) -> Result<Member<E::Local>, Dependence> {
        let others = |plans: PlanBits| plans.difference(PlanBits::EMPTY.and(plan));
        let names = Known {
            generations: others(member.names.generations),
            ..member.names
        };
        let renaming = Renaming::smallest(&names, self.gap)?;
        let mut state = member.state;
        state.store = state.store.with_only(names.generations);
        let state = renaming.member(&state);
        Ok(Member {
            state,
            unreferenced: renaming.plans(others(member.unreferenced)),
            remembered: renaming.plans(member.remembered),
            names: Known {
                generations: renaming.plans(names.generations),
                epochs: names.epochs,
                newest: state.newest,
            },
        })
    }

    /// No plan is newer than the newest published one.
    fn places(&self, names: &Known) -> Vec<Place> {
        let largest = u32::from(self.gap);
        let Some(newest) = names.newest else {
            return Vec::new();
        };
        let known = names
            .generations
            .difference(names.generations.newer(newest));
        let oldest = known.oldest().map(|oldest| (None, oldest));
        let between = known.iter().tuple_windows().map(|(a, b)| (Some(a), b));
        let zones = oldest.into_iter().chain(between);
        let places = zones.flat_map(|(older, newer)| {
            let distances = (1..=largest).cartesian_product(1..=largest);
            distances
                .filter(move |(above, below)| match older {
                    // Nothing is below, so only the distance to the next one counts.
                    None => *above == 1,
                    Some(older) => match newer.index() - older.index() {
                        gap if gap < largest => above + below == gap,
                        // This gap stands for all larger ones.
                        gap => above + below >= gap,
                    },
                })
                .map(move |(above, below)| Place {
                    newer,
                    above,
                    below,
                })
        });
        places.collect()
    }

    fn with_plan(
        &self,
        member: &Member<E::Local>,
        place: &Place,
    ) -> Result<(Member<E::Local>, Generation), Dependence> {
        let Place {
            newer,
            above,
            below,
        } = *place;
        let names = &member.names;
        let is_oldest = names.generations.oldest().is_some_and(|g| g.is(newer));
        let room = if is_oldest { below } else { 0 };
        let renaming = Renaming::spread(names, room, |older, b| {
            if b.is(newer) {
                above + below
            } else {
                b.index() - older.index()
            }
        })?;
        let mut state = renaming.member(&member.state);
        let plan = renaming.generation(newer).index() - below;
        let plan = Generation::from_index(plan).map(Generation::symbolic);
        let plan = plan.expect("a name below one that there is");
        state.store.publish(plan);
        let names = Known {
            generations: renaming.plans(names.generations).and(plan),
            // Epochs have their smallest names in every pattern.
            epochs: names.epochs,
            newest: state.newest,
        };
        let more = Member {
            state,
            unreferenced: renaming.plans(member.unreferenced).and(plan),
            remembered: renaming.plans(member.remembered),
            names,
        };
        Ok((more, plan))
    }
}
