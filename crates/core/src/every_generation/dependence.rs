//! Whether any step depends on what patterns leave out.

use std::collections::HashSet;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use planwright_model::{Model, Symmetric};

use super::model::{actions_within, step_within};
use super::unreferred::{Difference, Tried};
use super::{EveryGeneration, Pattern};
use crate::{Enactor, PackLocal, PlanSet, SystemAction, SystemState};

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

/// Which of the states that share a pattern [`EveryGeneration::dependence`] compares with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Probes {
    /// All: one plan that nothing refers to at every place, plans in every number in every gap, and what
    /// is forgotten after every step. Right for protocols that are new, and the default.
    #[default]
    Every,
    /// A few of each, which are chosen by the pattern's contents. Many times faster; in an exploration
    /// of thousands of patterns, each place and number is still met often.
    Sampled,
}

/// How many places for one plan are compared where they are [sampled](Probes::Sampled).
const PLACES: u64 = 3;

/// How many places and numbers of several plans are compared where they are sampled.
const ROOMS: u64 = 2;

/// How many states that differ only in plans nothing refers to may come before a step that is expected.
const PATIENCE: usize = 4096;

/// A step, the state it leads to, and the pattern of that.
struct Led<L, const A: usize, const B: usize> {
    step: SystemAction<L>,
    after: SystemState<L, A, B>,
    pattern: Pattern<L, A, B>,
}

impl<E: Enactor<Local: PackLocal>, const A: usize, const B: usize> EveryGeneration<E, A, B> {
    /// The first step found that depends on what the pattern leaves out, in states that have this
    /// pattern: with one plan that nothing refers to wherever there is room between two generations, and
    /// below the oldest; with more of them, in every number there is, which shows a protocol that counts
    /// plans; both move the numbers, which shows one that knows a generation by its number; and the
    /// states after each step as they are before anything is forgotten.
    ///
    /// Which of these are tried is set by [`probes`](Self::probes). Operators' steps are left out: what
    /// they turn to is [remembered](Pattern::remembered).
    ///
    /// Takes time proportional to the number of states tried, times the steps of the pattern, and times
    /// the steps that delete what nothing refers to.
    pub fn dependence(&self, pattern: &Pattern<E::Local, A, B>) -> Option<Dependence> {
        // Which samples are chosen may not rest on the enactors' names.
        let pattern = &match self.probes {
            Probes::Every => *pattern,
            Probes::Sampled => self.canonical(pattern),
        };
        let known = self.led(&pattern.state, pattern.remembered);
        let mut worst = None;
        for tried in self.tried(pattern) {
            match self.compare(pattern, &known, &tried) {
                allows @ Some(Dependence::Allows { .. }) => return allows,
                prevents => worst = worst.or(prevents),
            }
        }
        for led in self.some_of(pattern, &known, 1) {
            let (left, _) = self.system.forgetful(&led.after, pattern.remembered);
            if left.state == led.after {
                continue;
            }
            let tried = Tried {
                state: led.after,
                remembered: left.remembered,
                difference: Difference::Forgotten,
            };
            let known = self.led(&led.pattern.state, led.pattern.remembered);
            match self.compare(&led.pattern, &known, &tried) {
                allows @ Some(Dependence::Allows { .. }) => return allows,
                prevents => worst = worst.or(prevents),
            }
        }
        worst
    }

    /// The pattern with plans that nothing refers to.
    fn tried(&self, pattern: &Pattern<E::Local, A, B>) -> Vec<Tried<E::Local, A, B>> {
        let (_, left) = self.system.forgetful(&pattern.state, pattern.remembered);
        let (places, rooms) = (self.places(left.generations), self.rooms(left.generations));
        let one = self.some_of(pattern, &places, PLACES).into_iter();
        let many = self.some_of(pattern, &rooms, ROOMS).into_iter();
        let one = one.filter_map(|place| self.with_one(pattern, left, place));
        one.chain(many.map(|room| self.with_many(pattern, left, room)))
            .collect()
    }

    /// All of them, or as many, chosen by the contents of the pattern: the same in every exploration.
    fn some_of<'t, T>(
        &self,
        pattern: &Pattern<E::Local, A, B>,
        all: &'t [T],
        number: u64,
    ) -> Vec<&'t T> {
        if self.probes == Probes::Every || all.len() as u64 <= number {
            return all.iter().collect();
        }
        let choice = |seed| {
            let mut hasher = DefaultHasher::new();
            (seed, pattern).hash(&mut hasher);
            &all[(hasher.finish() % all.len() as u64) as usize]
        };
        (0..number).map(choice).collect()
    }

    /// What the steps that operators do not take lead to.
    fn led(
        &self,
        state: &SystemState<E::Local, A, B>,
        remembered: PlanSet,
    ) -> Vec<Led<E::Local, A, B>> {
        let actions = actions_within(&self.system, state).into_iter();
        let own = actions.filter(|action| !action.is_by_operator());
        own.filter_map(|step| {
            let after = step_within(&self.system, state, step)?;
            let pattern = self.system.pattern(&after, remembered);
            Some(Led {
                step,
                after,
                pattern,
            })
        })
        .collect()
    }

    /// Compares the steps of a state with those of its pattern, which are `known`.
    fn compare(
        &self,
        pattern: &Pattern<E::Local, A, B>,
        known: &[Led<E::Local, A, B>],
        tried: &Tried<E::Local, A, B>,
    ) -> Option<Dependence> {
        let words = |step: &SystemAction<_>| self.system.format_action(step);
        let Tried {
            state, remembered, ..
        } = *tried;
        // States that differ from the first only in what nothing refers to; the latest first, because
        // what a step waits for may take many deletions.
        let mut open = vec![state];
        let mut seen = HashSet::from([state]);
        let stays = |led: &Led<_, A, B>| led.pattern == *pattern;
        let mut reached: Vec<bool> = known.iter().map(stays).collect();
        while let Some(here) = open.pop() {
            for Led {
                step,
                after,
                pattern: image,
            } in self.led(&here, remembered)
            {
                if image == *pattern {
                    // Publishing can lead to the same pattern for ever.
                    let published = after.newest != here.newest;
                    if !published && seen.len() < PATIENCE && seen.insert(after) {
                        open.push(after);
                    }
                    continue;
                }
                let mut strange = true;
                for (known, reached) in known.iter().zip(&mut reached) {
                    if known.pattern == image {
                        (*reached, strange) = (true, false);
                    }
                }
                if strange {
                    let because = tried.to_string();
                    return Some(Dependence::Allows {
                        step: words(&step),
                        because,
                    });
                }
            }
            // States with fewer plans are compared by themselves.
            if tried.difference != Difference::One && reached.iter().all(|reached| *reached) {
                break;
            }
        }
        let missing = reached.iter().position(|reached| !reached)?;
        let mut because = tried.to_string();
        if seen.len() >= PATIENCE {
            because += &format!(" (as far as {PATIENCE} deletions tell)");
        }
        let step = words(&known[missing].step);
        Some(Dependence::Prevents { step, because })
    }
}
