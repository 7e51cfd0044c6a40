//! The leader: an enactor that acts while it has the lease, or believes so.

use planwright_core::{
    Conflict, Enactor, Endpoint, Finite, Generation, RecordStore, Steps, Token, Transaction, Write,
};

use crate::{Choice, Fencing, Protocol};

/// One of the processes of which the one with the lease is the leader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leader {
    /// What it does with the lease.
    pub protocol: Protocol,
}

/// Where a process is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Finite)]
pub enum Phase {
    /// Waits for something to do.
    #[default]
    Idle,
    /// Has chosen a plan and waits for the lease.
    Waiting {
        /// The plan in hand.
        plan: Generation,
    },
    /// Was granted the lease and is about to show the store its token.
    Granted {
        /// Of its grant.
        token: Token,
    },
    /// Is about to choose a plan.
    Choosing {
        /// Of its grant.
        token: Token,
    },
    /// Is about to write an endpoint, or to ask first whether the lease is still its own.
    Writing {
        /// The plan in hand.
        plan: Generation,
        /// Of its grant.
        token: Token,
        /// The endpoint to write next.
        endpoint: Endpoint,
    },
    /// Has found the lease to be its own and is about to write an endpoint.
    Checked {
        /// The plan in hand.
        plan: Generation,
        /// Of its grant.
        token: Token,
        /// The endpoint to write next.
        endpoint: Endpoint,
    },
    /// Has nothing more to do and is about to give the lease back.
    Releasing {
        /// Of its grant.
        token: Token,
    },
}

/// In a fleet, a phase is a part of what a process remembers.
impl AsRef<Phase> for Phase {
    fn as_ref(&self) -> &Phase {
        self
    }
}

impl Enactor for Leader {
    type Local = Phase;

    fn steps(&self, phase: &Phase, store: &RecordStore, next: &mut Steps<Phase>) {
        // What a grant that happens now would carry.
        let granted = || store.lease().next_token();
        match *phase {
            Phase::Idle => {
                let Some(plan) = wanted(store) else { return };
                let token = granted();
                let then = match self.protocol.choice {
                    Choice::BeforeGrant => return next.goto(Phase::Waiting { plan }),
                    Choice::AfterGrant => Phase::Choosing { token },
                    Choice::AfterFence => Phase::Granted { token },
                };
                next.commit(Transaction::take_lease(), then, Phase::Idle);
            }
            Phase::Waiting { plan } => {
                next.commit(Transaction::take_lease(), writing(plan, granted()), *phase);
            }
            Phase::Granted { token } => {
                let fence = Transaction::EMPTY.and(Write::ShowToken(token));
                let then = Phase::Choosing { token };
                next.commit(fence.unless_fenced(token), then, Phase::Idle);
            }
            Phase::Choosing { token } => next.goto(match wanted(store) {
                Some(plan) => writing(plan, token),
                None => Phase::Releasing { token },
            }),
            Phase::Writing {
                plan,
                token,
                endpoint,
            } if self.protocol.checks_lease => {
                next.goto(match store.lease().is_held_with(token) {
                    true => Phase::Checked {
                        plan,
                        token,
                        endpoint,
                    },
                    false => Phase::Idle,
                });
            }
            Phase::Writing {
                plan,
                token,
                endpoint,
            }
            | Phase::Checked {
                plan,
                token,
                endpoint,
            } => self.write(plan, token, endpoint, store, next),
            Phase::Releasing { token } => {
                let release = Transaction::EMPTY.and(Write::ReleaseLease(token));
                next.commit(release, Phase::Idle, *phase);
            }
        }
    }

    fn holds(&self, phase: &Phase) -> Option<Generation> {
        match *phase {
            Phase::Waiting { plan } | Phase::Writing { plan, .. } | Phase::Checked { plan, .. } => {
                Some(plan)
            }
            _ => None,
        }
    }

    fn counts_on(&self, phase: &Phase) -> Option<Token> {
        match *phase {
            Phase::Idle | Phase::Waiting { .. } => None,
            Phase::Granted { token }
            | Phase::Choosing { token }
            | Phase::Writing { token, .. }
            | Phase::Checked { token, .. }
            | Phase::Releasing { token } => Some(token),
        }
    }

    fn plain_guards(&self) -> Vec<&'static str> {
        let mut guards = vec!["a process acts only if some endpoint is not at the newest plan"];
        if self.protocol.checks_lease {
            guards.push("a leader asks before each write whether the lease is its own");
        }
        guards
    }

    fn describe(&self, phase: &Phase) -> String {
        match *phase {
            Phase::Idle => "finds its lease lost, gives up".to_owned(),
            Phase::Waiting { plan } => format!("picks {plan}, waits for the lease"),
            Phase::Granted { token } | Phase::Choosing { token } => format!("is granted {token}"),
            Phase::Writing { plan, token, .. } => format!("picks {plan}, holds {token}"),
            Phase::Checked { plan, token, .. } => {
                format!("finds {token} valid, holds {plan}")
            }
            Phase::Releasing { token } => format!("finds nothing to do, holds {token}"),
        }
    }
}

impl Leader {
    /// One endpoint, one transaction. The token goes with every write; only a store that fences looks
    /// at it.
    fn write(
        &self,
        plan: Generation,
        token: Token,
        endpoint: Endpoint,
        store: &RecordStore,
        next: &mut Steps<Phase>,
    ) {
        let onward = match store.endpoint_after(endpoint) {
            Some(endpoint) => Phase::Writing {
                plan,
                token,
                endpoint,
            },
            None => Phase::Releasing { token },
        };
        let fenced = match self.protocol.fencing {
            Fencing::Off => false,
            Fencing::FirstWrite => endpoint == Endpoint::FIRST,
            Fencing::EveryWrite => true,
        };
        let mut write = Transaction::point_at(endpoint, plan).and(Write::ShowToken(token));
        if fenced {
            write = write.unless_fenced(token);
        }
        if self.protocol.compares_plans {
            write = write.only_if_newer();
        }
        next.commit_else(write, onward, |conflict| match conflict {
            // This plan, or a newer one, is there already.
            Conflict::NotNewer { .. } => onward,
            _ => Phase::Idle,
        });
    }
}

/// The newest plan, if some endpoint is not at it.
fn wanted(store: &RecordStore) -> Option<Generation> {
    store.newest_plan().filter(|newest| !store.all_at(*newest))
}

fn writing(plan: Generation, token: Token) -> Phase {
    Phase::Writing {
        plan,
        token,
        endpoint: Endpoint::FIRST,
    }
}
