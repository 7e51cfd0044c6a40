//! What comes after a schedule.

use std::fmt;
use std::hash::Hash;

use itertools::Itertools as _;
use planwright_model::{Depict, Model, Refusal, printable};
use serde::{Deserialize, Serialize};

use crate::liveness::following;
use crate::text::{Count, Thousands};
use crate::{Finding, How, Lasso, PropertyKind, Report, Rest, Strength, Trap};

/// What comes after a schedule and makes it a counterexample: steps that repeat for ever, a state in
/// which it may rest for ever, or a trap. It is plain data without the model's types, and prints as lines that each end.
///
/// ```
/// use planwright_checker::{Checker, Model};
/// use planwright_model::{Depict, Group, Item, Picture, Refusal};
///
/// /// A door that is pulled open, and shut for good.
/// struct Door;
///
/// impl Model for Door {
///     type State = &'static str;
///     type Action = &'static str;
///     fn init_states(&self) -> Vec<&'static str> {
///         vec!["ajar"]
///     }
///     fn actions(&self, state: &Self::State, actions: &mut Vec<&'static str>) {
///         match *state {
///             "locked" => actions.push("turn the handle"),
///             _ => actions.extend(["open", "lock"]),
///         }
///     }
///     fn next_state(&self, state: &Self::State, action: &'static str) -> Option<&'static str> {
///         Some(match action {
///             "open" => "wide open",
///             "lock" => "locked",
///             _ => *state,
///         })
///     }
/// }
/// # impl Depict for Door {
/// #     fn lanes(&self) -> Vec<String> { vec!["guest".to_owned()] }
/// #     fn actor(&self, _: &&'static str) -> String { "guest".to_owned() }
/// #     fn deed(&self, action: &&'static str) -> String { format!("does this: {action}") }
/// #     fn picture(&self, state: &&'static str) -> Picture {
/// #         Picture::from([Group::new("doors", [Item::new("door", *state)])])
/// #     }
/// #     fn refusals(&self, state: &&'static str) -> Vec<Refusal> {
/// #         let refusal = Refusal::new("guest", "opens the door", "nobody has the key");
/// #         Vec::from_iter((*state == "locked").then_some(refusal))
/// #     }
/// # }
///
/// let checker = Checker::new(&Door).recoverable("it can be opened", |state| *state == "wide open");
/// let report = checker.run();
/// let aftermath = report.findings()[0].aftermath(&Door).expect("there is a trap");
/// let trap = aftermath.trap.as_ref().expect("there is a trap");
/// assert_eq!((trap.states, trap.terminal), (1, 1)); // what changes nothing does not count
/// assert_eq!(aftermath.refusals[0].reason, "nobody has the key");
/// assert!(aftermath.to_string().contains("guest opens the door: nobody has the key\n"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Aftermath {
    /// How many steps the schedule has.
    pub steps: usize,
    /// How it goes on for ever, if it does.
    pub lasso: Option<Lasso>,
    /// What can follow, if it leads into a trap; actions in words.
    pub trap: Option<Trap<String>>,
    /// What cannot happen at the end, and why: what the model [refuses](Depict::refusals) there or, after a
    /// trap, in a state that can follow, unless the same happens in another. At most
    /// [`MOST_REFUSALS`](Self::MOST_REFUSALS), and none of a schedule whose steps repeat.
    pub refusals: Vec<Refusal>,
}

impl Aftermath {
    /// The most refusals that are kept: those met first in a search from the end of the schedule.
    pub const MOST_REFUSALS: usize = 8;

    /// What can be told of any model.
    pub(crate) fn of<S, A>(
        finding: &Finding<S, A>,
        tell: impl FnMut(&A) -> String,
    ) -> Option<Self> {
        let trace = finding.verdict.trace()?;
        let is_dead = finding.kind == PropertyKind::NoDeadlock && finding.is_violated();
        (is_dead || finding.lasso.is_some() || finding.trap.is_some()).then(|| Self {
            steps: trace.len(),
            lasso: finding.lasso.clone(),
            trap: finding.trap.as_ref().map(|trap| trap.told(tell)),
            refusals: Vec::new(),
        })
    }

    /// The number of steps before those that repeat for ever, if some do.
    pub fn cycle_start(&self) -> Option<usize> {
        let start = self.lasso.as_ref().map(|lasso| lasso.cycle_start);
        start.filter(|start| *start < self.steps)
    }

    /// The length of the schedule in words: "after 2 steps, 3 steps that can repeat for ever".
    pub fn extent(&self) -> String {
        let steps = |count: usize| Count(count as u64, "step");
        match (self.cycle_start(), &self.lasso, &self.trap) {
            (Some(start), _, _) => format!(
                "after {}, {} that can repeat for ever",
                steps(start),
                steps(self.steps - start)
            ),
            (_, Some(_), _) => format!("after {} it may rest for ever", steps(self.steps)),
            (_, _, Some(_)) => format!("shortest schedule into a trap: {}", steps(self.steps)),
            (None, None, None) => shortest(self.steps),
        }
    }
}

/// The length of the schedule of a violation, in words that say what comes after it.
pub(crate) fn extent<S, A>(finding: &Finding<S, A>, length: usize) -> String {
    match Aftermath::of(finding, |_| String::new()) {
        Some(aftermath) => aftermath.extent(),
        None => shortest(length),
    }
}

fn shortest(length: usize) -> String {
    format!("shortest schedule: {}", Count(length as u64, "step"))
}

impl<S, A> Finding<S, A> {
    /// What comes after the schedule; `None` if that is not what the finding is about.
    ///
    /// Looks at no more than 1,000 states.
    pub fn aftermath<M>(&self, model: &M) -> Option<Aftermath>
    where
        M: Depict<State = S, Action = A>,
        S: Clone + Hash + PartialEq,
        A: Clone,
    {
        let tell = |action: &A| format!("{} {}", model.actor(action), model.deed(action));
        let mut aftermath = Aftermath::of(self, tell)?;
        if aftermath.cycle_start().is_none() {
            let end = self.verdict.trace()?.last_state();
            aftermath.refusals = match self.trap {
                Some(_) => refusals(model, &following(model, end)),
                // The run stays in this state, whatever follows it.
                None => refusals(model, std::slice::from_ref(end)),
            };
        }
        Some(aftermath)
    }
}

/// What is refused in some of these states, and happens in none of them.
fn refusals<M>(model: &M, states: &[M::State]) -> Vec<Refusal>
where
    M: Depict<State: PartialEq, Action: Clone>,
{
    let steps = states.iter().flat_map(|state| {
        let steps = model.next_steps(state).into_iter();
        steps.filter(move |(_, next)| next != state)
    });
    let taken = steps.map(|(action, _)| (model.actor(&action), model.deed(&action)));
    let taken: Vec<_> = taken.unique().collect();
    let refused = states.iter().flat_map(|state| model.refusals(state));
    let happens = |refusal: &Refusal| {
        let mut taken = taken.iter();
        taken.any(|(actor, deed)| *actor == refusal.actor && *deed == refusal.deed)
    };
    let refused = refused.filter(|refusal| !happens(refusal));
    let refused = refused.unique_by(|refusal| {
        let Refusal {
            actor,
            deed,
            reason,
        } = refusal.clone();
        (actor, deed, reason)
    });
    refused.take(Aftermath::MOST_REFUSALS).collect()
}

impl fmt::Display for Aftermath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(lasso) = &self.lasso {
            self.write_lasso(f, lasso)?;
        }
        if let Some(trap) = &self.trap {
            write_trap(f, trap)?;
        }
        if !self.refusals.is_empty() {
            writeln!(
                f,
                "refused there{}:",
                or_more(self.refusals.len(), Self::MOST_REFUSALS)
            )?;
            for Refusal {
                actor,
                deed,
                reason,
            } in &self.refusals
            {
                let line = format!("{actor} {deed}: {reason}");
                writeln!(f, "     {}", printable(&line))?;
            }
        }
        if let Some(trap) = &self.trap {
            let (trapped, orbits) = (Count(trap.trapped, "state"), orbits(trap));
            writeln!(
                f,
                "in all, {trapped} of the model{orbits} cannot be recovered from"
            )?;
        }
        Ok(())
    }
}

impl Aftermath {
    /// How it goes on for ever, and how that meets the fairness conditions, one in a line.
    fn write_lasso(&self, f: &mut fmt::Formatter<'_>, lasso: &Lasso) -> fmt::Result {
        if let Some(rest) = lasso.rests {
            writeln!(f, "here it may rest for ever: {}", rest.reason())?;
            if rest == Rest::Anywhere {
                writeln!(f, "{DECLARE}")?;
            }
            return Ok(());
        }
        let (first, last) = (lasso.cycle_start + 1, self.steps);
        match first == last {
            true => writeln!(f, "step {last} repeats for ever")?,
            false => writeln!(f, "steps {first} to {last} repeat for ever")?,
        }
        for met in &lasso.fairness {
            let condition = printable(&met.condition);
            match met.how {
                How::Taken(step) => writeln!(f, "fair: {condition} takes step {step}")?,
                How::Disabled(0) => writeln!(f, "fair: {condition} can do nothing at the start")?,
                How::Disabled(step) => {
                    writeln!(f, "fair: {condition} can do nothing after step {step}")?;
                }
                How::NeverEnabled => {
                    writeln!(f, "fair: {condition} can do nothing from then on")?;
                }
                How::GoesOn => {
                    writeln!(
                        f,
                        "fair: {condition} need not act while something else happens"
                    )?;
                }
            }
        }
        Ok(())
    }
}

/// What to do about a violation that rests on nothing being obliged.
const DECLARE: &str = "to say who must act, declare it: `progress`, `weakly_fair` or `strongly_fair`; \
                       `progress_of_all` if everyone must";

/// What a trap looks like, in a few lines.
fn write_trap(f: &mut fmt::Formatter<'_>, trap: &Trap<String>) -> fmt::Result {
    let (states, orbits) = (Count(trap.states, "state"), orbits(trap));
    match trap.states {
        1 => write!(f, "trap: {states}{orbits} can follow, and it is not good")?,
        _ => write!(f, "trap: {states}{orbits} can follow, none of them good")?,
    }
    match trap.terminal {
        0 => writeln!(f, "; it never stops")?,
        terminal if terminal == trap.states => writeln!(f, "; nothing can happen any more")?,
        terminal => writeln!(f, "; in {} of them nothing can happen", Thousands(terminal))?,
    }
    if !trap.running.is_empty() {
        let more = or_more(trap.running.len(), Trap::<String>::MOST_RUNNING);
        writeln!(f, "still running there{more}:")?;
        for step in &trap.running {
            writeln!(f, "     {}", printable(step))?;
        }
    }
    Ok(())
}

fn orbits(trap: &Trap<String>) -> &'static str {
    match trap.up_to_symmetry {
        true => " (up to symmetry)",
        false => "",
    }
}

/// What stands before a list that may be cut off.
fn or_more(count: usize, most: usize) -> &'static str {
    match count < most {
        true => "",
        false => ", for example",
    }
}

impl<M: Model> Report<'_, M> {
    /// What a property of runs assumes, after its extent.
    pub(crate) fn assumed(&self, rest: Rest) -> String {
        let of = |wanted: Strength| {
            let conditions = self.fairness().into_iter();
            let mut names = conditions.filter(|(_, strength)| *strength == wanted);
            let names = names
                .by_ref()
                .map(|(name, _)| printable(&name).into_owned())
                .join(", ");
            (!names.is_empty()).then(|| format!("{wanted}: {names}"))
        };
        let strengths = [Strength::Progress, Strength::Weak, Strength::Strong];
        let goes_on = (rest == Rest::WhereNothingCanHappen).then(|| rest.to_string());
        let assumed = strengths.into_iter().filter_map(of);
        match goes_on.into_iter().chain(assumed).join("; ") {
            nothing if nothing.is_empty() => ", wherever it stops".to_owned(),
            assumed => format!(", assuming {assumed}"),
        }
    }
}
