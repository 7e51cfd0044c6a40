//! Random protocols: the views of all states of systems with 1 to 3 enactors are among those found.

use std::collections::HashMap;

use planwright_core::Planner;

use super::super::generated::{properties, system};
use super::super::program::Random;
use super::super::prove::{holds_bounded, states};
use super::{Rules, holds, views};

const PROTOCOLS: u64 = 1_000;

const VIEWS: usize = 100;

/// Bounded systems with more states are left out.
const STATES: usize = 500;

#[derive(Default)]
struct Tally {
    decided: u64,
    refused: HashMap<&'static str, u64>,
    large: u64,
    proofs: u64,
    violations: u64,
    /// Properties that fail in views and in no bounded system.
    spurious: u64,
    /// Views outside those found, and wrong proofs.
    outside: Vec<u64>,
    wrong: Vec<u64>,
    compared: u64,
}

fn compare(seed: u64, rules: Rules, tally: &mut Tally) {
    let mut random = Random(seed);
    let system = system(&mut random);
    let every = system.clone().every_number();
    let found = match views(&every, rules, VIEWS) {
        None => return tally.large += 1,
        Some(Err(reason)) => {
            let kinds = [
                "more than 3 plans",
                "asks whether a plan is older",
                "successor of a generation",
                "comes neither from",
                "neither in the store nor",
                "more generations, or lock epochs",
            ];
            let kind = kinds.into_iter().find(|kind| reason.contains(kind));
            let kind = kind.unwrap_or_else(|| panic!("seed {seed}: unexpected: {reason}"));
            *tally.refused.entry(kind).or_default() += 1;
            return;
        }
        Some(Ok(found)) => found,
    };
    tally.decided += 1;
    let properties = properties();
    let verdicts = properties.map(|(_, property)| holds(&every, &found, property).ok());
    let mut violated = [false; 8];
    for enactors in 1..=3 {
        for generations in 2..=4 {
            let planner = Planner::bounded(generations).may_stop(system.planner_can_stop());
            let bounded = system.clone().planner(planner).enactors(enactors);
            let Some(states) = states(&bounded, STATES) else {
                break;
            };
            tally.compared += 1;
            let outside = states.iter().any(|state| {
                let mut enactors = state.enactors();
                enactors.any(|(id, _)| !found.contains(&every.view_of(state, id)))
            });
            if outside {
                tally.outside.push(seed);
                return;
            }
            for ((_, property), (verdict, violated)) in
                (properties.iter()).zip(verdicts.iter().zip(&mut violated))
            {
                let holds = holds_bounded(&bounded, &states, *property);
                *violated |= !holds;
                if *verdict == Some(true) && !holds {
                    tally.wrong.push(seed);
                }
            }
        }
    }
    for (verdict, violated) in verdicts.iter().zip(violated) {
        tally.proofs += u64::from(*verdict == Some(true));
        tally.violations += u64::from(violated);
        tally.spurious += u64::from(*verdict == Some(false) && !violated);
    }
}

fn compare_all(rules: Rules, protocols: u64) -> Tally {
    let mut tally = Tally::default();
    for seed in 0..protocols {
        compare(seed, rules, &mut tally);
    }
    let Tally {
        decided,
        refused,
        large,
        proofs,
        violations,
        spurious,
        outside,
        wrong,
        compared,
    } = &tally;
    println!(
        "{rules:?}: {decided} of {protocols} protocols decided, {large} too large, {compared} bounded systems; \
         {proofs} proofs, {violations} violations, {spurious} fail in views alone; views outside: {}, \
         wrong: {}; refused: {refused:#?}",
        outside.len(),
        wrong.len(),
    );
    tally
}

#[test]
fn the_views_of_all_states_of_random_protocols_are_found() {
    let tally = compare_all(Rules::All, PROTOCOLS);
    assert_eq!(tally.outside, [] as [u64; 0]);
    assert_eq!(tally.wrong, [] as [u64; 0]);
    assert!(tally.decided > PROTOCOLS / 3 && tally.proofs > PROTOCOLS);
}

#[test]
fn each_rule_that_is_left_out_is_noticed() {
    for rules in [Rules::Alone, Rules::Unlike] {
        let tally = compare_all(rules, PROTOCOLS / 10);
        assert!(!tally.outside.is_empty(), "{rules:?}");
    }
}
