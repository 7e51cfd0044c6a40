//! The checker says of every row what the naive evaluator says, which the tables beside this file hold.

use dns_outage::{
    CONVERGES, DnsSystem, EnactorFairness, Instance, RECOVERS, RESTS_AT_NEWEST, with_convergence,
    with_recovery,
};
use planwright_checker::{Checker, Outcome, Storage};
use planwright_model::Model as _;
use planwright_oracle::Naive;

use crate::{row, rows};

/// What the checker says: recovers, then converges under each assumption.
fn ask(system: DnsSystem) -> (u64, [bool; 4]) {
    use EnactorFairness::{Commits, Strong, Weak};
    let checker = || Checker::new(&system).storage(Storage::ExactIfItFits);
    let recovery = with_recovery(checker(), &system).run();
    let holds = |report: &planwright_checker::Report<'_, DnsSystem>, name| {
        let finding = report.finding(name).expect("it was asked for");
        assert!(!finding.is_undecided(), "{report}");
        if finding.is_violated() {
            assert!(finding.lasso.is_some() || finding.trap.is_some());
        }
        finding.holds()
    };
    let recovers = holds(&recovery, RECOVERS);
    let converges = [Weak, Strong, Commits].map(|fairness| {
        let report = with_convergence(checker(), &system, &fairness.conditions(&system)).run();
        holds(&report, CONVERGES)
    });
    let states = recovery.statistics().states;
    (states, [recovers, converges[0], converges[1], converges[2]])
}

fn assert_agrees(table: &str, instance: Instance) {
    let mut lines = 0;
    for line in table.lines().skip(1) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let variant = row(words[0]);
        // After row, states, and what was published.
        let expected: Vec<bool> = words[3..7].iter().map(|word| *word == "yes").collect();
        let found = ask(variant.system(instance));
        let expected_states: u64 = words[1].parse().expect("a number of states");
        assert_eq!(found.0, expected_states, "row {}", words[0]);
        assert_eq!(found.1[..], expected[..], "row {}", words[0]);
        lines += 1;
    }
    assert!(lines >= rows().len());
}

#[test]
fn one_endpoint_two_enactors_four_generations() {
    assert_agrees(include_str!("liveness-1-2-4.txt"), Instance::new(1, 2, 4));
}

#[test]
fn two_endpoints_two_enactors_four_generations_one_crash() {
    let table = include_str!("liveness-2-2-4-crash.txt");
    assert_agrees(table, Instance::new(2, 2, 4).crashes(1));
}

#[test]
fn two_endpoints_three_enactors_five_generations() {
    assert_agrees(include_str!("liveness-2-3-5.txt"), Instance::new(2, 3, 5));
}

/// Rest is a set of states that are never left, in which no endpoint changes and the planner has
/// stopped. Found by closing sets of states under steps, naively.
fn rests_at_newest(system: DnsSystem) -> bool {
    let checker = Checker::new(&system);
    let report = with_recovery(checker, &system).run();
    let finding = report.finding(RESTS_AT_NEWEST).expect("it was asked for");
    let outcome = finding.verdict.outcome();
    let naive = Naive::explore(&system);
    let resolutions = |state: &dns_outage::DnsState| -> Vec<_> {
        let endpoints = state.store.endpoints();
        endpoints
            .map(|endpoint| state.store.resolve(endpoint))
            .collect()
    };
    let rests_elsewhere = naive.states.iter().any(|start| {
        let stopped = system.planner_stopped(start);
        if !stopped || start.converged() {
            return false;
        }
        let mut reached = vec![*start];
        let mut next = 0;
        while next < reached.len() {
            for (_, state) in system.next_steps(&reached[next]) {
                if resolutions(&state) != resolutions(start) {
                    return false;
                }
                if !reached.contains(&state) {
                    reached.push(state);
                }
            }
            next += 1;
        }
        true
    });
    let expected = if rests_elsewhere {
        Outcome::Violated
    } else {
        Outcome::Holds
    };
    assert_eq!(outcome, expected, "{report}");
    outcome == Outcome::Holds
}

#[test]
fn rest_is_found_where_nothing_changes_any_more() {
    let instance = Instance::new(1, 2, 4);
    let rests = |name| {
        let variant = row(name);
        rests_at_newest(variant.system(instance))
    };
    // Edge-triggered enactors look only when something is published: see row 14.
    let rows = ["0", "1", "2", "6", "13", "14"].map(|row| (row, rests(row)));
    assert_eq!(
        rows,
        [
            ("0", false),
            ("1", true),
            ("2", true),
            ("6", true),
            ("13", false),
            ("14", false)
        ]
    );
}
