//! The mutants of the recommended fix, each judged by a naive search that shares no code with the
//! checker.

use std::collections::HashMap;

use dns_outage::{
    DnsOutage, DnsSystem, Instance, NEVER_EMPTY, NEVER_REGRESSES, Protocol, Safeguards, SkipInUse,
    checker,
};
use expect_test::expect;
use planwright_checker::{Fate, Model, Mutant, MutationReport, Storage};
use planwright_core::{Mutation, PreconditionKind, Survey, never_regresses};
use planwright_oracle::Naive;

use crate::row;

type System = DnsSystem;
type Mutants = Vec<(Mutant, System)>;

/// The smallest instance in which the protocol as deployed breaks both properties.
const SMALLEST: fn() -> Instance = || Instance::new(1, 2, 4);

fn system(variant: &Protocol) -> System {
    variant.system(SMALLEST())
}

/// The mutants, with the call sites that a naive search meets.
fn mutants(variant: &Protocol, system: &System) -> Mutants {
    let survey = Survey::new();
    let _ = Naive::explore(&survey.watch(system));
    planwright_cli::mutants::<DnsOutage, _>(*variant, &SMALLEST(), &survey.call_sites())
}

/// What the checker says of every mutant, with and without symmetry.
fn reports(system: &System, mutants: &Mutants) -> [MutationReport; 2] {
    let mut all = MutationReport::of(&checker(system).storage(Storage::Exact).exhaustive().run());
    let mut orbits = MutationReport::of(
        &checker(system)
            .storage(Storage::Exact)
            .symmetry()
            .exhaustive()
            .run(),
    );
    for (mutant, mutated) in mutants {
        all.test(mutant.clone(), system, || {
            checker(mutated).storage(Storage::Exact)
        });
        orbits.test(mutant.clone(), system, || {
            checker(mutated).storage(Storage::Exact).symmetry()
        });
    }
    [all, orbits]
}

/// Every reachable state with what can come next, and how often.
fn graph<M: Model<State: Clone + Eq + std::hash::Hash>>(
    model: &M,
) -> HashMap<M::State, HashMap<M::State, usize>> {
    let states = Naive::explore(model).states.into_iter();
    let steps = states.map(|state| {
        let mut next = HashMap::new();
        for successor in model.next_states(&state) {
            *next.entry(successor).or_default() += 1;
        }
        (state, next)
    });
    steps.collect()
}

/// What the naive search says of a mutant, given that both properties hold without it.
fn naive_fate(system: &System, mutated: &System) -> Fate {
    let naive = Naive::explore(mutated);
    let empty = naive.shortest(|s| !s.store.all_resolve()).is_some();
    let regresses = naive.shortest_step(mutated, |s, a, t| !never_regresses(s, a, t));
    let verdicts = [(NEVER_EMPTY, empty), (NEVER_REGRESSES, regresses.is_some())];
    let by: Vec<_> = verdicts
        .into_iter()
        .filter(|(_, violated)| *violated)
        .map(|(name, _)| name.to_owned())
        .collect();
    if !by.is_empty() {
        Fate::Killed { by }
    } else if graph(mutated) == graph(system) {
        Fate::Redundant
    } else {
        Fate::Survived
    }
}

fn assert_judged_alike(variant: &Protocol) -> MutationReport {
    let system = system(variant);
    let mutants = mutants(variant, &system);
    let [report, orbits] = reports(&system, &mutants);
    assert_eq!(report.results().len(), mutants.len());
    for (one, other) in report.results().iter().zip(orbits.results()) {
        assert_eq!(one.fate, other.fate, "{}", one.mutant);
    }
    for ((_, mutated), result) in mutants.iter().zip(report.results()) {
        assert_eq!(
            result.fate,
            naive_fate(&system, mutated),
            "{}",
            result.mutant
        );
        let naive = Naive::explore(mutated);
        if result.complete {
            assert_eq!(result.states, naive.unique() as u64, "{}", result.mutant);
            assert_eq!(result.transitions, naive.transitions, "{}", result.mutant);
        }
    }
    report
}

#[test]
fn the_mutants_of_the_recommended_fix() {
    let report = assert_judged_alike(&Protocol::recommended());
    // Lines of the source move, so only the file is pinned.
    let lines = report.results().iter().map(|result| {
        let mut mutant = result.mutant.clone();
        mutant.place = mutant
            .place
            .and_then(|at| Some(at.rsplit_once(':')?.0.to_owned()));
        format!("{mutant} | {}\n", result.outcome())
    });
    expect![[r#"
        precondition: without `only if newer` (src/enactor.rs) | killed by no endpoint goes back to an older plan
        safeguard: without conditional-write | killed by no endpoint goes back to an older plan
        safeguard: with recheck | survives
        safeguard: with exists-on-write | changes nothing
        safeguard: with skip-in-use | changes nothing
        safeguard: with skip-in-use-not-atomic | survives
        safeguard: without referential-integrity | killed by every endpoint resolves
        safeguard: without self-heal | changes nothing
        safeguard: without own-age | survives
        safeguard: with never-abandon | survives
        safeguard: with lock | survives
        safeguard: with atomic-cleanup | survives
        safeguard: with grace | survives
        store rule: monotonic writes at the store on | changes nothing
        action class: never: the planner publishes a plan | survives
        action class: never: an enactor takes a local step | survives
        action class: never: an enactor writes an endpoint | survives
        action class: never: an enactor deletes a plan | survives
        action class: never: an endpoint write is refused | survives
        action class: never: a deletion is refused | survives
        action class: never: an acknowledgement is lost | survives
        action class: never: an enactor crashes | survives
        action class: never: an operator rolls back | survives
    "#]].assert_eq(&lines.collect::<String>());
    expect![[r#"
        23 mutants: 3 killed, 16 survived (6 of them only add something), 4 changed nothing, 0 undecided
        the set of properties is too weak: it does not notice
          safeguard: without own-age
          action class: never: the planner publishes a plan
          action class: never: an enactor takes a local step
          action class: never: an enactor writes an endpoint
          action class: never: an enactor deletes a plan
          action class: never: an endpoint write is refused
          action class: never: a deletion is refused
          action class: never: an acknowledgement is lost
          action class: never: an enactor crashes
          action class: never: an operator rolls back
          a model that can do less breaks no invariant and no property of steps: add what must remain possible, with `sometimes`
        redundant: no property notices, since no reachable step changes: safeguard: without self-heal"#]].assert_eq(&report.conclusions().to_string());
}

#[test]
fn the_mutants_of_fixes_made_of_several_preconditions() {
    assert_judged_alike(&row("7b"));
    let mut spared = Protocol::recommended();
    spared.safeguards.referential_integrity = false;
    spared.safeguards.exists_on_write = true;
    spared.safeguards.skip_in_use = SkipInUse::Atomically;
    assert_judged_alike(&spared);
}

/// Leaving out the one call of `only_if_newer` is the same as switching the safeguard off that
/// makes it, and so on: two ways to the same mutant that share no code.
#[test]
fn preconditions_left_out_are_safeguards_switched_off() {
    let preconditions_only = Safeguards {
        conditional_write: true,
        exists_on_write: true,
        skip_in_use: SkipInUse::Atomically,
        grace: true,
        ..Safeguards::default()
    };
    // Some of them have nothing to do while others are there.
    let unconditional = Safeguards {
        conditional_write: false,
        ..preconditions_only
    };
    let switched_off = |mut safeguards: Safeguards, kind| {
        match kind {
            PreconditionKind::Newer => safeguards.conditional_write = false,
            PreconditionKind::PlanExists => safeguards.exists_on_write = false,
            PreconditionKind::Resolves => safeguards.self_heal = true,
            PreconditionKind::NotInUse => safeguards.skip_in_use = SkipInUse::Never,
            PreconditionKind::NoOlderHolder => safeguards.grace = false,
            other => panic!("no safeguard adds {other}"),
        }
        safeguards
    };
    let system = |safeguards| {
        system(&Protocol {
            safeguards,
            ..Protocol::recommended()
        })
    };
    let mut differing = Vec::new();
    let exists_only = Safeguards {
        exists_on_write: true,
        ..Safeguards::default()
    };
    for safeguards in [preconditions_only, unconditional, exists_only] {
        let unmutated = system(safeguards);
        let survey = Survey::new();
        let _ = Naive::explore(&survey.watch(&unmutated));
        for site in survey.call_sites() {
            let kind = site.requires;
            let mutant = unmutated.mutated(&Mutation::IgnorePrecondition(site));
            let mutant = graph(&mutant.expect("a mutant"));
            let by_hand = graph(&system(switched_off(safeguards, kind)));
            assert!(mutant == by_hand, "{kind}");
            if mutant != graph(&unmutated) {
                differing.push(kind.to_string());
            }
        }
    }
    expect![[r#"
        only if newer
        unless in use
        unless an older plan is held
        unless in use
        unless an older plan is held
        only if the current plan exists
        only if it exists"#]]
    .assert_eq(&differing.join("\n"));
}
