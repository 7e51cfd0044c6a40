//! Protocols that use what patterns leave out are refused a proof for every number of generations.

use planwright_core::{
    Dependence, Enactor, Endpoint, EveryGeneration, Generation, PackLocal, PackReader, PackWriter,
    PlanSet, Probes, RecordStore, Steps, Transaction, UpdateSystem,
};
use planwright_model::Model;

/// The plan that an enactor writes next, and the one that it deletes after that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Picked {
    writes: Option<Generation>,
    deletes: Option<Generation>,
}

impl PackLocal for Picked {
    fn pack(&self, to: &mut PackWriter) {
        to.generation(self.writes);
        to.generation(self.deletes);
    }

    fn unpack(from: &mut PackReader) -> Option<Self> {
        Some(Self {
            writes: from.generation(),
            deletes: from.generation(),
        })
    }
}

/// Ways to depend on what patterns leave out, in an enactor that is right but for these.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// None of them.
    None,
    /// Deletes the plan it writes if there are exactly so many.
    Exactly(usize),
    /// Waits while there are more plans.
    WaitsBeyond(usize),
    /// Deletes the plan it writes if it is this one.
    Constant(Generation),
    /// Works up to this generation.
    Until(Generation),
    /// Picks a plan to delete, and may forget it although it deletes it without looking again.
    Forgets,
}

impl Enactor for Way {
    type Local = Picked;

    fn steps(&self, picked: &Picked, store: &RecordStore, next: &mut Steps<Picked>) {
        let number = store.plans().iter().count();
        if let Some(plan) = picked.deletes {
            return next.commit(Transaction::delete(plan), Picked::default(), *picked);
        }
        let Some(plan) = picked.writes else {
            let waits = match *self {
                Self::WaitsBeyond(most) => number > most,
                Self::Until(last) => store.newest_plan() >= Some(last),
                _ => false,
            };
            if !waits {
                next.goto(Picked {
                    writes: store.newest_plan(),
                    deletes: None,
                });
            }
            return;
        };
        let deletes = match *self {
            Self::Exactly(wanted) => (number == wanted).then_some(plan),
            Self::Constant(bad) => (plan == bad).then_some(plan),
            Self::Forgets => store.plans().oldest().filter(|oldest| *oldest < plan),
            _ => None,
        };
        let write = Transaction::point_at(Endpoint::FIRST, plan).only_if_newer();
        let done = Picked {
            writes: None,
            deletes,
        };
        next.commit(write, done, done);
    }

    fn forget(&self, picked: &Picked, _: &RecordStore, _: PlanSet) -> Picked {
        match *self {
            Self::Forgets => Picked {
                deletes: None,
                ..*picked
            },
            _ => *picked,
        }
    }
}

/// Whether the patterns show an empty endpoint, and whether a dependence is found.
fn explore(way: Way, enactors: usize, probes: Probes) -> (bool, Option<Dependence>) {
    let every: EveryGeneration<Way, 2, 1> = UpdateSystem::new(way)
        .endpoints(1)
        .enactors(enactors)
        .with_capacity()
        .every_generation()
        .probes(probes);
    let mut seen = every.init_states();
    let mut next = 0;
    while let Some(pattern) = seen.get(next).copied() {
        next += 1;
        for after in every.next_states(&pattern) {
            if !seen.contains(&after) {
                seen.push(after);
            }
        }
    }
    let found = |wanted: fn(&Dependence) -> bool| {
        let mut all = seen.iter().filter_map(|pattern| every.dependence(pattern));
        all.find(wanted)
    };
    let dependence = found(|d| matches!(d, Dependence::Allows { .. })).or_else(|| found(|_| true));
    (
        seen.iter().any(|pattern| !pattern.store.all_resolve()),
        dependence,
    )
}

fn nth(number: usize) -> Generation {
    (1..number).fold(Generation::FIRST, |generation, _| {
        generation.successor().unwrap()
    })
}

#[test]
fn nothing_is_found_in_a_protocol_without_them() {
    for (enactors, probes) in [(1, Probes::Every), (2, Probes::Every), (2, Probes::Sampled)] {
        assert_eq!(explore(Way::None, enactors, probes), (false, None));
    }
}

/// No pattern has ten plans, so none shows what is done at ten.
#[test]
fn what_is_done_at_one_number_of_plans_is_found() {
    for number in [4, 10, 25] {
        let (empty, dependence) = explore(Way::Exactly(number), 1, Probes::Every);
        assert!(!empty, "{number}");
        let refused = matches!(dependence, Some(Dependence::Allows { .. }));
        assert!(refused, "{number}: {dependence:?}");
    }
}

/// Patterns show a step that a state with many plans waits with for ever.
#[test]
fn what_is_not_done_beyond_some_number_of_plans_is_found() {
    for most in [4, 10, 25] {
        let (_, dependence) = explore(Way::WaitsBeyond(most), 1, Probes::Every);
        let refused = matches!(dependence, Some(Dependence::Prevents { .. }));
        assert!(refused, "{most}: {dependence:?}");
    }
}

#[test]
fn a_generation_known_by_its_number_is_found() {
    for number in [5, 9, 20] {
        let (empty, dependence) = explore(Way::Constant(nth(number)), 1, Probes::Every);
        assert!(!empty, "{number}");
        let refused = matches!(dependence, Some(Dependence::Allows { .. }));
        assert!(refused, "{number}: {dependence:?}");
        let (_, dependence) = explore(Way::Until(nth(number)), 1, Probes::Every);
        assert!(dependence.is_some(), "{number}");
    }
}

/// An enactor that forgets what it is about to delete would never be seen deleting it.
#[test]
fn forgetting_what_matters_is_found() {
    let (empty, dependence) = explore(Way::Forgets, 2, Probes::Every);
    let refused = matches!(dependence, Some(Dependence::Allows { .. }));
    assert!(refused, "empty {empty}: {dependence:?}");
}
