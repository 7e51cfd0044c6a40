//! The first fault is the one that is reported, also among states with heap parts.

use std::hash::{Hash, Hasher};

use planwright_checker::{Audit, Checker, Completion, Extent, Fault, Model, Report};

/// A hub, 200 neighbours, and as many behind them, each of whom leads back to the neighbour before it, but as an
/// impostor: only the number is hashed. Somebody behind panics. States have heap parts.
struct Impostors {
    panics_at: u16,
}

const NEIGHBOURS: u16 = 200;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Numbered(Box<u16>, bool);

impl Hash for Numbered {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl Model for Impostors {
    type State = Numbered;
    type Action = u16;

    fn init_states(&self) -> Vec<Numbered> {
        vec![Numbered(Box::new(0), false)]
    }

    fn actions(&self, state: &Numbered, actions: &mut Vec<u16>) {
        assert!(*state.0 != self.panics_at, "the trap");
        match *state.0 {
            0 => actions.extend(1..=NEIGHBOURS),
            number @ ..=NEIGHBOURS => actions.push(number + NEIGHBOURS),
            number => actions.push(number - NEIGHBOURS),
        }
    }

    fn next_state(&self, state: &Numbered, number: u16) -> Option<Numbered> {
        Some(Numbered(Box::new(number), *state.0 > NEIGHBOURS))
    }
}

#[test]
fn the_first_fault_is_reported_however_states_with_heap_parts_are_divided() {
    let mut kinds = [false; 2];
    for panics_at in NEIGHBOURS + 1..=2 * NEIGHBOURS {
        let model = Impostors { panics_at };
        let fault = |threads, chunk| {
            let checker = Checker::new(&model).always("true", |_| true);
            let report = checker.threads(threads).tuning(1024, chunk, 64).run();
            match report.completion() {
                Completion::Faulted(fault) => fault.clone(),
                other => panic!("no fault, but {other:?}"),
            }
        };
        let first = fault(1, 1);
        kinds[usize::from(matches!(first, Fault::Panicked { .. }))] = true;
        for (threads, chunk) in [(1, 8), (1, 64), (2, 3), (3, 8)] {
            let other = fault(threads, chunk);
            assert_eq!(
                first, other,
                "{panics_at}: {threads} threads, {chunk} a chunk"
            );
        }
    }
    assert_eq!(kinds, [true; 2], "both come first somewhere");
}

/// The trap's panic ended the search, and what comes after it is left undecided.
fn assert_trapped<M: Model>(report: &Report<'_, M>, later: &str) {
    let later = report.finding(later).expect("it was asked for");
    assert!(later.is_undecided(), "{:?}", later.name);
    match report.completion() {
        Completion::Faulted(Fault::Panicked { message, .. }) => assert_eq!(message, "the trap"),
        other => panic!("no panic, but {other:?}"),
    }
}

/// A root, 20 children, and a grandchild of each; one grandchild cannot be hashed.
struct Unhashed {
    panics_at: u16,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Grandchild(Box<u16>, u16);

impl Hash for Grandchild {
    fn hash<H: Hasher>(&self, state: &mut H) {
        assert!(*self.0 != self.1, "the trap");
        self.0.hash(state);
    }
}

impl Model for Unhashed {
    type State = Grandchild;
    type Action = u16;

    fn init_states(&self) -> Vec<Grandchild> {
        vec![Grandchild(Box::new(0), self.panics_at)]
    }

    fn actions(&self, state: &Grandchild, actions: &mut Vec<u16>) {
        match *state.0 {
            0 => actions.extend(1..=20),
            // Twice to where everybody is already, and once to somewhere new.
            child @ ..=20 => actions.extend([0, child % 20 + 1, child + 100]),
            _ => {}
        }
    }

    fn next_state(&self, _: &Grandchild, number: u16) -> Option<Grandchild> {
        Some(Grandchild(Box::new(number), self.panics_at))
    }
}

#[test]
fn what_was_found_before_a_hash_panics_stays_found() {
    for panics_at in [105, 110, 120] {
        let model = Unhashed { panics_at };
        for (threads, chunk) in [(1, 64), (1, 8), (1, 1), (2, 3)] {
            for about_the_graph in [false, true] {
                let last = panics_at - 1;
                let mut checker = Checker::new(&model)
                    .always("not the one before", |state: &Grandchild| *state.0 != last)
                    .always("not the one after", |state: &Grandchild| {
                        *state.0 != last + 2
                    });
                if about_the_graph {
                    checker = checker.recoverable("back", |state: &Grandchild| *state.0 == 0);
                }
                let checker = checker
                    .audit(Audit {
                        determinism: Extent::Sample,
                        ..Audit::default()
                    })
                    .threads(threads);
                let report = checker.tuning(1024, chunk, 64).run();
                let found = report.assert_violated("not the one before");
                assert_eq!(*found.last_state().0, last);
                assert_trapped(&report, "not the one after");
            }
        }
    }
}

/// The same root, and children who lead back to it and on. Either the root that one of them makes cannot be
/// dropped, or the grandchild cannot be cloned.
struct Trapping {
    when: When,
}

#[derive(Clone, Copy, PartialEq)]
enum When {
    Dropped,
    Cloned,
}

/// A number, and a trap.
#[derive(Debug)]
struct Trapped {
    number: Box<u16>,
    drops: bool,
    clones: bool,
}

impl PartialEq for Trapped {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Hash for Trapped {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

impl Drop for Trapped {
    fn drop(&mut self) {
        assert!(!self.drops, "the trap");
    }
}

impl Clone for Trapped {
    fn clone(&self) -> Self {
        assert!(!self.clones, "the trap");
        Self {
            number: self.number.clone(),
            drops: false,
            clones: false,
        }
    }
}

impl Model for Trapping {
    type State = Trapped;
    type Action = u16;

    fn init_states(&self) -> Vec<Trapped> {
        vec![Trapped {
            number: Box::new(0),
            drops: false,
            clones: false,
        }]
    }

    fn actions(&self, state: &Trapped, actions: &mut Vec<u16>) {
        match *state.number {
            0 => actions.extend(1..=20),
            child @ ..=20 => actions.extend([0, child + 200]),
            _ => {}
        }
    }

    fn next_state(&self, state: &Trapped, number: u16) -> Option<Trapped> {
        let is_trap = |when, trap| self.when == when && *state.number == 10 && number == trap;
        Some(Trapped {
            number: Box::new(number),
            drops: is_trap(When::Dropped, 0),
            clones: is_trap(When::Cloned, 210),
        })
    }
}

#[test]
fn what_was_found_before_a_drop_or_a_clone_panics_stays_found() {
    for when in [When::Dropped, When::Cloned] {
        let model = Trapping { when };
        for (threads, chunk) in [(1, 64), (1, 3), (1, 1), (2, 3)] {
            for about_the_graph in [false, true] {
                let mut checker = Checker::new(&model)
                    .always("not 209", |state: &Trapped| *state.number != 209)
                    .always("not 211", |state: &Trapped| *state.number != 211);
                if about_the_graph {
                    checker = checker.recoverable("back", |state: &Trapped| *state.number == 0);
                }
                // Clones are the audit's.
                let checker = checker.audit(Audit {
                    determinism: if when == When::Cloned {
                        Extent::All
                    } else {
                        Extent::Sample
                    },
                    ..Audit::default()
                });
                let report = checker.threads(threads).tuning(1024, chunk, 64).run();
                let found = report.assert_violated("not 209");
                assert_eq!(*found.last_state().number, 209);
                assert_trapped(&report, "not 211");
            }
        }
    }
}
