use std::collections::HashMap;
use std::hash::Hash;

use stateright::Model;

use crate::{Fairness, Naive, Strength};

/// All that a model can do, state by state: what the naive [`Evaluator`](crate::Evaluator) judges and
/// what the exporters write for foreign checkers.
///
/// A step back to the same state, and an action without a successor, are no edges: they are neither
/// enabled nor taken. A state without edges is terminal. A run may [stop](Self::may_rest) there, and
/// wherever no edge is covered by a condition: what nobody must do may never happen.
///
/// ```
/// use planwright_oracle::{DieHard, Evaluator, ExplicitGraph, Formula, Pour};
///
/// let four: &dyn Fn(&planwright_oracle::Jugs) -> bool = &|jugs| jugs.big == 4;
/// let puzzle = ExplicitGraph::explore(&DieHard, &["pour"], |_: &Pour| 0, &[("four", four)]);
/// assert_eq!(puzzle.states(), 16);
/// assert!(Evaluator::new(&puzzle).holds(Formula::Recoverable("four")));
/// assert!(!Evaluator::new(&puzzle).holds(Formula::Eventually("four")));
/// ```
#[derive(Clone, Debug)]
pub struct ExplicitGraph {
    /// What it is called in exported files and records.
    pub name: String,
    /// The initial states.
    pub initial: Vec<usize>,
    /// For each state, the steps from it; every state is reachable.
    pub edges: Vec<Vec<Edge>>,
    /// What the labels of edges mean.
    pub labels: Vec<String>,
    /// The atomic predicates.
    pub predicates: Vec<Predicate>,
    /// The conditions that every run meets.
    pub fairness: Vec<Fairness>,
}

/// A step of an [`ExplicitGraph`] to another state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge {
    /// The label, an index into [`ExplicitGraph::labels`].
    pub label: usize,
    /// The state it leads to.
    pub target: usize,
}

/// What a predicate is called, and where it holds.
pub type NamedPredicate<'a, S> = (&'a str, &'a dyn Fn(&S) -> bool);

/// A named set of states of an [`ExplicitGraph`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predicate {
    /// What formulas call it.
    pub name: String,
    /// For each state, whether it holds.
    pub holds: Vec<bool>,
}

impl ExplicitGraph {
    /// The graph of a model, with the label of each action and the value of each predicate.
    ///
    /// # Panics
    ///
    /// If a boundary cuts the model: what lies beyond it could change any verdict.
    pub fn explore<M: Model>(
        model: &M,
        labels: &[&str],
        label: impl Fn(&M::Action) -> usize,
        predicates: &[NamedPredicate<'_, M::State>],
    ) -> Self
    where
        M::State: Clone + Eq + Hash,
    {
        let found = Naive::explore(model);
        assert_eq!(found.cut, 0, "a boundary cuts the model");
        let numbers = found.states.iter().enumerate();
        let numbers: HashMap<&M::State, usize> = numbers.map(|(number, s)| (s, number)).collect();
        let edges = found.states.iter().map(|state| {
            let steps = model.next_steps(state).into_iter();
            let others = steps.filter(|(_, next)| next != state);
            let mut edges: Vec<Edge> = others
                .map(|(action, next)| Edge {
                    label: label(&action),
                    target: numbers[&next],
                })
                .collect();
            edges.sort_unstable();
            edges.dedup();
            edges
        });
        let predicates = predicates.iter().map(|(name, holds)| Predicate {
            name: (*name).to_owned(),
            holds: found.states.iter().map(holds).collect(),
        });
        let initial = model.init_states();
        let mut initial: Vec<usize> = initial.iter().map(|state| numbers[state]).collect();
        initial.sort_unstable();
        initial.dedup();
        Self {
            name: "model".to_owned(),
            initial,
            edges: edges.collect(),
            labels: labels.iter().map(|&label| label.to_owned()).collect(),
            predicates: predicates.collect(),
            fairness: vec![],
        }
    }

    /// The same under another name.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The same with these conditions in place of the old ones.
    pub fn fair(mut self, conditions: Vec<Fairness>) -> Self {
        self.fairness = conditions;
        self
    }

    /// The same with one condition for each of these labels, as for processes, in place of the old
    /// ones.
    pub fn fair_per_label(
        self,
        labels: impl IntoIterator<Item = usize>,
        strength: Strength,
    ) -> Self {
        let condition = |label: usize| Fairness::new(&self.labels[label], [label], strength);
        let conditions = labels.into_iter().map(condition).collect();
        self.fair(conditions)
    }

    /// The same with progress of everything as one more condition: a run stops only where it must.
    pub fn progress_of_all(mut self) -> Self {
        let all = Fairness::new("all", 0..self.labels.len(), Strength::Progress);
        self.fairness.push(all);
        self
    }

    /// The number of states.
    pub fn states(&self) -> usize {
        self.edges.len()
    }

    /// Whether nothing can happen in a state.
    pub fn is_terminal(&self, state: usize) -> bool {
        self.edges[state].is_empty()
    }

    /// Whether a run may stop in a state for ever: no step from there is one that somebody must take.
    pub fn may_rest(&self, state: usize) -> bool {
        let edges = &self.edges[state];
        let must = |label| self.fairness.iter().any(|fair| fair.covers(label));
        edges.iter().all(|edge| !must(edge.label))
    }

    /// Whether a step that the condition covers is possible in a state.
    pub fn enables(&self, state: usize, condition: &Fairness) -> bool {
        let mut edges = self.edges[state].iter();
        edges.any(|edge| condition.covers(edge.label))
    }

    /// For each state, whether the predicate holds.
    ///
    /// # Panics
    ///
    /// If there is no predicate of that name.
    pub fn predicate(&self, name: &str) -> &[bool] {
        &self.predicates[self.predicate_number(name)].holds
    }

    pub(crate) fn predicate_number(&self, name: &str) -> usize {
        let found = self.predicates.iter().position(|p| p.name == name);
        found.unwrap_or_else(|| panic!("{} has no predicate {name}", self.name))
    }

    /// The states in which a predicate, or whatever else is told of them, holds.
    pub(crate) fn numbers(&self, holds: impl Fn(usize) -> bool) -> Vec<String> {
        let states = (0..self.states()).filter(|&state| holds(state));
        states.map(|state| state.to_string()).collect()
    }

    /// The conditions about runs that go on for ever: all but progress.
    pub(crate) fn fair_conditions(&self) -> impl Iterator<Item = &Fairness> {
        let conditions = self.fairness.iter();
        conditions.filter(|fair| fair.strength != Strength::Progress)
    }

    /// The label that an exported step carries: from 1 if a fairness condition covers it, else 0. An
    /// exported state remembers the last step's, so unneeded ones would only make more states.
    pub(crate) fn exported_label(&self, label: usize) -> usize {
        let covered = self.fair_conditions().any(|fair| fair.covers(label));
        if covered { label + 1 } else { 0 }
    }

    /// Whether a run stops only in terminal states.
    fn goes_on(&self) -> bool {
        (0..self.states()).all(|state| self.is_terminal(state) || !self.may_rest(state))
    }

    /// The fairness conditions in a word, for records, and whether runs may stop where something can
    /// happen.
    pub fn assumption(&self) -> String {
        let of = |strength| self.fairness.iter().any(|fair| fair.strength == strength);
        let fairness = match (of(Strength::Weak), of(Strength::Strong)) {
            (false, false) => "none",
            (true, false) => "weak",
            (false, true) => "strong",
            (true, true) => "mixed",
        };
        let rests = if self.goes_on() { "" } else { " and rests" };
        format!("{fairness}{rests}")
    }
}
