//! The first fault is the one that is reported, also among states with heap parts.

use std::hash::{Hash, Hasher};

use planwright_checker::{Checker, Completion, Fault, Model};

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
