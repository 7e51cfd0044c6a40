use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::Hash;

use stateright::Model;

/// Everything a model can reach, found by the plainest breadth-first search there is.
///
/// It keeps whole states and compares them, so no hash collision can hide one, and it shares no
/// code with the checker it judges. An initial state counts once however often it is listed.
///
/// ```
/// use planwright_oracle::{DieHard, Naive};
///
/// let found = Naive::explore(&DieHard);
/// assert_eq!(found.unique(), 16);
/// assert_eq!(found.shortest(|jugs| jugs.big == 4), Some(6));
/// ```
pub struct Naive<M: Model> {
    /// The distinct states within the boundary, in order of discovery.
    pub states: Vec<M::State>,
    /// For each of `states`, the length of a shortest schedule to it.
    pub depths: Vec<usize>,
    /// Steps from a state within the boundary, those back to itself and those out of the boundary
    /// included; an action that the model ignores is no step.
    pub transitions: u64,
    /// States within the boundary that have no successor, not even one outside it.
    pub terminal: u64,
    /// Distinct states outside the boundary that are initial or one step from a state within it.
    pub cut: u64,
}

impl<M: Model> Naive<M>
where
    M::State: Clone + Eq + Hash,
{
    /// Visits every state that can be reached without leaving the boundary.
    pub fn explore(model: &M) -> Self {
        let mut found = Self {
            states: vec![],
            depths: vec![],
            transitions: 0,
            terminal: 0,
            cut: 0,
        };
        let mut seen = HashSet::new();
        let mut discover = |found: &mut Self, state: M::State, depth| {
            if !seen.insert(state.clone()) {
                return;
            }
            if model.within_boundary(&state) {
                found.states.push(state);
                found.depths.push(depth);
            } else {
                found.cut += 1;
            }
        };
        for state in model.init_states() {
            discover(&mut found, state, 0);
        }
        let mut expanded = 0;
        while expanded < found.states.len() {
            let successors = model.next_states(&found.states[expanded]);
            found.transitions += successors.len() as u64;
            found.terminal += u64::from(successors.is_empty());
            let depth = found.depths[expanded] + 1;
            for next in successors {
                discover(&mut found, next, depth);
            }
            expanded += 1;
        }
        found
    }
}

impl<M: Model> Naive<M> {
    /// The number of distinct states within the boundary.
    pub fn unique(&self) -> usize {
        self.states.len()
    }

    /// The number of levels below the initial states.
    pub fn depth(&self) -> usize {
        self.depths.last().copied().unwrap_or(0)
    }

    /// The length of a shortest schedule to a state that `hit` accepts.
    pub fn shortest(&self, hit: impl Fn(&M::State) -> bool) -> Option<usize> {
        self.states
            .iter()
            .position(hit)
            .map(|first| self.depths[first])
    }

    /// The number of states that `hit` accepts.
    pub fn count(&self, hit: impl Fn(&M::State) -> bool) -> usize {
        self.states.iter().filter(|state| hit(state)).count()
    }

    /// The length of a shortest schedule whose last step `hit` accepts, be it out of the boundary.
    pub fn shortest_step(
        &self,
        model: &M,
        hit: impl Fn(&M::State, &M::Action, &M::State) -> bool,
    ) -> Option<usize> {
        let first = self.states.iter().position(|state| {
            let mut steps = model.next_steps(state).into_iter();
            steps.any(|(action, next)| hit(state, &action, &next))
        })?;
        Some(self.depths[first] + 1)
    }
}

impl<M: Model> Naive<M>
where
    M::State: Clone + Eq + Hash,
{
    /// The length of a shortest schedule to a state from which no schedule leads to one that `good`
    /// accepts. Steps out of the boundary lead nowhere.
    ///
    /// ```
    /// use planwright_oracle::{DieHard, Naive};
    ///
    /// let found = Naive::explore(&DieHard);
    /// assert_eq!(found.shortest_trap(&DieHard, |jugs| jugs.big == 0), None);
    /// ```
    pub fn shortest_trap(&self, model: &M, good: impl Fn(&M::State) -> bool) -> Option<usize> {
        let numbers = self.states.iter().cloned().zip(0..);
        let numbers: HashMap<M::State, usize> = numbers.collect();
        let next = |state| model.next_states(state).into_iter();
        let next = |state| next(state).filter_map(|next| numbers.get(&next).copied());
        let next: Vec<Vec<usize>> = self.states.iter().map(|s| next(s).collect()).collect();
        let mut recovers: Vec<bool> = self.states.iter().map(good).collect();
        let mut grows = true;
        while grows {
            grows = false;
            // Later states first: most of them are further from where it began.
            for state in (0..next.len()).rev() {
                if !recovers[state] && next[state].iter().any(|next| recovers[*next]) {
                    recovers[state] = true;
                    grows = true;
                }
            }
        }
        let first = recovers.iter().position(|recovers| !recovers)?;
        Some(self.depths[first])
    }
}

impl<M: Model> fmt::Debug for Naive<M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Naive")
            .field("unique", &self.unique())
            .field("depth", &self.depth())
            .field("transitions", &self.transitions)
            .field("terminal", &self.terminal)
            .field("cut", &self.cut)
            .finish_non_exhaustive()
    }
}
