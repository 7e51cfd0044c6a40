//! A system's processes, and what there is in its states.

use planwright_model::{Depict, Group, Item, Picture, Refusal, Remark, Standing};

use crate::display::{LEASE, OPERATOR, PLANNER, actor, damage, deed};
use crate::{Enactor, Generation, Lease, Resolution, SystemAction, SystemState, UpdateSystem};

impl<E: Enactor> Depict for UpdateSystem<E> {
    /// The planner, each enactor, and operators and the lease where they can act.
    fn lanes(&self) -> Vec<String> {
        let mut lanes = vec![PLANNER.to_owned()];
        lanes.extend(self.enactor_ids().map(|id| id.to_string()));
        let faults = self.fault_budget();
        let by_fault = faults.rollbacks + faults.kill_switches > 0;
        if by_fault || self.enactor().can_be_redeployed() || self.rules_change.is_some() {
            lanes.push(OPERATOR.to_owned());
        }
        if self.lease.is_some() {
            lanes.push(LEASE.to_owned());
        }
        lanes
    }

    fn actor(&self, action: &Self::Action) -> String {
        actor(action)
    }

    fn deed(&self, action: &Self::Action) -> String {
        deed(self.enactor(), action)
    }

    /// Plans, endpoints, enactors, and further records where they are in use.
    fn picture(&self, state: &Self::State) -> Picture {
        Picture::from([
            Group::new("plans", plans(state)),
            Group::new("endpoints", endpoints(state)),
            Group::new("enactors", enactors(self.enactor(), state)),
            Group::new("records", records(state)),
        ])
    }

    /// What a crash lost, and what broke.
    fn remarks(
        &self,
        before: &Self::State,
        action: &Self::Action,
        after: &Self::State,
    ) -> Vec<Remark> {
        let mut remarks = Vec::new();
        if let SystemAction::Crash { enactor } = action {
            let lost = self.enactor().describe(&before.locals[enactor.index()]);
            remarks.push(Remark::note(format!("what it lost: {lost}")));
        }
        remarks.extend(damage(before, after).into_iter().map(Remark::damage));
        remarks
    }

    /// Stale knowledge on which a commit rests, if any, then the [`remarks`](Self::remarks).
    ///
    /// Knowledge is stale if the enactor read it in an earlier step of what it has under way, another step has
    /// changed it, and neither this step nor its transaction reads it again. It is told only if it is about what
    /// the transaction does: an endpoint that is written, the plan that is written there, a reference to a plan
    /// that is deleted, the lock or the lease.
    fn remarks_on_last(
        &self,
        steps: &[(&Self::State, &Self::Action)],
        end: &Self::State,
    ) -> Vec<Remark> {
        let stale = self.stale_knowledge(steps).map(Remark::stale);
        let last = steps.iter().last();
        let others = last.map(|(before, action)| self.remarks(before, action, end));
        stale
            .into_iter()
            .chain(others.into_iter().flatten())
            .collect()
    }

    /// What the store would refuse an enactor that waits, who has nothing to do, and which faults have
    /// happened as often as they may.
    fn refusals(&self, state: &Self::State) -> Vec<Refusal> {
        self.refusals_in(state)
    }
}

fn plans<L>(state: &SystemState<L>) -> Vec<Item> {
    let newest = state.newest_published();
    let mut generations = Vec::new();
    let mut next = newest.map(|_| Generation::FIRST);
    while let Some(generation) = next.filter(|generation| Some(*generation) <= newest) {
        generations.push(generation);
        next = generation.successor().ok();
    }
    let item = |generation: Generation| {
        let (text, standing) = match state.store.plans().contains(generation) {
            false => ("deleted".to_owned(), Standing::Gone),
            true if Some(generation) == newest => ("exists".to_owned(), Standing::Fine),
            true => ("exists".to_owned(), Standing::Stale),
        };
        Item::new(generation.to_string(), text).standing(standing)
    };
    generations.into_iter().map(item).collect()
}

fn endpoints<L>(state: &SystemState<L>) -> Vec<Item> {
    let item = |endpoint| {
        let item =
            |text: String, standing| Item::new(format!("{endpoint}"), text).standing(standing);
        match state.store.resolve(endpoint) {
            Resolution::Unset => item("unset".to_owned(), Standing::Stale),
            Resolution::Plan(plan) => {
                let standing = match state.newest_published() {
                    Some(newest) if plan < newest => Standing::Stale,
                    _ => Standing::Fine,
                };
                item(plan.to_string(), standing).refers_to(plan.to_string())
            }
            Resolution::Empty(plan) => item(format!("EMPTY: {plan} is deleted"), Standing::Broken)
                .refers_to(plan.to_string()),
        }
    };
    state.store.endpoints().map(item).collect()
}

fn enactors<E: Enactor>(enactor: &E, state: &SystemState<E::Local>) -> Vec<Item> {
    let item = |(id, local): (crate::EnactorId, &E::Local)| {
        let held = enactor.holds(local);
        let standing = match (held, state.newest_published()) {
            (Some(held), Some(newest)) if held < newest => Standing::Stale,
            _ => Standing::Fine,
        };
        let item = Item::new(id.to_string(), enactor.describe(local)).standing(standing);
        match held {
            Some(held) => item.refers_to(held.to_string()),
            None => item,
        }
    };
    state.members().map(item).collect()
}

fn records<L>(state: &SystemState<L>) -> Vec<Item> {
    let store = &state.store;
    let mut items = Vec::new();
    if let Some(plan) = store.rollback() {
        let item = match store.plans().contains(plan) {
            true => Item::new("rollback pointer", plan.to_string()),
            false => Item::new("rollback pointer", format!("GONE: {plan} is deleted"))
                .standing(Standing::Broken),
        };
        items.push(item.refers_to(plan.to_string()));
    }
    if let Some(plan) = store.observed() {
        items.push(Item::new("observed", plan.to_string()).refers_to(plan.to_string()));
    }
    if store.was_locked() {
        items.push(Item::new("lock", store.lock().to_string()));
    }
    if store.lease() != Lease::default() {
        let lease = store.lease().to_string();
        let lease = lease.strip_prefix("lease ").unwrap_or(&lease);
        items.push(Item::new("lease", lease));
    }
    if !state.automation_enabled() {
        items.push(Item::new("automation", "disabled").standing(Standing::Stale));
    }
    if state.planner_has_stopped() {
        items.push(Item::new("planning", "stopped for ever"));
    }
    if state.deployment_has_ended() {
        items.push(Item::new("deployment", "ended as it is"));
    }
    if state.rules_have_changed() {
        items.push(Item::new("rules of the store", "changed"));
    }
    items
}
