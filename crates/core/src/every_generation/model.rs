//! Patterns and steps between them, as a model.

use std::borrow::Cow;
use std::mem::discriminant;
use std::panic::resume_unwind;

use planwright_model::finite::Finite;
use planwright_model::{ActionClasses, Describe, Description, Model, Symmetric};

use super::cases::{Case, Member, Zones, is_symbolic_local};
use super::{Dependence, EveryGeneration, Pattern, PatternStep};
use crate::instrumentation::reads_of;
use crate::plan_bits::PlanBits;
use crate::{Enactor, SystemAction, SystemState};

type Steps<E> = Vec<PatternStep<<E as Enactor>::Local>>;

impl<E: Enactor<Local: Finite>> EveryGeneration<E> {
    /// The steps of all states of a pattern, each in one of them.
    pub(super) fn steps(&self, pattern: &Pattern<E::Local>) -> Result<Steps<E>, Dependence> {
        let state = &pattern.state;
        let representative = self.representative(pattern);
        let mut steps = Vec::new();
        for action in self.environment(&representative)? {
            self.add(&mut steps, &representative, action)?;
        }
        if self.one_of_many {
            for (member, rollback) in self.rollbacks_out_of_view(&representative)? {
                self.add(&mut steps, &member, rollback)?;
            }
        }
        if state.automation_enabled() {
            for (enactor, _) in state.members() {
                let cases = self.cases(pattern, enactor)?;
                if !self.invariants_only {
                    self.compare(pattern, &cases)?;
                }
                for case in &cases {
                    for action in &case.actions {
                        self.add(&mut steps, &case.member, *action)?;
                    }
                }
            }
        }
        Ok(steps)
    }

    /// What the planner, faults, deployments and operators may do.
    pub(super) fn environment(
        &self,
        member: &Member<E::Local>,
    ) -> Result<Vec<SystemAction<E::Local>>, Dependence> {
        let state = &member.state;
        let (actions, reads) = reads_of(self.reads(state.newest), || {
            let mut actions = Vec::new();
            self.system.environment_actions(state, &mut actions);
            actions
        });
        self.permit(&reads, || "the environment".to_owned(), state)?;
        for action in &actions {
            let local = match action {
                SystemAction::Crash { enactor } => {
                    let local = &state.locals[enactor.index()];
                    self.system.enactor.restarted(local)
                }
                SystemAction::Redeploy { to, .. } => *to,
                _ => continue,
            };
            if !is_symbolic_local(&local) {
                return Err(Dependence::Kept {
                    step: self.system.format_action(action),
                    state: self.in_words(state),
                });
            }
        }
        Ok(actions)
    }

    /// Rollbacks to a plan to which nothing in view refers; an enactor out of view may.
    #[expect(clippy::type_complexity, reason = "states with a step in each")]
    fn rollbacks_out_of_view(
        &self,
        member: &Member<E::Local>,
    ) -> Result<Vec<(Member<E::Local>, SystemAction<E::Local>)>, Dependence> {
        let mut rollbacks = Vec::new();
        if member.state.budget.rollbacks == 0 {
            return Ok(rollbacks);
        }
        for (more, plan) in self.with_one_more(member, &Zones::EVERYWHERE)? {
            for action in self.environment(&more)? {
                if matches!(action, SystemAction::Rollback { to } if to.is(plan)) {
                    rollbacks.push((more, action));
                }
            }
        }
        Ok(rollbacks)
    }

    /// Adds a step once for each choice of plans that operators turn to later.
    fn add(
        &self,
        steps: &mut Steps<E>,
        member: &Member<E::Local>,
        step: SystemAction<E::Local>,
    ) -> Result<(), Dependence> {
        let before = member.state;
        if before.budget.rollbacks == 0 || self.one_of_many {
            // No operator will turn to any plan, or to every one that there may be.
            let remembers = PlanBits::EMPTY;
            steps.push(PatternStep {
                before,
                step,
                remembers,
            });
            return Ok(());
        }
        let Some(after) = self.after(&before, step)? else {
            return Ok(());
        };
        let choices = self.choices(member.remembered, member.unreferenced, &after);
        steps.extend(choices.into_iter().map(|remembers| PatternStep {
            before,
            step,
            remembers,
        }));
        Ok(())
    }

    /// The state after a step.
    pub(super) fn after(
        &self,
        before: &SystemState<E::Local>,
        step: SystemAction<E::Local>,
    ) -> Result<Option<SystemState<E::Local>>, Dependence> {
        let (after, reads) = reads_of(self.reads(before.newest), || {
            self.system.next_state(before, step)
        });
        self.permit(&reads, || self.system.format_action(&step), before)?;
        Ok(after)
    }

    /// Compares what an enactor does in the states of a pattern in which its searches find plans that
    /// nothing refers to with what it does in the others, as the page of this module asks.
    fn compare(
        &self,
        pattern: &Pattern<E::Local>,
        cases: &[Case<E::Local>],
    ) -> Result<(), Dependence> {
        let [first, others @ ..] = cases else {
            return Ok(());
        };
        let mut expected = Vec::new();
        for action in &first.actions {
            let Some((_, image)) = self.image(&first.member, *action)? else {
                continue;
            };
            if image == *pattern {
                let step = self.system.format_action(action);
                return Err(Dependence::Numbering { step });
            }
            expected.push((action, image));
        }
        for case in others {
            let (mut cleans, mut met) = (false, vec![false; expected.len()]);
            let differs = |action: &SystemAction<_>, allowed| Dependence::Step {
                step: self.system.format_action(action),
                allowed,
                place: case.place(),
                state: self.in_words(&case.member.state),
            };
            for action in &case.actions {
                let Some((after, image)) = self.image(&case.member, *action)? else {
                    continue;
                };
                let plans = |state: &SystemState<_>| state.store.plans().bits().len();
                if image == *pattern && plans(&after) < plans(&case.member.state) {
                    cleans = true;
                    continue;
                }
                let mut same = false;
                for ((known, expected), met) in expected.iter().zip(&mut met) {
                    if discriminant(*known) == discriminant(action) && *expected == image {
                        (same, *met) = (true, true);
                    }
                }
                if !same {
                    return Err(differs(action, true));
                }
            }
            if let Some(missing) = met.iter().position(|met| !met).filter(|_| !cleans) {
                return Err(differs(expected[missing].0, false));
            }
        }
        Ok(())
    }

    /// What a step leads to, and the pattern of that; `None` if it changes nothing.
    #[expect(clippy::type_complexity, reason = "a state and its pattern")]
    fn image(
        &self,
        member: &Member<E::Local>,
        action: SystemAction<E::Local>,
    ) -> Result<Option<(SystemState<E::Local>, Pattern<E::Local>)>, Dependence> {
        let after = self.after(&member.state, action)?;
        let Some(after) = after.filter(|after| *after != member.state) else {
            return Ok(None);
        };
        let image = self.pattern(&after, member.remembered)?;
        Ok(Some((after, image)))
    }
}

/// Ends the exploration with the reason. The message of a panic would be printed although a checker reports
/// the reason, so none is.
pub(super) fn refuse<T>(result: Result<T, Dependence>) -> T {
    result.unwrap_or_else(|dependence| resume_unwind(Box::new(dependence.to_string())))
}

impl<E: Enactor<Local: Finite>> Model for EveryGeneration<E> {
    type State = Pattern<E::Local>;
    type Action = PatternStep<E::Local>;

    /// # Panics
    ///
    /// If [`validate`](EveryGeneration::validate) refuses the configuration, with its text.
    fn init_states(&self) -> Vec<Self::State> {
        if let Err(error) = self.validate() {
            panic!("{error}");
        }
        let states = self.system.init_states();
        states.iter().map(|state| self.pattern_of(state)).collect()
    }

    /// # Panics
    ///
    /// If the patterns cannot stand for the system's states, with the text of the [`Dependence`].
    fn actions(&self, pattern: &Self::State, actions: &mut Vec<Self::Action>) {
        actions.extend(refuse(self.steps(pattern)));
    }

    fn next_state(&self, _: &Self::State, taken: Self::Action) -> Option<Self::State> {
        let after = refuse(self.after(&taken.before, taken.step))?;
        Some(refuse(self.pattern(&after, taken.remembers)))
    }

    fn format_action(&self, taken: &Self::Action) -> String {
        self.system.format_action(&taken.step)
    }

    fn format_step(&self, _: &Self::State, taken: Self::Action) -> Option<String> {
        self.system.format_step(&taken.before, taken.step)
    }
}

impl<E: Enactor<Local: Finite>> ActionClasses for EveryGeneration<E> {
    fn action_classes(&self) -> Vec<Cow<'static, str>> {
        self.system.action_classes()
    }

    #[inline]
    fn action_class(&self, taken: &Self::Action) -> usize {
        self.system.action_class(&taken.step)
    }
}

impl<E: Enactor<Local: Finite>> Describe for EveryGeneration<E> {
    /// As the system describes itself, but the number of generations is no bound any more.
    fn describe(&self) -> Description {
        let mut description = self.system.describe();
        let (name, _) = description.bounds.remove(0);
        description
            .parameters
            .push((name, "every number".to_owned()));
        let gap = self.gap;
        description.assumptions.push(format!(
            "the protocol tells apart gaps of at most {gap} between generations (more would end the search)"
        ));
        description.assumptions.push(
            "in runs of which a property is asked, the planner publishes finitely many plans"
                .to_owned(),
        );
        description
    }

    fn is_at_bound(&self, bound: usize, pattern: &Self::State) -> bool {
        self.system.is_at_bound(bound + 1, &pattern.state)
    }
}

/// Enactors are as interchangeable as in the system.
impl<E: Enactor<Local: Finite>> Symmetric for EveryGeneration<E> {
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
            before: self.system.permute(places, &taken.before),
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
