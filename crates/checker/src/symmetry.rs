//! Exploration up to symmetry: canonical forms, the way back from them, and the conditions under
//! which both are sound.
//!
//! A representative is explored instead of its orbit. That misses nothing if the renamings turn
//! initial states into initial states, steps into steps, and leave the boundary and every property
//! as they are. [`Quotient::check`] evaluates these conditions on a state and all its renamings.

use std::fmt::Debug;

use planwright_model::{Model, Symmetric};

use crate::explore::{Classify, Ordinals};
use crate::property::Property;

type State<M> = <M as Model>::State;

/// What of a symmetric model the engine needs, whatever its permutations are.
pub(crate) trait Quotient<M: Model>: Send + Sync {
    /// The representative of a state.
    fn canonical(&self, state: &State<M>) -> State<M>;

    /// Whether renamings turn initial states into initial states.
    fn check_initial(&self) -> Result<(), String>;

    /// Whether renamings of a representative change nothing but names.
    fn check(
        &self,
        state: &State<M>,
        properties: &[Property<'_, M>],
        classify: Option<&Classify<'_, M>>,
    ) -> Result<(), String>;
}

/// Exploration up to symmetry.
pub(crate) struct Symmetry<'m, M: Model> {
    pub(crate) quotient: Box<dyn Quotient<M> + 'm>,
    /// Whether every state is checked, not only a sample.
    pub(crate) check_all: bool,
}

/// A model's permutations.
pub(crate) struct Group<'m, M: Symmetric> {
    model: &'m M,
    permutations: Vec<M::Permutation>,
}

impl<'m, M: Symmetric> Group<'m, M> {
    pub(crate) fn of(model: &'m M) -> Self {
        let permutations = model.permutations();
        Self {
            model,
            permutations,
        }
    }
}

/// What can be done in a state, and what comes of it.
type Steps<M> = Vec<(<M as Model>::Action, State<M>)>;

fn steps<M: Model<Action: Clone>>(model: &M, state: &State<M>) -> Steps<M> {
    let mut actions = Vec::new();
    model.actions(state, &mut actions);
    let next = |action: M::Action| {
        let next = model.next_state(state, action.clone())?;
        Some((action, next))
    };
    actions.into_iter().filter_map(next).collect()
}

fn refused(what: impl AsRef<str>, permutation: &impl Debug) -> String {
    format!(
        "{} after the permutation {permutation:?}; let nothing depend on which of the \
         interchangeable parts it is, or leave out `symmetry()`",
        what.as_ref()
    )
}

impl<M> Quotient<M> for Group<'_, M>
where
    M: Symmetric<State: Clone, Action: Clone + PartialEq> + Sync,
{
    fn canonical(&self, state: &State<M>) -> State<M> {
        self.model.canonical(state)
    }

    fn check_initial(&self) -> Result<(), String> {
        let initial = self.model.init_states();
        for state in &initial {
            self.check_form(state)?;
        }
        for permutation in &self.permutations {
            for state in &initial {
                if !initial.contains(&self.model.permute(permutation, state)) {
                    return Err(refused("an initial state is not one", permutation));
                }
            }
        }
        Ok(())
    }

    fn check(
        &self,
        state: &State<M>,
        properties: &[Property<'_, M>],
        classify: Option<&Classify<'_, M>>,
    ) -> Result<(), String> {
        let own = steps(self.model, state);
        for (_, next) in &own {
            self.check_form(next)?;
        }
        for permutation in &self.permutations {
            let same = Renaming {
                model: self.model,
                permutation,
            };
            let renamed = self.model.permute(permutation, state);
            if self.model.canonical(&renamed) != *state {
                return Err(refused("a state has another canonical form", permutation));
            }
            same.state(state, &renamed, properties)?;
            same.steps((state, &own), &renamed, properties, classify)?;
        }
        Ok(())
    }
}

impl<M: Symmetric> Group<'_, M> {
    /// Whether a state's canonical form is a member of its orbit, and its own canonical form.
    fn check_form(&self, state: &State<M>) -> Result<(), String> {
        let form = self.model.canonical(state);
        let mut permutations = self.permutations.iter();
        if !permutations.any(|p| self.model.permute(p, state) == form) {
            let wrong = "the canonical form of a state is none of its renamings: mend `canonical`";
            return Err(wrong.to_owned());
        }
        if self.model.canonical(&form) != form {
            let wrong = "a canonical form has another canonical form: mend `canonical`";
            return Err(wrong.to_owned());
        }
        Ok(())
    }
}

struct Renaming<'a, M: Symmetric> {
    model: &'a M,
    permutation: &'a M::Permutation,
}

impl<M: Symmetric<Action: Clone + PartialEq>> Renaming<'_, M> {
    fn state(
        &self,
        state: &State<M>,
        renamed: &State<M>,
        properties: &[Property<'_, M>],
    ) -> Result<(), String> {
        if self.model.within_boundary(state) != self.model.within_boundary(renamed) {
            return self.refuse("a state is on the other side of the boundary");
        }
        for property in properties {
            let mut predicates = property.predicates().iter();
            let same = property.observe(state) == property.observe(renamed)
                && property.refuses_to_end_in(state) == property.refuses_to_end_in(renamed)
                && predicates.all(|holds| holds(state) == holds(renamed));
            if !same {
                return self.refuse_property(property, "a state");
            }
        }
        Ok(())
    }

    fn steps(
        &self,
        (state, own): (&State<M>, &Steps<M>),
        renamed: &State<M>,
        properties: &[Property<'_, M>],
        classify: Option<&Classify<'_, M>>,
    ) -> Result<(), String> {
        let mut theirs = steps(self.model, renamed);
        if theirs.len() != own.len() {
            return self.refuse("a state has more or fewer steps");
        }
        for (action, next) in own {
            let action_there = self.model.permute_action(self.permutation, action);
            let next_there = self.model.permute(self.permutation, next);
            let step = (action_there, next_there);
            // One for one: equal steps of one state would hide that another one is missing.
            let Some(there) = theirs.iter().position(|other| *other == step) else {
                return self.refuse("a step is not a step");
            };
            theirs.swap_remove(there);
            let (action_there, next_there) = step;
            if classify.is_some_and(|class| class(action) != class(&action_there)) {
                return self.refuse("an action belongs to another class");
            }
            for property in properties {
                let here = property.refuses(state, action, next);
                if here != property.refuses(renamed, &action_there, &next_there) {
                    return self.refuse_property(property, "a step");
                }
            }
            self.state(next, &next_there, properties)?;
        }
        Ok(())
    }

    fn refuse(&self, what: &str) -> Result<(), String> {
        Err(refused(what, self.permutation))
    }

    fn refuse_property(&self, property: &Property<'_, M>, of: &str) -> Result<(), String> {
        let what = format!("property `{}` has another value of {of}", property.name);
        self.refuse(&what)
    }
}

impl<M: Model<State: PartialEq, Action: Clone>> Symmetry<'_, M> {
    /// A schedule of the model itself that passes through the same orbits as a schedule of
    /// representatives. Its last step fulfils `last`, if one that does is possible.
    pub(crate) fn unfold(
        &self,
        model: &M,
        folded: &Ordinals,
        last: impl Fn(&State<M>, &M::Action, &State<M>) -> bool,
    ) -> Option<Ordinals> {
        let canonical = |state: &State<M>| self.quotient.canonical(state);
        let mut real = model
            .init_states()
            .into_iter()
            .nth(folded.initial as usize)?;
        let mut representative = canonical(&real);
        let mut ordinals = Vec::with_capacity(folded.actions.len());
        for (position, ordinal) in folded.actions.iter().enumerate() {
            let mut actions = Vec::new();
            model.actions(&representative, &mut actions);
            let action = actions.into_iter().nth(*ordinal as usize)?;
            representative = canonical(&model.next_state(&representative, action)?);

            let mut actions = Vec::new();
            model.actions(&real, &mut actions);
            let mut fallback = None;
            let mut found = None;
            for (ordinal, action) in actions.into_iter().enumerate() {
                let Some(next) = model.next_state(&real, action.clone()) else {
                    continue;
                };
                if canonical(&next) != representative {
                    continue;
                }
                let is_last = position + 1 == folded.actions.len();
                if !is_last || last(&real, &action, &next) {
                    found = Some((ordinal as u32, next));
                    break;
                }
                fallback.get_or_insert((ordinal as u32, next));
            }
            let (ordinal, next) = found.or(fallback)?;
            ordinals.push(ordinal);
            real = next;
        }
        Some(Ordinals {
            initial: folded.initial,
            actions: ordinals,
        })
    }
}
