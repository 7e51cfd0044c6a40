//! Random protocols: a proof for every number of generations against explorations with 2 to 6.

use std::collections::HashMap;

use planwright_core::{
    Dependence, Endpoint, FaultBudget, Pattern, Planner, StoreRules, SystemAction, UpdateSystem,
    in_use_kept, never_regresses,
};

use super::program::{Memory, Program, Random};
use super::prove::{Property, State, System, holds, holds_bounded, patterns, recoverable, states};

const PROTOCOLS: u64 = 2_000;

/// Systems with more patterns, and bounded systems with more states, are left out.
const STATES: usize = 1_200;

type Action = SystemAction<Memory>;

pub(super) fn system(random: &mut Random) -> System<Program> {
    let some = |random: &mut Random, of| u8::from(random.one_in(of));
    let faults = FaultBudget {
        crashes: some(random, 3),
        lost_acknowledgements: some(random, 5),
        rollbacks: some(random, 5),
        kill_switches: some(random, 10),
    };
    let rules = StoreRules {
        referential_integrity: random.one_in(5),
        monotonic: random.one_in(5),
    };
    let enactors = 1 + usize::from(random.one_in(3));
    let planner = Planner::bounded(3).may_stop(random.one_in(2));
    UpdateSystem::new(Program::random(random))
        .planner(planner)
        .enactors(enactors)
        .endpoints(1 + usize::from(random.one_in(3)))
        .faults(faults)
        .rules(rules)
}

pub(super) fn properties() -> [(&'static str, Property<'static, Program>); 8] {
    [
        ("every endpoint resolves", &|_, _, s| s.store.all_resolve()),
        ("no endpoint regresses", &never_regresses),
        ("nothing in use is deleted", &in_use_kept),
        ("the first endpoint never moves", &|a, _, b| {
            a.store.applied(Endpoint::FIRST) == b.store.applied(Endpoint::FIRST)
        }),
        ("nothing is recorded as handled", &|_, _, s| {
            s.store.observed().is_none()
        }),
        (
            "enactor 0 commits nothing",
            &|_, action, _| !matches!(action, Action::Commit { enactor, .. } if enactor.index() == 0),
        ),
        ("the last phase is never reached", &|_, _, s| {
            s.enactors().all(|(_, memory)| memory.phase != 3)
        }),
        ("a rollback pointer names a plan that exists", &|_, _, s| {
            let pointer = s.store.rollback();
            pointer.is_none_or(|plan| s.store.plans().contains(plan))
        }),
    ]
}

fn kind(dependence: &Dependence) -> &'static str {
    match dependence {
        Dependence::Unknown { .. } | Dependence::Kept { .. } => "a value that is not in the state",
        Dependence::Gap { .. } => "a large gap",
        Dependence::Searches { .. } => "a search through many plans",
        Dependence::Step { .. } => "a step depends on plans",
        Dependence::Numbering { .. } => "a lock taken for nothing",
        Dependence::Numbers => "too many numbers",
        other => panic!("unexpected: {other}"),
    }
}

#[derive(Default)]
struct Tally {
    decided: u64,
    /// Only invariants and properties of steps.
    invariants: u64,
    refused: HashMap<&'static str, u64>,
    large: u64,
    recovers: u64,
    traps: u64,
    deep_traps: u64,
    proofs: u64,
    violations: u64,
}

/// Compares what patterns show with bounded systems.
fn compare(seed: u64, tally: &mut Tally) {
    let mut random = Random(seed);
    let system = system(&mut random);
    let every = system.clone().every_generation();
    let Some(exact) = patterns(&every, STATES) else {
        tally.large += 1;
        return;
    };
    let (every, found, exact) = match exact {
        Ok(found) => (every, found, true),
        Err(reason) => {
            *tally.refused.entry(kind(&reason)).or_default() += 1;
            let every = every.invariants_only();
            match patterns(&every, STATES) {
                Some(Ok(found)) => (every, found, false),
                _ => return,
            }
        }
    };
    match exact {
        true => tally.decided += 1,
        false => tally.invariants += 1,
    }
    let properties = properties();
    let verdicts = properties.map(|(_, property)| holds(&every, &found, property));
    let mut violated = [false; 8];
    // Only bisimilar patterns decide it; and operators can turn to plans that patterns leave out.
    let asked = exact && system.planner_can_stop() && system.fault_budget().rollbacks == 0;
    let recovers = asked.then(|| {
        let good = every.property(State::<Program>::converged);
        recoverable(&every, &found, Pattern::planner_has_stopped, good)
    });
    let mut traps = false;
    for generations in 2..=6 {
        let planner = Planner::bounded(generations).may_stop(system.planner_can_stop());
        let bounded = system.clone().planner(planner);
        let Some(states) = states(&bounded, STATES) else {
            break;
        };
        let missing = states.iter().find(|state| {
            let image = every.pattern_of(state);
            !found.contains(&image)
        });
        // What operators will turn to is not seen in a state.
        if system.fault_budget().rollbacks == 0 {
            assert_eq!(missing, None, "seed {seed}: {:#?}", system.enactor());
        }
        if let Some(recovers) = recovers {
            let stopped = State::<Program>::planner_has_stopped;
            let holds = recoverable(&bounded, &states, stopped, State::<Program>::converged);
            traps |= !holds;
            assert!(
                holds || !recovers,
                "seed {seed}: a trap with {generations} generations: {:#?}",
                system.enactor()
            );
        }
        for ((name, property), (proved, violated)) in
            (properties.iter()).zip(verdicts.iter().zip(&mut violated))
        {
            let holds = holds_bounded(&bounded, &states, *property);
            *violated |= !holds;
            assert!(
                holds || !proved,
                "seed {seed}: {name} is proved, and violated with {generations} generations: {:#?}",
                system.enactor()
            );
        }
    }
    if let Some(recovers) = recovers {
        tally.recovers += u64::from(recovers);
        tally.traps += u64::from(traps);
        // A trap of patterns is one of states; it may need more generations.
        tally.deep_traps += u64::from(!recovers && !traps);
    }
    tally.proofs += verdicts.iter().filter(|proved| **proved).count() as u64;
    tally.violations += violated.iter().filter(|violated| **violated).count() as u64;
}

/// Every protocol is explored with one more plan at every place already while it is proved, so what is
/// compared here shares nothing with the proof but the system's own steps.
#[test]
fn no_random_protocol_is_proved_wrongly() {
    let mut tally = Tally::default();
    for seed in 0..PROTOCOLS {
        compare(seed, &mut tally);
    }
    let Tally {
        decided,
        invariants,
        refused,
        large,
        proofs,
        violations,
        recovers,
        traps,
        deep_traps,
    } = &tally;
    println!(
        "{decided} of {PROTOCOLS} protocols decided, {invariants} more in invariants; {proofs} proofs, \
         {violations} violations; {large} too large; {recovers} recover, {traps} have traps, {deep_traps} \
         in patterns alone; refused: {refused:?}"
    );
    assert!(*decided > PROTOCOLS / 2, "{decided}");
    assert!(*proofs > PROTOCOLS && *violations > PROTOCOLS / 2);
}
