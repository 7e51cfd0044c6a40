//! Patterns and steps between them, as a model.

use std::borrow::Cow;

use planwright_model::{ActionClasses, Describe, Description, Model, Property, Symmetric};

use super::{Dependence, EveryGeneration, Pattern, PatternStep};
use crate::mutation::{Limits, within};
use crate::{Enactor, PackLocal, PlanSet, SystemAction, SystemState, UpdateSystem};

/// The actions, after a check that generations are used in no other way than patterns preserve.
pub(super) fn actions_within<E: Enactor, const A: usize, const B: usize>(
    system: &UpdateSystem<E, A, B>,
    state: &SystemState<E::Local, A, B>,
) -> Vec<SystemAction<E::Local>> {
    let mut actions = Vec::new();
    within(limits(system, state), || {
        system.actions(state, &mut actions)
    });
    actions
}

/// The next state, with the same check.
pub(super) fn step_within<E: Enactor, const A: usize, const B: usize>(
    system: &UpdateSystem<E, A, B>,
    state: &SystemState<E::Local, A, B>,
    step: SystemAction<E::Local>,
) -> Option<SystemState<E::Local, A, B>> {
    let mut next = None;
    within(limits(system, state), || {
        next = system.next_state(state, step)
    });
    next
}

fn limits<E: Enactor, const A: usize, const B: usize>(
    system: &UpdateSystem<E, A, B>,
    state: &SystemState<E::Local, A, B>,
) -> Limits {
    Limits {
        largest_gap: system.enactor.largest_gap().max(1),
        newest: state.newest,
    }
}

impl<E: Enactor<Local: PackLocal>, const A: usize, const B: usize> Model
    for EveryGeneration<E, A, B>
{
    type State = Pattern<E::Local, A, B>;
    type Action = PatternStep<E::Local>;

    /// # Panics
    ///
    /// If [`validate`](EveryGeneration::validate) refuses the configuration, with its text.
    fn init_states(&self) -> Vec<Self::State> {
        let states = self.system.init_states();
        states.iter().map(|state| self.pattern_of(state)).collect()
    }

    /// # Panics
    ///
    /// If the protocol uses generations in a way that patterns do not preserve.
    fn actions(&self, pattern: &Self::State, actions: &mut Vec<Self::Action>) {
        let steps = actions_within(&self.system, &pattern.state);
        if self.remaining_picks(pattern) == 0 {
            let remembers = PlanSet::EMPTY;
            let plain = |step| PatternStep { step, remembers };
            return actions.extend(steps.into_iter().map(plain));
        }
        for step in steps {
            if let Some(after) = step_within(&self.system, &pattern.state, step) {
                let choices = self.choices(pattern.remembered, &after);
                actions.extend(
                    choices
                        .into_iter()
                        .map(|remembers| PatternStep { step, remembers }),
                );
            }
        }
    }

    fn next_state(&self, last: &Self::State, taken: Self::Action) -> Option<Self::State> {
        let after = step_within(&self.system, &last.state, taken.step)?;
        Some(self.system.pattern(&after, taken.remembers))
    }

    fn format_action(&self, taken: &Self::Action) -> String {
        self.system.format_action(&taken.step)
    }

    fn format_step(&self, last: &Self::State, taken: Self::Action) -> Option<String> {
        self.system.format_step(&last.state, taken.step)
    }

    /// That patterns can be trusted at all, which needs to be checked, and what an [`UpdateSystem`] owes
    /// its clients; instead of the last generation, the newest one.
    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always(
                "no step is possible only because of what patterns leave out",
                |every: &Self, pattern: &Self::State| {
                    let dependence = every.dependence(pattern);
                    !matches!(dependence, Some(Dependence::Allows { .. }))
                },
            ),
            Property::always("no endpoint is empty", |_, pattern: &Self::State| {
                pattern.store.all_resolve()
            }),
            Property::sometimes(
                "every endpoint comes from an older generation to the newest",
                |_, pattern: &Self::State| pattern.converged(),
            ),
        ]
    }
}

impl<E: Enactor<Local: PackLocal>, const A: usize, const B: usize> ActionClasses
    for EveryGeneration<E, A, B>
{
    fn action_classes(&self) -> Vec<Cow<'static, str>> {
        self.system.action_classes()
    }

    #[inline]
    fn action_class(&self, taken: &Self::Action) -> usize {
        self.system.action_class(&taken.step)
    }
}

impl<E: Enactor<Local: PackLocal>, const A: usize, const B: usize> Describe
    for EveryGeneration<E, A, B>
{
    /// As the system describes itself, but the number of generations is no bound any more.
    fn describe(&self) -> Description {
        let mut description = self.system.describe();
        let (name, _) = description.bounds.remove(0);
        description
            .parameters
            .push((name, "every number".to_owned()));
        let gap = self.system.largest_gap();
        description.assumptions.push(format!(
            "the protocol tells apart gaps of at most {gap} between generations (more would end the search)"
        ));
        description
    }

    fn is_at_bound(&self, bound: usize, pattern: &Self::State) -> bool {
        self.system.is_at_bound(bound + 1, &pattern.state)
    }
}

/// Enactors are as interchangeable as in the system: patterns forget for all of them at once.
impl<E: Enactor<Local: PackLocal>, const A: usize, const B: usize> Symmetric
    for EveryGeneration<E, A, B>
{
    type Permutation = Vec<usize>;

    fn permutations(&self) -> Vec<Vec<usize>> {
        self.system.permutations()
    }

    fn permute(&self, places: &Vec<usize>, pattern: &Self::State) -> Self::State {
        Pattern {
            state: self.system.permute(places, &pattern.state),
            remembered: pattern.remembered,
        }
    }

    fn permute_action(&self, places: &Vec<usize>, taken: &Self::Action) -> Self::Action {
        PatternStep {
            step: self.system.permute_action(places, &taken.step),
            remembers: taken.remembers,
        }
    }

    fn canonical(&self, pattern: &Self::State) -> Self::State {
        Pattern {
            state: self.system.canonical(&pattern.state),
            remembered: pattern.remembered,
        }
    }
}
