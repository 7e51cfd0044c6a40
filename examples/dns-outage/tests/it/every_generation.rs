//! Every number of generations: patterns against real states, and the table of fixes without a bound.

use std::collections::{HashMap, HashSet};

use dns_outage::{
    CONVERGES, DnsEnactor, EnactorFairness, Instance, NEVER_EMPTY, NEVER_REGRESSES, Phase,
    RECOVERS, RESTS_AT_NEWEST, Variant, with_convergence, with_pause, with_recovery,
};
use planwright_checker::{Checker, Completion, Model, Symmetric, Verdict};
use planwright_core::{
    Dependence, Enactor, Endpoint, EveryGeneration, Pattern, PatternStep, Planner, Probes,
    RecordStore, Steps, SystemState, UpdateSystem, never_regresses,
};

type Every = EveryGeneration<DnsEnactor, 4, 4>;

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

fn every(variant: &Variant, instance: Instance, may_stop: bool) -> Every {
    let planner = Planner::endless().may_stop(may_stop);
    let system = variant.system(instance).planner(planner);
    system.with_capacity::<4, 4>().every_generation()
}

/// The patterns of the states with this many generations. What is remembered is left out on both
/// sides: it is about the future.
fn images(every: &Every, generations: usize) -> HashSet<Pattern<Phase, 4, 4>> {
    let planner = Planner::bounded(generations).may_stop(every.system().planner_can_stop());
    let bounded = every.system().clone().planner(planner);
    let states = reachable(&bounded);
    states.iter().map(|state| every.pattern_of(state)).collect()
}

fn without_remembered(every: &Every) -> HashSet<Pattern<Phase, 4, 4>> {
    let patterns = reachable(every);
    patterns
        .iter()
        .map(|pattern| every.pattern_of(pattern.state()))
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
        small("4b"),
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
        let variant = Variant::by_row(&row).expect("a row");
        let every = every(&variant, instance, false);
        let bound = equal_from(&every, most);
        println!("row {row}, {instance:?}: all patterns from {bound:?} generations on");
        found.push((row, bound));
    }
    let missing: Vec<_> = found.iter().filter(|(_, bound)| bound.is_none()).collect();
    assert!(missing.is_empty(), "{missing:?} of {found:?}");
}

/// The outage's enactor with another `largest_gap`.
#[derive(Clone)]
struct Claims(DnsEnactor, u8);

impl Enactor for Claims {
    type Local = Phase;
    fn steps(&self, phase: &Phase, store: &RecordStore, next: &mut Steps<Phase>) {
        self.0.steps(phase, store, next);
    }
    fn largest_gap(&self) -> u8 {
        self.1
    }
}

fn claiming(gap: u8) -> EveryGeneration<Claims> {
    let variant = Variant::as_deployed().system(Instance::new(1, 2, 3));
    UpdateSystem::new(Claims(*variant.enactor(), gap)).every_generation()
}

#[test]
fn a_comparison_beyond_the_declared_gap_is_refused_by_place() {
    let panic = std::panic::catch_unwind(|| reachable(&claiming(1))).unwrap_err();
    let text = panic.downcast_ref::<String>().expect("a message");
    assert!(
        text.contains("examples/dns-outage/src/enactor.rs"),
        "{text}"
    );
    assert!(text.contains("\"older by 2\""), "{text}");
    assert!(text.contains("return at least 2 there"), "{text}");
}

/// Whether states with equal patterns agree on whether the endpoint's plan is two generations old.
fn patterns_tell_ages_apart(every: &EveryGeneration<Claims>) -> bool {
    let bounded = every.system().clone().planner(Planner::bounded(6));
    let mut ages = HashMap::new();
    reachable(&bounded)
        .iter()
        .all(|state: &SystemState<_, 6, 8>| {
            let applied = state.store.applied(Endpoint::FIRST).expect("installed");
            let newest = state.newest_published().expect("published");
            let old = applied.is_older_by(2, newest);
            *ages.entry(every.pattern_of(state)).or_insert(old) == old
        })
}

#[test]
fn a_gap_that_is_too_small_mixes_up_states_that_differ() {
    assert!(patterns_tell_ages_apart(&claiming(2)));
    assert!(!patterns_tell_ages_apart(&claiming(1)));
}

/// Whether the protocol of a variant depends on plans that nothing refers to; never so that patterns
/// would say nothing.
fn depends(variant: &Variant, instance: Instance, probes: Probes) -> bool {
    let every = every(variant, instance, true).probes(probes);
    let patterns = reachable(&every);
    let found: Vec<_> = patterns
        .iter()
        .filter_map(|pattern| every.dependence(pattern))
        .collect();
    let mut allows = found
        .iter()
        .filter(|found| matches!(found, Dependence::Allows { .. }));
    assert_eq!(allows.next(), None, "row {}", variant.row);
    !found.is_empty()
}

#[test]
fn only_a_grace_period_depends_on_plans_that_nothing_refers_to() {
    for variant in Variant::all().into_iter().chain([Variant::recommended()]) {
        let depends = depends(&variant, Instance::new(1, 2, 3), Probes::Sampled);
        assert_eq!(depends, variant.safeguards.grace, "row {}", variant.row);
    }
}

/// Otherwise an exploration that takes enactors for interchangeable could not show what it found.
#[test]
fn a_sample_does_not_rest_on_the_names_of_enactors() {
    let variant = Variant::by_row("9").expect("a row");
    let every = every(&variant, Instance::new(1, 2, 3).crashes(1), true).probes(Probes::Sampled);
    let mut found = 0;
    for pattern in reachable(&every) {
        let depends = every.dependence(&pattern).is_some();
        found += usize::from(depends);
        for places in every.permutations() {
            let other = every.permute(&places, &pattern);
            assert_eq!(every.dependence(&other).is_some(), depends, "{pattern:?}");
        }
    }
    assert!(found > 0);
}

/// For one enactor; all for two enactors take minutes (`every-generation --thorough`).
#[test]
fn all_probes_find_no_more_than_a_sample() {
    for variant in Variant::all().into_iter().chain([Variant::recommended()]) {
        let instance = Instance::new(1, 1, 3).crashes(1);
        let depends = |probes| depends(&variant, instance, probes);
        let all = depends(Probes::Every);
        assert_eq!(all, depends(Probes::Sampled), "row {}", variant.row);
        assert!(!all || variant.safeguards.grace, "row {}", variant.row);
    }
}

/// Checks all rows, and finds each counterexample again in real generations.
fn table(instance: Instance, may_stop: bool) {
    for variant in Variant::all().into_iter().chain([Variant::recommended()]) {
        let every = every(&variant, instance, may_stop);
        let report = Checker::new(&every)
            .without_model_properties()
            .exact()
            .symmetry()
            .exhaustive()
            .always(NEVER_EMPTY, |pattern| pattern.store.all_resolve())
            .always_step(NEVER_REGRESSES, every.step_property(never_regresses))
            .recoverable(RECOVERS, |pattern| pattern.converged())
            .run();
        assert!(
            matches!(report.completion(), Completion::Exhausted),
            "row {}",
            variant.row
        );
        let expected = variant.expected;
        for (name, expected) in [
            (NEVER_EMPTY, expected.never_empty),
            (NEVER_REGRESSES, expected.never_regresses),
            (RECOVERS, expected.recovers),
        ] {
            let verdict = &report.finding(name).expect("checked").verdict;
            match verdict {
                Verdict::Holds { .. } => assert!(expected, "row {}: {name}", variant.row),
                Verdict::Violated { counterexample } => {
                    assert!(!expected, "row {}: {name}", variant.row);
                    let trace = counterexample.as_ref().expect("a schedule");
                    let steps: Vec<(PatternStep<_>, _)> = trace
                        .steps()
                        .map(|(_, step, after)| (*step, *after))
                        .collect();
                    let real = every
                        .concrete(&steps)
                        .unwrap_or_else(|error| panic!("row {}: {name}: {error}", variant.row));
                    violates(&real.system, &real.steps, name, variant.row);
                }
                Verdict::Undecided(cause) => panic!("row {}: {name}: {cause:?}", variant.row),
            }
        }
    }
}

/// Replays a schedule through the model alone.
fn violates<const A: usize, const B: usize>(
    system: &UpdateSystem<DnsEnactor, A, B>,
    steps: &[planwright_core::SystemAction<Phase>],
    name: &str,
    row: &str,
) {
    let mut state = system.init_states()[0];
    let mut regressed = false;
    for step in steps {
        let next = system
            .next_state(&state, *step)
            .expect("a step of the model");
        regressed |= !never_regresses(&state, step, &next);
        state = next;
    }
    let violated = match name {
        NEVER_EMPTY => !state.store.all_resolve(),
        NEVER_REGRESSES => regressed,
        _ => !state.converged(),
    };
    assert!(violated, "row {row}: {name}");
}

#[test]
fn all_rows_with_one_endpoint_and_two_enactors() {
    table(Instance::new(1, 2, 3).crashes(1), false);
    table(Instance::new(1, 2, 3).crashes(1), true);
}

#[test]
fn all_rows_with_two_endpoints_and_two_enactors() {
    table(Instance::new(2, 2, 3), false);
}

/// Verdicts about runs after the planner has stopped agree with those of real generations, as many as
/// make every pattern occur. Where patterns show more than can happen nothing is claimed.
#[test]
fn what_follows_a_pause_agrees_with_real_generations() {
    const GENERATIONS: usize = 8;
    for variant in Variant::all() {
        if variant.safeguards.grace {
            continue;
        }
        for fairness in [
            EnactorFairness::Weak,
            EnactorFairness::Strong,
            EnactorFairness::Commits,
        ] {
            let instance = Instance::new(1, 2, GENERATIONS);
            let every = every(&variant, instance, true);
            let patterns = Checker::new(&every).without_model_properties().exhaustive();
            let patterns = with_pause(patterns, &every, fairness).run();

            let planner = Planner::bounded(GENERATIONS).may_stop(true);
            let real = variant.system(instance).planner(planner);
            let conditions = fairness.conditions(&real);
            let states = Checker::new(&real).without_model_properties().exhaustive();
            let states = with_recovery(states, &real, &real);
            let states = with_convergence(states, &real, &conditions).run();
            for name in [CONVERGES, RESTS_AT_NEWEST] {
                let holds = |verdict: &Verdict<_, _>| matches!(verdict, Verdict::Holds { .. });
                let real = holds(&states.finding(name).expect("checked").verdict);
                let found = &patterns.finding(name).expect("checked").verdict;
                let found = matches!(found, Verdict::Holds { .. });
                assert_eq!(found, real, "row {}, {fairness:?}: {name}", variant.row);
            }
        }
    }
}
