//! A system with one change, as a model.

use std::borrow::Cow;
use std::sync::Arc;

use planwright_model::{ActionClasses, Model, WithActions};

use super::{CallSite, Mutation, MutationError};
use crate::instrumentation::{Instrument, with};
use crate::{Enactor, UpdateSystem};

/// An [`UpdateSystem`] with one [`Mutation`]; [`model`](Self::model) is what a checker explores.
#[derive(Clone, Debug)]
#[must_use = "explore its `model()`"]
pub struct Mutated<E> {
    system: UpdateSystem<E>,
    change: Change,
}

impl<E> From<UpdateSystem<E>> for Mutated<E> {
    /// A mutant made by hand, such as the system with one safeguard of its protocol switched off.
    fn from(system: UpdateSystem<E>) -> Self {
        let change = Change::Nothing;
        Self { system, change }
    }
}

/// What changes in the list of actions.
#[derive(Clone, Debug)]
enum Change {
    /// Nothing: the system itself is another.
    Nothing,
    Ignore(Arc<CallSite>),
    Without(usize),
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
    pub fn mutated(&self, mutation: &Mutation) -> Result<Mutated<E>, MutationError> {
        let mut system = self.clone();
        let change = match mutation {
            Mutation::IgnorePrecondition(site) => Change::Ignore(Arc::new(site.clone())),
            Mutation::SwitchRule { rule, on } => {
                if self.rules.has(*rule) == *on {
                    let (rule, on) = (*rule, *on);
                    return Err(MutationError::NoChange { rule, on });
                }
                system.rules = self.rules.with(*rule, *on);
                Change::Nothing
            }
            Mutation::DisableClass(name) => {
                let known = self.action_classes();
                match known.iter().position(|class| class == name) {
                    Some(class) => Change::Without(class),
                    None => {
                        return Err(MutationError::NoSuchClass {
                            name: name.clone(),
                            known: known.into_iter().map(Cow::into_owned).collect(),
                        });
                    }
                }
            }
        };
        Ok(Mutated { system, change })
    }
}

impl<E: Enactor> Mutated<E> {
    /// The changed system as a model, with the states and actions of the unchanged one.
    pub fn model(&self) -> WithActions<'_, UpdateSystem<E>> {
        match &self.change {
            Change::Nothing => WithActions::unchanged(&self.system),
            Change::Without(class) => WithActions::without_class(&self.system, *class),
            Change::Ignore(site) => WithActions::new(&self.system, |system, state, actions| {
                with(Instrument::Without(Arc::clone(site)), || {
                    system.actions(state, actions);
                });
            }),
        }
    }
}
