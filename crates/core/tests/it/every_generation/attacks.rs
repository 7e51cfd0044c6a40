//! Protocols that an attack on the proofs was made of: right, or refused.

use planwright_core::{
    Conflict, Dependence, Enactor, Endpoint, Epoch, FaultBudget, Finite, Generation, RecordStore,
    Steps, SystemAction, Transaction, UpdateSystem, Write,
};

use super::prove::{Answer, Property, System, holds_bounded, prove, states};

/// The memory of all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Finite)]
struct Memory {
    #[finite(0..=7)]
    phase: u8,
    plan: Option<Generation>,
    seen: Option<Epoch>,
}

/// A protocol as a function.
#[derive(Clone)]
struct Protocol {
    steps: fn(&Memory, &RecordStore, &mut Steps<Memory>),
    restarted: Memory,
}

impl Protocol {
    fn new(steps: fn(&Memory, &RecordStore, &mut Steps<Memory>)) -> Self {
        let restarted = Memory::default();
        Self { steps, restarted }
    }

    fn system(self) -> System<Self> {
        UpdateSystem::new(self).enactors(1).endpoints(1)
    }
}

impl Enactor for Protocol {
    type Local = Memory;

    fn steps(&self, memory: &Memory, store: &RecordStore, next: &mut Steps<Memory>) {
        (self.steps)(memory, store, next);
    }

    fn restarted(&self, _: &Memory) -> Memory {
        self.restarted
    }
}

fn at(phase: u8) -> Memory {
    Memory {
        phase,
        ..Memory::default()
    }
}

fn with(phase: u8, plan: Generation) -> Memory {
    Memory {
        plan: Some(plan),
        ..at(phase)
    }
}

/// The fewest generations with which the property is violated.
fn violated_from(system: &System<Protocol>, property: Property<'_, Protocol>) -> Option<usize> {
    (2..=6).find(|generations| {
        let bounded = system.clone().generations(*generations);
        let states = states(&bounded, 100_000).expect("few states");
        !holds_bounded(&bounded, &states, property)
    })
}

const NOTHING_RECORDED: Property<'static, Protocol> =
    &|_, _, state| state.store.observed().is_none();

const NEVER_MOVES: Property<'static, Protocol> = &|before, _, after| {
    before.store.applied(Endpoint::FIRST) == after.store.applied(Endpoint::FIRST)
};

/// A lock that was never read is no epoch, so a crash brings none back.
#[test]
fn an_epoch_that_a_crash_takes_away() {
    let steps = |memory: &Memory, store: &RecordStore, next: &mut Steps<Memory>| match memory.phase
    {
        0 => {
            let take = Transaction::EMPTY.under_lock(store.lock());
            next.commit(take, at(1), at(0));
        }
        1 => next.goto(Memory {
            seen: Some(store.lock()),
            ..at(2)
        }),
        3 if Some(store.lock()) != memory.seen => {
            if let Some(newest) = store.newest_plan() {
                let observe = Transaction::EMPTY.and(Write::Observe(newest));
                next.commit(observe, at(4), at(4));
            }
        }
        _ => {}
    };
    let mut protocol = Protocol::new(steps);
    protocol.restarted = at(3);
    let system = protocol.system().faults(FaultBudget {
        crashes: 1,
        ..FaultBudget::NONE
    });
    assert_eq!(violated_from(&system, NOTHING_RECORDED), Some(2));
    assert_eq!(prove(system, false, NOTHING_RECORDED), Answer::Violated);
}

/// A plan is picked, and written once it is two generations old: no memory of it is lost.
#[test]
fn a_memory_whose_effect_comes_late() {
    let steps = |memory: &Memory, store: &RecordStore, next: &mut Steps<Memory>| match memory.plan {
        None => next.goto(Memory {
            plan: store.newest_plan(),
            ..at(0)
        }),
        Some(plan) => {
            let newest = store.newest_plan();
            if newest.is_some_and(|newest| plan.is_older_by(2, newest)) && memory.phase == 0 {
                next.commit(
                    Transaction::point_at(Endpoint::FIRST, plan),
                    with(1, plan),
                    with(1, plan),
                );
            }
        }
    };
    let system = Protocol::new(steps).system();
    assert_eq!(violated_from(&system, NEVER_MOVES), Some(4));
    assert_eq!(prove(system, false, NEVER_MOVES), Answer::Violated);
}

/// Deletes the plan that the endpoint leaves, then asks whether the first plan of all still exists.
#[test]
fn a_protocol_that_knows_the_first_plan() {
    let steps = |memory: &Memory, store: &RecordStore, next: &mut Steps<Memory>| {
        let (Some(newest), Some(here)) = (store.newest_plan(), store.applied(Endpoint::FIRST))
        else {
            return;
        };
        match memory.phase {
            0 if here < newest => {
                let write = Transaction::point_at(Endpoint::FIRST, newest);
                next.commit(write.and(Write::Delete(here)), at(1), at(1));
            }
            1 if !store.plans().contains(Generation::FIRST) => {
                let observe = Transaction::EMPTY.and(Write::Observe(newest));
                next.commit(observe, at(0), at(0));
            }
            1 => next.goto(at(0)),
            _ => {}
        }
    };
    let system = Protocol::new(steps).system();
    assert_eq!(violated_from(&system, NOTHING_RECORDED), Some(2));
    for invariants_only in [false, true] {
        let answer = prove(system.clone(), invariants_only, NOTHING_RECORDED);
        let Answer::Refused(reason) = answer else {
            panic!("{answer:?}");
        };
        let text = reason.to_string();
        assert!(text.contains("such as a constant"), "{text}");
        assert!(text.contains("attacks.rs"), "{text}");
    }
}

/// One role records a plan only while an unused plan exists, the other always.
fn roles(memory: &Memory, store: &RecordStore, next: &mut Steps<Memory>) {
    let Some(newest) = store.newest_plan() else {
        return;
    };
    let observe = Transaction::EMPTY.and(Write::Observe(newest));
    match memory.phase {
        // Roles are taken at random.
        0 => {
            next.goto(at(1));
            next.goto(at(2));
        }
        1 => {
            let unused = store.plans().difference(store.references());
            if unused.without(newest).is_empty() {
                return;
            }
            next.commit(observe, at(1), at(1));
        }
        _ => next.commit(observe, at(2), at(2)),
    }
}

#[test]
fn a_step_property_that_asks_who_acts() {
    let system = Protocol::new(roles).system().enactors(2);
    let not_by_the_first: Property<'_, Protocol> = &|before, action, _| {
        let careful = |id| {
            let mut enactors = before.enactors();
            enactors.any(|(known, memory)| known == id && memory.phase == 1)
        };
        !matches!(action, SystemAction::Commit { enactor, .. } if careful(*enactor))
    };
    assert_eq!(violated_from(&system, not_by_the_first), Some(3));
    let answer = prove(system.clone(), false, not_by_the_first);
    let Answer::Refused(reason) = answer else {
        panic!("{answer:?}");
    };
    assert!(matches!(reason, Dependence::Step { .. }), "{reason}");
    assert!(reason.to_string().contains("attacks.rs"), "{reason}");
    assert_eq!(prove(system, true, not_by_the_first), Answer::Violated);
}

/// Takes the lock for each plan that it deletes, however many there are.
#[test]
fn a_lock_for_every_deletion_is_decided() {
    let steps = |memory: &Memory, store: &RecordStore, next: &mut Steps<Memory>| {
        let Some(newest) = store.newest_plan() else {
            return;
        };
        match memory.seen {
            None => next.goto(Memory {
                seen: Some(store.lock()),
                ..at(0)
            }),
            Some(seen) => {
                let old = store.plans_older_by(newest, 2).next();
                let free = old.filter(|old| !store.references().contains(*old));
                if let Some(old) = free {
                    let deletion = Transaction::delete(old).unless_in_use().under_lock(seen);
                    next.commit_else(deletion, at(0), |conflict| match conflict {
                        Conflict::LockLost => at(0),
                        _ => *memory,
                    });
                }
                let write = Transaction::point_at(Endpoint::FIRST, newest).under_lock(seen);
                if store.applied(Endpoint::FIRST) != Some(newest) {
                    next.commit(write, at(0), at(0));
                }
            }
        }
    };
    let system = Protocol::new(steps).system().enactors(2);
    let resolves: Property<'_, Protocol> = &|_, _, state| state.store.all_resolve();
    assert_eq!(prove(system.clone(), true, resolves), Answer::Holds);
    let moves = prove(system, true, NEVER_MOVES);
    assert_eq!(moves, Answer::Violated);
}
