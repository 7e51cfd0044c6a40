//! The claim card: a verdict with all that it rests on.

use std::fmt::{self, Debug};

use planwright_model::{Model, STATERIGHT_VERSION, printable};
use serde::{Deserialize, Serialize};

use crate::text::Count;
use crate::{
    ActionCount, Answer, Checked, FaultLocation, Finding, PropertyKind, Report, Rest, Strength,
};

/// A verdict with all that it rests on, as data; it prints as a card.
///
/// Two runs that found the same make equal claims.
///
/// ```
/// use planwright_checker::{Checker, Model};
///
/// struct Counter;
///
/// impl Model for Counter {
///     type State = u8;
///     type Action = ();
///     fn init_states(&self) -> Vec<u8> {
///         vec![0]
///     }
///     fn actions(&self, _: &u8, actions: &mut Vec<()>) {
///         actions.push(());
///     }
///     fn next_state(&self, state: &u8, _: ()) -> Option<u8> {
///         (*state < 3).then_some(state + 1)
///     }
/// }
///
/// let checker = Checker::new(&Counter).always("at most 3", |state| *state <= 3);
/// let report = checker.configuration("counter", [("step".into(), "1".into())]).run();
/// let [claim] = &report.claims()[..] else { panic!("one property") };
/// assert!(claim.complete);
/// assert!(claim.to_string().starts_with("holds: at most 3\n"));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Claim {
    /// The property's name.
    pub property: String,
    /// What it claims.
    pub kind: PropertyKind,
    /// What was found out.
    #[serde(flatten)]
    pub answer: Answer,
    /// Where it shows, if that is a fault of the model.
    pub fault: Option<FaultLocation>,
    /// What the model is called; empty if it was not told.
    pub model: String,
    /// Its size and switches.
    pub parameters: Vec<(String, String)>,
    /// What was made finite, and whether that was noticed.
    pub bounds: Vec<BoundClaim>,
    /// What is taken for granted.
    pub assumptions: Vec<String>,
    /// The conditions on runs that the verdict rests on; none if the property is not about runs.
    pub fairness: Vec<(String, Strength)>,
    /// Where runs may stop; nothing if the property is not about runs.
    pub may_rest: Option<Rest>,
    /// Whether every reachable state was explored, within the model's boundary if it has one.
    pub complete: bool,
    /// How the exploration ended, in words.
    pub completion: String,
    /// Distinct states.
    pub states: u64,
    /// Steps taken.
    pub transitions: u64,
    /// The longest of the shortest schedules.
    pub depth: u32,
    /// How often each class of actions fired.
    pub actions: Vec<ActionCount>,
    /// How often the property had something to say, for kinds of properties where that is counted.
    pub triggered: Option<u64>,
    /// Whether it holds only because it never had.
    pub vacuous: bool,
    /// Whether one state of each orbit stands for all.
    pub up_to_symmetry: bool,
    /// Whether states were stored whole.
    pub exact: bool,
    /// The probability that a state was missed.
    pub collision_probability: f64,
    /// How much of what the verdict rests on was checked.
    pub checked: Checked,
    /// Where the counterexample's cycle begins, if it has one.
    pub cycle_start: Option<u64>,
    /// Why the counterexample may stop at its end for ever, if it does.
    pub rests: Option<Rest>,
    /// What was used.
    pub versions: Versions,
}

/// A bound in a [`Claim`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BoundClaim {
    /// What was bounded.
    pub name: String,
    /// At how many.
    pub value: String,
    /// Whether some state came to it, so that a larger bound allows more; `None` if none did, and not
    /// everything was explored.
    pub touched: Option<bool>,
}

/// The versions behind a [`Claim`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Versions {
    /// This checker's.
    pub planwright: String,
    /// Stateright's, of which models are made.
    pub stateright: String,
    /// The compiler's.
    pub compiler: String,
}

impl Versions {
    fn here() -> Self {
        Self {
            planwright: env!("CARGO_PKG_VERSION").to_owned(),
            stateright: STATERIGHT_VERSION.to_owned(),
            compiler: env!("PLANWRIGHT_TOOLCHAIN").to_owned(),
        }
    }
}

impl<M: Model> Report<'_, M>
where
    M::State: Debug,
    M::Action: Clone + Debug,
{
    /// A claim for each property.
    pub fn claims(&self) -> Vec<Claim> {
        self.findings()
            .iter()
            .map(|finding| self.claim(finding))
            .collect()
    }

    fn claim(&self, finding: &Finding<M::State, M::Action>) -> Claim {
        let (statistics, description) = (self.statistics(), self.description());
        let bounds = description.bounds.iter().zip(self.touched());
        Claim {
            property: finding.name.clone(),
            kind: finding.kind,
            answer: finding.answer(),
            fault: self.location_of(&finding.verdict),
            model: description.name.clone(),
            parameters: description.parameters.clone(),
            bounds: bounds
                .map(|((name, value), touched)| BoundClaim {
                    name: name.clone(),
                    value: value.clone(),
                    touched: *touched,
                })
                .collect(),
            assumptions: description.assumptions.clone(),
            fairness: match finding.kind.is_about_runs() {
                true => self.fairness(),
                false => Vec::new(),
            },
            may_rest: finding.may_rest,
            complete: self.completion().is_complete(),
            completion: self.completion().to_string(),
            states: statistics.states,
            transitions: statistics.transitions,
            depth: statistics.depth,
            actions: statistics.actions.clone(),
            triggered: finding.triggered,
            vacuous: finding.is_vacuous(),
            up_to_symmetry: statistics.up_to_symmetry,
            exact: statistics.exact,
            collision_probability: statistics.collision_probability,
            checked: statistics.checked,
            cycle_start: (finding.lasso.as_ref())
                .filter(|lasso| lasso.rests.is_none())
                .map(|lasso| lasso.cycle_start as u64),
            rests: finding.lasso.as_ref().and_then(|lasso| lasso.rests),
            versions: Versions::here(),
        }
    }
}

impl Claim {
    /// The card's lines: what they are about, and what they say.
    fn lines(&self) -> Vec<(&'static str, String)> {
        let pairs = |pairs: &[(String, String)]| {
            let pairs = pairs.iter().map(|(name, value)| format!("{name} {value}"));
            pairs.collect::<Vec<_>>().join(", ")
        };
        let mut lines = vec![("kind", self.kind.to_string())];
        lines.extend(
            self.answer
                .cause
                .iter()
                .map(|cause| ("because", cause.clone())),
        );
        let places = self.fault.iter().flat_map(FaultLocation::lines);
        lines.extend(places.map(|line| ("where", line)));
        if self.vacuous {
            lines.push(("vacuous", "what it is about was never the case".to_owned()));
        } else if let Some(times) = self.triggered {
            lines.push(("put to the test", Count(times, "time").to_string()));
        }
        lines.push(("model", self.model.clone()));
        lines.push(("parameters", pairs(&self.parameters)));
        for bound in &self.bounds {
            let touched = match bound.touched {
                Some(true) => "reached: a larger bound allows more",
                Some(false) => "never reached: a larger bound changes nothing",
                None => "not reached so far",
            };
            lines.push((
                "bound",
                format!("{} {} ({touched})", bound.name, bound.value),
            ));
        }
        let covered = format!(
            "{} ({}, {}, depth {})",
            self.completion,
            Count(self.states, "state"),
            Count(self.transitions, "transition"),
            self.depth
        );
        lines.push(("explored", covered));
        lines.extend(self.assumptions.iter().map(|a| ("assuming", a.clone())));
        lines.extend(self.may_rest.map(|rest| ("assuming", rest.to_string())));
        let fair = self.fairness.iter().map(|(name, strength)| match strength {
            Strength::Progress => format!("progress of {name}"),
            Strength::Weak | Strength::Strong => format!("{name} is {strength}"),
        });
        lines.extend(fair.map(|assumed| ("assuming", assumed)));
        for action in &self.actions {
            let fired = match action.fired {
                0 => format!("never: {}", action.name),
                times => format!("{}: {}", Count(times, "time"), action.name),
            };
            lines.push(("fired", fired));
        }
        if self.up_to_symmetry {
            lines.push((
                "symmetry",
                "one state stands for all its renamings".to_owned(),
            ));
        }
        lines.push((
            "states missed",
            match self.exact {
                true => "none: they were stored whole".to_owned(),
                false => format!(
                    "with probability at most {:.1e}",
                    self.collision_probability
                ),
            },
        ));
        lines.push(("checked", self.checked.to_string()));
        if let (Some(steps), Some(path)) = (self.answer.steps, &self.answer.replay) {
            let cycle = self.cycle_start;
            let cycle = match (self.rests, cycle) {
                (Some(_), _) => ", then it rests for ever".to_owned(),
                (None, Some(start)) => format!(", a cycle from step {start} on"),
                (None, None) => String::new(),
            };
            lines.push(("schedule", format!("{}{cycle}", Count(steps, "step"))));
            lines.push(("replay", path.clone()));
        }
        let Versions {
            planwright,
            stateright,
            compiler,
        } = &self.versions;
        let versions = format!("planwright {planwright}, stateright {stateright}, {compiler}");
        lines.push(("versions", versions));
        lines
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {}", self.answer.outcome, printable(&self.property))?;
        let mut last = "";
        for (about, text) in self.lines() {
            if text.is_empty() {
                continue;
            }
            let about_once = if about == last { "" } else { about };
            writeln!(f, "  {about_once:<15}  {}", printable(&text))?;
            last = about;
        }
        Ok(())
    }
}
