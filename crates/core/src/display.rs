//! Stores and steps in words.

use std::fmt::{self, Write as _};

use crate::{Enactor, Lease, RecordStore, Resolution, SystemAction, SystemState};

/// Who acts besides enactors.
pub(crate) const PLANNER: &str = "planner";
pub(crate) const OPERATOR: &str = "operator";
pub(crate) const LEASE: &str = "lease";

/// Who acts, padded to one width, and what is done.
pub(crate) fn action<E: Enactor>(enactor: &E, action: &SystemAction<E::Local>) -> String {
    format!("{:<9}  {}", actor(action), deed(enactor, action))
}

/// Who acts.
pub(crate) fn actor<L>(action: &SystemAction<L>) -> String {
    match action {
        SystemAction::Publish | SystemAction::StopPlanner => PLANNER.to_owned(),
        SystemAction::Expire { .. } => LEASE.to_owned(),
        _ => action
            .enactor()
            .map_or_else(|| OPERATOR.to_owned(), |id| id.to_string()),
    }
}

/// What is done.
pub(crate) fn deed<E: Enactor>(enactor: &E, action: &SystemAction<E::Local>) -> String {
    match action {
        SystemAction::Publish => "publishes the next plan".to_owned(),
        SystemAction::StopPlanner => "publishes nothing any more".to_owned(),
        SystemAction::Move { to, .. } => enactor.describe(to),
        SystemAction::Commit { transaction, .. } => transaction.in_effect().to_string(),
        SystemAction::Refused {
            transaction,
            conflict,
            ..
        } => format!("is refused: {transaction} ({conflict})"),
        SystemAction::LoseAcknowledgement { transaction, .. } => {
            format!("{}, and does not learn of it", transaction.in_effect())
        }
        SystemAction::Crash { .. } => "crashes and restarts, its memory is lost".to_owned(),
        SystemAction::Redeploy { to, .. } => {
            format!("is switched to another version: {}", enactor.describe(to))
        }
        SystemAction::EndDeployment => "ends the deployment as it is, for ever".to_owned(),
        SystemAction::ChangeRules => "changes the rules of the store".to_owned(),
        SystemAction::Expire { token } => format!("expires, granted with {token}"),
        SystemAction::Rollback { to } => {
            format!("rolls every endpoint back to {to}, bypassing the guards")
        }
        SystemAction::DisableAutomation => "disables the automation".to_owned(),
        SystemAction::EnableAutomation => "enables the automation".to_owned(),
    }
}

/// The store after a step, and below it a line for each thing the step broke.
pub(crate) fn step<L>(before: &SystemState<L>, after: &SystemState<L>) -> String {
    let mut text = after.store.to_string();
    for damage in damage(before, after) {
        let _ = write!(text, "\n^ {damage}");
    }
    text
}

/// What a step broke.
pub(crate) fn damage<L>(before: &SystemState<L>, after: &SystemState<L>) -> Vec<String> {
    let mut damage = Vec::new();
    for endpoint in after.store.endpoints() {
        let (old, new) = (
            before.store.applied(endpoint),
            after.store.applied(endpoint),
        );
        if let (Some(old), Some(new)) = (old, new)
            && new < old
        {
            damage.push(format!("{endpoint}: {new} overwrites the newer {old}"));
        }
        if let (Resolution::Empty(plan), was) = (
            after.store.resolve(endpoint),
            before.store.resolve(endpoint),
        ) && !matches!(was, Resolution::Empty(_))
        {
            damage.push(format!(
                "{endpoint} is EMPTY: it names {plan}, which no longer exists"
            ));
        }
    }
    let gone = |state: &SystemState<L>| {
        let target = state.store.rollback();
        target.filter(|target| !state.store.plans().contains(*target))
    };
    if let Some(plan) = gone(after).filter(|plan| gone(before) != Some(*plan)) {
        damage.push(format!(
            "the rollback pointer names {plan}, which no longer exists"
        ));
    }
    damage
}

impl fmt::Display for RecordStore {
    /// The plans, then each endpoint with the plan it resolves through.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "plans {}", self.plans())?;
        for endpoint in self.endpoints() {
            match self.resolve(endpoint) {
                Resolution::Unset => write!(f, "  {endpoint} unset")?,
                Resolution::Plan(plan) => write!(f, "  {endpoint} -> {plan}")?,
                Resolution::Empty(plan) => write!(f, "  {endpoint} -> EMPTY ({plan} is deleted)")?,
            }
        }
        if let Some(plan) = self.rollback() {
            match self.plans().contains(plan) {
                true => write!(f, "  rollback -> {plan}")?,
                false => write!(f, "  rollback -> GONE ({plan})")?,
            }
        }
        if let Some(plan) = self.observed() {
            write!(f, "  observed {plan}")?;
        }
        if self.was_locked() {
            write!(f, "  lock at {}", self.lock())?;
        }
        if self.lease() != Lease::default() {
            write!(f, "  {}", self.lease())?;
        }
        Ok(())
    }
}

impl fmt::Debug for RecordStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
