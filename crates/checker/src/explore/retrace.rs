//! Whether a checkpoint agrees with the model and the properties.
//!
//! Neither can be compared with what they were; they can only be asked again, about what is known of them.

use super::level::Level;
use super::search::Search;
use crate::keys::Keys;
use crate::property::{Property, PropertyOf};
use crate::reading::value;
use crate::{Checkable, PropertyKind};

/// Schedules that are taken again.
const RETRACED: usize = 16;

impl<M: Checkable, K: Keys<M>> Search<'_, '_, M, K> {
    /// Takes the schedules to some states of the level again, and every step beside them, and asks the
    /// properties about all of that and about every state of the level.
    pub(super) fn retrace(&self, level: &Level<K::Kept>) -> Result<(), String> {
        let settled_at = self.settled_at();
        let last = level.len() - 1;
        let mut positions: Vec<usize> = (0..=RETRACED).map(|n| last * n / RETRACED).collect();
        positions.dedup();
        for position in positions {
            let path = self.ancestry.path(level.first + position as u32);
            let state = self.follow(&path, &settled_at)?;
            let stored = level.slices(position..position + 1).flatten().next();
            let stored = stored.map(|kept| self.keys.state(self.job.model, kept));
            if stored.as_deref() != Some(&state) {
                return Err(format!(
                    "a schedule of {} steps leads elsewhere",
                    path.len() - 1
                ));
            }
        }
        let depth = self.levels.len();
        for (number, kept) in (level.first as usize..).zip(level.slices(0..level.len()).flatten()) {
            let state = self.keys.state(self.job.model, kept);
            for (property, settled_at) in self.job.properties.iter().zip(&settled_at) {
                if settled_at.is_none() && property.is_settled_in(&state) {
                    return Err(decided_otherwise(property, depth));
                }
            }
            self.compare_marks(number, &state)?;
        }
        Ok(())
    }

    /// For each property that is settled, the length of the schedule that settled it.
    fn settled_at(&self) -> Vec<Option<usize>> {
        let evidence = self.evidence.iter();
        let length = |found| self.ancestry.to_evidence(found).actions.len();
        evidence.map(|found| found.map(length)).collect()
    }

    /// What the graph knows of a state that properties of the graph ask for.
    fn compare_marks(&self, number: usize, state: &M::State) -> Result<(), String> {
        let Some(recorder) = &self.recorder else {
            return Ok(());
        };
        let mut marks = recorder.marks(number);
        for property in self.job.properties {
            let predicates = property.predicates().iter();
            for (holds, mark) in predicates.zip(marks.by_ref()) {
                if holds(state) != mark {
                    return Err(decided_otherwise(property, self.levels.len()));
                }
            }
        }
        Ok(())
    }

    /// The state at the end of a path; all successors on the way must be known, and settle nothing that was
    /// not settled there.
    fn follow(&self, path: &[u32], settled_at: &[Option<usize>]) -> Result<M::State, String> {
        let model = self.job.model;
        let start = model.init_states().into_iter();
        let mut steps: Vec<_> = (0..).zip(start.map(|state| (None, state))).collect();
        let mut reached: Option<M::State> = None;
        for (depth, wanted) in path.iter().enumerate() {
            let before = reached.take();
            if let Some(state) = &before {
                let next = crate::steps::steps(model, state).into_iter();
                let next = next.map(|step| (step.ordinal, (Some(step.action), step.next)));
                steps = next.collect();
            }
            let is_expanded = depth + 1 < path.len();
            for (ordinal, (action, next)) in steps.drain(..) {
                let step = before.as_ref().zip(action.as_ref());
                let refuses = |property: &PropertyOf<'_, M>| {
                    step.is_some_and(|(before, action)| property.refuses(before, action, &next))
                };
                let open = self.job.properties.iter().zip(settled_at);
                let mut open = open.filter(|(_, settled)| settled.is_none_or(|at| depth < at));
                let mut refused = open.clone().filter(|(property, _)| refuses(property));
                if let Some((property, _)) = refused.next() {
                    return Err(decided_otherwise(property, depth));
                }
                let next = match self.job.symmetry {
                    Some(symmetry) => symmetry.canonical(&next),
                    None => next,
                };
                let key = self.keys.key_of(model, &next);
                if !key.is_some_and(|key| self.visited.contains(&key)) {
                    return Err(format!("a state {depth} steps from the start is new"));
                }
                if model.within_boundary(&next)
                    && let Some((property, _)) =
                        open.find(|(property, _)| self.settles(property, &next, is_expanded))
                {
                    return Err(decided_otherwise(property, depth));
                }
                if ordinal == *wanted {
                    reached = Some(next);
                }
            }
            if reached.is_none() {
                return Err(format!(
                    "a step {depth} steps from the start is not possible"
                ));
            }
        }
        reached.ok_or_else(|| "a schedule is empty".to_owned())
    }

    /// Whether a state settles the property; deadlocks show when it is expanded.
    fn settles(&self, property: &PropertyOf<'_, M>, state: &M::State, is_expanded: bool) -> bool {
        match property.kind {
            PropertyKind::NoDeadlock => {
                is_expanded && value(self.job.model, property, None, state) == Some(false)
            }
            _ => property.is_settled_in(state),
        }
    }
}

fn decided_otherwise<S, A>(property: &Property<'_, S, A>, depth: usize) -> String {
    format!(
        "property `{}` is another one than then: {depth} steps from the start it gives another answer (properties \
         are asked again only about some states, so let the configuration name all that they depend on)",
        property.name
    )
}
