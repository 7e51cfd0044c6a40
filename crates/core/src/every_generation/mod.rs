#![doc = include_str!("README.md")]

mod cases;
mod dependence;
mod encode;
pub mod every_number;
mod model;
mod pattern;
mod places;
mod references;
mod remember;
mod renaming;

use std::collections::HashSet;

use planwright_model::Model;
use planwright_model::finite::Finite;

use self::cases::{Zones, notices, place};
use self::model::refuse;
use crate::instrumentation::reads_of;
use crate::plan_bits::PlanBits;
use crate::reads::{Fact, Reads};
use crate::{ConfigError, Enactor, Generation, Planner, SystemAction, SystemState, UpdateSystem};

pub use dependence::Dependence;
pub use pattern::{Pattern, PatternStep};

/// An [`UpdateSystem`] whose planner never runs out of generations, explored up to renaming them.
///
/// Its states are [`Pattern`]s, of which there are finitely many, so that an exploration that ends
/// shows what holds for every number of generations. The module's page says why that is so, of which
/// kinds of property, and what a protocol must keep to.
///
/// ```
/// use planwright_core::{
///     Enactor, Endpoint, Finite, Generation, RecordStore, Steps, Transaction, UpdateSystem,
/// };
/// use planwright_model::Model;
///
/// /// Points the only endpoint at the newest plan, and never deletes one.
/// struct Eager;
///
/// #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Finite)]
/// struct Picked(Option<Generation>);
///
/// impl Enactor for Eager {
///     type Local = Picked;
///     fn steps(&self, picked: &Picked, store: &RecordStore, next: &mut Steps<Picked>) {
///         match picked.0 {
///             None => next.goto(Picked(store.newest_plan())),
///             Some(plan) => {
///                 let write = Transaction::point_at(Endpoint::FIRST, plan).only_if_newer();
///                 next.commit(write, Picked(None), Picked(None));
///             }
///         }
///     }
/// }
///
/// let every = UpdateSystem::new(Eager).every_generation();
/// let resolves = every.property(|state| state.store.all_resolve());
/// let mut seen = every.init_states();
/// // The endpoint at the newest plan, or behind it; picked the newest plan, or another: it ends.
/// for next in 0.. {
///     let Some(pattern) = seen.get(next).copied() else { break };
///     assert!(resolves(&pattern));
///     for after in every.next_states(&pattern) {
///         if !seen.contains(&after) {
///             seen.push(after);
///         }
///     }
/// }
/// assert!(seen.len() < 100);
/// ```
#[derive(Clone, Debug)]
#[must_use = "a system is explored by a checker: Checker::new(&every)"]
pub struct EveryGeneration<E> {
    system: UpdateSystem<E>,
    /// The largest gap between generations that is kept.
    gap: u8,
    invariants_only: bool,
    /// Whether a state shows one enactor of any number; see [`EveryNumber`](crate::EveryNumber).
    pub(crate) one_of_many: bool,
}

/// How many patterns are explored to find the largest gap that a protocol asks about.
const PATTERNS_ASKED: usize = 2_000;

impl<E: Enactor<Local: Finite>> UpdateSystem<E> {
    /// The same system with a planner that never runs out of generations, up to renaming them.
    ///
    /// The planner's bound is lifted; whether it may stop at any moment stays as it is. The largest gap
    /// between generations that the protocol asks about is found by exploring the first 2,000 patterns.
    pub fn every_generation(self) -> EveryGeneration<E> {
        self.without_bound(false)
    }

    fn without_bound(self, one_of_many: bool) -> EveryGeneration<E> {
        let planner = Planner::endless().may_stop(self.planner.can_stop());
        let mut every = EveryGeneration {
            system: self.planner(planner),
            gap: 1,
            invariants_only: true,
            one_of_many,
        };
        if every.validate().is_ok() {
            every.find_gap();
        }
        every.invariants_only = one_of_many;
        every
    }
}

impl<E: Enactor<Local: Finite>> EveryGeneration<E> {
    /// A state in the words of the protocol, for the text of a dependence.
    fn in_words(&self, state: &SystemState<E::Local>) -> String {
        state.in_words(|local| self.system.enactor.describe(local))
    }

    /// What a call may read in a state with this newest generation.
    fn reads(&self, newest: Option<Generation>) -> Reads {
        Reads {
            one_of_many: self.one_of_many,
            ..Reads::new(true, newest)
        }
    }

    /// The system whose states the patterns stand for, with an endless planner.
    pub fn system(&self) -> &UpdateSystem<E> {
        &self.system
    }

    /// Keeps gaps between generations up to this one. Needed only if the exploration ends because the
    /// protocol, or a property, asks about a larger gap than was found.
    pub fn gaps_up_to(mut self, gap: u8) -> Self {
        self.gap = gap.max(1);
        self
    }

    /// The largest gap between generations that patterns keep.
    pub fn largest_gap(&self) -> u8 {
        self.gap
    }

    /// Explores a protocol whose steps depend on plans that nothing refers to as well.
    ///
    /// The patterns then show more than can happen. What never happens in them never happens: an invariant
    /// or a property of steps that holds is proved. Nothing else is: a violation may be impossible,
    /// and no other kind of property says anything.
    pub fn invariants_only(mut self) -> Self {
        self.invariants_only = true;
        self
    }

    /// Whether the system can be built.
    ///
    /// # Errors
    ///
    /// As [`UpdateSystem::validate`]; and if the system is a [mutant](UpdateSystem::mutated), or
    /// [watched](crate::Survey::watch).
    pub fn validate(&self) -> Result<(), ConfigError> {
        match self.system.listing {
            Some(_) => Err(ConfigError::PatternsOfMutant),
            None => self.system.validate(),
        }
    }

    /// The pattern of a state, without all plans that nothing refers to.
    ///
    /// # Panics
    ///
    /// If a local state does not fit 63 bits; with the text of the [`Dependence`], if the state tells apart
    /// more than [`Generation::CAPACITY`](crate::Generation::CAPACITY) generations or has a lease.
    pub fn pattern_of(&self, state: &SystemState<E::Local>) -> Pattern<E::Local> {
        refuse(self.pattern(state, PlanBits::EMPTY))
    }

    /// The reason why patterns cannot stand for the states of one of them, if there is one: exploring its
    /// steps panics with it.
    pub fn dependence(&self, pattern: &Pattern<E::Local>) -> Option<Dependence> {
        self.steps(pattern).err()
    }

    /// Makes a property of states one of patterns.
    ///
    /// # Panics
    ///
    /// The closure panics, with the text of the [`Dependence`], if the property rests on more than patterns
    /// keep: on plans that nothing refers to, on the numbers of generations, or on larger gaps.
    pub fn property<P>(&self, property: P) -> impl Fn(&Pattern<E::Local>) -> bool
    where
        P: Fn(&SystemState<E::Local>) -> bool,
    {
        move |pattern| refuse(self.value(pattern, &property))
    }

    fn value(
        &self,
        pattern: &Pattern<E::Local>,
        property: impl Fn(&SystemState<E::Local>) -> bool,
    ) -> Result<bool, Dependence> {
        let by = || "a property".to_owned();
        let member = self.representative(pattern);
        let newest = member.state.newest;
        let (value, found) = reads_of(self.reads(newest), || property(&member.state));
        self.permit(&found, by, &member.state)?;
        if found.searches().next().is_some() {
            for (more, plan) in self.with_one_more(&member, &Zones::of(&found))? {
                let (_, with) = reads_of(self.reads(more.state.newest), || property(&more.state));
                if notices((&with, &more.names), plan, (&found, &member.names)) {
                    return Err(Dependence::Property {
                        place: place(&with, more.unreferenced),
                        state: self.in_words(&more.state),
                    });
                }
            }
        }
        Ok(value)
    }

    /// Makes a property of steps of the system one of steps between patterns.
    ///
    /// ```
    /// # use planwright_core::{Enactor, EveryGeneration, Finite, never_regresses};
    /// # use planwright_core::{Pattern, PatternStep};
    /// fn property<E: Enactor<Local: Finite>>(every: &EveryGeneration<E>)
    /// -> impl Fn(&Pattern<E::Local>, &PatternStep<E::Local>, &Pattern<E::Local>) -> bool {
    ///     every.step_property(never_regresses)
    /// }
    /// ```
    ///
    /// # Panics
    ///
    /// As for [`property`](Self::property); and if the property searches through plans.
    #[expect(clippy::type_complexity, reason = "the closure that a checker takes")]
    pub fn step_property<P>(
        &self,
        property: P,
    ) -> impl Fn(&Pattern<E::Local>, &PatternStep<E::Local>, &Pattern<E::Local>) -> bool
    where
        P: Fn(&SystemState<E::Local>, &SystemAction<E::Local>, &SystemState<E::Local>) -> bool,
    {
        move |_, taken, _| refuse(self.step_value(taken, &property))
    }

    fn step_value(
        &self,
        taken: &PatternStep<E::Local>,
        property: impl Fn(
            &SystemState<E::Local>,
            &SystemAction<E::Local>,
            &SystemState<E::Local>,
        ) -> bool,
    ) -> Result<bool, Dependence> {
        let PatternStep { before, step, .. } = taken;
        let Some(after) = self.after(before, *step)? else {
            return Ok(true);
        };
        let (value, reads) = reads_of(self.reads(after.newest), || property(before, step, &after));
        self.permit(&reads, || "a property of steps".to_owned(), before)?;
        match reads.searches().find(|read| read.fact != Fact::Plans) {
            Some(_) => Err(Dependence::Property {
                place: place(&reads, PlanBits::EMPTY),
                state: self.in_words(before),
            }),
            None => Ok(value),
        }
    }

    /// Whether some step of the pattern, in one of its states, meets the condition.
    ///
    /// # Panics
    ///
    /// As for [`step_property`](Self::step_property).
    pub fn some_step<P>(&self, pattern: &Pattern<E::Local>, condition: P) -> bool
    where
        P: Fn(&SystemState<E::Local>, &SystemAction<E::Local>, &SystemState<E::Local>) -> bool,
    {
        let steps = refuse(self.steps(pattern));
        // Of a step that does not exist nothing is true.
        let meets = |before: &_, step: &_, after: &_| !condition(before, step, after);
        (steps.iter()).any(|taken| !refuse(self.step_value(taken, meets)))
    }

    /// How many plans that nothing refers to operators can still turn to.
    pub fn remaining_picks(&self, pattern: &Pattern<E::Local>) -> u8 {
        pattern.state.remaining_faults().rollbacks
    }

    /// Keeps as large gaps as the protocol asks about in the first patterns.
    fn find_gap(&mut self) {
        while let Some(asked) = self.asked_gap() {
            self.gap = asked;
        }
    }

    /// A gap that is asked about in the first patterns and is larger than what is kept.
    fn asked_gap(&self) -> Option<u8> {
        let gap = |dependence| match dependence {
            Dependence::Gap { asked, .. } => Some(asked),
            // The exploration proper will say so.
            _ => None,
        };
        let mut seen = HashSet::new();
        let mut open: Vec<_> = (self.system.init_states().iter())
            .filter_map(|state| self.pattern(state, PlanBits::EMPTY).ok())
            .collect();
        let mut next = 0;
        while let Some(pattern) = open.get(next).copied().filter(|_| next < PATTERNS_ASKED) {
            next += 1;
            let steps = match self.steps(&pattern) {
                Ok(steps) => steps,
                Err(dependence) => return gap(dependence),
            };
            for taken in steps {
                let after = match self.after(&taken.before, taken.step) {
                    Ok(after) => after,
                    Err(dependence) => return gap(dependence),
                };
                let images = after
                    .into_iter()
                    .flat_map(|after| self.pattern(&after, taken.remembers));
                open.extend(images.filter(|image| seen.insert(*image)));
            }
        }
        None
    }
}
