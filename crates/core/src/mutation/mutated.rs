//! A system with one change.

use std::borrow::Cow;
use std::sync::Arc;

use planwright_model::ActionClasses;

use super::{CallSite, Mutation, MutationError, Survey};
use crate::instrumentation::{Instrument, Instrumented};
use crate::{Enactor, SystemAction, UpdateSystem};

/// What is different when a system lists its actions.
#[derive(Clone, Debug)]
pub(crate) enum Listing {
    /// The preconditions that are added at this place are left out.
    Ignoring(Arc<CallSite>),
    /// There are no actions of this class.
    Without(usize),
    /// Preconditions are reported.
    Watched(Survey),
}

impl Listing {
    /// What the protocol's calls must be made under; as long as the value lives.
    #[cold]
    pub(crate) fn begin(&self) -> Instrumented {
        Instrumented::new(match self {
            Self::Ignoring(site) => Instrument::Without(Arc::clone(site)),
            Self::Without(_) => Instrument::Off,
            Self::Watched(_) => Instrument::Preconditions(Vec::new()),
        })
    }

    /// Completes the list.
    #[cold]
    pub(crate) fn end<E: Enactor>(
        &self,
        begun: Instrumented,
        system: &UpdateSystem<E>,
        actions: &mut Vec<SystemAction<E::Local>>,
    ) {
        match (self, begun.end()) {
            (Self::Without(class), _) => {
                actions.retain(|action| system.action_class(action) != *class);
            }
            (Self::Watched(survey), Instrument::Preconditions(seen)) => survey.add(&seen),
            _ => {}
        }
    }
}

impl<E: Enactor + Clone> UpdateSystem<E> {
    /// This system with one change.
    ///
    /// A call site that is never reached is no error; such a mutant behaves as the system does.
    ///
    /// ```
    /// # use planwright_core::{Enactor, RecordStore, Steps};
    /// use planwright_core::{Mutation, StoreRule, UpdateSystem};
    ///
    /// # #[derive(Clone, Debug)]
    /// # struct Idle;
    /// # impl Enactor for Idle {
    /// #     type Local = ();
    /// #     fn steps(&self, _: &(), _: &RecordStore, _: &mut Steps<()>) {}
    /// # }
    /// let system = UpdateSystem::new(Idle);
    /// let on = Mutation::SwitchRule { rule: StoreRule::Monotonic, on: true };
    /// assert_eq!(on.to_string(), "monotonic writes at the store on");
    /// assert!(system.mutated(&on).is_ok());
    /// let error = system.mutated(&Mutation::DisableClass("naps".into())).unwrap_err();
    /// assert!(error.to_string().contains("the planner publishes a plan"));
    /// ```
    ///
    /// # Errors
    ///
    /// If there is no such class of actions, or the store's rule is that way already.
    pub fn mutated(&self, mutation: &Mutation) -> Result<Self, MutationError> {
        match mutation {
            Mutation::IgnorePrecondition(site) => {
                Ok(self.listing(Listing::Ignoring(Arc::new(site.clone()))))
            }
            Mutation::SwitchRule { rule, on } if self.rules.has(*rule) == *on => {
                let (rule, on) = (*rule, *on);
                Err(MutationError::NoChange { rule, on })
            }
            Mutation::SwitchRule { rule, on } => {
                let rules = self.rules.with(*rule, *on);
                Ok(self.clone().rules(rules))
            }
            Mutation::DisableClass(name) => {
                let known = self.action_classes();
                match known.iter().position(|class| class == name) {
                    Some(class) => Ok(self.listing(Listing::Without(class))),
                    None => Err(MutationError::NoSuchClass {
                        name: name.clone(),
                        known: known.into_iter().map(Cow::into_owned).collect(),
                    }),
                }
            }
        }
    }

    /// # Panics
    ///
    /// If the system is a mutant, or watched, already.
    #[track_caller]
    pub(super) fn listing(&self, listing: Listing) -> Self {
        assert!(
            self.listing.is_none(),
            "a mutant, or a watched system, cannot be changed once more; change the system itself"
        );
        let mut system = self.clone();
        system.listing = Some(listing);
        system
    }
}
