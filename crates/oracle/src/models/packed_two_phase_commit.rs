use stateright::{Model, Property};

use super::{CommitAction, ResourceManager};

/// [`TwoPhaseCommit`](super::TwoPhaseCommit) with its state in one word: the same graph, so the
/// same counts, without a heap.
#[derive(Clone, Copy, Debug)]
pub struct PackedTwoPhaseCommit {
    /// How many resource managers take part, at most 15.
    pub rms: usize,
}

/// A state of [`PackedTwoPhaseCommit`]: for each resource manager four bits (two for how far it is,
/// one for whether it said it is prepared, one for whether that was heard), and on top two bits for
/// the decision, which is also the message that announces it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PackedCommit(u64);

const SAID: u64 = 4;
const HEARD: u64 = 8;
const COMMIT: u64 = 1;
const ABORT: u64 = 2;
const DECISION: u32 = 60;

impl PackedCommit {
    /// How far a resource manager is.
    pub fn rm(self, rm: usize) -> ResourceManager {
        match self.0 >> (4 * rm) & 3 {
            0 => ResourceManager::Working,
            1 => ResourceManager::Prepared,
            2 => ResourceManager::Committed,
            _ => ResourceManager::Aborted,
        }
    }

    fn decision(self) -> u64 {
        self.0 >> DECISION
    }

    fn has(self, rm: usize, flag: u64) -> bool {
        self.0 >> (4 * rm) & flag != 0
    }

    fn decide(self, decision: u64) -> Self {
        Self(self.0 | decision << DECISION)
    }

    fn add(self, rm: usize, flag: u64) -> Self {
        Self(self.0 | flag << (4 * rm))
    }

    fn enter(self, rm: usize, state: ResourceManager) -> Self {
        Self(self.0 & !(3 << (4 * rm)) | (state as u64) << (4 * rm))
    }
}

impl Model for PackedTwoPhaseCommit {
    type State = PackedCommit;
    type Action = CommitAction;

    fn init_states(&self) -> Vec<PackedCommit> {
        assert!(
            self.rms <= 15,
            "a packed state has room for 15 resource managers"
        );
        vec![PackedCommit::default()]
    }

    fn actions(&self, state: &PackedCommit, actions: &mut Vec<CommitAction>) {
        let undecided = state.decision() == 0;
        if undecided && (0..self.rms).all(|rm| state.has(rm, HEARD)) {
            actions.push(CommitAction::DecideCommit);
        }
        if undecided {
            actions.push(CommitAction::DecideAbort);
        }
        for rm in 0..self.rms {
            if undecided && state.has(rm, SAID) {
                actions.push(CommitAction::LearnPrepared(rm));
            }
            if state.rm(rm) == ResourceManager::Working {
                actions.extend([CommitAction::Prepare(rm), CommitAction::ChooseAbort(rm)]);
            }
            if state.decision() == COMMIT {
                actions.push(CommitAction::Commit(rm));
            }
            if state.decision() == ABORT {
                actions.push(CommitAction::Abort(rm));
            }
        }
    }

    fn next_state(&self, last: &PackedCommit, action: CommitAction) -> Option<PackedCommit> {
        use ResourceManager::{Aborted, Committed, Prepared};
        Some(match action {
            CommitAction::DecideCommit => last.decide(COMMIT),
            CommitAction::DecideAbort => last.decide(ABORT),
            CommitAction::LearnPrepared(rm) => last.add(rm, HEARD),
            CommitAction::Prepare(rm) => last.enter(rm, Prepared).add(rm, SAID),
            CommitAction::ChooseAbort(rm) | CommitAction::Abort(rm) => last.enter(rm, Aborted),
            CommitAction::Commit(rm) => last.enter(rm, Committed),
        })
    }

    fn properties(&self) -> Vec<Property<Self>> {
        use ResourceManager::{Aborted, Committed};
        vec![
            Property::always("consistent", |model: &Self, state: &PackedCommit| {
                let some = |wanted| (0..model.rms).any(|rm| state.rm(rm) == wanted);
                !(some(Aborted) && some(Committed))
            }),
            Property::sometimes("all abort", |model: &Self, state: &PackedCommit| {
                (0..model.rms).all(|rm| state.rm(rm) == Aborted)
            }),
            Property::sometimes("all commit", |model: &Self, state: &PackedCommit| {
                (0..model.rms).all(|rm| state.rm(rm) == Committed)
            }),
        ]
    }
}
