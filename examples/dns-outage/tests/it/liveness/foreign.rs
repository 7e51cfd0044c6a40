//! Foreign checkers about every row at one endpoint, two enactors and four generations. They were asked about
//! runs that stop only where nothing can happen: progress of everything.

use std::path::Path;

use dns_outage::{Instance, Variant};
use planwright_oracle::{Case, Ledger, installed};

use super::rows::{Asked, CONVERGES, RECOVERS, fair, graph};
use crate::rows;

fn path() -> &'static Path {
    Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/it/liveness/foreign.csv"
    ))
}

fn cases() -> Vec<Case> {
    let under = |variant: &Variant, asked| Case {
        graph: fair(graph(variant, Instance::new(1, 2, 4)), asked).progress_of_all(),
        formulas: vec![CONVERGES, RECOVERS],
    };
    let variants = rows();
    let cases = variants.iter().flat_map(|variant| {
        [Asked::Weak, Asked::Strong, Asked::Commits].map(|asked| under(variant, asked))
    });
    cases.collect()
}

#[test]
fn the_naive_evaluator_says_what_foreign_checkers_said() {
    let ledger = Ledger::read(path());
    ledger.assert_naive_agrees(&cases());
    for tool in ["NuSMV", "Spin", "TLC"] {
        assert_eq!(ledger.judged_by(tool), rows().len(), "{tool}");
    }
}

#[test]
fn installed_foreign_checkers_say_it_again() {
    let cases = cases();
    for checker in installed() {
        Ledger::assert_repeats(path(), &cases, checker.as_ref());
    }
}
