//! A mutation report in words.

use std::fmt;

use super::{Fate, Mutant, MutantKind, MutantResult, MutationReport, Standing};
use crate::Outcome;
use crate::text::{Count, Thousands};

/// What follows from a [`MutationReport`], in words, without the list of mutants.
#[derive(Clone, Copy, Debug)]
pub struct Conclusions<'r>(&'r MutationReport);

impl MutationReport {
    /// What follows from it, in words.
    pub fn conclusions(&self) -> Conclusions<'_> {
        Conclusions(self)
    }
}

impl fmt::Display for MutationReport {
    /// A line for each mutant, then the conclusions.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for result in self.results() {
            let states = match result.complete {
                true => Count(result.states, "state").to_string(),
                false => format!("{} or more states", Thousands(result.states)),
            };
            writeln!(f, "{}: {} [{states}]", result.mutant, result.outcome())?;
        }
        self.conclusions().fmt(f)
    }
}

impl MutantResult {
    /// In words, whether a property noticed the mutant, and which properties it mends.
    pub fn outcome(&self) -> String {
        match (&self.fate, self.mended.join("; ")) {
            (fate, mended) if mended.is_empty() => fate.to_string(),
            (Fate::Unjudged, mended) => format!("mends {mended}"),
            (fate, mended) => format!("{fate}, mends {mended}"),
        }
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Killed { by } => {
                write!(f, "killed by {}", by.first().map_or("", String::as_str))?;
                match by.len() {
                    0 | 1 => Ok(()),
                    by => write!(f, " and {} more", by - 1),
                }
            }
            Self::Survived => f.write_str("survives"),
            Self::Redundant => f.write_str("changes nothing"),
            Self::Unjudged => f.write_str("no property holds that could notice"),
            Self::Undecided { why } => write!(f, "undecided ({why})"),
        }
    }
}

impl fmt::Display for Conclusions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.0;
        self.numbers(f)?;
        let baseline = report.properties().iter();
        for standing in baseline.filter(|s| s.outcome != Outcome::Holds) {
            let Standing { name, outcome, .. } = standing;
            write!(
                f,
                "\ncannot notice a mutant: {name} (without any change: {outcome})"
            )?;
        }
        self.too_weak(f)?;
        for result in report.redundant() {
            let why = match result.mutant.kind {
                MutantKind::Fairness => {
                    "not needed: what holds under this condition holds without it"
                }
                _ => "redundant: no property notices, since no reachable step changes",
            };
            write!(f, "\n{why}: {}", result.mutant)?;
        }
        for standing in report.suspects() {
            let why = if standing.vacuous {
                "; it is never put to the test even without them"
            } else {
                ""
            };
            write!(
                f,
                "\nsuspect: no mutant makes it fail{why}: {}",
                standing.name
            )?;
        }
        for standing in report
            .properties()
            .iter()
            .filter(|s| s.vacuous && !s.is_suspect())
        {
            write!(
                f,
                "\nvacuous: never put to the test without a change: {}",
                standing.name
            )?;
        }
        for what in report.not_mutated() {
            write!(f, "\nnot mutated: {what}")?;
        }
        if !report.is_complete() {
            f.write_str(
                "\nthere may be more mutants: the unmutated model was not explored to the end",
            )?;
        }
        Ok(())
    }
}

impl Conclusions<'_> {
    fn numbers(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let results = self.0.results();
        let count = |is: fn(&Fate) -> bool| results.iter().filter(|r| is(&r.fate)).count();
        let survived = count(|fate| *fate == Fate::Survived);
        let additions = match survived - self.0.survivors().count() {
            0 => String::new(),
            additions => format!(" ({additions} of them only add something)"),
        };
        write!(
            f,
            "{}: {} killed, {survived} survived{additions}, {} changed nothing, {} undecided",
            Count(results.len() as u64, "mutant"),
            count(|fate| matches!(fate, Fate::Killed { .. })),
            count(|fate| *fate == Fate::Redundant),
            count(|fate| matches!(fate, Fate::Undecided { .. })),
        )?;
        match count(|fate| *fate == Fate::Unjudged) {
            0 => Ok(()),
            unjudged => write!(f, ", {unjudged} with no property that could notice"),
        }
    }

    fn too_weak(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let survivors: Vec<&Mutant> = self
            .0
            .survivors()
            .map(|r: &MutantResult| &r.mutant)
            .collect();
        if survivors.is_empty() {
            return Ok(());
        }
        f.write_str("\nthe set of properties is too weak: it does not notice")?;
        for mutant in &survivors {
            write!(f, "\n  {mutant}")?;
        }
        let less = survivors
            .iter()
            .any(|mutant| mutant.kind == MutantKind::ActionClass);
        if less && self.0.judges().all(|standing| standing.kind.is_safety()) {
            f.write_str(
                "\n  a model that can do less breaks no invariant and no property of steps: add what \
                 must remain possible, with `sometimes`",
            )?;
        }
        Ok(())
    }
}
