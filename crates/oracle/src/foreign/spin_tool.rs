use std::path::PathBuf;

use super::checker::program;
use super::scratch::{Scratch, printed, word_after};
use crate::{ExplicitGraph, ForeignChecker, Formula, promela};

/// Spin: LTL by nested depth-first search for acceptance cycles. It needs a C compiler, `cc`.
#[derive(Clone, Debug)]
pub struct Spin {
    spin: PathBuf,
    compiler: PathBuf,
}

impl Spin {
    /// The one named by `PLANWRIGHT_SPIN`, or on the path.
    pub fn find() -> Option<Self> {
        let spin = program("PLANWRIGHT_SPIN", "spin")?;
        let compiler = program("CC", "cc")?;
        Some(Self { spin, compiler })
    }
}

impl ForeignChecker for Spin {
    fn name(&self) -> &'static str {
        "Spin"
    }

    fn version(&self) -> String {
        let said = Scratch::new().run(&self.spin, &["-V"]);
        word_after(&printed(&said), "Version ")
    }

    fn thrift(&self) -> usize {
        7
    }

    fn check(&self, graph: &ExplicitGraph, formulas: &[Formula]) -> Vec<Vec<(&'static str, bool)>> {
        let scratch = Scratch::new();
        scratch.write("graph.pml", &promela(graph, formulas));
        let made = printed(&scratch.run(&self.spin, &["-a", "graph.pml"]));
        // One process leaves nothing to reduce.
        let flags = ["-w", "-DNOREDUCE", "-o", "pan", "pan.c"];
        let compiled = scratch.run(&self.compiler, &flags);
        assert!(compiled.status.success(), "{made}{}", printed(&compiled));
        let verdict = |(number, formula): (usize, &Formula)| {
            if formula.is_branching() {
                return vec![];
            }
            let claim = format!("f{number}");
            let arguments = ["-a", "-m1000000", "-N", &claim];
            let text = printed(&scratch.run(scratch.path().join("pan"), &arguments));
            let errors = word_after(&text, "errors: ");
            let truncated = text.contains("search depth too small");
            assert!(!truncated && errors != "unknown", "{made}{text}");
            vec![("LTL", errors == "0")]
        };
        formulas.iter().enumerate().map(verdict).collect()
    }
}
