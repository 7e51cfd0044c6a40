#![doc = include_str!("README.md")]

mod concrete;
mod dependence;
mod encode;
mod model;
mod pattern;
mod references;
mod remember;
mod renaming;
mod unreferred;

use crate::{
    ConfigError, Enactor, FaultBudget, PackLocal, Planner, SystemAction, SystemState, UpdateSystem,
};

pub use concrete::{Concrete, ConcreteError};
pub use dependence::{Dependence, Probes};
pub use pattern::{Pattern, PatternStep};
pub(crate) use renaming::Renaming;

/// An [`UpdateSystem`] whose planner never runs out of generations, explored up to renaming them.
///
/// Its states are [`Pattern`]s, of which there are finitely many, so that an exploration that ends
/// shows what holds for every number of generations. The module's page says why that is so, of which
/// kinds of property, and what a protocol must keep to.
///
/// ```
/// use planwright_core::{Enactor, Endpoint, Generation, PackLocal, PackReader, PackWriter};
/// use planwright_core::{RecordStore, Steps, Transaction, UpdateSystem};
/// use planwright_model::Model;
///
/// /// Points the only endpoint at the newest plan, and never deletes one.
/// struct Eager;
///
/// #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
/// struct Picked(Option<Generation>);
///
/// impl PackLocal for Picked {
///     fn pack(&self, to: &mut PackWriter) {
///         to.generation(self.0);
///     }
///     fn unpack(from: &mut PackReader) -> Option<Self> {
///         Some(Self(from.generation()))
///     }
/// }
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
/// let start = &every.init_states()[0];
/// // The endpoint at the newest plan, or behind it; picked the newest plan, or another: it ends.
/// let mut seen = vec![*start];
/// for next in 0.. {
///     let Some(state) = seen.get(next).copied() else { break };
///     for state in every.next_states(&state) {
///         assert!(state.store.all_resolve());
///         if !seen.contains(&state) {
///             seen.push(state);
///         }
///     }
/// }
/// assert!(seen.len() < 100);
/// ```
#[derive(Clone, Debug)]
#[must_use = "a system is explored by a checker: Checker::new(&every)"]
pub struct EveryGeneration<E, const ENACTORS: usize = 6, const ENDPOINTS: usize = 8> {
    system: UpdateSystem<E, ENACTORS, ENDPOINTS>,
    probes: Probes,
}

impl<E: Enactor<Local: PackLocal>, const A: usize, const B: usize> UpdateSystem<E, A, B> {
    /// The same system with a planner that never runs out of generations, up to renaming them.
    ///
    /// The planner's bound is lifted; whether it may stop at any moment stays as it is.
    pub fn every_generation(self) -> EveryGeneration<E, A, B> {
        let planner = Planner::endless().may_stop(self.planner.can_stop());
        EveryGeneration {
            system: self.planner(planner),
            probes: Probes::Every,
        }
    }
}

impl<E: Enactor<Local: PackLocal>, const A: usize, const B: usize> EveryGeneration<E, A, B> {
    /// The system whose states the patterns stand for, with an endless planner.
    pub fn system(&self) -> &UpdateSystem<E, A, B> {
        &self.system
    }

    /// Sets which states [`dependence`](Self::dependence) compares with their pattern.
    pub fn probes(mut self, probes: Probes) -> Self {
        self.probes = probes;
        self
    }

    /// Whether the system can be built.
    ///
    /// # Errors
    ///
    /// As [`UpdateSystem::validate`].
    pub fn validate(&self) -> Result<(), ConfigError> {
        self.system.validate()
    }

    /// The pattern of a state, all plans forgotten that nothing refers to.
    ///
    /// # Panics
    ///
    /// If a local state does not fit 63 bits, or the state tells apart more than
    /// [`Generation::CAPACITY`](crate::Generation::CAPACITY) generations.
    pub fn pattern_of(&self, state: &SystemState<E::Local, A, B>) -> Pattern<E::Local, A, B> {
        self.system.pattern(state, crate::PlanSet::EMPTY)
    }

    /// The state after a step, in the numbers of the pattern before it; `None` if the step does not
    /// exist there.
    pub fn after(
        &self,
        before: &Pattern<E::Local, A, B>,
        step: &SystemAction<E::Local>,
    ) -> Option<SystemState<E::Local, A, B>> {
        model::step_within(&self.system, &before.state, *step)
    }

    /// Makes a property of steps of the system one of steps between patterns, whose numbers cannot be
    /// compared with each other.
    ///
    /// ```
    /// # use planwright_core::{Enactor, EveryGeneration, PackLocal, never_regresses};
    /// # use planwright_core::{Pattern, PatternStep};
    /// fn property<E: Enactor<Local: PackLocal>>(every: &EveryGeneration<E>)
    /// -> impl Fn(&Pattern<E::Local, 6, 8>, &PatternStep<E::Local>, &Pattern<E::Local, 6, 8>) -> bool {
    ///     every.step_property(never_regresses)
    /// }
    /// ```
    #[expect(clippy::type_complexity, reason = "the closure that a checker takes")]
    pub fn step_property<P>(
        &self,
        property: P,
    ) -> impl Fn(&Pattern<E::Local, A, B>, &PatternStep<E::Local>, &Pattern<E::Local, A, B>) -> bool
    where
        P: Fn(
            &SystemState<E::Local, A, B>,
            &SystemAction<E::Local>,
            &SystemState<E::Local, A, B>,
        ) -> bool,
    {
        move |before, taken, _| {
            self.after(before, &taken.step)
                .is_none_or(|after| property(&before.state, &taken.step, &after))
        }
    }

    /// How many plans that nothing refers to operators can still turn to.
    pub fn remaining_picks(&self, pattern: &Pattern<E::Local, A, B>) -> u8 {
        let FaultBudget {
            rollbacks,
            reissues,
            ..
        } = pattern.remaining_faults();
        rollbacks.saturating_add(reissues)
    }
}
