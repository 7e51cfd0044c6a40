//! Every number of generations: patterns against real states, and the table of fixes without a bound.

use std::collections::HashSet;

use dns_outage::{
    CONVERGES, DnsEnactor, DnsState, EnactorFairness, Instance, NEVER_EMPTY, NEVER_REGRESSES,
    Phase, Protocol, RECOVERS, RESTS_AT_NEWEST, SkipInUse, Variant, variants, with_convergence,
    with_pause, with_recovery,
};
use planwright_checker::{Checker, Completion, Model, Storage, Strength, Verdict};
use planwright_core::{
    Dependence, EveryGeneration, Pattern, PatternStep, Planner, never_regresses,
};
use planwright_oracle::{self as naive, Evaluator, ExplicitGraph, Formula, NamedPredicate};

use crate::rows;

type Every = EveryGeneration<DnsEnactor>;

/// All states of a model, by a search that shares nothing with the checker.
fn reachable<M: Model>(model: &M) -> HashSet<M::State>
where
    M::State: Clone + Eq + std::hash::Hash,
{
    let mut seen: HashSet<_> = model.init_states().into_iter().collect();
    let mut open: Vec<_> = seen.iter().cloned().collect();
    while let Some(state) = open.pop() {
        for next in model.next_states(&state) {
            if seen.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    seen
}

fn every(variant: &Protocol, instance: Instance, may_stop: bool) -> Every {
    let planner = Planner::endless().may_stop(may_stop);
    let system = variant.system(instance).planner(planner);
    system.every_generation()
}

/// The patterns of the states with this many generations. What is remembered is left out on both
/// sides: it is about the future.
fn images(every: &Every, generations: usize) -> HashSet<Pattern<Phase>> {
    let planner = Planner::bounded(generations).may_stop(every.system().planner_can_stop());
    let bounded = every.system().clone().planner(planner);
    let states = reachable(&bounded);
    states.iter().map(|state| every.pattern_of(state)).collect()
}

/// All patterns, or the reason why they cannot stand for states.
fn all_patterns(every: &Every) -> Result<HashSet<Pattern<Phase>>, Dependence> {
    let mut open = every.init_states();
    let mut seen: HashSet<_> = open.iter().copied().collect();
    while let Some(pattern) = open.pop() {
        if let Some(dependence) = every.dependence(&pattern) {
            return Err(dependence);
        }
        let next = every.next_states(&pattern).into_iter();
        open.extend(next.filter(|next| seen.insert(*next)));
    }
    Ok(seen)
}

fn without_remembered(every: &Every) -> HashSet<Pattern<Phase>> {
    let patterns = all_patterns(every).expect("no dependence");
    patterns
        .iter()
        .map(|pattern| every.pattern_of(pattern.representative()))
        .collect()
}

/// The first bound at which real states have all the patterns; below it they have fewer, and never
/// another.
fn equal_from(every: &Every, most: usize) -> Option<usize> {
    let patterns = without_remembered(every);
    (2..=most).find(|generations| {
        let images = images(every, *generations);
        assert!(images.is_subset(&patterns), "{generations} generations");
        images.len() == patterns.len()
    })
}

#[test]
fn patterns_are_those_of_real_states_and_all_of_them_from_some_bound_on() {
    let small = |row: &str| (row.to_owned(), Instance::new(1, 2, 3), 12);
    let configurations = [
        small("0"),
        small("1"),
        small("2"),
        small("4"),
        small("6"),
        small("7"),
        small("8b"),
        small("11"),
        small("13"),
        ("2".to_owned(), Instance::new(1, 2, 3).crashes(1), 12),
        ("2".to_owned(), Instance::new(2, 2, 3), 10),
    ];
    let mut found = Vec::new();
    for (row, instance, most) in configurations {
        let variant = crate::row(&row);
        let every = every(&variant, instance, false);
        let bound = equal_from(&every, most);
        println!("row {row}, {instance:?}: all patterns from {bound:?} generations on");
        found.push((row, bound));
    }
    let missing: Vec<_> = found.iter().filter(|(_, bound)| bound.is_none()).collect();
    assert!(missing.is_empty(), "{missing:?} of {found:?}");
}

#[test]
fn the_largest_gap_is_the_age_of_clean_up() {
    for cleanup_age in 1..=4 {
        let instance = Instance {
            cleanup_age,
            ..Instance::new(1, 2, 3)
        };
        let every = every(&Protocol::as_deployed(), instance, false);
        assert_eq!(every.largest_gap(), cleanup_age);
    }
}

#[test]
fn a_comparison_beyond_the_gap_that_is_kept_is_refused_with_the_remedy() {
    let every = every(&Protocol::as_deployed(), Instance::new(1, 2, 3), false).gaps_up_to(1);
    let found = all_patterns(&every).expect_err("refused").to_string();
    assert!(found.contains("older by 2"), "{found}");
    assert!(found.contains("call `gaps_up_to(2)`"), "{found}");
}

/// Whether a proof is refused to a variant.
fn depends(variant: &Protocol) -> bool {
    variant.safeguards.grace || variant.safeguards.skip_in_use == SkipInUse::Separately
}

/// Clean-up that waits for others, or remembers the plan that it will delete, cannot be told from patterns.
#[test]
fn only_grace_and_a_deletion_apart_depend_on_plans_that_nothing_refers_to() {
    for variant in variants() {
        let every = every(&variant.protocol, Instance::new(1, 2, 3), true);
        let found = all_patterns(&every).err();
        let depends = depends(&variant.protocol);
        assert_eq!(found.is_some(), depends, "row {}: {found:?}", variant.name);
        if let Some(found) = found {
            let text = found.to_string();
            assert!(
                text.contains("examples/dns-outage/src/enactor.rs"),
                "{text}"
            );
        }
    }
}

/// Checks these rows: the verdicts are those of bounded systems (`table.rs`), or undecided.
fn table(variants: impl IntoIterator<Item = Variant>, instance: Instance, may_stop: bool) {
    for variant in variants {
        let every = every(&variant.protocol, instance, may_stop);
        let exact = !depends(&variant.protocol);
        let every = if exact {
            every
        } else {
            every.invariants_only()
        };
        let checker = Checker::new(&every)
            .storage(Storage::Exact)
            .symmetry()
            .exhaustive()
            .always(
                NEVER_EMPTY,
                every.property(|state| state.store.all_resolve()),
            )
            .always_step(NEVER_REGRESSES, every.step_property(never_regresses));
        let checker = match exact {
            true => checker.recoverable(RECOVERS, every.property(DnsState::converged)),
            false => checker,
        };
        let report = checker.run();
        let row = variant.name;
        assert_eq!(report.completion(), &Completion::Exhausted, "row {row}");
        let recovers = exact.then_some(RECOVERS);
        for name in [NEVER_EMPTY, NEVER_REGRESSES].into_iter().chain(recovers) {
            let expected = !variant.violates.contains(&name);
            let verdict = &report.finding(name).expect("checked").verdict;
            let holds = matches!(verdict, Verdict::Holds { .. });
            let decided = holds || matches!(verdict, Verdict::Violated { .. });
            assert!(decided && holds == expected, "row {row}: {name}");
        }
    }
}

#[test]
fn all_rows_with_one_endpoint_and_two_enactors() {
    let all = variants();
    table(all, Instance::new(1, 2, 3).crashes(1), true);
}

/// Those that are proved in different ways; all of them take minutes.
#[test]
fn some_rows_with_two_endpoints_and_two_enactors() {
    let rows = ["0", "2", "4b", "6", "9b", "11"];
    let mut some = variants();
    some.retain(|variant| rows.contains(&variant.name));
    table(some, Instance::new(2, 2, 3), false);
}

/// Verdicts about runs after the planner has stopped agree with those of real generations, as many as
/// make every pattern occur. Where patterns show more than can happen nothing is claimed.
#[test]
fn what_follows_a_pause_agrees_with_real_generations() {
    const GENERATIONS: usize = 8;
    for variant in rows() {
        let instance = Instance::new(1, 2, GENERATIONS);
        if depends(&variant.protocol) {
            continue;
        }
        let every = every(&variant.protocol, instance, true);
        for (strength, fairness) in [
            (Strength::Weak, EnactorFairness::Weak),
            (Strength::Strong, EnactorFairness::Strong),
        ] {
            let patterns = Checker::new(&every).exhaustive();
            let patterns = with_pause(patterns, &every, strength).run();

            let planner = Planner::bounded(GENERATIONS).may_stop(true);
            let real = variant.protocol.system(instance).planner(planner);
            let conditions = fairness.conditions(&real);
            let states = Checker::new(&real).exhaustive();
            let states = with_recovery(states, &real);
            let states = with_convergence(states, &real, &conditions).run();
            for name in [CONVERGES, RESTS_AT_NEWEST] {
                let holds = |verdict: &Verdict<_, _>| matches!(verdict, Verdict::Holds { .. });
                let real = holds(&states.finding(name).expect("checked").verdict);
                let found = &patterns.finding(name).expect("checked").verdict;
                let found = matches!(found, Verdict::Holds { .. });
                assert_eq!(found, real, "row {}, {fairness:?}: {name}", variant.name);
            }
        }
    }
}

/// The same questions, put to a judge that shares nothing with the checker, on the graph of patterns.
#[test]
fn what_follows_a_pause_agrees_with_the_naive_judge() {
    const CAN: &str = "the newest plan can get everywhere";
    let mut answers = [0; 2];
    for variant in rows() {
        if depends(&variant.protocol) {
            continue;
        }
        let every = every(&variant.protocol, Instance::new(1, 2, 3), true);
        let converged = every.property(DnsState::converged);
        let stopped = Pattern::planner_has_stopped;
        let predicates: [NamedPredicate<'_, _>; 2] =
            [("stopped", &stopped), ("converged", &converged)];
        let label = |taken: &PatternStep<_>| taken.enactor().map_or(0, |e| 1 + e.index());
        let labels = ["nobody's duty", "one", "another"];
        let graph = ExplicitGraph::explore(&every, &labels, label, &predicates);
        for strength in [naive::Strength::Weak, naive::Strength::Strong] {
            let graph = graph.clone().fair_per_label([1, 2], strength);
            let asked = match strength {
                naive::Strength::Weak => Strength::Weak,
                _ => Strength::Strong,
            };
            let checker = Checker::new(&every).exhaustive();
            let checker = with_pause(checker, &every, asked);
            let can = every.property(DnsState::converged);
            let report = checker.recoverable(CAN, can).run();
            assert_eq!(report.statistics().states, graph.states() as u64);
            let evaluator = Evaluator::new(&graph);
            for (name, formula) in [
                (CONVERGES, Formula::LeadsTo("stopped", "converged")),
                (CAN, Formula::Recoverable("converged")),
            ] {
                let found = &report.finding(name).expect("checked").verdict;
                let found = matches!(found, Verdict::Holds { .. });
                let judged = evaluator.holds(formula);
                assert_eq!(found, judged, "row {}, {strength}: {name}", variant.name);
                answers[usize::from(found)] += 1;
            }
        }
    }
    assert!(answers.iter().all(|count| *count > 5), "{answers:?}");
}
