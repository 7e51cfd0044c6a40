//! Foreign checkers about our models: what they said, and, where they are installed, what they say.

use std::path::Path;

use planwright_oracle::{Evaluator, Generated, Ledger, installed};

use super::brute_force::FORMULAS;
use super::cases;

fn path() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/foreign/verdicts.csv"))
}

#[test]
fn the_naive_evaluator_says_what_foreign_checkers_said() {
    let ledger = Ledger::read(path());
    ledger.assert_naive_agrees(&cases::all());
    for tool in ["NuSMV", "Spin", "TLC"] {
        assert!(ledger.judged_by(tool) >= 10, "{tool}");
    }
}

#[test]
fn installed_foreign_checkers_say_it_again() {
    let cases = cases::all();
    for checker in installed() {
        Ledger::assert_repeats(path(), &cases, checker.as_ref());
    }
}

/// Mixed fairness, joins and self-loops; too many to record.
#[test]
fn installed_foreign_checkers_agree_on_generated_graphs() {
    let all = std::env::var_os("PLANWRIGHT_FOREIGN").is_some_and(|asked| asked == "all");
    for checker in installed() {
        let graphs = if all { 400 } else { 40 } / checker.thrift() as u64;
        for number in 0..graphs {
            let graph = Generated::new(number).graph();
            let verdicts = checker.check(&graph, &FORMULAS);
            for (formula, verdicts) in FORMULAS.into_iter().zip(verdicts) {
                let naive = Evaluator::new(&graph).holds(formula);
                for (logic, holds) in verdicts {
                    let name = checker.name();
                    assert_eq!(
                        holds, naive,
                        "{name}, {logic}, {formula}, {number}: {graph:?}"
                    );
                }
            }
        }
    }
}
