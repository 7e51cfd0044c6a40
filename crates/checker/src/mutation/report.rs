//! What all mutants together say about the properties.

use planwright_model::Model;
use serde::{Deserialize, Serialize};

use super::{Mutant, Standing};
use crate::{Outcome, Report, Summary};

/// Which changes to a model its properties notice, and which they do not.
///
/// A property notices a mutant if it holds of the unmutated model and is violated by the mutant:
/// the mutant is killed. A mutant that no property notices shows that the set of properties is too
/// weak to tell the model from a faulty one; a property that notices no mutant is suspect. Neither
/// is a verdict on the model. (Mutation testing is due to DeMillo, Lipton and Sayward, "Hints on
/// Test Data Selection", 1978.)
///
/// What was cut short by a limit or an interruption is undecided: neither killed nor survived.
///
/// ```
/// use std::borrow::Cow;
/// use planwright_checker::{Checker, Fate, Model, MutationReport, action_class_mutants};
/// use planwright_model::ActionClasses;
///
/// /// A lamp that can be switched.
/// struct Lamp;
///
/// impl Model for Lamp {
///     type State = bool;
///     type Action = bool;
///     fn init_states(&self) -> Vec<bool> {
///         vec![false]
///     }
///     fn actions(&self, _: &bool, actions: &mut Vec<bool>) {
///         actions.extend([true, false]);
///     }
///     fn next_state(&self, lit: &bool, on: bool) -> Option<bool> {
///         (*lit != on).then_some(on)
///     }
/// }
///
/// impl ActionClasses for Lamp {
///     fn action_classes(&self) -> Vec<Cow<'static, str>> {
///         vec!["switch off".into(), "switch on".into()]
///     }
///     fn action_class(&self, on: &bool) -> usize {
///         usize::from(*on)
///     }
/// }
///
/// let check = || Checker::new(&Lamp).sometimes("lit", |lit| *lit);
/// let mut report = MutationReport::of(&check().exhaustive().run());
/// for (mutant, class) in action_class_mutants(&Lamp) {
///     report.test(mutant, &Lamp, || check().without_class(class));
/// }
/// let [off, on] = report.results() else { panic!("two classes") };
/// assert_eq!(on.fate, Fate::Killed { by: vec!["lit".into()] });
/// assert_eq!(off.fate, Fate::Survived);
/// assert!(report.to_string().contains("too weak"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MutationReport {
    /// What the unmutated model's exploration said.
    baseline: Vec<Standing>,
    complete: bool,
    states: u64,
    transitions: u64,
    up_to_symmetry: bool,
    results: Vec<MutantResult>,
    not_mutated: Vec<String>,
}

/// What came of one mutant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MutantResult {
    /// What it changes.
    pub mutant: Mutant,
    /// Whether a property noticed.
    pub fate: Fate,
    /// The properties that the unmutated model violates and the mutant has.
    pub mended: Vec<String>,
    /// Distinct states that were found; as many as it took to settle every property.
    pub states: u64,
    /// Steps that were taken.
    pub transitions: u64,
    /// Whether every reachable state was explored.
    pub complete: bool,
}

/// Whether a property noticed a mutant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Fate {
    /// These properties hold of the unmutated model and are violated by the mutant.
    Killed {
        /// Their names.
        by: Vec<String>,
    },
    /// No property noticed, although some reachable step is another.
    Survived,
    /// No property noticed, and none could: every reachable step is as in the unmutated model.
    /// As sure as the verdicts of the exploration; equal numbers of states would only be a hint.
    Redundant,
    /// Every property is violated by the unmutated model, so that none could notice.
    Unjudged,
    /// It was not explored to the end, and until then no property noticed; or a property is undecided
    /// in the unmutated model, and may be one that notices.
    Undecided {
        /// Why not.
        why: String,
    },
}

impl MutationReport {
    /// A report on no mutant yet, given the report on the unmutated model. Let that run be
    /// [`exhaustive`](crate::Checker::exhaustive), since mutants are compared with it.
    pub fn of<M: Model>(baseline: &Report<'_, M>) -> Self {
        Self::of_summary(&baseline.summary_without_places())
    }

    /// The same, from a report as plain data.
    pub fn of_summary(baseline: &Summary) -> Self {
        Self {
            baseline: baseline.findings.iter().map(Standing::of).collect(),
            complete: baseline.complete,
            states: baseline.states,
            transitions: baseline.transitions,
            up_to_symmetry: baseline.up_to_symmetry,
            results: Vec::new(),
            not_mutated: Vec::new(),
        }
    }

    /// Adds a mutant whose exploration came to `summary`. `same_steps` is whether every reachable
    /// step is known to be as in the unmutated model; [`test`](Self::test) finds that out, for all
    /// others it is `false`.
    ///
    /// A property that `summary` does not tell of, or of another kind, is undecided. So is a mutant that is said
    /// to change no step, but has other numbers of states or steps than the unmutated model: then this is the
    /// report on another model.
    pub fn add(&mut self, mutant: Mutant, summary: &Summary, same_steps: bool) -> &MutantResult {
        self.insert(mutant, summary, same_steps)
    }

    pub(super) fn insert(
        &mut self,
        mutant: Mutant,
        summary: &Summary,
        same_steps: bool,
    ) -> &mut MutantResult {
        let (mut by, mut open, mut mended) = (Vec::new(), None, Vec::new());
        for standing in &mut self.baseline {
            let mut findings = summary.findings.iter();
            let finding = findings.find(|f| (&f.name, f.kind) == (&standing.name, standing.kind));
            let outcome = finding.map_or(Outcome::Undecided, |finding| finding.answer.outcome);
            match (standing.outcome, outcome) {
                (Outcome::Undecided, _) => {
                    let name = &standing.name;
                    open = Some(format!("so is the unmutated model: {name}"));
                }
                (Outcome::Holds, Outcome::Violated) => by.push(standing.name.clone()),
                (Outcome::Violated, Outcome::Holds) => mended.push(standing.name.clone()),
                (Outcome::Holds, Outcome::Undecided) => {
                    let cause = finding.and_then(|finding| finding.answer.cause.clone());
                    open = Some(cause.unwrap_or_else(|| "a property was not checked".to_owned()));
                }
                _ => {}
            }
            standing.count(outcome, same_steps);
        }
        let fate = match open {
            _ if same_steps && self.is_of_another_model(summary) => Fate::Undecided {
                why: format!(
                    "no step is another, but the unmutated model had {} states and {} steps: it was \
                     another model",
                    self.states, self.transitions
                ),
            },
            _ if !by.is_empty() => Fate::Killed { by },
            _ if same_steps => Fate::Redundant,
            Some(why) => Fate::Undecided { why },
            None if self.judges().next().is_none() => Fate::Unjudged,
            None => Fate::Survived,
        };
        self.push(MutantResult {
            mutant,
            fate,
            mended,
            states: summary.states,
            transitions: summary.transitions,
            complete: summary.complete,
        })
    }

    /// Whether an exploration of what the unmutated model does went elsewhere.
    fn is_of_another_model(&self, same: &Summary) -> bool {
        let comparable =
            self.complete && same.complete && self.up_to_symmetry == same.up_to_symmetry;
        comparable && (self.states, self.transitions) != (same.states, same.transitions)
    }

    /// Adds a mutant that was not explored at all.
    pub fn add_unexplored(&mut self, mutant: Mutant, why: impl Into<String>) -> &MutantResult {
        for standing in &mut self.baseline {
            standing.count(Outcome::Undecided, false);
        }
        self.push(MutantResult {
            mutant,
            fate: Fate::Undecided { why: why.into() },
            mended: Vec::new(),
            states: 0,
            transitions: 0,
            complete: false,
        })
    }

    fn push(&mut self, result: MutantResult) -> &mut MutantResult {
        self.results.push(result);
        let last = self.results.len() - 1;
        &mut self.results[last]
    }

    /// Adds something that could not be mutated, so that the report names it.
    pub fn add_not_mutated(&mut self, what: impl Into<String>) {
        self.not_mutated.push(what.into());
    }

    /// What came of each mutant, in the order in which they were added.
    pub fn results(&self) -> &[MutantResult] {
        &self.results
    }

    /// Each property, with what the mutants say of it.
    pub fn properties(&self) -> &[Standing] {
        &self.baseline
    }

    /// What could not be mutated.
    pub fn not_mutated(&self) -> &[String] {
        &self.not_mutated
    }

    /// Whether every reachable state of the unmutated model was explored. Where mutants are found by
    /// exploring, some may be missing otherwise.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// Distinct states of the unmutated model.
    pub fn states(&self) -> u64 {
        self.states
    }

    /// Steps of the unmutated model.
    pub fn transitions(&self) -> u64 {
        self.transitions
    }

    /// The properties that can notice something: those that hold of the unmutated model.
    pub(super) fn judges(&self) -> impl Iterator<Item = &Standing> {
        let holds = |standing: &&Standing| standing.outcome == Outcome::Holds;
        self.baseline.iter().filter(holds)
    }

    /// The mutants that take something away and that no property notices, though some reachable
    /// step is another: for each of them the set of properties is too weak.
    pub fn survivors(&self) -> impl Iterator<Item = &MutantResult> {
        let survived = |result: &&MutantResult| result.fate == Fate::Survived;
        self.results
            .iter()
            .filter(survived)
            .filter(|r| !r.mutant.added)
    }

    /// The mutants that change no reachable step: what they take away does nothing.
    pub fn redundant(&self) -> impl Iterator<Item = &MutantResult> {
        let redundant = |result: &&MutantResult| result.fate == Fate::Redundant;
        self.results
            .iter()
            .filter(redundant)
            .filter(|r| !r.mutant.added)
    }

    /// The mutants of which it is not known whether a property notices them.
    pub fn undecided(&self) -> impl Iterator<Item = &MutantResult> {
        let undecided = |result: &&MutantResult| matches!(result.fate, Fate::Undecided { .. });
        self.results.iter().filter(undecided)
    }

    /// The properties that hold of the unmutated model and that no mutant makes fail.
    pub fn suspects(&self) -> impl Iterator<Item = &Standing> {
        self.baseline
            .iter()
            .filter(|standing| standing.is_suspect())
    }
}
