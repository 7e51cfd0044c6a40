//! What is checked of a protocol.

use clap::Args;
use planwright_checker::Checker;

use crate::family::Family;

/// Which properties to check.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Properties")]
pub(super) struct ClaimOptions {
    /// Only what single states and steps can show, in a third of the memory: leave out what stays
    /// possible, and what comes about if everyone goes on working
    #[arg(long, conflicts_with = "fairness")]
    safety: bool,

    /// Also check what comes about if processes are fair in this way; `variants` lists the ways
    #[arg(long, value_name = "HOW")]
    fairness: Option<String>,
}

/// What is checked: a way to be fair is one that the family names.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Claims {
    pub(crate) safety: bool,
    pub(crate) fairness: Option<&'static str>,
}

impl ClaimOptions {
    /// # Errors
    ///
    /// If the family has no such way to be fair; the message lists those that it has.
    pub(crate) fn claims<F: Family>(&self) -> Result<Claims, String> {
        let ways = F::fairness();
        let way = |asked: &String| {
            let known: Vec<_> = ways.iter().map(|(name, _)| *name).collect();
            let found = known.iter().find(|name| *name == asked);
            found.copied().ok_or_else(|| match known.is_empty() {
                true => format!(
                    "--fairness: the properties of {} leave no choice of it; leave this option out",
                    F::PACKAGE
                ),
                false => format!(
                    "--fairness: there is no `{asked}`; choose one of {}",
                    known.join(", ")
                ),
            })
        };
        Ok(Claims {
            safety: self.safety,
            fairness: self.fairness.as_ref().map(way).transpose()?,
        })
    }
}

impl Claims {
    /// A checker of them.
    pub(crate) fn checker<F: Family>(self, model: &F::Model) -> Checker<'_, F::Model> {
        let checker = match self.fairness {
            None => F::checker(model),
            Some(way) => F::fair_checker(model, way),
        };
        match self.safety {
            true => checker.without_temporal_properties(),
            false => checker,
        }
    }
}
