//! Who puts plans live.

use std::fmt;
use std::hash::Hash;
use std::iter;

use crate::instrumentation::{is_active, observe_all_enactors};
use crate::{
    Conflict, Generation, PlanSet, RecordStore, StoreRules, SystemAction, Token, Transaction,
};

/// One of the redundant enactors, numbered from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnactorId(pub(crate) u8);

impl EnactorId {
    /// How many enactors a model can have.
    pub const CAPACITY: usize = 6;

    /// Its index, counted from 0.
    #[inline]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl fmt::Display for EnactorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "enactor {}", self.0)
    }
}

impl fmt::Debug for EnactorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The protocol of an enactor: what it may do next, given where it is and what the store holds.
///
/// All enactors of an [`UpdateSystem`](crate::UpdateSystem) run the same protocol, each with a
/// local state of its own. Implementing this trait is all that a model of an updater needs: the
/// system supplies the planner, the interleaving, the commits and the faults.
///
/// ```
/// use planwright_core::{Endpoint, Enactor, Generation, RecordStore, Steps, Transaction};
///
/// /// Points the only endpoint at the newest plan, for ever.
/// struct Eager;
///
/// impl Enactor for Eager {
///     type Local = Option<Generation>;
///
///     fn steps(&self, picked: &Self::Local, store: &RecordStore, next: &mut Steps<Self::Local>) {
///         match *picked {
///             None => next.goto(store.newest_plan()),
///             Some(plan) => next.commit(Transaction::point_at(Endpoint::FIRST, plan), None, None),
///         }
///     }
/// }
/// ```
pub trait Enactor {
    /// What an enactor remembers between two steps. A crash replaces it by the default, which is
    /// also where every enactor starts.
    ///
    /// Keep it small and without heap: a state contains one for each enactor, and a checker copies
    /// and hashes millions of states.
    type Local: Copy + fmt::Debug + Default + Eq + Hash + Send + Sync;

    /// Tells `next` every step the enactor may take from here. Telling nothing means waiting.
    ///
    /// What is read from the store here and what is done in one [`Steps::commit`] or
    /// [`Steps::goto`] is one atomic step; to model a check whose answer may be stale when it is
    /// used, check in one step and act in the next.
    ///
    /// Must be a pure function of its arguments: a checker calls it again to replay a schedule.
    fn steps(&self, local: &Self::Local, store: &RecordStore, next: &mut Steps<Self::Local>);

    /// Where enactors may start, each in its place; there is an initial state for each choice.
    ///
    /// A choice with the enactors in another order must be among them, for enactors to stay
    /// interchangeable.
    fn starts(&self, enactors: usize) -> Vec<Vec<Self::Local>> {
        vec![vec![Self::Local::default(); enactors]]
    }

    /// What an enactor remembers after a crash.
    fn restarted(&self, local: &Self::Local) -> Self::Local {
        let _ = local;
        Self::Local::default()
    }

    /// Whether an enactor has nothing under way in this local state, so that stopping it interrupts
    /// nothing; where it starts, unless told.
    fn is_drained(&self, local: &Self::Local) -> bool {
        *local == Self::Local::default()
    }

    /// What an enactor remembers after a deployment, for each one that may happen now, while all enactors,
    /// this one among them, are in these local states; see [`Fleet`](crate::Fleet).
    fn redeployed(
        &self,
        local: &Self::Local,
        all: LocalStates<'_, Self::Local>,
    ) -> impl Iterator<Item = Self::Local> {
        let _ = (local, all);
        iter::empty()
    }

    /// Whether [`redeployed`](Self::redeployed) ever gives something.
    fn can_be_redeployed(&self) -> bool {
        false
    }

    /// What is taken for granted of who runs what, in words.
    fn assumption(&self) -> String {
        "all enactors run the same protocol".to_owned()
    }

    /// The plan that an enactor in this local state may still write, if any; what
    /// [`Precondition::NoOlderHolder`](crate::Precondition::NoOlderHolder) looks at.
    fn holds(&self, local: &Self::Local) -> Option<Generation> {
        let _ = local;
        None
    }

    /// The token of the lease that an enactor in this local state counts on, if any, whether or not
    /// the lease has expired meanwhile; what early expiry is about ([`LeaseTerm`](crate::LeaseTerm)).
    fn counts_on(&self, local: &Self::Local) -> Option<Token> {
        let _ = local;
        None
    }

    /// The guards that [`steps`](Self::steps) tests in plain Rust, by an `if` or a `match`, in words.
    ///
    /// Nothing can take those away, so a report on [mutations](crate::Mutation) lists them as not
    /// mutated. Guards that are preconditions of a [`Transaction`] are found without being named.
    fn plain_guards(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// A local state in words, for schedules that people read.
    fn describe(&self, local: &Self::Local) -> String {
        format!("{local:?}")
    }
}

/// The local states of all enactors.
#[derive(Clone, Copy, Debug)]
pub struct LocalStates<'a, L>(pub(crate) &'a [L]);

impl<L> LocalStates<'_, L> {
    /// Whether some enactor is in such a local state.
    #[track_caller]
    pub fn any(self, is: impl FnMut(&L) -> bool) -> bool {
        if is_active() {
            observe_all_enactors();
        }
        self.0.iter().any(is)
    }
}

/// The plans that enactors hold, for transactions that require that none holds an older one.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Holders {
    /// All of them.
    Known(PlanSet),
    /// An enactor out of view holds an older plan.
    OutOfView,
}

/// Takes the steps that an [`Enactor`] may make next.
#[derive(Debug)]
pub struct Steps<'a, L> {
    pub(crate) enactor: EnactorId,
    pub(crate) local: L,
    pub(crate) store: &'a RecordStore,
    pub(crate) rules: StoreRules,
    pub(crate) holders: Holders,
    /// Whether the fault budget allows an acknowledgement to be lost.
    pub(crate) acknowledgement_may_be_lost: bool,
    pub(crate) actions: &'a mut Vec<SystemAction<L>>,
    /// Where refusals that change nothing are noted, for those who want to know why nothing happens.
    pub(crate) waits: Option<&'a mut Vec<(Transaction, Conflict)>>,
}

impl<L: Copy + Eq> Steps<'_, L> {
    /// The steps of a protocol whose local state, at present `part`, is a part of this one.
    pub(crate) fn of_part<P: Copy>(
        &mut self,
        part: P,
        steps: impl FnOnce(&mut Steps<'_, P>),
        whole: impl Fn(P) -> L,
    ) {
        let mut actions = Vec::new();
        steps(&mut Steps {
            enactor: self.enactor,
            local: part,
            store: self.store,
            rules: self.rules,
            holders: self.holders,
            acknowledgement_may_be_lost: self.acknowledgement_may_be_lost,
            actions: &mut actions,
            waits: self.waits.as_deref_mut(),
        });
        self.actions
            .extend(actions.iter().map(|action| action.with_local(&whole)));
    }

    /// A local step: the enactor only remembers something else.
    #[inline]
    pub fn goto(&mut self, to: L) {
        if to != self.local {
            self.actions.push(SystemAction::Move {
                enactor: self.enactor,
                to,
            });
        }
    }

    /// One transaction at the store: `then` if it commits, `otherwise` if it is refused. To retry,
    /// stay where you are: pass the present local state as `otherwise`.
    ///
    /// A refusal that leaves the enactor where it is changes nothing, so it is no step at all: the
    /// enactor waits until the store has changed.
    #[inline]
    pub fn commit(&mut self, transaction: Transaction, then: L, otherwise: L) {
        self.commit_else(transaction, then, |_| otherwise);
    }

    /// As [`commit`](Self::commit), where what follows a refusal depends on the [`Conflict`].
    #[inline]
    pub fn commit_else(
        &mut self,
        transaction: Transaction,
        then: L,
        otherwise: impl FnOnce(Conflict) -> L,
    ) {
        let enactor = self.enactor;
        let checked = match self.holders {
            Holders::Known(held) => self.store.check(&transaction, self.rules, held),
            // A protocol that goes on with the plan in question is refused, because this is a constant.
            Holders::OutOfView if transaction.asks_for_holders() => {
                Err(Conflict::Held(Generation::FIRST))
            }
            Holders::OutOfView => self.store.check(&transaction, self.rules, PlanSet::EMPTY),
        };
        match checked {
            Ok(()) => {
                self.actions.push(SystemAction::Commit {
                    enactor,
                    transaction,
                    then,
                });
                // Not to learn of what makes no difference to the enactor is no fault.
                if self.acknowledgement_may_be_lost && then != self.local {
                    self.actions.push(SystemAction::LoseAcknowledgement {
                        enactor,
                        transaction,
                    });
                }
            }
            Err(conflict) => {
                let then = otherwise(conflict);
                if then != self.local {
                    self.actions.push(SystemAction::Refused {
                        enactor,
                        transaction,
                        conflict,
                        then,
                    });
                } else if let Some(waits) = &mut self.waits {
                    waits.push((transaction, conflict));
                }
            }
        }
    }
}
