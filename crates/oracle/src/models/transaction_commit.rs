use stateright::{Model, Property};

use super::ResourceManager;

/// Transaction commit without messages: what the protocols that implement it may do.
///
/// J. Gray and L. Lamport, "Consensus on Transaction Commit", 2006, section 2. Published for three
/// resource managers in the [manifest of the TLA+
/// examples](https://github.com/tlaplus/Examples/blob/master/specifications/transaction_commit/manifest.json):
/// 34 distinct states, 94 generated (the initial one included), 7 states deep.
#[derive(Clone, Copy, Debug)]
pub struct TransactionCommit {
    /// How many resource managers take part.
    pub rms: usize,
}

/// A resource manager, by number, moves on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolve {
    /// It prepares.
    Prepare(usize),
    /// It commits: all others have prepared or committed.
    Commit(usize),
    /// It aborts: no other has committed.
    Abort(usize),
}

impl Model for TransactionCommit {
    type State = Vec<ResourceManager>;
    type Action = Resolve;

    fn init_states(&self) -> Vec<Vec<ResourceManager>> {
        vec![vec![ResourceManager::Working; self.rms]]
    }

    fn actions(&self, state: &Vec<ResourceManager>, actions: &mut Vec<Resolve>) {
        use ResourceManager::{Committed, Prepared, Working};
        let may_commit = state.iter().all(|rm| matches!(rm, Prepared | Committed));
        let may_abort = !state.contains(&Committed);
        for (number, &rm) in state.iter().enumerate() {
            if rm == Working {
                actions.push(Resolve::Prepare(number));
            }
            if rm == Prepared && may_commit {
                actions.push(Resolve::Commit(number));
            }
            if matches!(rm, Working | Prepared) && may_abort {
                actions.push(Resolve::Abort(number));
            }
        }
    }

    fn next_state(
        &self,
        state: &Vec<ResourceManager>,
        action: Resolve,
    ) -> Option<Vec<ResourceManager>> {
        let (number, rm) = match action {
            Resolve::Prepare(number) => (number, ResourceManager::Prepared),
            Resolve::Commit(number) => (number, ResourceManager::Committed),
            Resolve::Abort(number) => (number, ResourceManager::Aborted),
        };
        let mut next = state.clone();
        next[number] = rm;
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always(
            "consistent",
            |_, state: &Vec<ResourceManager>| {
                !(state.contains(&ResourceManager::Aborted)
                    && state.contains(&ResourceManager::Committed))
            },
        )]
    }
}
