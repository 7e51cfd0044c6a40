//! One step of the whole system.

use crate::{Conflict, EnactorId, Generation, Token, Transaction};

/// One step of an [`UpdateSystem`](crate::UpdateSystem): the planner's, an enactor's, a fault, or
/// an operator's. `L` is the enactors' local state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SystemAction<L> {
    /// The planner publishes the next generation.
    Publish,
    /// The planner stops for ever.
    StopPlanner,
    /// An enactor takes a local step.
    Move {
        /// Which enactor.
        enactor: EnactorId,
        /// What it remembers from now on.
        to: L,
    },
    /// An enactor's transaction commits.
    Commit {
        /// Which enactor.
        enactor: EnactorId,
        /// What the store applies.
        transaction: Transaction,
        /// What the enactor remembers from now on.
        then: L,
    },
    /// An enactor's transaction is refused, and the enactor goes on accordingly.
    Refused {
        /// Which enactor.
        enactor: EnactorId,
        /// What the store did not apply.
        transaction: Transaction,
        /// Why.
        conflict: Conflict,
        /// What the enactor remembers from now on.
        then: L,
    },
    /// An enactor's transaction commits, but the enactor does not learn of it.
    LoseAcknowledgement {
        /// Which enactor.
        enactor: EnactorId,
        /// What the store applies.
        transaction: Transaction,
    },
    /// An enactor crashes and restarts without its local state.
    Crash {
        /// Which enactor.
        enactor: EnactorId,
    },
    /// A deployment switches an enactor to another version.
    Redeploy {
        /// Which enactor.
        enactor: EnactorId,
        /// What it remembers from now on.
        to: L,
    },
    /// The deployment ends for ever, wherever it is: no enactor is switched any more.
    EndDeployment,
    /// The rules of the store are changed, for everyone at once.
    ChangeRules,
    /// The lease ends by itself; its holder does not learn of it.
    Expire {
        /// The grant that ends.
        token: Token,
    },
    /// An operator points every endpoint at an older plan, bypassing guards.
    Rollback {
        /// The older plan.
        to: Generation,
    },
    /// An operator disables the automation everywhere.
    DisableAutomation,
    /// An operator enables the automation again.
    EnableAutomation,
}

impl<L> SystemAction<L> {
    /// Whether an operator does this, so that rules for the automation do not apply.
    #[inline]
    pub fn is_by_operator(&self) -> bool {
        matches!(
            self,
            Self::Rollback { .. }
                | Self::DisableAutomation
                | Self::EnableAutomation
                | Self::EndDeployment
                | Self::ChangeRules
        )
    }

    /// The enactor that takes this step, or to which it happens.
    #[inline]
    pub fn enactor(&self) -> Option<EnactorId> {
        match self {
            Self::Move { enactor, .. }
            | Self::Commit { enactor, .. }
            | Self::Refused { enactor, .. }
            | Self::LoseAcknowledgement { enactor, .. }
            | Self::Crash { enactor }
            | Self::Redeploy { enactor, .. } => Some(*enactor),
            _ => None,
        }
    }

    /// The enactor that takes this step by itself: what is declared of enactors as progress or fairness is
    /// about these steps. `None` for the planner, operators and deployments, which may act and need not,
    /// and for what happens to an enactor: a crash, a lost acknowledgement, a lease that ends.
    ///
    /// ```
    /// use planwright_core::{Enactor, Generation, RecordStore, Steps, SystemAction, UpdateSystem};
    ///
    /// struct Idle;
    /// impl Enactor for Idle {
    ///     type Local = Option<Generation>;
    ///     fn steps(&self, _: &Self::Local, _: &RecordStore, _: &mut Steps<Self::Local>) {}
    /// }
    ///
    /// let enactor = UpdateSystem::new(Idle).enactor_ids().next().expect("there is one");
    /// assert_eq!(SystemAction::Move { enactor, to: () }.taken_by(), Some(enactor));
    /// let crash = SystemAction::<()>::Crash { enactor };
    /// assert_eq!((crash.taken_by(), crash.enactor()), (None, Some(enactor)));
    /// ```
    #[inline]
    pub fn taken_by(&self) -> Option<EnactorId> {
        match self {
            Self::Move { enactor, .. }
            | Self::Commit { enactor, .. }
            | Self::Refused { enactor, .. } => Some(*enactor),
            _ => None,
        }
    }

    /// The same step of an enactor whose local state has this one as a part.
    pub(crate) fn with_local<W>(&self, whole: impl Fn(L) -> W) -> SystemAction<W>
    where
        L: Copy,
    {
        match *self {
            Self::Publish => SystemAction::Publish,
            Self::StopPlanner => SystemAction::StopPlanner,
            Self::Move { enactor, to } => SystemAction::Move {
                enactor,
                to: whole(to),
            },
            Self::Commit {
                enactor,
                transaction,
                then,
            } => SystemAction::Commit {
                enactor,
                transaction,
                then: whole(then),
            },
            Self::Refused {
                enactor,
                transaction,
                conflict,
                then,
            } => SystemAction::Refused {
                enactor,
                transaction,
                conflict,
                then: whole(then),
            },
            Self::LoseAcknowledgement {
                enactor,
                transaction,
            } => SystemAction::LoseAcknowledgement {
                enactor,
                transaction,
            },
            Self::Crash { enactor } => SystemAction::Crash { enactor },
            Self::Redeploy { enactor, to } => SystemAction::Redeploy {
                enactor,
                to: whole(to),
            },
            Self::EndDeployment => SystemAction::EndDeployment,
            Self::ChangeRules => SystemAction::ChangeRules,
            Self::Expire { token } => SystemAction::Expire { token },
            Self::Rollback { to } => SystemAction::Rollback { to },
            Self::DisableAutomation => SystemAction::DisableAutomation,
            Self::EnableAutomation => SystemAction::EnableAutomation,
        }
    }
}
