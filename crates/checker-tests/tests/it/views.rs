//! Any number of processes: searches through views against the exact answer and against bounded systems.

use std::collections::HashSet;

use planwright_checker::{Properties, ViewReport, ViewSearch, ViewVerdict};
use planwright_model::{Model, SharedState, ViewsOf};
use planwright_oracle::Net;

/// A net with this number of processes; each step is an action with the place of its process.
struct Bounded<'n> {
    net: &'n Net,
    processes: usize,
}

type State = (u8, Vec<u8>);

impl Model for Bounded<'_> {
    type State = State;
    type Action = (Option<usize>, u8, u8);

    fn init_states(&self) -> Vec<State> {
        vec![(0, vec![0; self.processes])]
    }

    fn actions(&self, (shared, processes): &State, actions: &mut Vec<Self::Action>) {
        for (place, process) in processes.iter().enumerate() {
            for [from, (to, then)] in &self.net.steps {
                if *from == (*shared, *process) {
                    actions.push((Some(place), *to, *then));
                }
            }
        }
        for [from, to] in &self.net.alone {
            if from == shared {
                actions.push((None, *to, 0));
            }
        }
    }

    fn next_state(&self, state: &State, (place, to, then): Self::Action) -> Option<State> {
        let mut processes = state.1.clone();
        if let Some(place) = place {
            processes[place] = then;
        }
        Some((to, processes))
    }
}

impl SharedState for Bounded<'_> {
    type Shared = u8;
    type Process = u8;

    fn split(&self, (shared, processes): &State) -> State {
        (*shared, processes.clone())
    }

    fn join(&self, shared: &u8, processes: Vec<u8>) -> State {
        (*shared, processes)
    }

    fn taken_by(&self, action: &Self::Action) -> Option<usize> {
        action.0
    }
}

/// A generator of pseudorandom numbers (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u8 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) % bound) as u8
    }
}

const SHARED: u64 = 4;
const LOCALS: u64 = 4;

fn net(random: &mut Random) -> Net {
    let steps = 4 + random.below(6);
    let place = |random: &mut Random| (random.below(SHARED), random.below(LOCALS));
    Net {
        steps: (0..steps).map(|_| [place(random), place(random)]).collect(),
        alone: (0..random.below(3))
            .map(|_| [random.below(SHARED), random.below(SHARED)])
            .collect(),
    }
}

/// All states of a bounded system.
fn reachable<M: Model<State = State>>(model: &M) -> HashSet<State> {
    let mut open = model.init_states();
    let mut seen: HashSet<State> = open.iter().cloned().collect();
    while let Some(state) = open.pop() {
        for after in model.next_states(&state) {
            if seen.insert(after.clone()) {
                open.push(after);
            }
        }
    }
    seen
}

/// Every pair of a shared part and local states.
fn all_views(processes: usize) -> impl Iterator<Item = State> {
    (0..SHARED as u8).flat_map(move |shared| {
        let locals = 0..LOCALS as u8;
        let one = locals.clone().map(move |local| (shared, vec![local]));
        let pairs = locals.clone().flat_map(move |a| {
            let pairs = locals.clone().filter(move |b| a <= *b);
            pairs.map(move |b| (shared, vec![a, b]))
        });
        one.chain(pairs)
            .filter(move |view| view.1.len() == processes)
    })
}

fn found<'m, 'n>(report: &ViewReport<ViewsOf<'m, Bounded<'n>>>) -> HashSet<State> {
    assert_eq!(report.unfinished(), None);
    report.views().cloned().collect()
}

/// Nets are drawn; what is covered by any number of processes is decided by a procedure that shares nothing
/// with views.
#[test]
fn views_contain_all_that_any_number_of_processes_covers() {
    let (mut exact, mut more, mut fewer_with_two, mut proofs) = (0, 0, 0, 0);
    for seed in 0..1_500 {
        let net = net(&mut Random(seed));
        let Some(coverable) = net.coverable(20_000) else {
            continue;
        };
        let model = Bounded {
            net: &net,
            processes: 2,
        };
        let one = ViewsOf::new(&model, 1);
        let two = ViewsOf::new(&model, 2);
        let never = Properties::new().always("shared part 3", |state: &State| state.0 != 3);
        let report = ViewSearch::new(&one, &Properties::new()).run();
        let ones = found(&report);
        let twos = found(&ViewSearch::new(&two, &Properties::new()).run());
        for view in all_views(1) {
            let covered = coverable.covers(view.0, &view.1);
            let seen = ones.contains(&view);
            assert!(seen || !covered, "seed {seed}: {view:?} of {net:?}");
            exact += usize::from(seen && covered);
            more += usize::from(seen && !covered);
            let with_two = twos
                .iter()
                .any(|two| two.0 == view.0 && two.1.contains(&view.1[0]));
            assert!(seen || !with_two, "seed {seed}: two see more than one");
            fewer_with_two += usize::from(seen && !with_two);
        }
        for view in all_views(2) {
            let covered = coverable.covers(view.0, &view.1);
            assert!(
                twos.contains(&view) || !covered,
                "seed {seed}: {view:?} of {net:?}"
            );
        }
        let holds = matches!(
            ViewSearch::new(&one, &never).run().verdict("shared part 3"),
            Some(ViewVerdict::Holds)
        );
        proofs += usize::from(holds);
        for processes in 1..=4 {
            for (shared, locals) in reachable(&Bounded {
                net: &net,
                processes,
            }) {
                assert!(
                    coverable.covers(shared, &locals),
                    "seed {seed}: the judge is wrong"
                );
                assert!(
                    shared != 3 || !holds,
                    "seed {seed}: wrongly proved of {net:?}"
                );
            }
        }
    }
    println!(
        "{exact} views are covered, {more} are not, {fewer_with_two} fewer with two; {proofs} proofs"
    );
    assert!(exact > 4_000 && proofs > 1_000);
    assert!(
        more > 0 && fewer_with_two > 0,
        "one view decides all: nothing is compared"
    );
}

/// A lock that does not say who holds it: whoever is inside has it taken, so the shared part alone tells a
/// process inside from one that was never there only where both are in view.
#[test]
fn a_lock_without_a_holder_needs_views_of_two() {
    // Taken and given back by whoever is inside; inside, the shared part must be 1.
    let net = Net {
        steps: vec![[(0, 0), (1, 1)], [(1, 1), (0, 0)], [(0, 1), (3, 1)]],
        alone: Vec::new(),
    };
    let coverable = net.coverable(1_000).expect("a small net");
    assert!(!coverable.covers(3, &[]));
    let model = Bounded {
        net: &net,
        processes: 3,
    };
    let asked = Properties::new().always("never alone inside", |state: &State| state.0 != 3);
    let verdict = |processes| {
        let views = ViewsOf::new(&model, processes);
        let report = ViewSearch::new(&views, &asked).run();
        let verdict = report.verdict("never alone inside").expect("asked");
        match verdict {
            ViewVerdict::Holds => true,
            ViewVerdict::Reached(derivation) => {
                assert!(derivation.out_of_view() > 0);
                assert_eq!(derivation.view().0, 3);
                assert_eq!(
                    derivation.steps().last().expect("a step").after,
                    derivation.view()
                );
                false
            }
            ViewVerdict::Undecided(reason) => panic!("{reason}"),
        }
    };
    assert_eq!([1, 2].map(verdict), [false, true]);
}

/// Enters only beside another process.
struct Shy;

impl Model for Shy {
    type State = State;
    type Action = usize;

    fn init_states(&self) -> Vec<State> {
        vec![(0, vec![0; 2])]
    }

    fn actions(&self, (_, processes): &State, actions: &mut Vec<usize>) {
        if processes.len() > 1 {
            actions.extend((0..processes.len()).filter(|place| processes[*place] == 0));
        }
    }

    fn next_state(&self, state: &State, place: usize) -> Option<State> {
        let mut after = state.clone();
        after.1[place] = 1;
        Some(after)
    }
}

impl SharedState for Shy {
    type Shared = u8;
    type Process = u8;

    fn split(&self, state: &State) -> State {
        state.clone()
    }

    fn join(&self, shared: &u8, processes: Vec<u8>) -> State {
        (*shared, processes)
    }

    fn taken_by(&self, place: &usize) -> Option<usize> {
        Some(*place)
    }
}

#[test]
fn a_process_that_looks_at_others_is_refused() {
    let asked = Properties::new().always("nobody enters", |state: &State| state.1 == [0]);
    let views = ViewsOf::new(&Shy, 1);
    let report = ViewSearch::new(&views, &asked).run();
    let Some(ViewVerdict::Undecided(reason)) = report.verdict("nobody enters") else {
        panic!("{report:?}");
    };
    assert!(
        reason.contains("other steps beside processes in"),
        "{reason}"
    );
}

#[test]
fn what_views_cannot_decide_stays_undecided() {
    let net = Net {
        steps: vec![[(0, 0), (1, 1)], [(1, 1), (0, 2)]],
        alone: Vec::new(),
    };
    let model = Bounded {
        net: &net,
        processes: 2,
    };
    let views = ViewsOf::new(&model, 1);
    let asked = Properties::new()
        .recoverable("back", |state: &State| state.0 == 0)
        .sometimes("there", |state: &State| state.0 == 0)
        .always("fails", |_| false);
    let report = ViewSearch::new(&views, &asked).run();
    let kind = |name| match report.verdict(name).expect("asked") {
        ViewVerdict::Undecided(reason) => reason,
        other => format!("{other:?}"),
    };
    assert!(kind("back").contains("\"recoverable\""), "{}", kind("back"));
    assert!(kind("there").contains("\"sometimes\""), "{}", kind("there"));
    assert_eq!(kind("fails"), "fails in a view");
    let report = ViewSearch::new(&views, &Properties::new().always("true", |_| true))
        .max_views(1)
        .run();
    let verdict = report.verdict("true").expect("asked");
    assert!(matches!(verdict, ViewVerdict::Undecided(_)), "{verdict:?}");
}
