//! One exploration of patterns, and what it shows.

use planwright_checker::{Checker, Completion, Fault, Report, Verdict};
use planwright_cli::{Cell, SearchOptions, counted, interrupted};
use planwright_core::{EveryGeneration, Pattern, never_regresses};
use planwright_report::Story;

use super::Asked;
use crate::{
    CONVERGES, DnsEnactor, DnsState, DnsSystem, NEVER_EMPTY, NEVER_REGRESSES, Phase, RECOVERS,
    RESTS_AT_NEWEST, RESTS_WHATEVER_OPERATORS_DO, with_pause,
};

/// A trap counts only where operators cannot turn to plans that patterns leave out.
const RECOVERS_BY_ITSELF: &str = "the newest plan everywhere stays possible without operators";

/// More generations than a schedule of patterns publishes are tried in search of a real one.
const MORE_GENERATIONS: usize = 3;

/// The verdicts about one system, for every number of generations.
pub(super) struct Explored {
    pub(super) safety: [Cell; 2],
    pub(super) recovers: Cell,
    pub(super) converges: Cell,
    pub(super) rests: Cell,
    pub(super) patterns: u64,
    /// Why not everything was explored, if so.
    pub(super) ended: Option<String>,
    /// Whether that is a dependence of the protocol, and not a limit.
    pub(super) depends: bool,
    /// A schedule of the first property that is violated, in generations with numbers.
    pub(super) schedule: Option<String>,
}

type Checks<'m> = Checker<'m, EveryGeneration<DnsEnactor>>;
type Found<'m> = Report<'m, EveryGeneration<DnsEnactor>>;

/// Explores the patterns of a system; `runs` says whether also runs after a stop of the planner are asked
/// about.
pub(super) fn explore(
    every: &EveryGeneration<DnsEnactor>,
    runs: bool,
    asked: Asked,
    search: &SearchOptions,
) -> Explored {
    let converged = every.property(DnsState::converged);
    let without_operators =
        move |pattern: &Pattern<Phase>| converged(pattern) || every.remaining_picks(pattern) > 0;
    let checker = safety(every)
        .action_classes()
        .recoverable(RECOVERS, every.property(DnsState::converged))
        .recoverable(RECOVERS_BY_ITSELF, without_operators);
    let checker = match asked.fairness.filter(|_| runs) {
        Some(fairness) => with_pause(checker, every, fairness),
        None => checker,
    };
    let report = search.apply_all(checker).exhaustive().run();
    let cell = |name| cell(&report, name);
    // A violation counts where operators cannot help.
    let either = |all, without| match (cell(all), cell(without)) {
        (Cell::Holds, _) => Cell::Holds,
        (_, cell) if cell.is_violated() == Some(true) => cell,
        _ => Cell::Undecided,
    };
    let safety = [NEVER_EMPTY, NEVER_REGRESSES];
    let violated = safety.into_iter().find(|name| is_violated(&report, name));
    Explored {
        safety: safety.map(cell),
        recovers: either(RECOVERS, RECOVERS_BY_ITSELF),
        converges: cell(CONVERGES),
        rests: either(RESTS_AT_NEWEST, RESTS_WHATEVER_OPERATORS_DO),
        schedule: violated
            .filter(|_| asked.schedule)
            .and_then(|name| real_schedule(every, &report, name, search)),
        ..Explored::of(&report)
    }
}

/// Explores invariants and properties of steps alone, as far as that needs.
pub(super) fn invariants(
    every: &EveryGeneration<DnsEnactor>,
    asked: Asked,
    search: &SearchOptions,
) -> Explored {
    let every = every.clone().invariants_only();
    let report = search.apply_all(safety(&every)).run();
    let mut explored = Explored::of(&report);
    for (name, cell) in [NEVER_EMPTY, NEVER_REGRESSES]
        .into_iter()
        .zip(&mut explored.safety)
    {
        *cell = self::cell(&report, name);
        if is_violated(&report, name) {
            // These patterns show more than can happen.
            let schedule = real_schedule(&every, &report, name, search);
            if schedule.is_none() {
                *cell = Cell::Undecided;
                if interrupted() {
                    let why = "interrupted before a schedule was found for what patterns show";
                    explored.ended = Some(why.to_owned());
                }
            }
            let schedule = schedule.filter(|_| asked.schedule);
            explored.schedule = explored.schedule.take().or(schedule);
        }
    }
    explored
}

impl Explored {
    /// An exploration without verdicts.
    fn of(report: &Found<'_>) -> Self {
        let completion = report.completion();
        let ended = match completion {
            Completion::Exhausted | Completion::Settled { .. } => None,
            // The text of a dependence.
            Completion::Faulted(Fault::Panicked { message, .. }) => Some(message.clone()),
            other => Some(other.to_string()),
        };
        Self {
            safety: [Cell::Undecided; 2],
            recovers: Cell::Undecided,
            converges: Cell::Undecided,
            rests: Cell::Undecided,
            patterns: report.statistics().states,
            depends: completion.fault().is_some(),
            ended,
            schedule: None,
        }
    }
}

/// A checker of invariants and properties of steps.
fn safety(every: &EveryGeneration<DnsEnactor>) -> Checks<'_> {
    Checker::new(every)
        .always(
            NEVER_EMPTY,
            every.property(|state| state.store.all_resolve()),
        )
        .always_step(NEVER_REGRESSES, every.step_property(never_regresses))
}

/// The verdict about a property; undecided if it was not asked.
fn cell(report: &Found<'_>, name: &str) -> Cell {
    report.finding(name).map_or(Cell::Undecided, Cell::of)
}

fn is_violated(report: &Found<'_>, name: &str) -> bool {
    cell(report, name).is_violated() == Some(true)
}

/// A shortest schedule that violates the property, with the fewest generations that have one: searched
/// for in the system itself, with bounded planners.
fn real_schedule(
    every: &EveryGeneration<DnsEnactor>,
    report: &Found<'_>,
    name: &str,
    search: &SearchOptions,
) -> Option<String> {
    let Verdict::Violated { counterexample } = &report.finding(name)?.verdict else {
        return None;
    };
    let steps = counterexample.as_ref()?.actions().iter();
    let published = steps.filter(|taken| taken.publishes()).count() + 1;
    (2..=published + MORE_GENERATIONS).find_map(|generations| {
        let system: DnsSystem = every.system().clone().generations(generations);
        let checker = Checker::new(&system)
            .always(NEVER_EMPTY, |state| state.store.all_resolve())
            .always_step(NEVER_REGRESSES, never_regresses);
        let report = search.apply_all(checker).run();
        let finding = report.finding(name).filter(|found| found.is_violated())?;
        let story = Story::of_finding(&system, finding)?;
        Some(format!(
            "violated: {name}; with {generations} generations, in {}:\n\n{}\n\
             (replay it with --generations {generations})",
            counted(story.steps.len() as u64, "step"),
            story.timeline()
        ))
    })
}
