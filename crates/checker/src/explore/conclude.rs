//! The end of a search: from numbers to schedules.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::path::Paths;
use super::{End, Explored, Search};
use crate::checkable::Checkable;
use crate::{Completion, Fault, Limit};

impl<M: Checkable> Search<'_, '_, M> {
    /// Turns the end of the search into what was found.
    pub(super) fn conclude(mut self, end: End) -> Explored {
        self.tell(0);
        let depth = self.levels.len().saturating_sub(1) as u32;
        let mut complete_depth = (!self.levels.is_empty()).then_some(depth);
        let mut counts = &self.complete;
        let completion = match end {
            End::Complete if self.complete.cut > 0 => Completion::Boundary {
                cut_states: self.complete.cut,
            },
            End::Complete => Completion::Exhausted,
            End::Settled => Completion::Settled { depth },
            End::Limit(limit) => {
                if let Limit::States(_) = limit {
                    counts = &self.committed;
                    let whole: u64 = self.complete.states;
                    if counts.states > whole {
                        complete_depth = depth.checked_sub(1);
                    }
                }
                Completion::Stopped(limit)
            }
            End::Fault(suspicion) => {
                let path = self.quietly(|paths| paths.to_spot(suspicion.spot));
                let line = path.map(|path| path.line());
                Completion::Faulted(suspicion.fault.with_path(line))
            }
        };
        let schedules = self.evidence.iter().map(|evidence| {
            evidence.map(|evidence| {
                let path = self.quietly(|paths| paths.to_evidence(evidence));
                path.ok_or_else(|| Fault::NotDeterministic {
                    detail: "the schedule to a state could not be repeated".to_owned(),
                    path: None,
                })
            })
        });
        Explored {
            completion,
            initial: (self.has_initial, !self.roots.is_empty()),
            states: counts.states,
            transitions: counts.transitions,
            cut: counts.cut,
            complete_depth,
            triggered: counts.triggered.clone(),
            fired: counts.fired.clone(),
            schedules: schedules.collect(),
            elapsed: self.watch.elapsed(),
            levels: self.levels.clone(),
        }
    }

    /// Looks for a schedule; a panic on the way means that the model behaves differently now.
    fn quietly<T>(&self, find: impl FnOnce(&Paths<'_, M>) -> Option<T>) -> Option<T> {
        let paths = Paths {
            model: self.job.model,
            fingerprinter: &self.fingerprinter,
            visited: &self.visited,
            ancestry: &self.ancestry,
            roots: &self.roots,
        };
        catch_unwind(AssertUnwindSafe(|| find(&paths)))
            .ok()
            .flatten()
    }
}
