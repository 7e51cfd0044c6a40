//! Foreign checkers about our models: what they said, and, where they are installed, what they say.

use std::path::Path;

use planwright_oracle::{Ledger, installed};

use crate::cases;

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
        let start = std::time::Instant::now();
        Ledger::assert_repeats(path(), &cases, checker.as_ref());
        eprintln!("{} {:?}", checker.name(), start.elapsed());
    }
}
