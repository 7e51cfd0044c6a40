//! The DNS Enactor of the talk: a whole tree, the root and the rollback pointer in one batch.

use planwright_core::{
    Conflict, Enactor, Endpoint, EndpointSet, Epoch, Finite, Generation, PlanSet, RecordStore,
    Steps, Transaction, Write,
};

use crate::{Choice, Cleanup, Protocol, Rollback};

/// The root alias: the only name that clients look up.
const ROOT: Endpoint = Endpoint::FIRST;

/// One of the redundant DNS Enactors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeEnactor {
    /// How it flips the root, and what it cleans up.
    pub protocol: Protocol,
    /// How many generations old a tree is when clean-up by age deletes it.
    pub cleanup_age: u8,
}

/// Where a DNS Enactor is in its pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Finite)]
pub enum Phase {
    /// Waits for a plan.
    Idle {
        /// The last plan it was done with; none after it has started.
        done: Option<Generation>,
    },
    /// Has chosen a plan and is about to read the lock record.
    Chosen {
        /// The plan in hand.
        plan: Generation,
    },
    /// Has read the lock record.
    Synced {
        /// The plan in hand.
        plan: Generation,
        /// The epoch read.
        epoch: Epoch,
    },
    /// Has installed its plan and is about to clean up.
    Cleaning {
        /// The plan in hand.
        plan: Generation,
    },
    /// Has read the lock record and is about to clean up under the lock.
    Locking {
        /// The plan in hand.
        plan: Generation,
        /// The epoch read.
        epoch: Epoch,
    },
    /// Has found a tree unused and is about to delete it.
    Deleting {
        /// The plan in hand.
        plan: Generation,
        /// The plan whose tree is deleted next.
        victim: Generation,
    },
}

impl Default for Phase {
    fn default() -> Self {
        Self::Idle { done: None }
    }
}

impl Enactor for TreeEnactor {
    type Local = Phase;

    fn steps(&self, phase: &Phase, store: &RecordStore, next: &mut Steps<Phase>) {
        match *phase {
            Phase::Idle { done } => {
                if let Some(plan) = self.choose(done, store) {
                    next.goto(Phase::Chosen { plan });
                }
            }
            Phase::Chosen { plan } => {
                let epoch = store.lock();
                next.goto(Phase::Synced { plan, epoch });
            }
            Phase::Synced { plan, epoch } => {
                next.commit_else(
                    self.batch(plan, epoch),
                    Phase::Cleaning { plan },
                    |conflict| {
                        match conflict {
                            // The root has this plan or a newer one.
                            Conflict::NotNewer { .. } => idle(plan),
                            // Backs off and tries again, with the plan it has.
                            _ => Phase::Chosen { plan },
                        }
                    },
                );
            }
            Phase::Cleaning { plan } => self.clean(plan, store, next),
            Phase::Locking { plan, epoch } => {
                let deletion = self.deletion(plan).under_lock(epoch);
                next.commit(deletion, idle(plan), Phase::Cleaning { plan });
            }
            Phase::Deleting { plan, victim } => {
                next.commit(
                    Transaction::delete(victim),
                    Phase::Cleaning { plan },
                    *phase,
                );
            }
        }
    }

    /// An enactor that counts through plans remembers the last one while it waits.
    fn is_drained(&self, phase: &Phase) -> bool {
        matches!(phase, Phase::Idle { .. })
    }

    fn holds(&self, phase: &Phase) -> Option<Generation> {
        match *phase {
            Phase::Chosen { plan } | Phase::Synced { plan, .. } => Some(plan),
            _ => None,
        }
    }

    fn plain_guards(&self) -> Vec<&'static str> {
        let choice = match self.protocol.choice {
            Choice::Next => "an enactor installs each published plan once, in order",
            Choice::Newest => "an enactor picks the newest plan if the root does not name it",
        };
        vec![choice, "clean-up happens if it finds something to delete"]
    }

    fn describe(&self, phase: &Phase) -> String {
        match *phase {
            Phase::Idle { .. } => "finds nothing to clean up".to_owned(),
            Phase::Chosen { plan } => format!("picks {plan}"),
            Phase::Synced { plan, epoch } => format!("reads the lock ({epoch}), holds {plan}"),
            Phase::Cleaning { plan } => format!("is about to clean up, has installed {plan}"),
            Phase::Locking { epoch, .. } => format!("reads the lock ({epoch}), to clean up"),
            Phase::Deleting { victim, .. } => format!("finds {victim} unused"),
        }
    }
}

impl TreeEnactor {
    /// The plan to install, if any. An enactor that has just started counts from what the root names.
    fn choose(&self, done: Option<Generation>, store: &RecordStore) -> Option<Generation> {
        let newest = store.newest_plan()?;
        let root = store.applied(ROOT);
        match self.protocol.choice {
            Choice::Next => {
                let next = done.or(root)?.successor().ok()?;
                (next <= newest).then_some(next)
            }
            Choice::Newest => (root != Some(newest)).then_some(newest),
        }
    }

    /// One change batch of Route 53, applied whole or not at all (DAT453: the old lock record is
    /// deleted by value and a new one created, so that the batch fails if another was faster). It brings
    /// the whole tree along; trees of earlier plans stay, so that rolling back is one flip.
    fn batch(&self, plan: Generation, epoch: Epoch) -> Transaction {
        let root = EndpointSet::from(ROOT);
        let mut batch = Transaction::EMPTY
            .and(Write::Install(root, plan))
            .under_lock(epoch);
        if self.protocol.compares_plans {
            batch = batch.only_if_newer();
        }
        match self.protocol.rollback {
            Rollback::Required => batch.only_if_resolves().and(Write::SaveRollback),
            Rollback::Optional => batch.and(Write::SaveRollbackOrNone),
        }
    }

    fn clean(&self, plan: Generation, store: &RecordStore, next: &mut Steps<Phase>) {
        let victims = self.victims(plan, store);
        let Some(victim) = victims.oldest() else {
            return next.goto(idle(plan));
        };
        match self.protocol.cleanup {
            Cleanup::Old | Cleanup::Unused => {
                next.commit(self.deletion(plan), idle(plan), idle(plan));
            }
            Cleanup::OldUnderLock => {
                let epoch = store.lock();
                next.goto(Phase::Locking { plan, epoch });
            }
            Cleanup::LookedUnused => next.goto(Phase::Deleting { plan, victim }),
        }
    }

    /// What an enactor that has installed this plan finds to delete.
    fn victims(&self, plan: Generation, store: &RecordStore) -> PlanSet {
        use planwright_core::Cleanup::{OlderThanOwn, Unreachable};
        let rule = match self.protocol.cleanup {
            Cleanup::Old | Cleanup::OldUnderLock => OlderThanOwn(self.cleanup_age),
            Cleanup::LookedUnused | Cleanup::Unused => Unreachable,
        };
        rule.victims(store, plan)
    }

    /// Deletes all of them at once (KP: the collection is one step).
    fn deletion(&self, plan: Generation) -> Transaction {
        let unused = self.protocol.cleanup == Cleanup::Unused;
        Transaction::EMPTY.and(Write::DeleteOlder {
            than: plan,
            by: if unused { 1 } else { self.cleanup_age },
            spare_used: unused,
        })
    }
}

fn idle(plan: Generation) -> Phase {
    Phase::Idle { done: Some(plan) }
}
