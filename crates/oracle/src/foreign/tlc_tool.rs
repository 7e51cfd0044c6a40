use std::env;
use std::path::PathBuf;

use super::checker::program;
use super::scratch::{Scratch, printed, word_after};
use crate::{ExplicitGraph, ForeignChecker, Formula, TLA_MODULE, tla, tla_configuration};

/// TLC, the explicit-state checker of TLA+. It needs Java.
#[derive(Clone, Debug)]
pub struct Tlc {
    java: PathBuf,
    jar: PathBuf,
}

impl Tlc {
    /// The `tla2tools.jar` that `PLANWRIGHT_TLC` names, run by the `java` on the path.
    pub fn find() -> Option<Self> {
        let jar = env::var_os("PLANWRIGHT_TLC")?.into();
        let java = program("JAVA", "java")?;
        Some(Self { java, jar })
    }

    /// Whether all the properties at these positions hold.
    fn all_hold(&self, scratch: &Scratch, positions: &[usize]) -> bool {
        scratch.write("Graph.cfg", &tla_configuration(positions));
        let jar = self.jar.display().to_string();
        // A folder of its own for each run: TLC would name it after the second.
        let metadata = format!("run{positions:?}");
        // It unpacks modules, and runs side by side must not share them.
        let unpack = format!("-Djava.io.tmpdir={}", scratch.path().display());
        // Small runs: what takes longest is to start.
        let quick = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];
        let java = [&quick[..], &[&unpack, "-cp", &jar]].concat();
        let tlc = ["tlc2.TLC", "-deadlock", "-metadir", &metadata];
        let files = ["-config", "Graph.cfg", TLA_MODULE];
        let output = scratch.run(&self.java, &[&java[..], &tlc[..], &files[..]].concat());
        let text = printed(&output);
        let holds = text.contains("No error has been found");
        let violated =
            text.contains("Temporal properties were violated") || text.contains("is violated");
        assert!(holds != violated, "{text}");
        holds
    }
}

impl ForeignChecker for Tlc {
    fn name(&self) -> &'static str {
        "TLC"
    }

    fn version(&self) -> String {
        let jar = self.jar.display().to_string();
        let said = Scratch::new().run(&self.java, &["-cp", &jar, "tlc2.TLC", "-h"]);
        word_after(&printed(&said), "Version ")
    }

    fn thrift(&self) -> usize {
        11
    }

    fn check(&self, graph: &ExplicitGraph, formulas: &[Formula]) -> Vec<Vec<(&'static str, bool)>> {
        let scratch = Scratch::new();
        scratch.write("Graph.tla", &tla(graph, formulas));
        let can_say =
            |formula: Formula| !formula.is_branching() && !matches!(formula, Formula::Until(..));
        let numbers = 0..formulas.len();
        let asked: Vec<usize> = numbers
            .filter(|&number| can_say(formulas[number]))
            .collect();
        let mut found = vec![vec![]; formulas.len()];
        // It does not tell which property of several is violated.
        let all = !asked.is_empty() && self.all_hold(&scratch, &asked);
        for number in &asked {
            let holds = all || (asked.len() > 1 && self.all_hold(&scratch, &[*number]));
            found[*number].push(("TLA", holds));
        }
        found
    }
}
