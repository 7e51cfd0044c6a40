//! Planner, enactors, store and faults as one model.

use crate::mutation::Listing;
use crate::{
    Enactor, EnactorId, Endpoint, FaultBudget, Generation, LeaseTerm, Planner, StoreRules,
    SystemState,
};

/// A planner, redundant enactors that all run the protocol `E`, and the record store they share.
///
/// It implements [`Model`](planwright_model::Model), so this library's checker runs it, and so do Stateright's own checkers
/// and Explorer. At the start the first plan is installed: every endpoint is at it.
///
/// ```
/// use planwright_core::{Enactor, RecordStore, Steps, UpdateSystem};
/// use planwright_model::Model;
///
/// struct Idle;
/// impl Enactor for Idle {
///     type Local = ();
///     fn steps(&self, _: &(), _: &RecordStore, _: &mut Steps<()>) {}
/// }
///
/// let system = UpdateSystem::new(Idle).enactors(2).endpoints(1).generations(3);
/// let [start] = system.init_states()[..] else { panic!("one initial state") };
/// assert!(start.store.all_resolve());
/// assert!(UpdateSystem::new(Idle).enactors(0).validate().is_err());
/// ```
#[derive(Clone, Debug)]
#[must_use = "a system is explored by a checker: Checker::new(&system)"]
pub struct UpdateSystem<E> {
    pub(crate) enactor: E,
    pub(crate) enactors: usize,
    pub(crate) endpoints: usize,
    pub(crate) planner: Planner,
    pub(crate) rules: StoreRules,
    pub(crate) faults: FaultBudget,
    /// When the lease ends by itself, in a system whose enactors take one.
    pub(crate) lease: Option<LeaseTerm>,
    /// What the store's rules may become.
    pub(crate) rules_change: Option<StoreRules>,
    /// What is different when actions are listed, in a mutant.
    pub(crate) listing: Option<Listing>,
}

/// An [`UpdateSystem`] that cannot be built: what was asked for, and what to ask for instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// Without an enactor nothing is ever put live.
    #[error("0 enactors put nothing live; ask for at least 1")]
    NoEnactors,
    /// Without an endpoint there is nothing to resolve.
    #[error("0 endpoints leave nothing to check; ask for at least 1")]
    NoEndpoints,
    /// Without a generation nothing is ever published.
    #[error("no generation is left to publish of {asked} in all; ask for at least 2")]
    TooFewGenerations {
        /// What was asked for.
        asked: usize,
    },
    /// More enactors than a state has room for.
    #[error("{asked} enactors do not fit; ask for at most {capacity}", capacity = EnactorId::CAPACITY)]
    TooManyEnactors {
        /// What was asked for.
        asked: usize,
    },
    /// More endpoints than a state has room for.
    #[error("{asked} endpoints do not fit; ask for at most {capacity}", capacity = Endpoint::CAPACITY)]
    TooManyEndpoints {
        /// What was asked for.
        asked: usize,
    },
    /// More generations than can be numbered.
    #[error("{asked} generations do not fit; ask for at most {capacity}", capacity = Generation::CAPACITY)]
    TooManyGenerations {
        /// What was asked for.
        asked: usize,
    },
    /// Patterns would be those of the system without its change.
    #[error("a mutant, or a watched system, has no patterns; change the protocol itself")]
    PatternsOfMutant,
}

impl<E: Enactor> UpdateSystem<E> {
    /// A system of two enactors, one endpoint and three generations, without store rules or faults,
    /// whose endpoint starts at the first plan.
    pub fn new(enactor: E) -> Self {
        Self {
            enactor,
            enactors: 2,
            endpoints: 1,
            planner: Planner::bounded(3),
            rules: StoreRules::default(),
            faults: FaultBudget::NONE,
            lease: None,
            rules_change: None,
            listing: None,
        }
    }
}

impl<E: Enactor> UpdateSystem<E> {
    /// How many enactors run, from 1.
    pub fn enactors(mut self, enactors: usize) -> Self {
        self.enactors = enactors;
        self
    }

    /// How many endpoints there are, from 1.
    pub fn endpoints(mut self, endpoints: usize) -> Self {
        self.endpoints = endpoints;
        self
    }

    /// How many generations there are in all, counting the installed one.
    ///
    /// A bug that needs a plan to be deleted needs enough generations for a plan to become old;
    /// with fewer every search passes, and shows nothing. A report names the actions that never
    /// fired: look for the deletion.
    pub fn generations(mut self, generations: usize) -> Self {
        self.planner = Planner::bounded(generations);
        self
    }

    /// Who publishes; for planners without a bound, or that may stop.
    pub fn planner(mut self, planner: Planner) -> Self {
        self.planner = planner;
        self
    }

    /// The rules of the store.
    pub fn rules(mut self, rules: StoreRules) -> Self {
        self.rules = rules;
        self
    }

    /// That the store's rules may be changed to these, once, for everyone at once, at any moment at
    /// which the store [keeps](StoreRules::are_kept_by) them already; or never.
    pub fn changing_rules(mut self, to: StoreRules) -> Self {
        self.rules_change = Some(to);
        self
    }

    /// The faults that may happen.
    pub fn faults(mut self, faults: FaultBudget) -> Self {
        self.faults = faults;
        self
    }

    /// That enactors take a lease, and when it ends by itself. Without this a lease never does, and
    /// states in which it was ever taken fit no word.
    pub fn lease(mut self, term: LeaseTerm) -> Self {
        self.lease = Some(term);
        self
    }

    /// The protocol.
    pub fn enactor(&self) -> &E {
        &self.enactor
    }

    /// The faults that may happen.
    pub fn fault_budget(&self) -> FaultBudget {
        self.faults
    }

    /// The enactors, by what they are called in actions.
    pub fn enactor_ids(&self) -> impl Iterator<Item = EnactorId> + use<E> {
        (0..self.enactors as u8).map(EnactorId)
    }

    /// The bound on the number of generations, if there is one.
    pub fn planner_bound(&self) -> Option<usize> {
        self.planner.generations()
    }

    /// Whether the planner may stop at any moment.
    pub fn planner_can_stop(&self) -> bool {
        self.planner.can_stop()
    }

    /// Whether the planner has stopped, or has published all its generations, so that the newest plan stays the newest.
    #[inline]
    pub fn planner_stopped(&self, state: &SystemState<E::Local>) -> bool {
        state.planner_has_stopped() || self.planner.next(state.newest).is_none()
    }

    /// The rules of the store in a state.
    #[inline]
    pub(crate) fn rules_in(&self, state: &SystemState<E::Local>) -> StoreRules {
        match self.rules_change {
            Some(changed) if state.rules_have_changed() => changed,
            _ => self.rules,
        }
    }

    /// Whether the system can be built.
    ///
    /// # Errors
    ///
    /// What does not fit, or makes no sense, and what to ask for instead.
    pub fn validate(&self) -> Result<(), ConfigError> {
        let generations = self.planner.generations().unwrap_or(Generation::CAPACITY);
        match (self.enactors, self.endpoints, generations) {
            (0, _, _) => Err(ConfigError::NoEnactors),
            (_, 0, _) => Err(ConfigError::NoEndpoints),
            (_, _, asked @ 0..2) => Err(ConfigError::TooFewGenerations { asked }),
            (asked, _, _) if asked > EnactorId::CAPACITY => {
                Err(ConfigError::TooManyEnactors { asked })
            }
            (_, asked, _) if asked > Endpoint::CAPACITY => {
                Err(ConfigError::TooManyEndpoints { asked })
            }
            (_, _, asked) if asked > Generation::CAPACITY => {
                Err(ConfigError::TooManyGenerations { asked })
            }
            _ => Ok(()),
        }
    }
}
