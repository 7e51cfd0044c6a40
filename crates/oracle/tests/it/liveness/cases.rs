//! What foreign checkers are asked about our models.

use planwright_oracle::*;

const PROCESSES: [&str; 4] = ["0", "1", "2", "3"];

/// The case under no fairness, weak fairness and strong fairness of each of these labels, and progress of
/// everything: the verdicts on record are about runs that stop only where nothing can happen.
fn under_each_fairness(graph: &ExplicitGraph, fair: &[usize], formulas: &[Formula]) -> Vec<Case> {
    let labels = || fair.iter().copied();
    let weak = graph.clone().fair_per_label(labels(), Strength::Weak);
    let strong = graph.clone().fair_per_label(labels(), Strength::Strong);
    let case = |graph: ExplicitGraph| Case {
        graph: graph.progress_of_all(),
        formulas: formulas.to_vec(),
    };
    [graph.clone(), weak, strong].map(case).into()
}

fn peterson() -> Vec<Case> {
    let wants: NamedPredicate<'_, Processes> = ("wants", &|s| s.at[0] != Label::Noncritical);
    let enters: NamedPredicate<'_, Processes> = ("enters", &|s| s.at[0] == Label::Critical);
    let label = |mover: &u8| usize::from(*mover);
    let graph = ExplicitGraph::explore(&Peterson, &PROCESSES[..2], label, &[wants, enters]);
    let formulas = [
        Formula::LeadsTo("wants", "enters"),
        Formula::AlwaysEventually("enters"),
        Formula::Recoverable("enters"),
    ];
    under_each_fairness(&graph.named("peterson"), &[0, 1], &formulas)
}

fn bakery() -> Vec<Case> {
    let lock = Bakery {
        customers: 2,
        tickets: 3,
    };
    let wants: NamedPredicate<'_, Vec<Customer>> = ("wants", &|s| s[0].at != Counter::Outside);
    let enters: NamedPredicate<'_, Vec<Customer>> = ("enters", &|s| s[0].at == Counter::Critical);
    let graph = ExplicitGraph::explore(&lock, &PROCESSES[..2], |&me| me, &[wants, enters]);
    let formulas = [
        Formula::LeadsTo("wants", "enters"),
        Formula::Until("wants", "enters"),
        Formula::Recoverable("enters"),
    ];
    under_each_fairness(&graph.named("bakery"), &[0, 1], &formulas)
}

fn philosophers(name: &str, manners: Manners) -> Vec<Case> {
    let table = DiningPhilosophers { seats: 4, manners };
    let zero: NamedPredicate<'_, Vec<Fork>> = ("first eats", &|forks| table.eats(forks, 0));
    let any: NamedPredicate<'_, Vec<Fork>> = ("somebody eats", &|forks| {
        (0..4).any(|philosopher| table.eats(forks, philosopher))
    });
    let label = |action: &Move| match *action {
        Move::TakeLeft(p) | Move::TakeRight(p) | Move::PutDown(p) => p,
    };
    let graph = ExplicitGraph::explore(&table, &PROCESSES, label, &[zero, any]);
    let formulas = [
        Formula::AlwaysEventually("first eats"),
        Formula::AlwaysEventually("somebody eats"),
        Formula::Recoverable("first eats"),
    ];
    under_each_fairness(&graph.named(name), &[0, 1, 2, 3], &formulas)
}

fn clean_forks() -> Vec<Case> {
    let hungry: NamedPredicate<'_, Vec<Diner>> = ("hungry", &|table| table[0].hungry);
    let sated: NamedPredicate<'_, Vec<Diner>> = ("sated", &|table| !table[0].hungry);
    let model = CleanForks { seats: 4 };
    let graph = ExplicitGraph::explore(&model, &PROCESSES, |&diner| diner, &[hungry, sated]);
    let formulas = [
        Formula::LeadsTo("hungry", "sated"),
        Formula::EventuallyAlways("sated"),
    ];
    under_each_fairness(&graph.named("clean forks"), &[0, 1, 2, 3], &formulas)
}

fn shared_lock() -> Vec<Case> {
    let model = SharedLock { threads: 3 };
    let has: NamedPredicate<'_, Vec<Thread>> = ("has", &|s| s[0] == Thread::Release);
    let graph = ExplicitGraph::explore(&model, &PROCESSES[..3], |&thread| thread, &[has]);
    let formulas = [Formula::Eventually("has"), Formula::AlwaysEventually("has")];
    under_each_fairness(&graph.named("shared lock"), &[0, 1, 2], &formulas)
}

/// It stabilises with three values on four machines, and may not with two.
fn token_ring(values: u8) -> Vec<Case> {
    let ring = TokenRing {
        machines: 4,
        values,
    };
    let stable: NamedPredicate<'_, Vec<u8>> =
        ("stable", &|counters| TokenRing::privileges(counters) == 1);
    let graph = ExplicitGraph::explore(&ring, &PROCESSES, |&machine| machine, &[stable]);
    let formulas = [
        Formula::EventuallyAlways("stable"),
        Formula::Eventually("stable"),
        Formula::Recoverable("stable"),
    ];
    let name = format!("token ring of {values} values");
    under_each_fairness(&graph.named(name), &[0, 1, 2, 3], &formulas)
}

/// The token's moves are one process, and the nodes' own steps, without fairness, another.
fn termination_detection() -> Vec<Case> {
    let model = TerminationDetection { nodes: 3 };
    let inactive: NamedPredicate<'_, Token> = ("inactive", &|state| state.active == 0);
    let detects: NamedPredicate<'_, Token> = ("detects", &Token::detects);
    let label = |action: &Probe| match action {
        Probe::Initiate | Probe::Pass => 0,
        Probe::Send { .. } | Probe::Deactivate(_) => 1,
    };
    let labels = ["token", "nodes"];
    let graph = ExplicitGraph::explore(&model, &labels, label, &[inactive, detects]);
    let formulas = [
        Formula::LeadsTo("inactive", "detects"),
        Formula::Eventually("detects"),
        Formula::Recoverable("detects"),
    ];
    under_each_fairness(&graph.named("termination detection"), &[0], &formulas)
}

fn two_phase_commit() -> Vec<Case> {
    use CommitAction::*;
    let done =
        |rm: &ResourceManager| matches!(rm, ResourceManager::Committed | ResourceManager::Aborted);
    let prepared: NamedPredicate<'_, CommitState> = ("prepared", &|state| {
        state.rms[0] == ResourceManager::Prepared
    });
    let resolved: NamedPredicate<'_, CommitState> =
        ("resolved", &|state| state.rms.iter().all(done));
    let label = |action: &CommitAction| match *action {
        DecideCommit | DecideAbort | LearnPrepared(_) => 0,
        Prepare(rm) | ChooseAbort(rm) | Commit(rm) | Abort(rm) => 1 + rm,
    };
    let labels = ["manager", "first", "second"];
    let model = TwoPhaseCommit { rms: 2 };
    let graph = ExplicitGraph::explore(&model, &labels, label, &[prepared, resolved]);
    let formulas = [
        Formula::LeadsTo("prepared", "resolved"),
        Formula::EventuallyAlways("resolved"),
        Formula::Recoverable("resolved"),
    ];
    under_each_fairness(&graph.named("two-phase commit"), &[0, 1, 2], &formulas)
}

fn die_hard() -> Vec<Case> {
    let four: NamedPredicate<'_, Jugs> = ("four gallons", &|jugs| jugs.big == 4);
    let label = |pour: &Pour| match pour {
        Pour::FillSmall | Pour::FillBig => 0,
        Pour::EmptySmall | Pour::EmptyBig => 1,
        Pour::SmallToBig | Pour::BigToSmall => 2,
    };
    let graph = ExplicitGraph::explore(&DieHard, &["fill", "empty", "pour"], label, &[four]);
    let formulas = [
        Formula::Eventually("four gallons"),
        Formula::Recoverable("four gallons"),
    ];
    under_each_fairness(&graph.named("die hard"), &[0, 1, 2], &formulas)
}

/// Every can comes to its last bean; which colour it has depends on how it was filled.
fn coffee_can() -> Vec<Case> {
    let last: NamedPredicate<'_, Beans> = ("last bean", &|beans| beans.black + beans.white == 1);
    let odd: NamedPredicate<'_, Beans> = ("odd", &|beans| beans.white % 2 == 1);
    let white: NamedPredicate<'_, Beans> = ("last is white", &|beans| {
        (beans.black, beans.white) == (0, 1)
    });
    let model = CoffeeCan { capacity: 8 };
    let graph = ExplicitGraph::explore(&model, &["draw"], |_| 0, &[last, odd, white]);
    let formulas = [
        Formula::EventuallyAlways("last bean"),
        Formula::LeadsTo("odd", "last is white"),
        Formula::Eventually("last is white"),
        Formula::Recoverable("last is white"),
    ];
    vec![Case {
        graph: graph.named("coffee can").progress_of_all(),
        formulas: formulas.into(),
    }]
}

/// The planner has no fairness; enactors do.
fn reference(name: &str, fixed: bool) -> Vec<Case> {
    let model = Reference {
        enactors: 2,
        plans: 2,
        endpoints: 1,
        threshold: 0,
        fixed,
    };
    let stopped: NamedPredicate<'_, ReferenceState> =
        ("stopped", &|s| s.generation() == model.plans);
    let newest: NamedPredicate<'_, ReferenceState> = ("newest", &|s| {
        s.endpoint(0) == s.generation() && s.never_empty(1)
    });
    let label = |action: &ReferenceAction| match *action {
        ReferenceAction::Publish => 0,
        ReferenceAction::Step(enactor) => 1 + usize::from(enactor),
    };
    let labels = ["planner", "first", "second"];
    let graph = ExplicitGraph::explore(&model, &labels, label, &[stopped, newest]);
    let formulas = [
        Formula::LeadsTo("stopped", "newest"),
        Formula::EventuallyAlways("newest"),
        Formula::Recoverable("newest"),
    ];
    under_each_fairness(&graph.named(name), &[1, 2], &formulas)
}

/// All of them.
pub(crate) fn all() -> Vec<Case> {
    [
        peterson(),
        bakery(),
        philosophers("philosophers left first", Manners::LeftFirst),
        philosophers("philosophers lowest first", Manners::LowestFirst),
        clean_forks(),
        shared_lock(),
        token_ring(2),
        token_ring(3),
        termination_detection(),
        two_phase_commit(),
        die_hard(),
        coffee_can(),
        reference("reference", false),
        reference("reference fixed", true),
    ]
    .concat()
}
