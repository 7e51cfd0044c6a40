//! One planner, two enactors, five plans, one endpoint, a queue of four.

use std::fmt;

use planwright_model::Model;

/// Plans that the planner sends, numbered from 1.
pub(crate) const PLANS: u8 = 5;

/// The queue's capacity.
const QUEUE: u8 = 4;

/// Clean-up keeps the plan in hand and this many before it.
const KEEP: u8 = 2;

const ENACTORS: usize = 2;

/// What is one step in an enactor's program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Atomic {
    /// Each statement by itself.
    Statements,
    /// As the statements, but a plan that is in use is deleted and its endpoint cleared in one step.
    Clearing,
    /// The published fix: from the look whether the plan exists to the end of the clean-up, which
    /// spares the current plan. The look whether the plan is newer comes before.
    ApplyAndCleanUp,
    /// The same, and the look whether the plan is newer is inside.
    CheckToo,
}

/// The model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Race {
    /// What is one step.
    pub(crate) atomic: Atomic,
    /// Whether an enactor that has written an older plan than the highest one goes on. In the published
    /// model the `if` that records the highest plan has no `else`, and in Promela that blocks.
    pub(crate) goes_on: bool,
}

/// All variables.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct State {
    /// Plans sent so far; the queue holds those after `received`.
    sent: u8,
    received: u8,
    /// The plan that the endpoint is at; 0 for none.
    pub(crate) current: u8,
    /// Whether the endpoint has addresses.
    pub(crate) valid: bool,
    /// Whether a plan was ever applied.
    pub(crate) initialized: bool,
    /// The highest plan applied so far.
    pub(crate) highest: u8,
    /// Bit by bit, plans that were deleted.
    deleted: u8,
    pub(crate) enactors: [Enactor; ENACTORS],
}

/// Where an enactor is, and what it remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Enactor {
    pub(crate) at: At,
    pub(crate) plan: u8,
}

/// The statement that comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum At {
    Receive,
    Snapshot,
    /// Is the plan newer than what was current at the snapshot?
    Check(u8),
    Exists,
    SetCurrent,
    SetValid,
    SetInitialized,
    SetHighest,
    /// Looks at this plan and deletes it if it is old.
    Clean(u8),
    /// Has deleted this plan, which was current, and takes the addresses away.
    Invalidate(u8),
    /// And then the pointer.
    Clear(u8),
}

/// Who takes a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The planner sends the next plan.
    Send,
    /// An enactor executes what comes next.
    Execute(usize, At),
}

impl State {
    /// Whether a plan was deleted.
    pub(crate) fn is_deleted(&self, plan: u8) -> bool {
        plan > 0 && self.deleted >> plan & 1 == 1
    }

    /// Whether all plans were sent and dealt with.
    pub(crate) fn is_over(&self) -> bool {
        self.received == PLANS && self.enactors.iter().all(|e| e.at == At::Receive)
    }

    fn delete(&mut self, plan: u8) {
        self.deleted |= 1 << plan;
    }
}

impl Race {
    /// One statement of an enactor; `None` if it cannot be executed now.
    fn execute(self, state: &mut State, number: usize) -> Option<()> {
        let Enactor { at, plan } = state.enactors[number];
        let is_done = Enactor {
            at: At::Receive,
            plan: 0,
        };
        let go = |state: &mut State, at| state.enactors[number] = Enactor { at, plan };
        match at {
            At::Receive => {
                if state.received == state.sent {
                    return None;
                }
                state.received += 1;
                let plan = state.received;
                let at = match self.atomic {
                    Atomic::CheckToo => At::Exists,
                    _ => At::Snapshot,
                };
                state.enactors[number] = Enactor { at, plan };
            }
            At::Snapshot => go(state, At::Check(state.current)),
            At::Check(snapshot) if plan > snapshot => go(state, At::Exists),
            At::Check(_) => state.enactors[number] = is_done,
            At::Exists if self.is_fixed() => {
                self.apply_and_clean_up(state, plan);
                state.enactors[number] = is_done;
            }
            At::Exists if state.is_deleted(plan) => state.enactors[number] = is_done,
            At::Exists => go(state, At::SetCurrent),
            At::SetCurrent => {
                state.current = plan;
                go(state, At::SetValid);
            }
            At::SetValid => {
                state.valid = true;
                go(state, At::SetInitialized);
            }
            At::SetInitialized => {
                state.initialized = true;
                go(state, At::SetHighest);
            }
            At::SetHighest => {
                if plan <= state.highest && !self.goes_on {
                    return None;
                }
                state.highest = state.highest.max(plan);
                go(state, At::Clean(1));
            }
            At::Clean(victim) if victim + KEEP >= plan => state.enactors[number] = is_done,
            At::Clean(victim) => {
                let onward = At::Clean(victim + 1);
                state.delete(victim);
                if victim != state.current {
                    go(state, onward);
                } else if self.atomic == Atomic::Clearing {
                    (state.valid, state.current) = (false, 0);
                    go(state, onward);
                } else {
                    go(state, At::Invalidate(victim));
                }
            }
            At::Invalidate(victim) => {
                state.valid = false;
                go(state, At::Clear(victim));
            }
            At::Clear(victim) => {
                state.current = 0;
                go(state, At::Clean(victim + 1));
            }
        }
        Some(())
    }

    fn is_fixed(self) -> bool {
        matches!(self.atomic, Atomic::ApplyAndCleanUp | Atomic::CheckToo)
    }

    /// What the fix puts into one block.
    fn apply_and_clean_up(self, state: &mut State, plan: u8) {
        let is_late = self.atomic == Atomic::CheckToo && plan <= state.current;
        if is_late || state.is_deleted(plan) {
            return;
        }
        (state.current, state.valid, state.initialized) = (plan, true, true);
        state.highest = state.highest.max(plan);
        for victim in (1..plan).filter(|victim| victim + KEEP < plan) {
            if victim != state.current {
                state.delete(victim);
            }
        }
    }
}

impl Model for Race {
    type State = State;
    type Action = Step;

    fn init_states(&self) -> Vec<State> {
        let idle = Enactor {
            at: At::Receive,
            plan: 0,
        };
        vec![State {
            sent: 0,
            received: 0,
            current: 0,
            valid: false,
            initialized: false,
            highest: 0,
            deleted: 0,
            enactors: [idle; ENACTORS],
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Step>) {
        if state.sent < PLANS && state.sent - state.received < QUEUE {
            actions.push(Step::Send);
        }
        for (number, enactor) in state.enactors.iter().enumerate() {
            let mut after = *state;
            if self.execute(&mut after, number).is_some() {
                actions.push(Step::Execute(number, enactor.at));
            }
        }
    }

    fn next_state(&self, last: &State, step: Step) -> Option<State> {
        let mut state = *last;
        match step {
            Step::Send => state.sent += 1,
            Step::Execute(number, _) => self.execute(&mut state, number)?,
        }
        Some(state)
    }

    fn format_action(&self, step: &Step) -> String {
        match step {
            Step::Send => "planner    sends the next plan".to_owned(),
            Step::Execute(number, At::Exists) if self.is_fixed() => {
                format!("enactor {number}  applies and cleans up, in one block")
            }
            Step::Execute(number, at) => format!("enactor {number}  {at:?}"),
        }
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let deleted: Vec<_> = (1..=PLANS).filter(|plan| self.is_deleted(*plan)).collect();
        let (current, highest) = (self.current, self.highest);
        let valid = if self.valid { "valid" } else { "invalid" };
        write!(f, "current {current} {valid}  highest {highest}")?;
        write!(f, "  deleted {deleted:?}")?;
        for enactor in self.enactors.iter().filter(|e| e.plan > 0) {
            write!(f, "  plan {}: {:?}", enactor.plan, enactor.at)?;
        }
        Ok(())
    }
}
