//! What is asked of runs whatever the number of generations, after the planner has stopped.

use planwright_checker::{Checker, Strength};
use planwright_core::{EveryGeneration, Pattern, PatternStep};
use planwright_model::Model;

use crate::{CONVERGES, DnsEnactor, EnactorFairness, Phase, RESTS_AT_NEWEST};

/// Of [`RESTS_AT_NEWEST`], but an enactor may rest with another plan while operators can still turn to
/// one that patterns have forgotten: only a violation of this one is a violation.
pub const RESTS_WHATEVER_OPERATORS_DO: &str =
    "endpoints rest only at the newest generation, whatever operators do";

/// Adds [`RESTS_AT_NEWEST`], [`RESTS_WHATEVER_OPERATORS_DO`] and, under this fairness, [`CONVERGES`] to a checker of patterns. Both are
/// about what follows once the planner has stopped; the system's planner must be one that
/// [may](planwright_core::Planner::may_stop).
///
/// With symmetry, a checker refuses [`CONVERGES`]: fairness names enactors.
pub fn with_pause<'m, const A: usize, const B: usize>(
    checker: Checker<'m, EveryGeneration<DnsEnactor, A, B>>,
    every: &'m EveryGeneration<DnsEnactor, A, B>,
    fairness: EnactorFairness,
) -> Checker<'m, EveryGeneration<DnsEnactor, A, B>> {
    let checker = checker
        .recoverable(RESTS_AT_NEWEST, |pattern| {
            pattern.converged() || !pattern.planner_has_stopped() || can_change(every, pattern)
        })
        .recoverable(RESTS_WHATEVER_OPERATORS_DO, |pattern| {
            pattern.converged()
                || !pattern.planner_has_stopped()
                || every.remaining_picks(pattern) > 0
                || can_change(every, pattern)
        })
        .leads_to(
            CONVERGES,
            |pattern: &Pattern<Phase, A, B>| pattern.planner_has_stopped(),
            |pattern| pattern.converged(),
        );
    let conditions = fairness.conditions(every.system());
    conditions.into_iter().fold(checker, |checker, condition| {
        let name = condition.to_string();
        let covers = move |taken: &PatternStep<Phase>| condition.covers(&taken.step);
        match condition.strength() {
            Strength::Weak => checker.weakly_fair(name, covers),
            Strength::Strong => checker.strongly_fair(name, covers),
        }
    })
}

/// Whether a step changes what some endpoint resolves to.
fn can_change<const A: usize, const B: usize>(
    every: &EveryGeneration<DnsEnactor, A, B>,
    pattern: &Pattern<Phase, A, B>,
) -> bool {
    let before = &pattern.state().store;
    let mut steps = Vec::new();
    every.actions(pattern, &mut steps);
    let after = steps
        .iter()
        .filter_map(|taken| every.after(pattern, &taken.step));
    after.into_iter().any(|after| {
        let changed = |endpoint| after.store.resolve(endpoint) != before.resolve(endpoint);
        before.endpoints().any(changed)
    })
}
