//! What comes after the schedule of a violation, in words.

use std::fmt::{self, Debug, Display};

use itertools::Itertools as _;
use planwright_model::Model;

use crate::text::{Count, Thousands};
use crate::{Finding, How, Lasso, Report, Strength, Trace, Trap};

impl<M: Model> Report<'_, M>
where
    M::State: Debug,
    M::Action: Clone + Debug,
{
    pub(crate) fn write_violation(
        &self,
        f: &mut fmt::Formatter<'_>,
        finding: &Finding<M::State, M::Action>,
        trace: &Trace<M::State, M::Action>,
        timeline: &str,
    ) -> fmt::Result {
        let name = &finding.name;
        let steps = |count: usize| Count(count as u64, "step");
        match (&finding.lasso, &finding.trap) {
            (Some(lasso), _) => {
                let start = lasso.cycle_start;
                let cycle = trace.len() - start;
                if cycle == 0 {
                    let before = steps(start);
                    writeln!(
                        f,
                        "violated: {name} (after {before} nothing can change any more)"
                    )?;
                    writeln!(f, "{timeline}")
                } else {
                    writeln!(
                        f,
                        "violated: {name} (after {}, {} that can repeat for ever)",
                        steps(start),
                        steps(cycle)
                    )?;
                    writeln!(f, "{timeline}")?;
                    writeln!(
                        f,
                        "the steps marked | repeat for ever, from step {}",
                        start + 1
                    )?;
                    write!(f, "{}", Fair(lasso))
                }
            }
            (None, Some(trap)) => {
                let length = steps(trace.len());
                writeln!(
                    f,
                    "violated: {name} (shortest schedule into a trap: {length})"
                )?;
                writeln!(f, "{timeline}")?;
                self.write_trap(f, trap)
            }
            (None, None) => {
                let length = steps(trace.len());
                writeln!(f, "violated: {name} (shortest schedule: {length})")?;
                writeln!(f, "{timeline}")
            }
        }
    }

    /// What a trap looks like, in a few lines.
    fn write_trap(&self, f: &mut fmt::Formatter<'_>, trap: &Trap<M::Action>) -> fmt::Result {
        let states = Count(trap.states, "state");
        let orbits = match self.statistics().up_to_symmetry {
            true => " (up to symmetry)",
            false => "",
        };
        write!(f, "trap: {states}{orbits} can follow, none of them good")?;
        match trap.terminal {
            0 => writeln!(f, "; it never stops")?,
            terminal if terminal == trap.states => writeln!(f, "; nothing can happen any more")?,
            terminal => writeln!(f, "; in {} of them nothing can happen", Thousands(terminal))?,
        }
        if !trap.running.is_empty() {
            let more = match trap.running.len() {
                Trap::<M::Action>::MOST_RUNNING => ", for example",
                _ => "",
            };
            writeln!(f, "what still runs there{more}:")?;
            for action in &trap.running {
                writeln!(f, "     {}", self.model().format_action(action))?;
            }
        }
        let trapped = Count(trap.trapped, "state");
        writeln!(
            f,
            "in all, {trapped} of the model{orbits} cannot be recovered from"
        )
    }

    /// What properties of runs assume, after their extent.
    pub(crate) fn assumed(&self) -> impl Display {
        let of = |wanted: Strength| {
            let conditions = self.fairness().iter();
            let mut names = conditions.filter(|(_, strength)| *strength == wanted);
            let names = names.by_ref().map(|(name, _)| name).join(", ");
            (!names.is_empty()).then(|| format!("{wanted}: {names}"))
        };
        let strengths = [of(Strength::Weak), of(Strength::Strong)];
        match strengths.into_iter().flatten().join("; ") {
            none if none.is_empty() => ", without fairness".to_owned(),
            assumed => format!(", assuming {assumed}"),
        }
    }
}

/// How a lasso meets the fairness conditions, one in a line.
struct Fair<'a>(&'a Lasso);

impl Display for Fair<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for met in &self.0.fairness {
            let condition = &met.condition;
            match met.how {
                How::Taken(step) => writeln!(f, "fair: {condition} takes step {step}")?,
                How::Disabled(0) => writeln!(f, "fair: {condition} can do nothing at the start")?,
                How::Disabled(step) => {
                    writeln!(f, "fair: {condition} can do nothing after step {step}")?;
                }
                How::NeverEnabled => {
                    writeln!(f, "fair: {condition} can do nothing from then on")?;
                }
            }
        }
        Ok(())
    }
}
