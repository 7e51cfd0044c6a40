use crate::{ExplicitGraph, Fairness, Formula, Strength};

/// For each state, whether it belongs to the set.
type Set = Vec<bool>;

/// Says whether a formula holds in an [`ExplicitGraph`], by fixpoints on sets of states: for being
/// right at a glance, not for speed. It shares no code with the checker it judges.
///
/// Fair runs are found as by E. A. Emerson and C.-L. Lei, "Efficient model checking in fragments of
/// the propositional mu-calculus", 1986: the greatest set in which each thing that must recur can
/// be reached, and reached again from there. A strongly fair run takes a condition's steps for ever
/// or comes to states that never enable them; which conditions it does the latter to is tried out.
/// A run that stops repeats its last state: a step of nobody's, from each state in which it may.
///
/// ```
/// use planwright_oracle::{Evaluator, ExplicitGraph, Formula, Label, Peterson, Processes, Strength};
///
/// let wants: &dyn Fn(&Processes) -> bool = &|s| s.at[0] != Label::Noncritical;
/// let enters: &dyn Fn(&Processes) -> bool = &|s| s.at[0] == Label::Critical;
/// let predicates = [("wants", wants), ("enters", enters)];
/// let mover = |&mover: &u8| mover.into();
/// let lock = ExplicitGraph::explore(&Peterson, &["0", "1"], mover, &predicates).progress_of_all();
/// let no_starvation = Formula::LeadsTo("wants", "enters");
/// assert!(!Evaluator::new(&lock).holds(no_starvation));
/// let fair = lock.fair_per_label([0, 1], Strength::Weak);
/// assert!(Evaluator::new(&fair).holds(no_starvation));
/// ```
#[derive(Debug)]
pub struct Evaluator<'a>(&'a ExplicitGraph);

/// What must happen again and again for a run to count.
enum Recurring<'a> {
    /// A step of the condition, or a state that enables none.
    TakenOrDisabled(&'a Fairness),
    /// A step of the condition.
    Taken(&'a Fairness),
    /// A state of the set.
    Visited(&'a Set),
}

impl<'a> Evaluator<'a> {
    /// An evaluator of formulas on this graph, under its fairness conditions.
    pub fn new(graph: &'a ExplicitGraph) -> Self {
        Self(graph)
    }

    /// Whether the formula holds.
    ///
    /// # Panics
    ///
    /// If the graph lacks a predicate that the formula names.
    pub fn holds(&self, formula: Formula) -> bool {
        let is = |name: &str| self.0.predicate(name).to_vec();
        match formula {
            Formula::Always(p) => is_all(&is(p)),
            Formula::Reachable(p) => !self.some_initial(&not(&self.can_reach(&is(p)))),
            Formula::Recoverable(p) => is_all(&self.can_reach(&is(p))),
            Formula::Eventually(p) => !self.some_initial(&self.fair_within(&not(&is(p)))),
            Formula::LeadsTo(p, q) => is_all(&not(&and(&is(p), &self.fair_within(&not(&is(q)))))),
            Formula::AlwaysEventually(p) => is_all(&not(&self.fair_within(&not(&is(p))))),
            Formula::EventuallyAlways(p) => {
                let everywhere = self.all_that(|_| true);
                !self.some_initial(&self.fair_within_visiting(&everywhere, Some(&not(&is(p)))))
            }
            Formula::Until(p, q) => {
                let not_yet = not(&is(q));
                let too_early = self.until(&not_yet, &and(&not(&is(p)), &not_yet));
                !self.some_initial(&or(&too_early, &self.fair_within(&not_yet)))
            }
        }
    }

    /// The states from which some run reaches the goal: CTL `EF`.
    pub fn can_reach(&self, goal: &[bool]) -> Vec<bool> {
        self.until(&self.all_that(|_| true), goal)
    }

    /// The states from which some fair run stays within the set for ever: CTL `EG`.
    pub fn fair_within(&self, stay: &[bool]) -> Vec<bool> {
        self.fair_within_visiting(stay, None)
    }

    /// The same for runs that also visit the second set again and again, if one is given.
    fn fair_within_visiting(&self, stay: &[bool], visit: Option<&Set>) -> Set {
        // Progress only says where a run stops, which `steps` asks.
        let of = |strength| {
            let conditions = self.0.fairness.iter();
            conditions.filter(move |fair| fair.strength == strength)
        };
        let weak = of(Strength::Weak);
        let strong: Vec<&Fairness> = of(Strength::Strong).collect();
        let mut found = vec![false; stay.len()];
        for choice in 0..1_usize << strong.len() {
            let mut within = stay.to_vec();
            let weak = weak.clone().map(Recurring::TakenOrDisabled);
            let mut recurring: Vec<_> = weak.chain(visit.map(Recurring::Visited)).collect();
            for (number, fair) in strong.iter().enumerate() {
                if choice >> number & 1 == 1 {
                    recurring.push(Recurring::Taken(fair));
                } else {
                    let disabled = |state| !self.0.enables(state, fair);
                    within = and(&within, &self.all_that(disabled));
                }
            }
            found = or(&found, &self.recurring_within(within, &recurring));
        }
        // What comes before it settles in such a set does not matter to fairness.
        self.until(stay, &found)
    }

    /// The states from which some run stays within the set and does all these things for ever.
    fn recurring_within(&self, mut set: Set, recurring: &[Recurring<'_>]) -> Set {
        loop {
            let before = set.clone();
            set = self.forever(set);
            for thing in recurring {
                let now = |state| {
                    let mut steps = self.steps(state);
                    let recurs = |(label, next)| set[next] && self.is(thing, state, label);
                    set[state] && steps.any(recurs)
                };
                set = self.until(&set, &self.all_that(now));
            }
            if set == before {
                return set;
            }
        }
    }

    /// Whether the step from this state with this label is the thing that must recur.
    fn is(&self, thing: &Recurring<'_>, state: usize, label: Option<usize>) -> bool {
        let takes = |fair: &Fairness| label.is_some_and(|label| fair.covers(label));
        match thing {
            Recurring::TakenOrDisabled(fair) => takes(fair) || !self.0.enables(state, fair),
            Recurring::Taken(fair) => takes(fair),
            Recurring::Visited(set) => set[state],
        }
    }

    /// The greatest set within this one whose states all have a step into it.
    fn forever(&self, mut set: Set) -> Set {
        while self.sweep(&mut set, |set, state| {
            set[state] && self.steps(state).any(|(_, next)| set[next])
        }) {}
        set
    }

    /// The states from which some run stays in the first set until it is in the second: CTL `EU`.
    fn until(&self, stay: &[bool], goal: &[bool]) -> Set {
        let mut set = goal.to_vec();
        while self.sweep(&mut set, |set, state| {
            set[state] || stay[state] && self.steps(state).any(|(_, next)| set[next])
        }) {}
        set
    }

    /// Decides each state anew and says whether any changed. The last come first, as a search finds
    /// successors later; every order ends at the same fixpoint.
    fn sweep(&self, set: &mut Set, rule: impl Fn(&Set, usize) -> bool) -> bool {
        let mut changed = false;
        for state in (0..set.len()).rev() {
            let belongs = rule(set, state);
            changed |= belongs != set[state];
            set[state] = belongs;
        }
        changed
    }

    /// The steps from a state, and one without a label that goes nowhere if a run may stop there: if nothing
    /// that any condition covers is possible.
    fn steps(&self, state: usize) -> impl Iterator<Item = (Option<usize>, usize)> {
        let edges = self.0.edges[state].iter();
        let fairness = &self.0.fairness;
        let obliged = fairness.iter().any(|fair| self.0.enables(state, fair));
        let stutters = (!obliged).then_some((None, state));
        edges.map(|e| (Some(e.label), e.target)).chain(stutters)
    }

    fn all_that(&self, belongs: impl Fn(usize) -> bool) -> Set {
        (0..self.0.states()).map(belongs).collect()
    }

    fn some_initial(&self, set: &Set) -> bool {
        self.0.initial.iter().any(|&state| set[state])
    }
}

fn is_all(set: &[bool]) -> bool {
    set.iter().all(|&belongs| belongs)
}

fn not(set: &[bool]) -> Set {
    set.iter().map(|belongs| !belongs).collect()
}

fn and(a: &[bool], b: &[bool]) -> Set {
    a.iter().zip(b).map(|(a, b)| *a && *b).collect()
}

fn or(a: &[bool], b: &[bool]) -> Set {
    a.iter().zip(b).map(|(a, b)| *a || *b).collect()
}
