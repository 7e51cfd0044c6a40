//! What the checker says of a variant.

use std::fmt;

use planwright_checker::{Finding, Model, PropertyKind, Report, Verdict};
use planwright_model::Count;
use serde::{Deserialize, Serialize};

use crate::SearchOptions;
use crate::family::Family;

/// One property's verdict, without its schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cell {
    /// It holds within the bounds.
    Holds,
    /// It is violated.
    Violated {
        /// The length of the shortest schedule.
        steps: usize,
    },
    /// It is violated, by runs that go on or rest for ever, although everyone does what must be done.
    ForEver,
    /// What should be possible is.
    Reached {
        /// The length of the shortest schedule.
        steps: usize,
    },
    /// What should be possible is not.
    Never,
    /// A limit or an interruption came first.
    Undecided,
}

impl Cell {
    /// Reads it off a finding.
    pub fn of<S, A>(finding: &Finding<S, A>) -> Self {
        let steps = finding.verdict.trace().map(|trace| trace.len());
        let reachability = finding.kind == PropertyKind::Sometimes;
        match (&finding.verdict, steps) {
            (Verdict::Violated { .. }, _) if finding.kind.is_about_runs() => Self::ForEver,
            (Verdict::Holds { .. }, Some(steps)) => Self::Reached { steps },
            (Verdict::Holds { .. }, None) => Self::Holds,
            (Verdict::Violated { .. }, None) if reachability => Self::Never,
            (Verdict::Violated { .. }, steps) => Self::Violated {
                steps: steps.unwrap_or(0),
            },
            (Verdict::Undecided(_), _) => Self::Undecided,
        }
    }

    /// Whether the property is violated, if that is known.
    pub fn is_violated(self) -> Option<bool> {
        match self {
            Self::Holds | Self::Reached { .. } => Some(false),
            Self::Violated { .. } | Self::ForEver | Self::Never => Some(true),
            Self::Undecided => None,
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&match self {
            Self::Holds => "holds".to_owned(),
            Self::Violated { steps } => format!("NO, {}", Count(*steps as u64, "step")),
            Self::ForEver => "NO, for ever".to_owned(),
            Self::Reached { steps } => format!("in {}", Count(*steps as u64, "step")),
            Self::Never => "NEVER".to_owned(),
            Self::Undecided => "undecided".to_owned(),
        })
    }
}

/// What was found about a variant at one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdicts {
    /// Each property, by name.
    pub cells: Vec<(String, Cell)>,
    /// Distinct states found.
    pub states: u64,
    /// Steps between them.
    pub transitions: u64,
    /// Whether every reachable state was explored.
    pub complete: bool,
}

impl Verdicts {
    /// Reads them off a report.
    pub fn of<M: Model>(report: &Report<'_, M>) -> Self {
        let findings = report.findings().iter();
        Self {
            cells: findings.map(|f| (f.name.clone(), Cell::of(f))).collect(),
            states: report.statistics().states,
            transitions: report.statistics().transitions,
            complete: report.completion().is_complete(),
        }
    }

    /// The verdict about the property of this name, if there is one.
    pub fn cell(&self, name: &str) -> Option<Cell> {
        let mut cells = self.cells.iter();
        cells.find(|(of, _)| of == name).map(|(_, cell)| *cell)
    }

    /// Whether a limit or an interruption left a property open.
    pub fn is_undecided(&self) -> bool {
        self.cells.iter().any(|(_, cell)| *cell == Cell::Undecided)
    }

    /// Whether these properties are violated, and all others hold.
    pub fn agree_with(&self, violated: &[&str]) -> bool {
        self.cells
            .iter()
            .all(|(name, cell)| cell.is_violated() == Some(violated.contains(&name.as_str())))
    }
}

/// Explores a protocol to the end, also after a property was violated, so that the number of states
/// does not depend on when that was.
pub fn verdicts<F: Family>(
    protocol: F::Protocol,
    size: &F::Size,
    search: &SearchOptions,
) -> Verdicts {
    let model = F::model(protocol, &F::sized(protocol, size));
    Verdicts::of(&search.apply_all(F::checker(&model)).exhaustive().run())
}
