//! The kinds of step that a report counts.

use std::borrow::Cow;

use planwright_model::ActionClasses;

use crate::{
    Enactor, FaultBudget, LeaseTerm, Planner, SystemAction, Transaction, UpdateSystem, Write,
};

/// The class of a clean-up's transaction; a search in which it never fired is vacuous for every
/// property that a deletion could break.
pub const DELETES_A_PLAN: &str = "an enactor deletes a plan";

const ALWAYS: [&str; 6] = [
    "the planner publishes a plan",
    "an enactor takes a local step",
    "an enactor writes an endpoint",
    DELETES_A_PLAN,
    "an endpoint write is refused",
    "a deletion is refused",
];

/// The kinds that only some configurations have, and whether this one does.
fn optional(
    budget: FaultBudget,
    planner: Planner,
    term: Option<LeaseTerm>,
    redeployed: bool,
    rules_change: bool,
) -> [(bool, &'static str); 10] {
    [
        (
            budget.lost_acknowledgements > 0,
            "an acknowledgement is lost",
        ),
        (budget.crashes > 0, "an enactor crashes"),
        (budget.rollbacks > 0, "an operator rolls back"),
        (
            budget.kill_switches > 0,
            "an operator disables the automation",
        ),
        (
            budget.kill_switches > 0,
            "an operator enables the automation",
        ),
        (planner.can_stop(), "the planner stops"),
        (
            matches!(term, Some(LeaseTerm::Limited { .. })),
            "a lease expires",
        ),
        (redeployed, "an enactor is switched to another version"),
        (redeployed, "a deployment ends as it is"),
        (rules_change, "the store's rules are changed"),
    ]
}

fn deletes(transaction: &Transaction) -> bool {
    transaction
        .writes()
        .any(|w| matches!(w, Write::Delete(_) | Write::DeleteOlder { .. }))
}

impl<E: Enactor> UpdateSystem<E> {
    fn optional(&self) -> [(bool, &'static str); 10] {
        let redeployed = self.enactor().can_be_redeployed();
        let rules_change = self.rules_change.is_some();
        optional(
            self.fault_budget(),
            self.planner,
            self.lease,
            redeployed,
            rules_change,
        )
    }
}

impl<E: Enactor> ActionClasses for UpdateSystem<E> {
    fn action_classes(&self) -> Vec<Cow<'static, str>> {
        let possible = self
            .optional()
            .into_iter()
            .filter(|(possible, _)| *possible);
        ALWAYS
            .into_iter()
            .chain(possible.map(|(_, name)| name))
            .map(Cow::from)
            .collect()
    }

    #[inline]
    fn action_class(&self, action: &SystemAction<E::Local>) -> usize {
        let optional = |kind: usize| {
            let before = &self.optional()[..kind];
            ALWAYS.len() + before.iter().filter(|(possible, _)| *possible).count()
        };
        match action {
            SystemAction::Publish => 0,
            SystemAction::Commit { transaction, .. } if deletes(transaction) => 3,
            SystemAction::Commit { transaction, .. } if transaction.points().next().is_some() => 2,
            SystemAction::Move { .. } | SystemAction::Commit { .. } => 1,
            SystemAction::Refused { transaction, .. } if deletes(transaction) => 5,
            SystemAction::Refused { .. } => 4,
            SystemAction::LoseAcknowledgement { .. } => optional(0),
            SystemAction::Crash { .. } => optional(1),
            SystemAction::Rollback { .. } => optional(2),
            SystemAction::DisableAutomation => optional(3),
            SystemAction::EnableAutomation => optional(4),
            SystemAction::StopPlanner => optional(5),
            SystemAction::Expire { .. } => optional(6),
            SystemAction::Redeploy { .. } => optional(7),
            SystemAction::EndDeployment => optional(8),
            SystemAction::ChangeRules => optional(9),
        }
    }
}
