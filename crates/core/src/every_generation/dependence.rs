//! Whether any step depends on what patterns leave out.

use std::fmt;

use itertools::Itertools;

use super::model::{actions_within, step_within};
use super::renaming::Renaming;
use super::{EveryGeneration, Pattern};
use crate::{Enactor, Generation, PackLocal, PlanSet, SystemState};

/// A step that depends on a plan that nothing refers to, or on how generations are numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dependence {
    /// Something can happen in a state that cannot happen in its pattern. What patterns show says
    /// nothing about such a system.
    Allows {
        /// The step, in words.
        step: String,
        /// What the pattern leaves out.
        because: String,
    },
    /// Something that can happen in the pattern cannot happen in the state. Patterns then show more
    /// than can happen: what always holds there always holds, and no more is shown.
    Prevents {
        /// The step, in words.
        step: String,
        /// What the pattern leaves out.
        because: String,
    },
}

impl fmt::Display for Dependence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Allows { step, because } => {
                write!(f, "`{step}` can happen only because {because}")
            }
            Self::Prevents { step, because } => {
                write!(f, "`{step}` cannot happen because {because}")
            }
        }
    }
}

/// A state of a pattern, with a plan in it that nothing refers to.
struct Haunted<L, const A: usize, const B: usize> {
    state: Pattern<L, A, B>,
    ghost: Generation,
}

/// How many steps that delete plans nothing refers to may come before a step is expected.
const PATIENCE: usize = 64;

impl<E: Enactor<Local: PackLocal>, const A: usize, const B: usize> EveryGeneration<E, A, B> {
    /// The first step found that depends on what the pattern leaves out: tried by putting one plan
    /// that nothing refers to wherever there is room between two generations, and below the oldest,
    /// which also moves the numbers; and by putting there as many as there are numbers for, which
    /// shows a protocol that counts plans.
    ///
    /// Operators' steps are left out: what they turn to is [remembered](Pattern::remembered).
    ///
    /// Takes time proportional to the square of the number of generations in the pattern, times the
    /// number of its steps; for checks of every pattern of small systems, and samples of large ones.
    pub fn dependence(&self, pattern: &Pattern<E::Local, A, B>) -> Option<Dependence> {
        let successors = self.successors(pattern);
        let mut worst = None;
        for haunted in self.haunted(pattern) {
            match self.compare(pattern, &successors, &haunted) {
                allows @ Some(Dependence::Allows { .. }) => return allows,
                prevents => worst = worst.or(prevents),
            }
        }
        let crowded = self.crowded(pattern).into_iter();
        let mut allowed = crowded.filter_map(|state| self.allows(pattern, &successors, &state));
        allowed.next().or(worst)
    }

    /// A step of the state that leads to none of the patterns after one step.
    fn allows(
        &self,
        pattern: &Pattern<E::Local, A, B>,
        successors: &[(String, Pattern<E::Local, A, B>)],
        state: &Pattern<E::Local, A, B>,
    ) -> Option<Dependence> {
        let mut steps = self.plain_steps(&state.state, state.remembered).into_iter();
        let strange = |image: &_| image != pattern && successors.iter().all(|(_, k)| k != image);
        let (step, ..) = steps.find(|(_, _, image)| strange(image))?;
        let because = format!("many plans exist, which nothing refers to, in {state:?}");
        Some(Dependence::Allows { step, because })
    }

    /// States of the pattern with as many plans that nothing refers to as there are numbers for: below the
    /// oldest, or in one gap that may be as large as one likes.
    fn crowded(&self, pattern: &Pattern<E::Local, A, B>) -> Vec<Pattern<E::Local, A, B>> {
        let (_, left) = self.system.forgetful(&pattern.state, pattern.remembered);
        let (Some(oldest), Some(newest)) = (left.oldest(), left.newest()) else {
            return Vec::new();
        };
        let span = newest.index() - oldest.index();
        // The planner must have a number left.
        let Some(crowd) = (Generation::CAPACITY as u32).checked_sub(span + 2) else {
            return Vec::new();
        };
        let largest = u32::from(self.system.largest_gap());
        let gaps = left.iter().tuple_windows();
        let wide = gaps.filter(|(a, b)| b.index() - a.index() >= largest);
        let zones = std::iter::once(oldest).chain(wide.map(|(_, newer)| newer));
        let epochs = self.system.epochs(&pattern.state);
        let with_crowd = |zone: Generation| {
            let first = if zone == oldest { crowd } else { 0 };
            let renaming = Renaming::spread(left, epochs, first, |a, b| {
                let more = if b == zone { crowd } else { 0 };
                b.index() - a.index() + more
            });
            let mut state = self.system.renamed(pattern, &renaming);
            let end = renaming.generation(zone).index();
            for plan in (end - crowd..end).filter_map(Generation::from_index) {
                let content = plan;
                state.state.store.publish(crate::Plan {
                    generation: plan,
                    content,
                });
            }
            state
        };
        zones.map(with_crowd).collect()
    }

    /// The patterns after one step that operators do not take, with the step in words.
    fn successors(
        &self,
        pattern: &Pattern<E::Local, A, B>,
    ) -> Vec<(String, Pattern<E::Local, A, B>)> {
        let steps = self.plain_steps(&pattern.state, pattern.remembered);
        steps
            .into_iter()
            .map(|(step, _, after)| (step, after))
            .collect()
    }

    /// Steps in words, the states they lead to, and the patterns of those.
    #[expect(clippy::type_complexity, reason = "three things of each step")]
    fn plain_steps(
        &self,
        state: &SystemState<E::Local, A, B>,
        remembered: PlanSet,
    ) -> Vec<(String, SystemState<E::Local, A, B>, Pattern<E::Local, A, B>)> {
        use planwright_model::Model;
        let actions = actions_within(&self.system, state).into_iter();
        let own = actions.filter(|action| !action.is_by_operator());
        own.filter_map(|action| {
            let after = step_within(&self.system, state, action)?;
            let pattern = self.system.pattern(&after, remembered);
            Some((self.system.format_action(&action), after, pattern))
        })
        .collect()
    }

    fn compare(
        &self,
        pattern: &Pattern<E::Local, A, B>,
        successors: &[(String, Pattern<E::Local, A, B>)],
        haunted: &Haunted<E::Local, A, B>,
    ) -> Option<Dependence> {
        let Haunted { state, ghost } = haunted;
        let because = || format!("{ghost} exists, which nothing refers to, in {state:?}");
        // States that differ from the haunted one only in what nothing refers to.
        let mut alike = vec![state.state];
        let mut reached: Vec<Pattern<E::Local, A, B>> = Vec::new();
        let mut next = 0;
        while let Some(here) = alike.get(next).copied() {
            next += 1;
            for (step, after, image) in self.plain_steps(&here, state.remembered) {
                if image == *pattern {
                    // Publishing can lead to the same pattern for ever.
                    let published = after.newest != here.newest;
                    if !published && alike.len() < PATIENCE && !alike.contains(&after) {
                        alike.push(after);
                    }
                } else if successors.iter().any(|(_, known)| *known == image) {
                    reached.push(image);
                } else {
                    let because = because();
                    return Some(Dependence::Allows { step, because });
                }
            }
        }
        let missing = successors
            .iter()
            .find(|(_, known)| known != pattern && !reached.contains(known));
        missing.map(|(step, _)| Dependence::Prevents {
            step: step.clone(),
            because: because(),
        })
    }

    /// States of the pattern with one more plan, which nothing refers to.
    fn haunted(&self, pattern: &Pattern<E::Local, A, B>) -> Vec<Haunted<E::Local, A, B>> {
        let largest = u32::from(self.system.largest_gap());
        let (_, left) = self.system.forgetful(&pattern.state, pattern.remembered);
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
                .map(move |(above, below)| (newer, above, below))
        });
        places
            .filter_map(|(newer, above, below)| self.haunt(pattern, left, newer, above, below))
            .collect()
    }

    /// The pattern with a plan `below` generations older than `newer`, and `above` generations newer
    /// than what comes before it; `None` if the numbers do not suffice.
    fn haunt(
        &self,
        pattern: &Pattern<E::Local, A, B>,
        left: PlanSet,
        newer: Generation,
        above: u32,
        below: u32,
    ) -> Option<Haunted<E::Local, A, B>> {
        let (oldest, newest) = (left.oldest()?, left.newest()?);
        let widened = if newer == oldest {
            below
        } else {
            above + below
        };
        // The planner must have a number left.
        if newest.index() - oldest.index() + widened + 2 > Generation::CAPACITY as u32 {
            return None;
        }
        let epochs = self.system.epochs(&pattern.state);
        let first = if newer == oldest { below } else { 0 };
        let renaming = Renaming::spread(left, epochs, first, |a, b| {
            if b == newer {
                above + below
            } else {
                b.index() - a.index()
            }
        });
        let mut state = self.system.renamed(pattern, &renaming);
        let ghost = Generation::from_index(renaming.generation(newer).index() - below)?;
        state.state.store.publish(crate::Plan {
            generation: ghost,
            content: ghost,
        });
        Some(Haunted { state, ghost })
    }
}
