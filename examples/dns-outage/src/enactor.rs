//! The DNS Enactor: one protocol, with safeguards to switch on.

use planwright_core::{
    Cleanup, Conflict, Enactor, Endpoint, EndpointSet, Epoch, Generation, RecordStore, Steps,
    Transaction, Write,
};

use crate::{Phase, Safeguards, SkipInUse, Weaknesses};

/// The protocol of one of the redundant DNS Enactors.
///
/// Each rule cites the sentence it encodes of AWS's "Summary of the Amazon DynamoDB Service
/// Disruption in the Northern Virginia (US-EAST-1) Region" (aws.amazon.com/message/101925);
/// DEVIATIONS.md lists what is simplified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DnsEnactor {
    /// What prevents the race, if anything.
    pub safeguards: Safeguards,
    /// What makes it worse.
    pub weaknesses: Weaknesses,
    /// How many generations old a plan is when clean-up deletes it.
    pub cleanup_age: u8,
}

impl Enactor for DnsEnactor {
    type Local = Phase;

    fn steps(&self, phase: &Phase, store: &RecordStore, next: &mut Steps<Phase>) {
        match *phase {
            Phase::Idle => self.pick(store, next),
            Phase::Chosen { plan } => {
                let epoch = store.lock();
                next.goto(Phase::Locking { plan, epoch });
            }
            Phase::Locking { plan, epoch } => self.install(plan, epoch, store, next),
            Phase::Writing {
                plan,
                endpoint,
                rechecked,
            } => self.write(plan, endpoint, rechecked, store, next),
            Phase::Recording { plan } => {
                let record = Transaction::EMPTY.and(Write::Observe(plan));
                next.commit(record, cleaning(plan), *phase);
            }
            Phase::Cleaning { plan, after } => self.clean(plan, after, store, next),
            Phase::Deleting { plan, victim } => {
                let after = Some(victim);
                let then = Phase::Cleaning { plan, after };
                next.commit(self.deletion(victim, plan), then, then);
            }
        }
    }

    fn holds(&self, phase: &Phase) -> Option<Generation> {
        match *phase {
            Phase::Chosen { plan } | Phase::Locking { plan, .. } | Phase::Writing { plan, .. } => {
                Some(plan)
            }
            _ => None,
        }
    }

    fn plain_guards(&self) -> Vec<&'static str> {
        let mut guards = vec![
            "an enactor picks the newest plan, and only if there is something to do",
            "clean-up deletes only plans that are old enough, each once",
        ];
        if self.safeguards.recheck_before_write {
            guards.push("each endpoint is looked at again before it is written");
        }
        if self.safeguards.skip_in_use == SkipInUse::Separately {
            guards.push("clean-up looks whether a plan is in use before it deletes it");
        }
        guards
    }

    fn describe(&self, phase: &Phase) -> String {
        phase.in_words()
    }
}

impl DnsEnactor {
    /// AWS: "before it begins to apply a new plan, the DNS Enactor makes a one-time check that its
    /// plan is newer than the previously applied plan". The check is made here and never again.
    fn pick(&self, store: &RecordStore, next: &mut Steps<Phase>) {
        let Some(plan) = store.newest_plan() else {
            return;
        };
        let wanted = if self.weaknesses.edge_triggered {
            let handled = store.observed().or(store.applied(Endpoint::FIRST));
            handled < Some(plan)
        } else {
            !store.all_at(plan)
        };
        if wanted {
            next.goto(self.begin(plan));
        }
    }

    fn begin(&self, plan: Generation) -> Phase {
        if self.safeguards.lock {
            Phase::Chosen { plan }
        } else {
            Phase::Writing {
                plan,
                endpoint: Endpoint::FIRST,
                rechecked: false,
            }
        }
    }

    /// AWS: an enactor "attempts to update Route53 by replacing the current plan with a new plan
    /// using a Route53 transaction". One endpoint is one transaction, so each endpoint is always
    /// consistent in itself, and all else interleaves.
    fn write(
        &self,
        plan: Generation,
        endpoint: Endpoint,
        rechecked: bool,
        store: &RecordStore,
        next: &mut Steps<Phase>,
    ) {
        let last = store.endpoint_after(endpoint).is_none();
        let onward = self.after_write(plan, endpoint, store);
        if self.weaknesses.abandon_writes {
            next.goto(onward);
        }
        if self.safeguards.recheck_before_write && !rechecked {
            let newer = store.applied(endpoint) < Some(plan);
            next.goto(if newer {
                let rechecked = true;
                Phase::Writing {
                    plan,
                    endpoint,
                    rechecked,
                }
            } else {
                onward
            });
            return;
        }
        // Changed in place: to copy what was just written byte by byte takes longer than to write it.
        let mut write = self.guarded(Transaction::point_at(endpoint, plan));
        let mut then = onward;
        if last && self.safeguards.atomic_cleanup {
            write = self.with_cleanup(write, plan, store);
            then = Phase::Idle;
        }
        let here = Phase::Writing {
            plan,
            endpoint,
            rechecked,
        };
        next.commit_else(write, then, |conflict| match conflict {
            // Somebody has put this plan or a newer one there: nothing left to do here.
            Conflict::NotNewer { .. } => onward,
            Conflict::Held(_) => here,
            _ => Phase::Idle,
        });
    }

    /// What follows once this endpoint is done with.
    fn after_write(&self, plan: Generation, endpoint: Endpoint, store: &RecordStore) -> Phase {
        match store.endpoint_after(endpoint) {
            Some(endpoint) => Phase::Writing {
                plan,
                endpoint,
                rechecked: false,
            },
            None => self.after_last_write(plan),
        }
    }

    fn after_last_write(&self, plan: Generation) -> Phase {
        if self.weaknesses.edge_triggered {
            Phase::Recording { plan }
        } else {
            cleaning(plan)
        }
    }

    /// The version with a lock record: every endpoint in one batch that fails if the lock has
    /// changed hands. A loser reads the lock again, but keeps the plan it chose before.
    fn install(
        &self,
        plan: Generation,
        epoch: Epoch,
        store: &RecordStore,
        next: &mut Steps<Phase>,
    ) {
        let onward = self.after_last_write(plan);
        if self.weaknesses.abandon_writes {
            next.goto(onward);
        }
        let all = EndpointSet::first(store.endpoints().count());
        let batch = self.guarded(Transaction::point_at(all, plan).under_lock(epoch));
        let (batch, then) = if self.safeguards.atomic_cleanup {
            (self.with_cleanup(batch, plan, store), Phase::Idle)
        } else {
            (batch, onward)
        };
        next.commit_else(batch, then, |conflict| match conflict {
            Conflict::LockLost => Phase::Chosen { plan },
            Conflict::Held(_) => Phase::Locking { plan, epoch },
            _ => Phase::Idle,
        });
    }

    /// The preconditions of an endpoint write.
    fn guarded(&self, mut write: Transaction) -> Transaction {
        if !self.safeguards.self_heal {
            write = write.only_if_resolves();
        }
        if self.safeguards.conditional_write {
            write = write.only_if_newer();
        }
        if self.safeguards.exists_on_write {
            write = write.only_if_plan_exists();
        }
        write
    }

    fn with_cleanup(
        &self,
        write: Transaction,
        plan: Generation,
        store: &RecordStore,
    ) -> Transaction {
        let (than, by) = match self.cleanup() {
            Cleanup::OlderThanPublished(age) => (store.newest_plan().unwrap_or(plan), age),
            _ => (plan, self.cleanup_age),
        };
        let spare_used = self.safeguards.skip_in_use != SkipInUse::Never;
        let write = write.and(Write::DeleteOlder {
            than,
            by,
            spare_used,
        });
        self.waiting_for_older(write, plan)
    }

    /// AWS: "the plan clean-up process, which identifies plans that are significantly older than the
    /// one it just applied and deletes them".
    fn clean(
        &self,
        plan: Generation,
        after: Option<Generation>,
        store: &RecordStore,
        next: &mut Steps<Phase>,
    ) {
        if self.safeguards.atomic_cleanup {
            let all = self.with_cleanup(Transaction::EMPTY, plan, store);
            let here = Phase::Cleaning { plan, after };
            next.commit_else(all, Phase::Idle, |conflict| match conflict {
                Conflict::Held(_) => here,
                _ => Phase::Idle,
            });
            return;
        }
        let victims = self.cleanup().victims(store, plan);
        let remaining = after.map_or(victims, |after| victims.newer(after));
        let Some(victim) = remaining.oldest() else {
            next.goto(Phase::Idle);
            return;
        };
        let here = Phase::Cleaning { plan, after };
        let spared = Phase::Cleaning {
            plan,
            after: Some(victim),
        };
        if self.safeguards.skip_in_use == SkipInUse::Separately {
            next.goto(if store.references().contains(victim) {
                spared
            } else {
                Phase::Deleting { plan, victim }
            });
            return;
        }
        next.commit_else(
            self.deletion(victim, plan),
            here,
            |conflict| match conflict {
                Conflict::InUse(_) => spared,
                _ => here,
            },
        );
    }

    /// The transaction that deletes one old plan.
    fn deletion(&self, victim: Generation, plan: Generation) -> Transaction {
        let mut deletion = Transaction::delete(victim);
        if self.safeguards.skip_in_use == SkipInUse::Atomically {
            deletion = deletion.unless_in_use();
        }
        self.waiting_for_older(deletion, plan)
    }

    fn waiting_for_older(&self, deletion: Transaction, plan: Generation) -> Transaction {
        if self.safeguards.grace {
            deletion.unless_held_before(plan)
        } else {
            deletion
        }
    }

    fn cleanup(&self) -> Cleanup {
        self.weaknesses.cleanup(self.cleanup_age)
    }
}

/// The beginning of the clean-up.
fn cleaning(plan: Generation) -> Phase {
    Phase::Cleaning { plan, after: None }
}
