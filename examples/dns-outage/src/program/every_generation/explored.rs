//! One exploration of patterns, and what it shows.

use std::fmt::Write as _;

use planwright_checker::{Checker, Completion, Model, Report, Trace, Verdict};
use planwright_cli::SearchOptions;
use planwright_core::{Dependence, EveryGeneration, Pattern, never_regresses};
use planwright_report::Story;

use super::Asked;

use crate::{
    CONVERGES, Cell, DnsEnactor, NEVER_EMPTY, NEVER_REGRESSES, Phase, RECOVERS, RESTS_AT_NEWEST,
    RESTS_WHATEVER_OPERATORS_DO, with_pause,
};

/// What was found about one system.
pub(super) struct Explored {
    pub(super) never_empty: Cell,
    pub(super) never_regresses: Cell,
    pub(super) recovers: Cell,
    pub(super) converges: Cell,
    pub(super) rests: Cell,
    pub(super) patterns: u64,
    pub(super) complete: bool,
    pub(super) schedule: Option<String>,
    /// The step that depends on what patterns leave out, in words, or why it is not known; if asked.
    pub(super) faithful: Result<(), String>,
}

/// Otherwise patterns say nothing.
const SOUND: &str = "no step is possible only because of what patterns leave out";

/// Otherwise patterns show more than can happen.
const FAITHFUL: &str = "no step depends on what patterns leave out";

/// A trap counts only where operators cannot turn to forgotten plans any more.
const RECOVERS_BY_ITSELF: &str = "the newest plan everywhere stays possible without operators";

pub(super) fn explore<const A: usize, const B: usize>(
    every: &EveryGeneration<DnsEnactor, A, B>,
    beside: Option<Asked>,
    search: &SearchOptions,
) -> Explored {
    let good = |pattern: &Pattern<Phase, A, B>| pattern.converged();
    let checker = safety(every)
        .action_classes()
        .recoverable(RECOVERS, good)
        .recoverable(RECOVERS_BY_ITSELF, move |pattern| {
            good(pattern) || every.remaining_picks(pattern) > 0
        });
    let checker = match beside {
        Some(_) => checker.always(FAITHFUL, |pattern| every.dependence(pattern).is_none()),
        None => checker,
    };
    let checker = match beside.and_then(|asked| asked.fairness) {
        Some(fairness) => with_pause(checker, every, fairness),
        None => checker,
    };
    let report = search.apply_all(checker).exhaustive().run();
    let cell = |name| Cell::of(report.finding(name));
    let recovers = match (cell(RECOVERS), cell(RECOVERS_BY_ITSELF)) {
        (Cell::Holds, _) => Cell::Holds,
        (_, violated @ Cell::Violated { .. }) => violated,
        _ => Cell::Undecided,
    };
    let rests = match (cell(RESTS_AT_NEWEST), cell(RESTS_WHATEVER_OPERATORS_DO)) {
        (Cell::Holds, _) => Cell::Holds,
        (_, violated @ Cell::Violated { .. }) => violated,
        _ => Cell::Undecided,
    };
    let ([never_empty, never_regresses], schedule) = verdicts(every, &report);
    let faithful = match report.finding(FAITHFUL).map(|finding| &finding.verdict) {
        None | Some(Verdict::Holds { .. }) => Ok(()),
        Some(Verdict::Violated { counterexample }) => {
            let trace = counterexample.as_ref();
            let found = trace.and_then(|trace| every.dependence(trace.last_state()));
            Err(found.map_or_else(|| "of a step".to_owned(), |found| found.to_string()))
        }
        Some(Verdict::Undecided(_)) => Err("it was not explored to the end".to_owned()),
    };
    Explored {
        faithful,
        never_empty,
        never_regresses,
        recovers,
        converges: cell(CONVERGES),
        rests,
        patterns: report.statistics().states,
        complete: matches!(report.completion(), Completion::Exhausted),
        schedule,
    }
}

/// What never happens, and a schedule in real generations of the first thing that does, or why there is
/// none.
pub(super) fn verdicts<const A: usize, const B: usize>(
    every: &EveryGeneration<DnsEnactor, A, B>,
    report: &Report<'_, EveryGeneration<DnsEnactor, A, B>>,
) -> ([Cell; 2], Option<String>) {
    let (mut first, mut unreal) = (None, None);
    let cells = [NEVER_EMPTY, NEVER_REGRESSES].map(|name| match schedule(every, report, name) {
        None => Cell::of(report.finding(name)),
        Some(Ok(schedule)) => {
            first.get_or_insert(schedule);
            Cell::of(report.finding(name))
        }
        Some(Err(why)) => {
            unreal.get_or_insert(why);
            Cell::Undecided
        }
    });
    (cells, first.or(unreal))
}

/// A checker of what never happens.
pub(super) fn safety<const A: usize, const B: usize>(
    every: &EveryGeneration<DnsEnactor, A, B>,
) -> Checker<'_, EveryGeneration<DnsEnactor, A, B>> {
    Checker::new(every)
        .without_model_properties()
        .always(NEVER_EMPTY, |pattern| pattern.store.all_resolve())
        .always_step(NEVER_REGRESSES, every.step_property(never_regresses))
}

/// The counterexample in real generations, replayed through the model of the system alone; why there
/// is none where patterns show more than can happen.
fn schedule<const A: usize, const B: usize>(
    every: &EveryGeneration<DnsEnactor, A, B>,
    report: &Report<'_, EveryGeneration<DnsEnactor, A, B>>,
    name: &str,
) -> Option<Result<String, String>> {
    let Verdict::Violated { counterexample } = &report.finding(name)?.verdict else {
        return None;
    };
    let steps: Vec<_> = counterexample.as_ref()?.steps().collect();
    let patterns: Vec<_> = steps
        .iter()
        .map(|(_, step, after)| (**step, **after))
        .collect();
    let real = match every.concrete(&patterns) {
        Ok(real) => real,
        Err(error) => return Some(Err(format!("undecided: {name}: {error}"))),
    };
    let (system, mut path) = (real.system, "0".to_owned());
    let mut state = system.init_states()[0];
    for step in real.steps {
        let mut actions = Vec::new();
        system.actions(&state, &mut actions);
        let ordinal = actions.iter().position(|action| *action == step);
        let _ = write!(path, "/{}", ordinal.expect(REAL));
        state = system.next_state(&state, step).expect(REAL);
    }
    let trace = Trace::replay(&system, &path).expect(REAL);
    let steps = trace.len();
    let generations = system.planner_bound().unwrap_or_default();
    Some(Ok(format!(
        "violated: {name}; in real generations, {steps} steps (a bounded search may know a shorter way):\n\n\
         {}\n(replay it with --generations {generations})",
        Story::of_trace(&system, &trace).timeline()
    )))
}

const REAL: &str = "a schedule in real generations consists of the system's own steps";

/// Whether patterns say anything.
pub(super) fn is_sound<const A: usize, const B: usize>(
    every: &EveryGeneration<DnsEnactor, A, B>,
    search: &SearchOptions,
) -> bool {
    let checker = Checker::new(every)
        .without_model_properties()
        .always(SOUND, |pattern| {
            !matches!(every.dependence(pattern), Some(Dependence::Allows { .. }))
        });
    let report = search.apply_all(checker).run();
    Cell::of(report.finding(SOUND)) == Cell::Holds
}
