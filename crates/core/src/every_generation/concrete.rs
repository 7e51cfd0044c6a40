//! Schedules in real generations.

use std::collections::VecDeque;
use std::mem::discriminant;

use planwright_model::Model;

use super::{EveryGeneration, Pattern, PatternStep};
use crate::{
    Enactor, Generation, PackLocal, PlanSet, Planner, SystemAction, SystemState, UpdateSystem,
};

/// A schedule of patterns as one of a system with a bounded planner.
#[derive(Clone, Debug)]
pub struct Concrete<E: Enactor, const A: usize, const B: usize> {
    /// The system, with a planner that publishes as many generations as the schedule needs.
    pub system: UpdateSystem<E, A, B>,
    /// Its steps from the system's initial state. There can be more than in the schedule of
    /// patterns, because deletions of plans that nothing refers to are steps as well.
    pub steps: Vec<SystemAction<E::Local>>,
}

/// No schedule in real generations was found for one of patterns.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "no schedule in real generations was found for step {step} (`{action}`), so what the patterns show \
     need not happen: the protocol depends on plans that nothing refers to, or more than {PATIENCE} states \
     came before it, or more than {} generations",
    Generation::CAPACITY
)]
pub struct ConcreteError {
    /// The step that could not be taken, from 1.
    pub step: usize,
    /// The step in words.
    pub action: String,
}

/// How many states that differ only in plans nothing refers to are tried between two steps.
const PATIENCE: usize = 10_000;

/// A state, what is remembered in it, and how it was come by.
struct Visited<L, const A: usize, const B: usize> {
    state: SystemState<L, A, B>,
    remembered: PlanSet,
    from: Option<(usize, SystemAction<L>)>,
}

impl<E: Enactor<Local: PackLocal> + Clone, const A: usize, const B: usize>
    EveryGeneration<E, A, B>
{
    /// Finds a schedule of the system itself that passes through these patterns, in this order, from
    /// an initial state.
    ///
    /// Each step is searched for among the real ones by what it leads to, so the schedule rests on
    /// the system's model and on what the pattern of a state is, and on nothing else of the reduction.
    ///
    /// # Errors
    ///
    /// [`ConcreteError`] names the first step that no real one matches.
    #[expect(clippy::type_complexity, reason = "steps with what they lead to")]
    pub fn concrete(
        &self,
        schedule: &[(PatternStep<E::Local>, Pattern<E::Local, A, B>)],
    ) -> Result<Concrete<E, A, B>, ConcreteError> {
        let publishes = |(taken, _): &&(PatternStep<_>, _)| {
            matches!(
                taken.step,
                SystemAction::Publish | SystemAction::Reissue { .. }
            )
        };
        let starts = self.system.init_states();
        let published = starts
            .iter()
            .any(|start| start.newest_published().is_some());
        let generations = schedule.iter().filter(publishes).count() + usize::from(published);
        // One more, so that the planner stops in a step of its own and not by its bound.
        let generations = (generations + 1).min(Generation::CAPACITY);
        let planner = Planner::bounded(generations).may_stop(self.system.planner.can_stop());
        let system = self.system.clone().planner(planner);

        let mut errors = Vec::new();
        for start in starts {
            match self.passages(&system, start, schedule) {
                Ok(steps) => return Ok(Concrete { system, steps }),
                Err(error) => errors.push(error),
            }
        }
        let furthest = errors.into_iter().max_by_key(|error| error.step);
        Err(furthest.expect("a system has an initial state"))
    }

    /// The steps that pass through the patterns, from this state.
    #[expect(clippy::type_complexity, reason = "steps with what they lead to")]
    fn passages(
        &self,
        system: &UpdateSystem<E, A, B>,
        start: SystemState<E::Local, A, B>,
        schedule: &[(PatternStep<E::Local>, Pattern<E::Local, A, B>)],
    ) -> Result<Vec<SystemAction<E::Local>>, ConcreteError> {
        let (mut state, mut remembered) = (start, PlanSet::EMPTY);
        let mut steps = Vec::new();
        let mut pattern = self.pattern_of(&state);
        for (number, (taken, target)) in schedule.iter().enumerate() {
            let here = (state, remembered);
            let Some((path, after)) = self.passage(system, here, &pattern, taken, target) else {
                return Err(ConcreteError {
                    step: number + 1,
                    action: self.system.format_action(&taken.step).trim().to_owned(),
                });
            };
            steps.extend(path);
            (state, remembered) = after;
            pattern = *target;
        }
        Ok(steps)
    }

    /// The shortest way through states of `pattern` to a step like `taken` that leads to `target`.
    #[expect(clippy::type_complexity, reason = "a path and where it ends")]
    fn passage(
        &self,
        system: &UpdateSystem<E, A, B>,
        (state, remembered): (SystemState<E::Local, A, B>, PlanSet),
        pattern: &Pattern<E::Local, A, B>,
        taken: &PatternStep<E::Local>,
        target: &Pattern<E::Local, A, B>,
    ) -> Option<(
        Vec<SystemAction<E::Local>>,
        (SystemState<E::Local, A, B>, PlanSet),
    )> {
        let mut visited = vec![Visited {
            state,
            remembered,
            from: None,
        }];
        let mut queue = VecDeque::from([0]);
        while let Some(here) = queue.pop_front() {
            let Visited {
                state, remembered, ..
            } = visited[here];
            let mut actions = Vec::new();
            system.actions(&state, &mut actions);
            for action in actions {
                let Some(after) = system.next_state(&state, action) else {
                    continue;
                };
                let alike = discriminant(&action) == discriminant(&taken.step)
                    && action.enactor() == taken.step.enactor();
                for remembered in self.choices(remembered, &after) {
                    let image = self.system.pattern(&after, remembered);
                    if alike && image == *target {
                        let mut path = vec![action];
                        let mut back = here;
                        while let Some((earlier, action)) = visited[back].from {
                            path.push(action);
                            back = earlier;
                        }
                        path.reverse();
                        return Some((path, (after, remembered)));
                    }
                    let known =
                        |v: &Visited<_, A, B>| v.state == after && v.remembered == remembered;
                    if image == *pattern && visited.len() < PATIENCE && !visited.iter().any(known) {
                        queue.push_back(visited.len());
                        visited.push(Visited {
                            state: after,
                            remembered,
                            from: Some((here, action)),
                        });
                    }
                }
            }
        }
        None
    }
}
