//! Everything that was found out in one run.

use std::fmt::{self, Debug};

use itertools::Itertools as _;
use planwright_model::{Altered, Description, Model, printable};

use crate::aftermath::extent;
use crate::ordinals::Ordinals;
use crate::printed::{FindingOf, Printed, SharedTeller};
use crate::properties::PropertiesOf;
use crate::text::{Bytes, Count, Thousands};
use crate::{
    Cause, CheckpointError, Completion, Finding, Outcome, PropertyKind, Statistics, Strength,
    Trace, Verdict,
};

/// Everything that was found out in one run: a [`Finding`] for each property, how the exploration
/// ended, and what it covered and cost.
///
/// It prints as text for people; schedules as tables of states, or, with
/// [`Checker::tell_schedules`](crate::Checker::tell_schedules), in other words. The model is borrowed only
/// for the wording of schedules.
#[must_use = "a report that nobody looks at decides nothing; call `.assert_holds()`, or print it"]
pub struct Report<'m, M: Model> {
    pub(crate) explored: Altered<'m, M>,
    pub(crate) findings: Vec<Finding<M::State, M::Action>>,
    pub(crate) completion: Completion,
    pub(crate) statistics: Statistics,
    pub(crate) description: Description,
    pub(crate) touched: Vec<Option<bool>>,
    pub(crate) not_saved: Option<CheckpointError>,
    pub(crate) asked: PropertiesOf<'m, M>,
    pub(crate) ways_back: Option<WaysBackFound>,
    pub(crate) read_back: Option<ReadBack<M>>,
    pub(crate) teller: Option<Box<SharedTeller<'m, M>>>,
}

/// The longest way back, by a schedule and steps from its end; and a schedule to where there is none.
pub(crate) type WaysBackFound = (Option<(Ordinals, Vec<u32>)>, Option<Ordinals>);

/// What a state's code gives back, if it has one.
pub(crate) type ReadBack<M> = fn(&M, &<M as Model>::State) -> Option<<M as Model>::State>;

impl<'m, M: Model> Report<'m, M> {
    /// What the model says of itself, with [`Checker::describe`](crate::Checker::describe).
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// For each bound of the description, whether it was reached; `None` if it was not, and not
    /// everything was explored.
    pub fn touched(&self) -> &[Option<bool>] {
        &self.touched
    }

    /// The conditions on runs that properties of runs rest on, by name.
    pub fn fairness(&self) -> Vec<(String, Strength)> {
        let conditions = self.asked.fairness.iter();
        let named = conditions.map(|condition| (condition.name.clone(), condition.strength));
        named.collect()
    }

    /// The model.
    pub fn model(&self) -> &'m M {
        self.explored.model()
    }

    /// What was found out about each property: the model's own first, then the added ones in order.
    pub fn findings(&self) -> &[Finding<M::State, M::Action>] {
        &self.findings
    }

    /// What was found out about the property with this name.
    pub fn finding(&self, name: &str) -> Option<&Finding<M::State, M::Action>> {
        self.findings.iter().find(|finding| finding.name == name)
    }

    /// How the exploration ended.
    pub fn completion(&self) -> &Completion {
        &self.completion
    }

    /// What the exploration covered and cost.
    pub fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    /// Why the last checkpoint could not be written, if it could not.
    pub fn checkpoint_error(&self) -> Option<&CheckpointError> {
        self.not_saved.as_ref()
    }

    /// All findings together: violated if one is, else undecided if one is or if there is none,
    /// else holds.
    pub fn outcome(&self) -> Outcome {
        let any = |outcome| {
            let mut verdicts = self.findings.iter().map(|f| f.verdict.outcome());
            verdicts.any(|verdict| verdict == outcome)
        };
        if any(Outcome::Violated) {
            Outcome::Violated
        } else if any(Outcome::Undecided) || self.findings.is_empty() {
            Outcome::Undecided
        } else {
            Outcome::Holds
        }
    }
}

impl<M: Model> Report<'_, M>
where
    M::State: Debug,
    M::Action: Clone + Debug,
{
    /// Passes if there is a property and every one holds, none of them vacuously.
    ///
    /// # Panics
    ///
    /// Otherwise, with the printed report: its schedules show what happened.
    #[track_caller]
    pub fn assert_holds(&self) {
        let vacuous = self.findings.iter().any(Finding::is_vacuous);
        match self.outcome() {
            Outcome::Holds if vacuous => panic!("holds vacuously\n{self}"),
            Outcome::Holds => {}
            outcome => panic!("{outcome}\n{self}"),
        }
    }

    /// Passes if the property is violated by a schedule, which it returns.
    ///
    /// # Panics
    ///
    /// If it is not, if no schedule can show it (an unreachable `sometimes`), or if there is no
    /// such property; with the printed report.
    #[track_caller]
    pub fn assert_violated(&self, name: &str) -> &Trace<M::State, M::Action> {
        match self.finding(name).map(|finding| &finding.verdict) {
            Some(Verdict::Violated {
                counterexample: Some(trace),
            }) => trace,
            Some(_) => panic!("`{name}` is not violated by a schedule\n{self}"),
            None => {
                let names: Vec<_> = self.findings.iter().map(|f| &f.name).collect();
                panic!("there is no property `{name}`, only {names:?}\n{self}")
            }
        }
    }
}

impl<M: Model> fmt::Debug for Report<'_, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdicts = self.findings.iter();
        let verdicts = verdicts.map(|finding| (&finding.name, finding.verdict.outcome()));
        f.debug_struct("Report")
            .field("verdicts", &verdicts.collect::<Vec<_>>())
            .field("completion", &self.completion)
            .field("statistics", &self.statistics)
            .finish_non_exhaustive()
    }
}

impl<M: Model> Report<'_, M>
where
    M::State: Debug,
    M::Action: Clone + Debug,
{
    pub(crate) fn write_finding(
        &self,
        f: &mut fmt::Formatter<'_>,
        finding: &FindingOf<M>,
        printed: &Printed<'_, '_, M>,
    ) -> fmt::Result {
        let name = printable(&finding.name);
        match &finding.verdict {
            Verdict::Holds { witness: None } => {
                let vacuously = if finding.is_vacuous() {
                    " vacuously"
                } else {
                    ""
                };
                write!(f, "holds{vacuously}: {name} (")?;
                match finding.triggered {
                    Some(0) if finding.kind == PropertyKind::AlwaysStep => {
                        f.write_str("there was no step")?;
                    }
                    Some(0) => f.write_str("what it is about was never the case")?,
                    Some(times) if finding.kind == PropertyKind::AlwaysStep => {
                        write!(f, "in every one of {}", Count(times, "step"))?;
                    }
                    Some(times) => write!(f, "triggered in {}", Count(times, "state"))?,
                    None => f.write_str(&self.extent(finding.kind))?,
                }
                if let Some(rest) = finding.may_rest {
                    write!(f, "{}", self.assumed(rest))?;
                }
                writeln!(f, ")")
            }
            Verdict::Holds {
                witness: Some(trace),
            } => {
                let steps = Count(trace.len() as u64, "step");
                writeln!(f, "holds: {name} (reached after {steps})")?;
                writeln!(f, "replay: {}", printed.replay(&trace.path()))
            }
            Verdict::Violated {
                counterexample: Some(trace),
            } => {
                let extent = extent(finding, trace.len());
                writeln!(f, "violated: {name} ({extent})")?;
                writeln!(f, "{}", printed.schedule(finding, trace))
            }
            Verdict::Violated {
                counterexample: None,
            } => writeln!(f, "violated: {name} ({})", self.extent_of_nothing()),
            // The last lines tell it once for all properties.
            Verdict::Undecided(Cause::Fault(fault)) if self.completion.fault() == Some(fault) => {
                writeln!(
                    f,
                    "undecided: {name} (a fault ended the exploration: see below)"
                )
            }
            Verdict::Undecided(cause) => {
                let cause = cause.to_string();
                writeln!(f, "undecided: {name} ({})", printable(&cause))
            }
        }
    }

    fn extent(&self, kind: PropertyKind) -> String {
        let place = match kind {
            PropertyKind::Recoverable => "from every reachable state",
            kind if kind.is_about_runs() => "on every run",
            _ => "in every reachable state",
        };
        match self.completion {
            Completion::Boundary { .. } => format!("{place} within the model's boundary"),
            _ => place.to_owned(),
        }
    }

    fn extent_of_nothing(&self) -> &'static str {
        match self.completion {
            Completion::Boundary { .. } => "in no reachable state within the model's boundary",
            _ => "in no reachable state",
        }
    }
}

impl<M: Model> Report<'_, M>
where
    M::State: Debug,
    M::Action: Clone + Debug,
{
    /// What was covered, in lines; the last one, which begins with `time:`, is the only one that
    /// differs between two runs.
    pub(crate) fn coverage(&self, printed: &Printed<'_, '_, M>) -> String {
        let statistics = &self.statistics;
        let mut lines = Vec::new();
        if let Some(fault) = self.completion.fault() {
            lines.push(format!("fault: {fault}"));
            if let Some(mut location) = self.location(fault) {
                location.replay = printed.replay(&location.replay);
                lines.extend(location.lines());
            }
        }
        lines.push(format!("explored: {}", self.extent_in_numbers()));
        if !statistics.actions.is_empty() {
            lines.push("actions fired:".to_owned());
            let fired = statistics.actions.iter().map(|action| {
                let times = match action.fired {
                    0 => "never".to_owned(),
                    times => Thousands(times).to_string(),
                };
                format!("{times:>14}  {}", action.name)
            });
            lines.extend(fired);
        }
        if statistics.up_to_symmetry {
            lines.push(
                "up to symmetry: a state stands for all its renamings, and schedules are shown in \
                 the model's own terms"
                    .to_owned(),
            );
        }
        lines.push(if statistics.exact {
            "exact: states were stored whole, as codes".to_owned()
        } else {
            format!(
                "a state was missed with probability at most {:.1e} (64-bit fingerprints, seed {})",
                statistics.collision_probability, statistics.seed
            )
        });
        let rest = match statistics.checked.is_all() {
            true => "",
            false => "; `Audit::ALL` checks all",
        };
        lines.push(format!("checked: {}{rest}", statistics.checked));
        if let Some(error) = &self.not_saved {
            lines.push(format!("warning: no checkpoint was written: {error}"));
        }
        let memory = statistics.peak_memory.map_or_else(String::new, |bytes| {
            format!(", peak memory {}", Bytes(bytes))
        });
        lines.push(format!(
            "time: {:.3} s, {} a second, {}{memory}",
            statistics.elapsed.as_secs_f64(),
            Count(statistics.states_per_second() as u64, "state"),
            Count(statistics.threads as u64, "thread"),
        ));
        // A panic's message may have several lines.
        let lines = lines.iter().flat_map(|text| text.lines());
        lines.map(printable).join("\n")
    }

    fn extent_in_numbers(&self) -> String {
        let statistics = &self.statistics;
        let numbers = format!(
            "{}, {}, depth {}",
            Count(statistics.states, "state"),
            Count(statistics.transitions, "transition"),
            Thousands(u64::from(statistics.depth)),
        );
        let complete = statistics.complete_depth.map_or_else(
            || "not even the initial states".to_owned(),
            |depth| format!("complete to depth {}", Thousands(u64::from(depth))),
        );
        match &self.completion {
            Completion::Exhausted => format!("complete, {numbers}"),
            Completion::Boundary { cut_states } => format!(
                "complete within the model's boundary, {numbers}; {} outside not entered",
                Count(*cut_states, "state")
            ),
            Completion::Settled { .. } => {
                format!("until every property was settled, {numbers} ({complete})")
            }
            Completion::Stopped(limit) => format!("{limit}: {complete}, {numbers}"),
            Completion::Faulted(_) => format!("{complete}, {numbers}"),
        }
    }
}
