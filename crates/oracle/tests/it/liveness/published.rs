//! Verdicts about liveness that others have published, with their numbers of states.

use planwright_oracle::*;

/// Under progress of everything: what was published is about runs that stop only where nothing can happen.
fn holds(graph: &ExplicitGraph, formula: Formula) -> bool {
    Evaluator::new(&graph.clone().progress_of_all()).holds(formula)
}

/// H. Wayne, "Learn TLA+", the section on strong fairness; see [`SharedLock`].
#[test]
fn a_thread_gets_the_lock_under_strong_fairness_only() {
    let model = SharedLock { threads: 2 };
    let naive = Naive::explore(&model);
    assert_eq!((naive.unique(), naive.transitions + 1), (8, 15));
    // Whoever is about to release the lock has it.
    let has: NamedPredicate<'_, Vec<Thread>> = ("has", &|threads| threads[0] == Thread::Release);
    let graph = ExplicitGraph::explore(&model, &["0", "1"], |&thread| thread, &[has]);
    let under = |strength| graph.clone().fair_per_label([0, 1], strength);
    let gets_it = Formula::Eventually("has");
    assert!(!holds(&under(Strength::Weak), gets_it));
    assert!(holds(&under(Strength::Strong), gets_it));
}

/// The TLA+ examples' `NobodyStarves`; see [`CleanForks`].
#[test]
fn nobody_starves_who_hands_clean_forks_over() {
    let model = CleanForks { seats: 5 };
    let naive = Naive::explore(&model);
    let generated = naive.transitions + 1;
    assert_eq!(
        (naive.unique(), generated, naive.depth() + 1),
        (67, 336, 29)
    );
    let sated: NamedPredicate<'_, Vec<Diner>> = ("sated", &|table| !table[0].hungry);
    let labels = ["0", "1", "2", "3", "4"];
    let table = ExplicitGraph::explore(&model, &labels, |&diner| diner, &[sated]);
    let table = table.fair_per_label(0..5, Strength::Weak);
    assert!(holds(&table, Formula::AlwaysEventually("sated")));
}

/// That it is free of starvation is why Peterson published it. That this takes weak fairness is
/// recalled by Y. Hafidi, J. J. A. Keiren and J. F. Groote, "Fair mutual exclusion for N processes",
/// 2021 (arXiv 2111.02251), who find the same of its generalisation by a tournament. 42 states: see
/// [`Peterson`].
#[test]
fn peterson_lets_everybody_in_under_weak_fairness() {
    let wants: NamedPredicate<'_, Processes> = ("wants", &|s| s.at[0] != Label::Noncritical);
    let enters: NamedPredicate<'_, Processes> = ("enters", &|s| s.at[0] == Label::Critical);
    let mover = |mover: &u8| usize::from(*mover);
    let lock = ExplicitGraph::explore(&Peterson, &["0", "1"], mover, &[wants, enters]);
    assert_eq!(lock.states(), 42);
    let no_starvation = Formula::LeadsTo("wants", "enters");
    assert!(!holds(&lock, no_starvation));
    assert!(holds(
        &lock.fair_per_label([0, 1], Strength::Weak),
        no_starvation
    ));
}

/// Lamport's paper proves it for any number of customers and tickets without end; see [`Bakery`].
/// Three tickets do for two customers. Of three, two can use them up in turn whenever the third looks.
#[test]
fn a_bakery_serves_everybody() {
    let serves = |customers, strength| {
        let model = Bakery {
            customers,
            tickets: 3,
        };
        let wants: NamedPredicate<'_, Vec<Customer>> = ("wants", &|s| s[0].at != Counter::Outside);
        let served: NamedPredicate<'_, Vec<Customer>> =
            ("served", &|s| s[0].at == Counter::Critical);
        let labels = &["0", "1", "2"][..customers];
        let shop = ExplicitGraph::explore(&model, labels, |&me| me, &[wants, served]);
        let shop = shop.fair_per_label(0..customers, strength);
        holds(&shop, Formula::LeadsTo("wants", "served"))
    };
    assert!(serves(2, Strength::Weak));
    assert!(!serves(3, Strength::Strong));
}

/// Dijkstra, EWD 426: with enough values, only one privilege is left in the end, whatever the
/// schedule. 46,656 states, as published: see [`TokenRing`]. Three values do for four machines and two
/// do not.
#[test]
fn a_token_ring_stabilises_if_it_has_enough_values() {
    let stabilises = |machines, values| {
        let stable: NamedPredicate<'_, Vec<u8>> =
            ("stable", &|counters| TokenRing::privileges(counters) == 1);
        let ring = TokenRing { machines, values };
        let graph = ExplicitGraph::explore(&ring, &["machine"], |_| 0, &[stable]);
        (
            graph.states(),
            holds(&graph, Formula::EventuallyAlways("stable")),
        )
    };
    assert_eq!(stabilises(6, 6), (46_656, true));
    assert_eq!(stabilises(4, 3), (81, true));
    assert_eq!(stabilises(4, 2), (16, false));
}

/// The TLA+ examples' `Liveness`: once all nodes are inactive, this is detected, if the token's moves
/// are weakly fair. 302 and 1,566 states, as published: see [`TerminationDetection`].
#[test]
fn termination_is_detected() {
    for (nodes, states) in [(3, 302), (4, 1566)] {
        let inactive: NamedPredicate<'_, Token> = ("inactive", &|state| state.active == 0);
        let detects: NamedPredicate<'_, Token> = ("detects", &Token::detects);
        let label = |action: &Probe| match action {
            Probe::Initiate | Probe::Pass => 0,
            Probe::Send { .. } | Probe::Deactivate(_) => 1,
        };
        let model = TerminationDetection { nodes };
        let predicates = [inactive, detects];
        let graph = ExplicitGraph::explore(&model, &["token", "nodes"], label, &predicates);
        assert_eq!(graph.states(), states);
        let graph = graph.fair_per_label([0], Strength::Weak);
        assert!(holds(&graph, Formula::LeadsTo("inactive", "detects")));
        // Nodes may go on for ever.
        assert!(!holds(&graph, Formula::Eventually("detects")));
    }
}

/// Dijkstra's philosophers: the left fork first, and all may starve for ever; the lowest first, and
/// somebody always eats again, but everybody only if strongly fair. 34 states: see
/// [`DiningPhilosophers`].
#[test]
fn philosophers_deadlock_unless_forks_are_ordered() {
    let table = |manners| {
        let model = DiningPhilosophers { seats: 4, manners };
        let label = |action: &Move| match *action {
            Move::TakeLeft(p) | Move::TakeRight(p) | Move::PutDown(p) => p,
        };
        let first: NamedPredicate<'_, Vec<Fork>> = ("first", &|forks| model.eats(forks, 0));
        let any: NamedPredicate<'_, Vec<Fork>> =
            ("any", &|forks| (0..4).any(|p| model.eats(forks, p)));
        let labels = ["0", "1", "2", "3"];
        ExplicitGraph::explore(&model, &labels, label, &[first, any])
    };
    let left = table(Manners::LeftFirst);
    assert_eq!(left.states(), 34);
    assert!(!holds(&left, Formula::Recoverable("any")));
    let left = left.fair_per_label(0..4, Strength::Strong);
    assert!(!holds(&left, Formula::AlwaysEventually("any")));
    let ordered = table(Manners::LowestFirst);
    assert!(holds(&ordered, Formula::Recoverable("first")));
    let under = |strength| ordered.clone().fair_per_label(0..4, strength);
    assert!(holds(
        &under(Strength::Weak),
        Formula::AlwaysEventually("any")
    ));
    assert!(!holds(
        &under(Strength::Weak),
        Formula::AlwaysEventually("first")
    ));
    assert!(holds(
        &under(Strength::Strong),
        Formula::AlwaysEventually("first")
    ));
}
