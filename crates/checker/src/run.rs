//! From a builder to a report.

use std::panic::{AssertUnwindSafe, catch_unwind};

use planwright_model::{Altered, Encode, Model};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::checkpoint::Saving;
use crate::codec::{ByCode, BySerde, Codec};
use crate::explore::{Explored, Job, Told, explore, resume};
use crate::judge::verdict;
use crate::keys::{Fingerprints, Keys};
use crate::liveness::running;
use crate::property::Role;
use crate::statistics::collision_probability;
use crate::{
    ActionCount, Checkable, Checker, CheckpointError, Checkpoints, Completion, Fault, Listener,
    Report, Statistics, Storage, memory,
};

type Heard<'a, 'm> = Option<&'a mut (dyn Listener + 'm)>;

type Explore<'m, M> = fn(&Job<'_, 'm, M>, Heard<'_, 'm>) -> Explored;

type Resume<'m, M> =
    fn(&Job<'_, 'm, M>, &Saving<'m, M>, Heard<'_, 'm>) -> Result<Explored, CheckpointError>;

/// The engine, for one way to tell states apart.
pub(crate) struct Engine<'m, M: Model> {
    explore: Explore<'m, M>,
    resume: Resume<'m, M>,
}

impl<M: Model> Clone for Engine<'_, M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M: Model> Copy for Engine<'_, M> {}

impl<M: Checkable> Engine<'_, M> {
    pub(crate) fn of<K: Keys<M>>() -> Self {
        Self {
            explore: explore::<M, K>,
            resume: resume::<M, K>,
        }
    }
}

impl<'m, M: Checkable> Checker<'m, M> {
    /// Explores, and reports.
    ///
    /// A panic in the model or a property does not escape: it becomes part of the report.
    ///
    /// # Panics
    ///
    /// If two properties, or two fairness conditions, have the same name; if a checkpoint cannot be resumed,
    /// which [`try_run`](Self::try_run) returns.
    #[track_caller]
    pub fn run(self) -> Report<'m, M> {
        match self.try_run() {
            Ok(report) => report,
            Err(error) => panic!("{error}"),
        }
    }

    /// Leaves [checkpoints](Checkpoints) from which the exploration can be resumed, or resumes it.
    /// States are stored by their codes; for models without, there is
    /// [`checkpoints_by_serde`](Self::checkpoints_by_serde).
    pub fn checkpoints(self, checkpoints: Checkpoints) -> Self
    where
        M: Encode,
    {
        self.saving(checkpoints, Box::new(ByCode))
    }

    /// The same as [`checkpoints`](Self::checkpoints), for states that serde can store.
    pub fn checkpoints_by_serde(self, checkpoints: Checkpoints) -> Self
    where
        M::State: Serialize + DeserializeOwned,
    {
        self.saving(checkpoints, Box::new(BySerde))
    }

    fn saving(
        mut self,
        checkpoints: Checkpoints,
        codec: Box<dyn Codec<Altered<'m, M>> + 'm>,
    ) -> Self {
        self.saving = Some(Saving { checkpoints, codec });
        self
    }

    /// Explores, and reports. A checkpoint that cannot be written ends nothing:
    /// [`Report::checkpoint_error`] tells of it.
    ///
    /// # Errors
    ///
    /// If the checkpoint to be resumed is damaged, is of another exploration, or does not agree with
    /// the model: some of its schedules are taken again, and all that was possible on the way must
    /// be known. Nothing has been explored then, and the checkpoint is left as it is.
    ///
    /// # Panics
    ///
    /// If two properties, or two fairness conditions, have the same name.
    #[track_caller]
    pub fn try_run(mut self) -> Result<Report<'m, M>, CheckpointError> {
        let saving = self.saving.take();
        let asked = self.asked();
        asked.assert_distinct();
        let mut properties = asked.list.clone();
        properties.append(&mut self.bounds);
        let quotient = self.symmetry.map(|form| form(&self.model));
        let job = Job {
            model: &self.model,
            altered: self.model.is_altered(),
            properties: &properties,
            classify: self.classify.as_deref(),
            symmetry: quotient.as_deref(),
            classes: self.classes.len(),
            fairness: &asked.fairness,
            options: &self.options,
            saving: saving.as_ref(),
        };
        // If it starts again, with fingerprints, then not from a checkpoint of codes.
        let mut resumed = saving.as_ref().filter(|saving| saving.checkpoints.resume);
        let mut go = |engine: &Engine<'m, Altered<'m, M>>| {
            let heard = self.listener.as_deref_mut();
            match resumed.take() {
                Some(saving) => (engine.resume)(&job, saving, heard),
                None => Ok((engine.explore)(&job, heard)),
            }
        };
        let mut explored = go(&self.engine)?;
        let without_code = matches!(
            explored.completion,
            Completion::Faulted(Fault::NoCode { .. })
        );
        if self.storage == Storage::ExactIfItFits && without_code {
            explored = go(&Engine::of::<Fingerprints>())?;
        }
        let (bounds, claims): (Vec<_>, Vec<_>) =
            (properties.iter().enumerate()).partition(|(_, property)| property.role == Role::Bound);
        let findings = claims
            .into_iter()
            .map(|(index, property)| {
                let mut finding = verdict(&job, property, &explored, index);
                if let Some(Told::Trap(_, region)) = &explored.told[index] {
                    let entry = finding.verdict.trace().map(|trace| trace.last_state());
                    finding.trap = entry.map(|entry| {
                        let running = || running(&self.model, entry);
                        // A panic here is one that did not happen during the search.
                        let running = catch_unwind(AssertUnwindSafe(running));
                        let orbits = self.symmetry.is_some();
                        region.named(&self.classes, orbits, running.unwrap_or_default())
                    });
                }
                finding
            })
            .collect();
        let statistics = self.statistics(&explored);
        let touched = bounds
            .iter()
            .map(|(index, _)| match explored.schedules[*index] {
                Some(_) => Some(true),
                None => explored.completion.is_complete().then_some(false),
            });
        let touched = touched.collect();
        let description = std::mem::take(&mut self.description);
        Ok(Report {
            explored: self.model.clone(),
            findings,
            completion: explored.completion,
            statistics,
            description,
            touched,
            not_saved: explored.not_saved,
            ways_back: explored
                .told
                .into_iter()
                .flatten()
                .find_map(|told| match told {
                    Told::WaysBack(longest, never) => Some((longest, never)),
                    _ => None,
                }),
            asked,
            read_back: self.read_back,
            teller: self.teller.take(),
        })
    }

    fn statistics(&self, explored: &Explored) -> Statistics {
        let actions = self.classes.iter().zip(&explored.fired);
        Statistics {
            states: explored.states,
            transitions: explored.transitions,
            depth: explored.levels.len().saturating_sub(1) as u32,
            complete_depth: explored.complete_depth,
            cut_states: explored.cut,
            terminal_states: explored.terminal,
            levels: explored.levels.clone(),
            actions: actions
                .map(|(name, fired)| ActionCount {
                    name: name.clone(),
                    fired: *fired,
                })
                .collect(),
            up_to_symmetry: self.symmetry.is_some(),
            exact: explored.exact,
            checked: explored.checked,
            collision_probability: if explored.exact {
                0.0
            } else {
                // States outside the boundary have fingerprints too.
                collision_probability(explored.states + explored.cut)
            },
            seed: self.options.seed,
            threads: self.options.threads,
            elapsed: explored.elapsed,
            peak_memory: memory::peak(),
        }
    }
}
