//! Exploration up to symmetry: canonical forms, the way back from them, and the conditions under
//! which both are sound.
//!
//! A representative is explored instead of its orbit. That misses nothing if the renamings turn
//! initial states into initial states, steps into steps, and leave the boundary and every property
//! as they are. [`Quotient::check`] evaluates these conditions on a state and all its renamings.

use std::sync::Arc;

use std::fmt::Debug;

use planwright_model::{Model, Symmetric};

use crate::Fault;
use crate::ordinals::Ordinals;
use crate::property::{Classify, PropertyOf};
use crate::steps::{Step, steps};

type State<M> = <M as Model>::State;

/// What of a symmetric model the engine needs, whatever its permutations are.
pub(crate) trait Quotient<M: Model>: Send + Sync {
    /// The representative of a state.
    fn canonical(&self, state: &State<M>) -> State<M>;

    /// Whether renamings turn initial states into initial states; if not, the ordinal of one.
    fn check_initial(&self) -> Result<(), (u32, Fault)>;

    /// Whether renamings of a representative change nothing but names.
    fn check(
        &self,
        state: &State<M>,
        properties: &[Arc<PropertyOf<'_, M>>],
        classify: Option<&Classify<'_, M>>,
    ) -> Result<(), Refusal>;
}

/// What is not symmetric.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) fault: Fault,
    /// The action of the state after which it shows, if it is not the state itself.
    pub(crate) action: Option<u32>,
}

/// Why, and the action after which it shows.
type Refused = (String, Option<u32>);

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

impl<M: Model<State: PartialEq, Action: PartialEq>> Step<M> {
    fn is(&self, action: &M::Action, next: &State<M>) -> bool {
        self.action == *action && self.next == *next
    }
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

    fn check_initial(&self) -> Result<(), (u32, Fault)> {
        let initial = self.model.init_states();
        for (ordinal, state) in (0..).zip(&initial) {
            let form = self.check_form(state);
            form.map_err(|detail| (ordinal, not_symmetric(detail)))?;
        }
        for permutation in &self.permutations {
            for (ordinal, state) in (0..).zip(&initial) {
                if !initial.contains(&self.model.permute(permutation, state)) {
                    let detail = refused("an initial state is not one", permutation);
                    return Err((ordinal, not_symmetric(detail)));
                }
            }
        }
        Ok(())
    }

    fn check(
        &self,
        state: &State<M>,
        properties: &[Arc<PropertyOf<'_, M>>],
        classify: Option<&Classify<'_, M>>,
    ) -> Result<(), Refusal> {
        let compared = self.compare(state, properties, classify);
        compared.map_err(|(detail, action)| match self.answers_alike(state) {
            true => Refusal {
                fault: not_symmetric(detail),
                action,
            },
            // Then it cannot be compared with a renaming.
            false => Refusal {
                fault: Fault::NotDeterministic {
                    detail: "asked again about a state or a renaming of it, it gave other steps"
                        .to_owned(),
                    path: None,
                },
                action: None,
            },
        })
    }
}

impl<M> Group<'_, M>
where
    M: Symmetric<State: Clone, Action: Clone + PartialEq> + Sync,
{
    fn compare(
        &self,
        state: &State<M>,
        properties: &[Arc<PropertyOf<'_, M>>],
        classify: Option<&Classify<'_, M>>,
    ) -> Result<(), Refused> {
        let own = steps(self.model, state);
        for step in &own {
            let form = self.check_form(&step.next);
            form.map_err(|detail| (detail, Some(step.ordinal)))?;
        }
        for permutation in &self.permutations {
            let same = Renaming {
                model: self.model,
                permutation,
            };
            let renamed = self.model.permute(permutation, state);
            if self.model.canonical(&renamed) != *state {
                let detail = refused("a state has another canonical form", permutation);
                return Err((detail, None));
            }
            let same_state = same.state(state, &renamed, properties);
            same_state.map_err(|detail| (detail, None))?;
            same.steps((state, &own), &renamed, properties, classify)?;
        }
        Ok(())
    }

    /// Whether the model gives the same steps of a state, and of each renaming of it, whenever it is asked.
    fn answers_alike(&self, state: &State<M>) -> bool {
        let mut renamings = self.permutations.iter();
        renamings.all(|permutation| {
            let renamed = self.model.permute(permutation, state);
            let first = steps(self.model, &renamed);
            (0..ASKED_AGAIN).all(|_| {
                let again = steps(self.model, &renamed);
                let mut pairs = first.iter().zip(&again);
                first.len() == again.len()
                    && pairs.all(|(one, other)| one.is(&other.action, &other.next))
            })
        })
    }
}

/// How often the model is asked again before it is called not symmetric.
const ASKED_AGAIN: usize = 3;

fn not_symmetric(detail: String) -> Fault {
    Fault::NotSymmetric { detail, path: None }
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
        properties: &[Arc<PropertyOf<'_, M>>],
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
        (state, own): (&State<M>, &[Step<M>]),
        renamed: &State<M>,
        properties: &[Arc<PropertyOf<'_, M>>],
        classify: Option<&Classify<'_, M>>,
    ) -> Result<(), Refused> {
        let mut theirs = steps(self.model, renamed);
        if theirs.len() != own.len() {
            let refused = self.refuse("a state has more or fewer steps");
            return refused.map_err(|detail| (detail, None));
        }
        for step in own {
            let same = self.step((state, step), renamed, &mut theirs, properties, classify);
            same.map_err(|detail| (detail, Some(step.ordinal)))?;
        }
        Ok(())
    }

    /// Takes the renamed step out of `theirs`.
    fn step(
        &self,
        (state, step): (&State<M>, &Step<M>),
        renamed: &State<M>,
        theirs: &mut Vec<Step<M>>,
        properties: &[Arc<PropertyOf<'_, M>>],
        classify: Option<&Classify<'_, M>>,
    ) -> Result<(), String> {
        let Step { action, next, .. } = step;
        let action_there = self.model.permute_action(self.permutation, action);
        let next_there = self.model.permute(self.permutation, next);
        // One for one: equal steps of one state would hide that another one is missing.
        let mut others = theirs.iter();
        let Some(there) = others.position(|other| other.is(&action_there, &next_there)) else {
            return self.refuse("a step is not a step");
        };
        theirs.swap_remove(there);
        if classify.is_some_and(|class| class(action) != class(&action_there)) {
            return self.refuse("an action belongs to another class");
        }
        for property in properties {
            let here = property.refuses(state, action, next);
            if here != property.refuses(renamed, &action_there, &next_there) {
                return self.refuse_property(property, "a step");
            }
        }
        self.state(next, &next_there, properties)
    }

    fn refuse(&self, what: &str) -> Result<(), String> {
        Err(refused(what, self.permutation))
    }

    fn refuse_property(&self, property: &PropertyOf<'_, M>, of: &str) -> Result<(), String> {
        let what = format!("property `{}` has another value of {of}", property.name);
        self.refuse(&what)
    }
}

/// A schedule of the model itself that passes through the same orbits as a schedule of
/// representatives. Its last step fulfils `last`, if one that does is possible.
pub(crate) fn unfold<M: Model<State: PartialEq, Action: Clone>>(
    quotient: &dyn Quotient<M>,
    model: &M,
    folded: &Ordinals,
    last: impl Fn(&State<M>, &M::Action, &State<M>) -> bool,
) -> Option<Ordinals> {
    let canonical = |state: &State<M>| quotient.canonical(state);
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
