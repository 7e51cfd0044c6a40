//! Small protocols that look once, and act later.

use planwright_core::{
    Enactor, Endpoint, EndpointSet, Epoch, Generation, RecordStore, Steps, Token, Transaction,
    Write,
};

/// How a [`Writer`] looks again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    Never,
    /// By a precondition of the write.
    Newer,
    /// The plan that is there has to exist, whichever it is.
    Resolves,
    Exists,
    /// In the step of the write, at the newest plan.
    Newest,
    /// In the step of the write, at the endpoint.
    Endpoint,
    /// In a step of its own, at the endpoint.
    Before,
}

/// Picks the newest plan, and points every endpoint at it.
pub(super) struct Writer(pub(super) Again);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Phase {
    #[default]
    Idle,
    Write(Generation, Endpoint),
    /// Has looked again.
    Looked(Generation, Endpoint),
}

impl Enactor for Writer {
    type Local = Phase;

    fn steps(&self, phase: &Phase, store: &RecordStore, next: &mut Steps<Phase>) {
        match *phase {
            Phase::Idle => match store.newest_plan() {
                Some(plan) if !store.all_at(plan) => next.goto(Phase::Write(plan, Endpoint::FIRST)),
                _ => {}
            },
            Phase::Write(plan, endpoint) if self.0 == Again::Before => {
                if store.applied(endpoint) < Some(plan) {
                    next.goto(Phase::Looked(plan, endpoint));
                }
            }
            Phase::Write(plan, endpoint) | Phase::Looked(plan, endpoint) => {
                let write = Transaction::point_at(endpoint, plan);
                let write = match self.0 {
                    Again::Never | Again::Before => write,
                    Again::Newer => write.only_if_newer(),
                    Again::Resolves => write.only_if_resolves(),
                    Again::Exists => write.only_if_plan_exists(),
                    Again::Newest if store.newest_plan() != Some(plan) => return,
                    Again::Endpoint if store.applied(endpoint) >= Some(plan) => return,
                    Again::Newest | Again::Endpoint => write,
                };
                let then = match store.endpoint_after(endpoint) {
                    Some(endpoint) => Phase::Write(plan, endpoint),
                    None => Phase::Idle,
                };
                next.commit(write, then, then);
            }
        }
    }

    fn describe(&self, phase: &Phase) -> String {
        match phase {
            Phase::Idle => "waits".to_owned(),
            Phase::Write(plan, _) => format!("picks {plan}"),
            Phase::Looked(_, endpoint) => format!("looks again at {endpoint}"),
        }
    }
}

/// Looks whether a plan is in use, and deletes it in another step; or in the same.
pub(super) struct Cleaner {
    pub(super) atomic: bool,
}

impl Enactor for Cleaner {
    type Local = (u8, Option<Generation>);

    fn steps(
        &self,
        (at, victim): &Self::Local,
        store: &RecordStore,
        next: &mut Steps<Self::Local>,
    ) {
        let newest = store.newest_plan().filter(|_| *at == 0);
        match (*victim, newest) {
            (Some(victim), _) => {
                let delete = Transaction::delete(victim);
                let delete = if self.atomic {
                    delete.unless_in_use()
                } else {
                    delete
                };
                next.commit(delete, (0, None), (0, None));
            }
            (None, Some(newest)) => {
                let write = Transaction::point_at(EndpointSet::first(1), newest);
                next.commit(write, (0, None), (0, None));
                let unused = store.plans().difference(store.references());
                next.goto((1, unused.oldest()));
            }
            (None, None) => {}
        }
    }
}

/// Reads the lock, then installs the plan that it chose before, under the lock or not.
pub(super) struct Locker {
    pub(super) under_lock: bool,
}

impl Enactor for Locker {
    type Local = (Option<Generation>, Option<Epoch>);

    fn steps(&self, local: &Self::Local, store: &RecordStore, next: &mut Steps<Self::Local>) {
        match *local {
            (None, _) => next.goto((store.newest_plan(), None)),
            (plan, None) => next.goto((plan, Some(store.lock()))),
            (Some(plan), Some(epoch)) => {
                let write = Transaction::point_at(Endpoint::FIRST, plan);
                let write = match self.under_lock {
                    true => write.under_lock(epoch),
                    false => write.and(Write::AdvanceLock),
                };
                next.commit(write, (None, None), (None, None));
            }
        }
    }
}

/// Writes while it has the lease, or believes so.
pub(super) struct Holder {
    pub(super) fenced: bool,
}

impl Enactor for Holder {
    type Local = Option<Token>;

    fn steps(&self, held: &Self::Local, store: &RecordStore, next: &mut Steps<Self::Local>) {
        match *held {
            None => {
                let token = store.lease().next_token();
                next.commit(Transaction::take_lease(), Some(token), None);
            }
            Some(token) => {
                let write = Transaction::point_at(Endpoint::FIRST, Generation::FIRST);
                let write = if self.fenced {
                    write.unless_fenced(token)
                } else {
                    write
                };
                next.commit(write, *held, None);
                let release = Transaction::EMPTY.and(Write::ReleaseLease(token));
                next.commit(release, None, None);
            }
        }
    }

    fn counts_on(&self, held: &Self::Local) -> Option<Token> {
        *held
    }
}
