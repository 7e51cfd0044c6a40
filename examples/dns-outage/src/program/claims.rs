//! Which properties to check.

use clap::{Args, ValueEnum};
use planwright_checker::{Checker, Model};

use crate::{
    DnsAction, DnsState, DnsSystem, EnactorFairness, FairnessCondition, with_convergence,
    with_recovery,
};

/// What to check besides the two safety properties.
#[derive(Args, Clone, Copy, Debug)]
#[command(next_help_heading = "Properties")]
pub(crate) struct ClaimOptions {
    /// Only what single states and steps can show, in a third of the memory: leave out that the newest
    /// plan stays possible, and that enactors come to rest only with it
    #[arg(long, conflicts_with = "fairness")]
    safety: bool,

    /// Also check that the newest plan gets everywhere if the planner pauses, provided that enactors
    /// are fair in this way
    #[arg(long, value_name = "HOW")]
    fairness: Option<FairnessName>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FairnessName {
    /// Each enactor that can always do something does something
    Weak,
    /// Each enactor that can again and again do something does something again and again
    Strong,
    /// Weak, and each commits some time what it could commit again and again: it does not give up for
    /// ever
    Commits,
}

impl FairnessName {
    pub(crate) fn fairness(self) -> EnactorFairness {
        match self {
            Self::Weak => EnactorFairness::Weak,
            Self::Strong => EnactorFairness::Strong,
            Self::Commits => EnactorFairness::Commits,
        }
    }
}

impl ClaimOptions {
    /// The safety properties alone.
    pub(crate) const SAFETY: Self = Self {
        safety: true,
        fairness: None,
    };

    /// Whether what is asked for takes the graph of all states.
    pub(crate) fn need_graph(self) -> bool {
        !self.safety
    }

    /// What is assumed of enactors.
    pub(crate) fn conditions(self, system: &DnsSystem) -> Vec<FairnessCondition> {
        self.fairness
            .map_or_else(Vec::new, |name| name.fairness().conditions(system))
    }

    /// Adds to a checker of the safety properties of `model`, the system or a mutant of it, what is
    /// asked for.
    pub(crate) fn apply<'m, M>(
        self,
        checker: Checker<'m, M>,
        (model, system): (&'m M, &'m DnsSystem),
        conditions: &[FairnessCondition],
    ) -> Checker<'m, M>
    where
        M: Model<State = DnsState, Action = DnsAction> + Sync,
    {
        if self.safety {
            return checker;
        }
        let checker = with_recovery(checker, model, system);
        match self.fairness {
            Some(_) => with_convergence(checker, system, conditions),
            None => checker,
        }
    }
}
