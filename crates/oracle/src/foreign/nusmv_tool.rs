use std::path::PathBuf;

use super::checker::program;
use super::scratch::{Scratch, printed, word_after};
use crate::{ExplicitGraph, ForeignChecker, Formula, nusmv, nusmv_specifications};

/// NuSMV: CTL by binary decision diagrams, and LTL by a tableau on top of them.
#[derive(Clone, Debug)]
pub struct NuSmv(PathBuf);

impl NuSmv {
    /// The one named by `PLANWRIGHT_NUSMV`, or on the path.
    pub fn find() -> Option<Self> {
        program("PLANWRIGHT_NUSMV", "NuSMV").map(Self)
    }
}

impl ForeignChecker for NuSmv {
    fn name(&self) -> &'static str {
        "NuSMV"
    }

    fn version(&self) -> String {
        let help = Scratch::new().run(&self.0, &["-h"]);
        word_after(&printed(&help), "This is NuSMV ")
    }

    fn thrift(&self) -> usize {
        1
    }

    fn check(&self, graph: &ExplicitGraph, formulas: &[Formula]) -> Vec<Vec<(&'static str, bool)>> {
        let scratch = Scratch::new();
        scratch.write("graph.smv", &nusmv(graph, formulas));
        let output = scratch.run(&self.0, &["-dcx", "graph.smv"]);
        let text = printed(&output);
        let lines = text
            .lines()
            .filter(|line| line.starts_with("-- specification"));
        let mut verdicts = lines.map(|line| line.ends_with("is true"));
        let specifications = formulas.iter().map(|f| nusmv_specifications(graph, *f));
        let specifications: Vec<[Option<String>; 2]> = specifications.collect();
        let mut found = vec![vec![]; formulas.len()];
        // It prints the verdicts of all CTL specifications, then those of all LTL specifications.
        for (logic, name) in ["CTL", "LTL"].into_iter().enumerate() {
            for (number, specification) in specifications.iter().enumerate() {
                if specification[logic].is_some() {
                    let verdict = verdicts.next().unwrap_or_else(|| panic!("{text}"));
                    found[number].push((name, verdict));
                }
            }
        }
        assert_eq!(verdicts.next(), None, "{text}");
        found
    }
}
