//! The steps of the whole system: [`UpdateSystem`] as a [`Model`].

use planwright_model::Model;

use crate::enactor::{Holders, LocalStates};
use crate::state::Switches;
use crate::{
    Conflict, Enactor, EnactorId, EndpointSet, FaultBudget, Generation, LeaseTerm, PlanSet,
    RecordStore, Steps, StoreRules, SystemAction, SystemState, Token, Transaction, UpdateSystem,
    Write,
};

impl<E: Enactor> UpdateSystem<E> {
    /// The plans that enactors hold in memory.
    #[inline]
    pub(crate) fn held(&self, state: &SystemState<E::Local>) -> PlanSet {
        state
            .members()
            .filter_map(|(_, local)| self.enactor.holds(local))
            .collect()
    }

    #[inline(always)]
    fn enactor_actions(
        &self,
        state: &SystemState<E::Local>,
        actions: &mut Vec<SystemAction<E::Local>>,
    ) {
        let holders = Holders::Known(self.held(state));
        for (enactor, local) in state.members() {
            self.protocol_steps(state, (enactor, local, holders), actions, None);
            actions.extend(self.crash(state, enactor, local));
        }
    }

    /// A crash that loses nothing is no step.
    #[inline(always)]
    fn crash(
        &self,
        state: &SystemState<E::Local>,
        enactor: EnactorId,
        local: &E::Local,
    ) -> Option<SystemAction<E::Local>> {
        let loses = state.budget.crashes > 0 && *local != self.enactor.restarted(local);
        loses.then_some(SystemAction::Crash { enactor })
    }

    #[inline]
    fn planner_actions(
        &self,
        state: &SystemState<E::Local>,
        actions: &mut Vec<SystemAction<E::Local>>,
    ) {
        if !self.planner_stopped(state) {
            actions.push(SystemAction::Publish);
            if self.planner.can_stop() {
                actions.push(SystemAction::StopPlanner);
            }
        }
    }

    /// Everything that can happen but the steps of the protocol.
    pub(crate) fn environment_actions(
        &self,
        state: &SystemState<E::Local>,
        actions: &mut Vec<SystemAction<E::Local>>,
    ) {
        if state.automation_enabled() {
            self.planner_actions(state, actions);
            let enactors = state.members();
            actions
                .extend(enactors.filter_map(|(enactor, local)| self.crash(state, enactor, local)));
        }
        self.common_actions(state, actions);
    }

    /// What can happen whether or not the automation is enabled.
    // Also where `environment_actions` asks for it: with two callers it is not inlined otherwise.
    #[inline(always)]
    fn common_actions(
        &self,
        state: &SystemState<E::Local>,
        actions: &mut Vec<SystemAction<E::Local>>,
    ) {
        self.deployment_actions(state, actions);
        if let Some(token) = self.expiring(state) {
            actions.push(SystemAction::Expire { token });
        }
        self.operator_actions(state, actions);
    }

    /// What the protocol lets one enactor do, while others hold these plans; and which transactions it
    /// waits to see accepted.
    #[inline]
    pub(crate) fn protocol_steps(
        &self,
        state: &SystemState<E::Local>,
        (enactor, local, holders): (EnactorId, &E::Local, Holders),
        actions: &mut Vec<SystemAction<E::Local>>,
        waits: Option<&mut Vec<(Transaction, Conflict)>>,
    ) {
        let mut steps = Steps {
            enactor,
            local: *local,
            store: &state.store,
            rules: self.rules_in(state),
            holders,
            acknowledgement_may_be_lost: state.budget.lost_acknowledgements > 0,
            actions,
            waits,
        };
        self.enactor.steps(local, &state.store, &mut steps);
    }

    /// What a deployment may do, whether or not the automation is enabled: to disable it first is one way
    /// to deploy.
    #[inline]
    fn deployment_actions(
        &self,
        state: &SystemState<E::Local>,
        actions: &mut Vec<SystemAction<E::Local>>,
    ) {
        if self.enactor.can_be_redeployed() && !state.deployment_has_ended() {
            for (enactor, local) in state.members() {
                let all = LocalStates(&state.locals[..usize::from(state.enactors)]);
                let to = self.enactor.redeployed(local, all);
                actions.extend(to.map(|to| SystemAction::Redeploy { enactor, to }));
            }
            actions.push(SystemAction::EndDeployment);
        }
        if let Some(rules) = self.rules_change
            && !state.rules_have_changed()
            && rules.are_kept_by(&state.store)
        {
            actions.push(SystemAction::ChangeRules);
        }
    }

    #[inline]
    fn operator_actions(
        &self,
        state: &SystemState<E::Local>,
        actions: &mut Vec<SystemAction<E::Local>>,
    ) {
        let plans = state.store.plans();
        if state.budget.rollbacks > 0 {
            // Back to what the rollback pointer names where there is one, else to any older plan.
            let newest_applied = state
                .store
                .endpoints()
                .filter_map(|e| state.store.applied(e));
            let newest_applied: PlanSet = newest_applied.collect();
            let older = newest_applied.newest().map_or(PlanSet::EMPTY, |newest| {
                let older = plans.older_by(1, newest);
                match state.store.rollback() {
                    Some(target) => older.intersection(PlanSet::EMPTY.with(target)),
                    None => older,
                }
            });
            actions.extend(older.iter().map(|to| SystemAction::Rollback { to }));
        }
        if state.automation_enabled() && state.budget.kill_switches > 0 {
            actions.push(SystemAction::DisableAutomation);
        }
        if !state.automation_enabled() {
            actions.push(SystemAction::EnableAutomation);
        }
    }

    /// The grant of the lease that may end now, by itself.
    #[inline]
    pub(crate) fn expiring(&self, state: &SystemState<E::Local>) -> Option<Token> {
        let Some(LeaseTerm::Limited { early }) = self.lease else {
            return None;
        };
        let lease = state.store.lease();
        let token = lease.newest_token();
        let mut counted_on = state
            .members()
            .map(|(_, local)| self.enactor.counts_on(local));
        let may = lease.is_taken()
            && (token.byte() <= early || counted_on.all(|counted_on| counted_on != Some(token)));
        may.then_some(token)
    }

    /// Where the system starts, if its configuration is valid.
    pub(crate) fn start_state(&self) -> SystemState<E::Local> {
        SystemState {
            store: RecordStore::installed(self.endpoints),
            newest: Some(Generation::FIRST),
            switches: Switches::default(),
            enactors: self.enactors as u8,
            budget: self.faults,
            locals: [E::Local::default(); EnactorId::CAPACITY],
        }
    }
}

/// Takes one from a budget; `None` if nothing is left, so that an action out of turn is ignored.
#[inline]
fn spend(budget: &mut u8) -> Option<()> {
    if *budget != FaultBudget::ANY_NUMBER {
        *budget = budget.checked_sub(1)?;
    }
    Some(())
}

impl<E: Enactor> Model for UpdateSystem<E> {
    type State = SystemState<E::Local>;
    type Action = SystemAction<E::Local>;

    /// # Panics
    ///
    /// If [`validate`](UpdateSystem::validate) refuses the configuration, with its text; if
    /// [`Enactor::starts`] gives more or fewer local states than there are enactors.
    fn init_states(&self) -> Vec<Self::State> {
        if let Err(error) = self.validate() {
            panic!("{error}");
        }
        let start = |locals: Vec<E::Local>| {
            let mut state = self.start_state();
            state.locals[..self.enactors].copy_from_slice(&locals);
            state
        };
        let starts = self.enactor.starts(self.enactors);
        starts.into_iter().map(start).collect()
    }

    #[inline]
    fn actions(&self, state: &Self::State, actions: &mut Vec<Self::Action>) {
        let listing = self.listing.as_ref();
        let begun = listing.map(|listing| (listing, listing.begin()));
        if state.automation_enabled() {
            self.planner_actions(state, actions);
            self.enactor_actions(state, actions);
        }
        self.common_actions(state, actions);
        if let Some((listing, begun)) = begun {
            listing.end(begun, self, actions);
        }
    }

    #[inline]
    fn next_state(&self, last: &Self::State, action: Self::Action) -> Option<Self::State> {
        let mut state = *last;
        let rules = self.rules_in(last);
        let mut commit = |transaction: &Transaction, rules| {
            let held = match transaction.asks_for_holders() {
                true => self.held(last),
                false => PlanSet::EMPTY,
            };
            state.store.commit(transaction, rules, held).ok()
        };
        match action {
            SystemAction::Publish => {
                let plan = self.planner.next(state.newest)?;
                state.newest = Some(plan);
                state.store.publish(plan);
            }
            SystemAction::Move { enactor, to } => state.locals[enactor.index()] = to,
            SystemAction::Commit {
                enactor,
                transaction,
                then,
            } => {
                commit(&transaction, rules)?;
                state.locals[enactor.index()] = then;
            }
            SystemAction::Refused { enactor, then, .. } => state.locals[enactor.index()] = then,
            SystemAction::LoseAcknowledgement { transaction, .. } => {
                commit(&transaction, rules)?;
                spend(&mut state.budget.lost_acknowledgements)?;
            }
            SystemAction::Crash { enactor } => {
                spend(&mut state.budget.crashes)?;
                let local = &mut state.locals[enactor.index()];
                *local = self.enactor.restarted(local);
            }
            SystemAction::Redeploy { enactor, to } => state.locals[enactor.index()] = to,
            SystemAction::EndDeployment => state.switches.set(Switches::DEPLOYMENT_OFF, true),
            SystemAction::ChangeRules => state.switches.set(Switches::RULES_CHANGED, true),
            SystemAction::Expire { token } => {
                let end = Transaction::EMPTY.and(Write::ReleaseLease(token));
                commit(&end, rules)?;
            }
            SystemAction::Rollback { to } => {
                let all = EndpointSet::first(last.store.endpoints().count());
                let bypassed = StoreRules {
                    monotonic: false,
                    ..rules
                };
                commit(&Transaction::point_at(all, to), bypassed)?;
                spend(&mut state.budget.rollbacks)?;
            }
            SystemAction::DisableAutomation => {
                spend(&mut state.budget.kill_switches)?;
                state.switches.set(Switches::AUTOMATION_OFF, true);
            }
            SystemAction::EnableAutomation => {
                state.switches.set(Switches::AUTOMATION_OFF, false);
            }
            SystemAction::StopPlanner => state.switches.set(Switches::PLANNER_OFF, true),
        }
        Some(state)
    }

    fn format_action(&self, action: &Self::Action) -> String {
        crate::display::action(&self.enactor, action)
    }

    fn format_step(&self, last: &Self::State, action: Self::Action) -> Option<String> {
        let next = self.next_state(last, action)?;
        Some(crate::display::step(last, &next))
    }
}
