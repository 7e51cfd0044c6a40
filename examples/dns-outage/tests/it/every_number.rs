//! Every number of enactors, generations and faults: the table of fixes without these bounds.

use std::collections::HashSet;

use dns_outage::{DnsEnactor, Instance, NEVER_EMPTY, NEVER_REGRESSES, Phase, Variant, variants};
use planwright_checker::{Properties, ViewReport, ViewSearch, ViewVerdict};
use planwright_core::{EveryNumber, FaultBudget, Pattern, Planner, UpdateSystem, never_regresses};
use planwright_model::Model;

use crate::row;

type Every = EveryNumber<DnsEnactor>;

fn search(every: &Every) -> ViewReport<Every> {
    let asked = Properties::new()
        .always(
            NEVER_EMPTY,
            every.property(|state| state.store.all_resolve()),
        )
        .always_step(NEVER_REGRESSES, every.step_property(never_regresses));
    ViewSearch::new(every, &asked).run()
}

fn system(variant: &Variant, instance: Instance) -> UpdateSystem<DnsEnactor> {
    variant.protocol.system(instance)
}

/// The properties that fail in some view; all others hold for every number.
fn failing(report: &ViewReport<Every>) -> Vec<&str> {
    let failing = report
        .verdicts()
        .filter_map(|(name, verdict)| match verdict {
            ViewVerdict::Holds => None,
            ViewVerdict::Reached(_) => Some(name),
            ViewVerdict::Undecided(reason) => panic!("{name}: {reason}"),
        });
    failing.collect()
}

/// Nothing is undecided: every property that fails in a view is one that the row declares violated, at two
/// enactors. Row 10 is about one enactor alone, and fails with more.
#[test]
fn every_row_has_the_verdicts_that_it_declares() {
    for variant in variants() {
        let every = system(&variant, Instance::new(2, 2, 3).crashes(1)).every_number();
        let report = search(&every);
        let failing = failing(&report);
        let expected = [NEVER_EMPTY, NEVER_REGRESSES].into_iter();
        let expected: Vec<&str> = match variant.name {
            "10" => expected.collect(),
            _ => expected
                .filter(|name| variant.violates.contains(name))
                .collect(),
        };
        assert_eq!(failing, expected, "row {}", variant.name);
    }
}

/// Numbers of views, and of different stores among them.
#[test]
fn the_views_of_rows_that_hold_are_few() {
    let any = FaultBudget {
        crashes: FaultBudget::ANY_NUMBER,
        ..FaultBudget::NONE
    };
    let views = |name: &str, endpoints, faults| {
        let instance = Instance {
            faults,
            ..Instance::new(endpoints, 2, 3)
        };
        let variant = row(name);
        let every = variant.system(instance).every_number();
        let report = search(&every);
        assert_eq!(report.unfinished(), None);
        (report.views().len(), report.shared_parts())
    };
    let one = Instance::default().faults;
    assert_eq!(views("2", 2, one), (342, 18));
    assert_eq!(views("2", 2, any), (171, 9));
    assert_eq!(views("6", 2, one), (2_914, 30));
    assert_eq!(views("7b", 2, one), (138, 6));
    assert_eq!(views("11c", 2, one), (1_062, 18));
    assert_eq!(views("2", 3, any), (783, 27));
}

/// The views of all states of a bounded system.
fn real_views(every: &Every, enactors: usize, generations: usize) -> HashSet<Pattern<Phase>> {
    let bounded = every.system().clone().enactors(enactors);
    let bounded = bounded.planner(Planner::bounded(generations));
    let mut open = bounded.init_states();
    let mut states: HashSet<_> = open.iter().copied().collect();
    let mut views = HashSet::new();
    while let Some(state) = open.pop() {
        views.extend(state.enactors().map(|(id, _)| every.view_of(&state, id)));
        open.extend(
            bounded
                .next_states(&state)
                .into_iter()
                .filter(|after| states.insert(*after)),
        );
    }
    views
}

fn all_views(every: &Every) -> HashSet<Pattern<Phase>> {
    let report = ViewSearch::new(every, &Properties::new()).run();
    assert_eq!(report.unfinished(), None);
    report.views().copied().collect()
}

#[test]
fn all_views_of_real_states_are_found() {
    for name in ["0", "2", "4b", "6", "7c", "9b", "11", "12", "13c"] {
        let system = row(name).system(Instance::new(1, 2, 3).crashes(1));
        let every = system.every_number();
        let all = all_views(&every);
        for (enactors, generations) in [(1, 5), (2, 5), (3, 4)] {
            let real = real_views(&every, enactors, generations);
            assert!(real.is_subset(&all), "row {name}, {enactors} enactors");
        }
    }
}

/// Conditional writes: the abstraction shows nothing that cannot happen.
#[test]
fn every_view_of_conditional_writes_is_one_of_a_real_state() {
    let every = row("2").system(Instance::new(1, 2, 3)).every_number();
    let all = all_views(&every);
    assert_eq!(all.len(), 33);
    assert_eq!(real_views(&every, 3, 7), all);
}
