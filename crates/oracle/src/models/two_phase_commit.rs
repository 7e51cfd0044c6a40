use std::collections::BTreeSet;

use stateright::{Model, Property};

/// Two-phase commit, with a state of vectors and a set of all messages ever sent.
///
/// J. Gray and L. Lamport, "Consensus on Transaction Commit", 2006, section 4. The [manifest of the
/// TLA+ examples](https://github.com/tlaplus/Examples/blob/master/specifications/transaction_commit/manifest.json)
/// has 288 distinct states for three resource managers, 1,146 generated (the initial one included),
/// 11 states deep; the tests of [Stateright's
/// example](https://github.com/stateright/stateright/blob/master/examples/2pc.rs) have 288 for three
/// and 8,832 for five.
#[derive(Clone, Copy, Debug)]
pub struct TwoPhaseCommit {
    /// How many resource managers take part.
    pub rms: usize,
}

/// A state of [`TwoPhaseCommit`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CommitState {
    /// The resource managers.
    pub rms: Vec<ResourceManager>,
    /// The transaction manager.
    pub tm: TransactionManager,
    /// Which resource managers the transaction manager knows to be prepared.
    pub prepared: Vec<bool>,
    /// The messages sent, none of which is ever lost.
    pub messages: BTreeSet<CommitMessage>,
}

/// How far a resource manager is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResourceManager {
    /// Still working.
    Working,
    /// Ready for either outcome.
    Prepared,
    /// Done, with effect.
    Committed,
    /// Done, without effect.
    Aborted,
}

/// How far the transaction manager is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TransactionManager {
    /// It has not decided.
    Undecided,
    /// It has decided to commit.
    Committed,
    /// It has decided to abort.
    Aborted,
}

/// A message; those to the resource managers go to all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CommitMessage {
    /// This resource manager is prepared.
    Prepared(usize),
    /// Commit.
    Commit,
    /// Abort.
    Abort,
}

/// A step of two-phase commit; the numbers are of resource managers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommitAction {
    /// The transaction manager decides to commit: all are prepared.
    DecideCommit,
    /// The transaction manager decides to abort.
    DecideAbort,
    /// The transaction manager learns that this one is prepared, perhaps again.
    LearnPrepared(usize),
    /// This one prepares and says so.
    Prepare(usize),
    /// This one aborts on its own.
    ChooseAbort(usize),
    /// This one is told to commit, perhaps again.
    Commit(usize),
    /// This one is told to abort, perhaps again.
    Abort(usize),
}

impl Model for TwoPhaseCommit {
    type State = CommitState;
    type Action = CommitAction;

    fn init_states(&self) -> Vec<CommitState> {
        vec![CommitState {
            rms: vec![ResourceManager::Working; self.rms],
            tm: TransactionManager::Undecided,
            prepared: vec![false; self.rms],
            messages: BTreeSet::new(),
        }]
    }

    fn actions(&self, state: &CommitState, actions: &mut Vec<CommitAction>) {
        let undecided = state.tm == TransactionManager::Undecided;
        if undecided && state.prepared.iter().all(|&prepared| prepared) {
            actions.push(CommitAction::DecideCommit);
        }
        if undecided {
            actions.push(CommitAction::DecideAbort);
        }
        for rm in 0..self.rms {
            if undecided && state.messages.contains(&CommitMessage::Prepared(rm)) {
                actions.push(CommitAction::LearnPrepared(rm));
            }
            if state.rms[rm] == ResourceManager::Working {
                actions.extend([CommitAction::Prepare(rm), CommitAction::ChooseAbort(rm)]);
            }
            if state.messages.contains(&CommitMessage::Commit) {
                actions.push(CommitAction::Commit(rm));
            }
            if state.messages.contains(&CommitMessage::Abort) {
                actions.push(CommitAction::Abort(rm));
            }
        }
    }

    fn next_state(&self, last: &CommitState, action: CommitAction) -> Option<CommitState> {
        let mut next = last.clone();
        match action {
            CommitAction::DecideCommit => {
                next.tm = TransactionManager::Committed;
                next.messages.insert(CommitMessage::Commit);
            }
            CommitAction::DecideAbort => {
                next.tm = TransactionManager::Aborted;
                next.messages.insert(CommitMessage::Abort);
            }
            CommitAction::LearnPrepared(rm) => next.prepared[rm] = true,
            CommitAction::Prepare(rm) => {
                next.rms[rm] = ResourceManager::Prepared;
                next.messages.insert(CommitMessage::Prepared(rm));
            }
            CommitAction::ChooseAbort(rm) | CommitAction::Abort(rm) => {
                next.rms[rm] = ResourceManager::Aborted;
            }
            CommitAction::Commit(rm) => next.rms[rm] = ResourceManager::Committed,
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        use ResourceManager::{Aborted, Committed};
        vec![
            Property::always("consistent", |_, state: &CommitState| {
                !(state.rms.contains(&Aborted) && state.rms.contains(&Committed))
            }),
            Property::sometimes("all abort", |_, state: &CommitState| {
                state.rms.iter().all(|&rm| rm == Aborted)
            }),
            Property::sometimes("all commit", |_, state: &CommitState| {
                state.rms.iter().all(|&rm| rm == Committed)
            }),
        ]
    }
}
