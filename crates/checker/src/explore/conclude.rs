//! The end of a search: from numbers to schedules.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::chunk::Tally;
use super::explored::{Explored, Told};
use super::search::{End, Search};
use super::suspicion::{Origin, Spot};
use crate::Checkable;
use crate::keys::Keys;
use crate::ordinals::Ordinals;
use crate::statistics::{Checked, Share};
use crate::symmetry::unfold;
use crate::{Completion, Extent, Fault, Limit};

impl<M: Checkable, K: Keys<M>> Search<'_, '_, M, K> {
    /// Turns the end of the search into what was found.
    pub(super) fn conclude(mut self, end: End) -> Explored {
        self.tell(0);
        let has_ended = matches!(end, End::Complete | End::Settled);
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
                // With a wrong canonical form the last step may have no counterpart in the model.
                let before = match suspicion.spot.parent() {
                    Origin::ROOT => Spot::Start,
                    parent => Spot::State(parent),
                };
                let mut spots = [suspicion.spot, before].into_iter();
                let path = spots.find_map(|spot| self.unfolded(self.ancestry.to_spot(spot)?, None));
                let line = path.map(|path| path.line());
                Completion::Faulted(suspicion.fault.with_path(line))
            }
        };
        let counts = counts.clone();
        let schedules = self.evidence.iter().enumerate();
        let schedules = schedules
            .map(|(index, found)| {
                found.map(|found| {
                    let folded = self.ancestry.to_evidence(found);
                    self.unfolded(folded, Some(index)).ok_or_else(not_unfolded)
                })
            })
            .collect();
        let told = self.tell_of_graph(&completion);
        // Only now: deciding what is about the graph takes time and memory as well.
        let undecided = told
            .iter()
            .flatten()
            .any(|told| matches!(told, Told::Stopped(_)));
        if let Some(saving) = self.job.saving.filter(|_| has_ended && !undecided) {
            saving.checkpoints.remove();
        }
        Explored {
            completion,
            initial: self.initial,
            exact: K::EXACT,
            states: counts.states,
            transitions: counts.transitions,
            cut: counts.cut,
            terminal: counts.terminal,
            checked: self.checked(&counts),
            complete_depth,
            triggered: counts.triggered,
            fired: counts.fired,
            schedules,
            told,
            elapsed: self.elapsed(),
            levels: self.levels.clone(),
            not_saved: self.saver.error,
        }
    }

    /// How much was checked of what the verdicts rest on.
    fn checked(&self, counts: &Tally) -> Checked {
        let share = |checked, of| Share { checked, of };
        let read_back = match self.job.options.audit.encoding {
            Extent::All => counts.transitions,
            _ => counts.read_back,
        };
        let symmetry = self.job.symmetry;
        Checked {
            determinism: share(counts.asked_twice, counts.expanded),
            encoding: K::EXACT.then(|| share(read_back, counts.transitions)),
            symmetry: symmetry.map(|_| share(counts.renamed, counts.expanded)),
        }
    }

    /// The schedule in the model's own terms, if states were explored up to symmetry; it violates
    /// the property, if it is about steps, where it can.
    pub(super) fn unfolded(&self, folded: Ordinals, property: Option<usize>) -> Option<Ordinals> {
        let Some(symmetry) = self.job.symmetry else {
            return Some(folded);
        };
        let property = property.map(|index| &self.job.properties[index]);
        let unfolded = || {
            unfold(
                symmetry,
                self.job.model,
                &folded,
                |before, action, after| {
                    property.is_some_and(|property| property.refuses(before, action, after))
                },
            )
        };
        // A panic here is one that did not happen during the search.
        catch_unwind(AssertUnwindSafe(unfolded)).ok().flatten()
    }
}

pub(super) fn not_unfolded() -> Fault {
    Fault::NotSymmetric {
        detail: "the schedule of representatives has no counterpart in the model: \
                 `Audit::ALL` says why"
            .to_owned(),
        path: None,
    }
}
