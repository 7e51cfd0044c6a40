//! Questions about runs whatever the number of generations, after the planner has stopped.

use planwright_checker::{Checker, Strength};
use planwright_core::{EveryGeneration, Pattern, PatternStep};

use crate::{CONVERGES, DnsAction, DnsEnactor, DnsState, RESTS_AT_NEWEST};

/// Of [`RESTS_AT_NEWEST`], but an enactor may rest with another plan while operators can still turn to
/// one that patterns leave out: only a violation of this one is a violation.
pub const RESTS_WHATEVER_OPERATORS_DO: &str =
    "endpoints rest only at the newest generation, whatever operators do";

/// Adds [`RESTS_AT_NEWEST`], [`RESTS_WHATEVER_OPERATORS_DO`] and, if every enactor is fair in this way,
/// [`CONVERGES`] to a checker of patterns. They are about what follows once the planner has stopped; the
/// system's planner must be one that [may](planwright_core::Planner::may_stop).
///
/// With symmetry, a checker refuses [`CONVERGES`]: fairness names enactors.
pub fn with_pause<'m>(
    checker: Checker<'m, EveryGeneration<DnsEnactor>>,
    every: &'m EveryGeneration<DnsEnactor>,
    fairness: Strength,
) -> Checker<'m, EveryGeneration<DnsEnactor>> {
    type Patterns = Pattern<crate::Phase>;
    let converged = every.property(DnsState::converged);
    let rests = move |pattern: &Patterns| {
        !converged(pattern) && pattern.planner_has_stopped() && !can_change(every, pattern)
    };
    let converged = every.property(DnsState::converged);
    let rests_without_picks = move |pattern: &Patterns| {
        !converged(pattern)
            && pattern.planner_has_stopped()
            && every.remaining_picks(pattern) == 0
            && !can_change(every, pattern)
    };
    let checker = checker
        .recoverable(RESTS_AT_NEWEST, move |pattern| !rests(pattern))
        .recoverable(RESTS_WHATEVER_OPERATORS_DO, move |pattern| {
            !rests_without_picks(pattern)
        })
        .leads_to(
            CONVERGES,
            Pattern::planner_has_stopped,
            every.property(DnsState::converged),
        );
    every
        .system()
        .enactor_ids()
        .fold(checker, |checker, enactor| {
            let covers = move |taken: &_| PatternStep::enactor(taken) == Some(enactor);
            checker.fair(enactor.to_string(), fairness, covers)
        })
}

/// Whether a step changes what some endpoint resolves to.
fn can_change(every: &EveryGeneration<DnsEnactor>, pattern: &Pattern<crate::Phase>) -> bool {
    every.some_step(pattern, |before: &DnsState, _: &DnsAction, after| {
        let changed = |endpoint| after.store.resolve(endpoint) != before.store.resolve(endpoint);
        before.store.endpoints().any(changed)
    })
}
