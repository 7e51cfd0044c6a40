//! The table of fixes without a bound on generations.

use std::fmt::Write as _;

use planwright_checker::{Checker, Completion, Model, Report, Trace, Verdict};
use planwright_cli::{Exit, SearchOptions, counted, interrupted, say, table, thousands};
use planwright_core::{
    Dependence, EveryGeneration, Pattern, Planner, Probes, SystemVisitor, never_regresses,
};

use planwright_report::Story;

use dns_outage::{
    CONVERGES, Cell, DnsEnactor, DnsSystem, EnactorFairness, Instance, NEVER_EMPTY,
    NEVER_REGRESSES, Phase, RECOVERS, RESTS_AT_NEWEST, RESTS_WHATEVER_OPERATORS_DO, Variant,
    with_pause,
};

/// What is asked beside the properties of the table.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    /// Of what follows once the planner has stopped.
    pub(crate) fairness: Option<EnactorFairness>,
    /// Of whether the protocol depends on what patterns leave out.
    pub(crate) probes: Probes,
}

/// What was found about a variant, whatever the number of generations.
struct Row {
    never_empty: Cell,
    never_regresses: Cell,
    /// With a planner that never stops, and with one that may stop at any moment.
    recovers: [Cell; 2],
    /// Of what follows once the planner has stopped; undecided if that was not asked.
    pause: [Cell; 2],
    patterns: [u64; 2],
    complete: bool,
    /// Why recoverability cannot be told from patterns.
    depends: Option<String>,
    /// A schedule in real generations of the first property that is violated, or why there is none.
    schedule: Option<String>,
}

/// Prints the verdicts of one variant, with a schedule, or of all.
pub(crate) fn run(
    variant: Option<Variant>,
    instance: Instance,
    asked: Asked,
    search: &SearchOptions,
) -> Exit {
    let Asked { fairness, .. } = asked;
    if fairness.is_some() && search.symmetry {
        return Exit::bad_input(
            "--fairness names enactors, which --symmetry does not tell apart; leave one of them out",
        );
    }
    let one = variant.is_some();
    let variants = match variant {
        Some(variant) => vec![variant],
        None => Variant::all()
            .into_iter()
            .chain([Variant::recommended()])
            .collect(),
    };
    say!(
        "Every number of generations: {}, {}, clean-up age {}; the planner is endless.\n",
        counted(instance.endpoints as u64, "endpoint", "endpoints"),
        counted(instance.enactors as u64, "enactor", "enactors"),
        instance.cleanup_age
    );
    let (mut rows, mut notes) = (Vec::new(), String::new());
    let mut exit = Exit::Holds;
    for variant in variants {
        if interrupted() {
            let _ = writeln!(
                notes,
                "\ninterrupted: the rows that are missing are undecided"
            );
            exit = Exit::Undecided;
            break;
        }
        let visit = Visit { asked, search };
        let row = variant.system(instance).at_smallest_capacity(visit);
        if let Some(depends) = &row.depends {
            let _ = writeln!(
                notes,
                "\nrow {}: recoverability is not told, because the protocol depends on plans that nothing \
                 refers to:\n{depends}",
                variant.row
            );
        }
        if let Some(schedule) = row.schedule.as_ref().filter(|_| one) {
            let _ = writeln!(notes, "\n{schedule}");
        }
        let safety = [row.never_empty, row.never_regresses];
        let pause = fairness.map(|_| row.pause);
        let asked: Vec<Cell> = match one {
            true => (safety.into_iter().chain(row.recovers))
                .chain(pause.into_iter().flatten())
                .collect(),
            // Of the table it is no news that rows are violated, or cannot be told.
            false => safety.to_vec(),
        };
        if one
            && asked
                .iter()
                .any(|cell| matches!(cell, Cell::Violated { .. }))
        {
            exit = Exit::Violated;
        } else if !row.complete || asked.contains(&Cell::Undecided) {
            exit = Exit::Undecided;
        }
        let [endless, stopping] = row.patterns;
        let mut cells = vec![
            variant.row.to_owned(),
            variant.name.to_owned(),
            thousands(endless),
            thousands(stopping),
            word(row.never_empty),
            word(row.never_regresses),
            word(row.recovers[0]),
            word(row.recovers[1]),
        ];
        if fairness.is_some() {
            cells.extend(row.pause.map(word));
        }
        rows.push(cells);
    }
    let mut header = vec![
        "row",
        "fix",
        "patterns",
        "if it may stop",
        "never empty",
        "never regresses",
        "recovers",
        "after a stop too",
    ];
    if fairness.is_some() {
        header.extend(["gets everywhere", "rests at newest"]);
    }
    say!("{}", table(&header, &[2, 3], rows.into_iter()));
    say!("{notes}");
    say!(
        "\"holds\" is for every number of generations: no bound on them is left, see the page of\n\
         planwright_core::every_generation. Enactors, endpoints and faults are as given."
    );
    exit
}

/// A length would not be the shortest of the real schedules.
fn word(cell: Cell) -> String {
    match cell {
        Cell::Holds => "holds".to_owned(),
        Cell::Violated { .. } => "NO".to_owned(),
        Cell::Undecided => "undecided".to_owned(),
    }
}

struct Visit<'o> {
    asked: Asked,
    search: &'o SearchOptions,
}

impl SystemVisitor<DnsEnactor> for Visit<'_> {
    type Output = Row;

    fn visit<const A: usize, const B: usize>(self, system: DnsSystem<A, B>) -> Row {
        let Asked { probes, .. } = self.asked;
        let endless = system
            .clone()
            .planner(Planner::endless())
            .every_generation();
        let may_stop = Planner::endless().may_stop(true);
        let stopping = system.planner(may_stop).every_generation().probes(probes);
        let first = explore(&endless, None, self.search);
        // Whoever may stop has every pattern of whoever may not, and more.
        let second = explore(&stopping, Some(self.asked), self.search);
        let (sound, depends) = match second.faithful {
            Ok(()) => (true, None),
            Err(step) => (is_sound(&stopping, self.search), Some(step)),
        };
        let sure = |cell| match cell {
            Cell::Holds if !sound => Cell::Undecided,
            cell => cell,
        };
        let told = |cell| {
            if depends.is_some() {
                Cell::Undecided
            } else {
                cell
            }
        };
        Row {
            never_empty: sure(first.never_empty),
            never_regresses: sure(first.never_regresses),
            recovers: [told(first.recovers), told(second.recovers)],
            pause: [told(second.converges), told(second.rests)],
            patterns: [first.patterns, second.patterns],
            complete: first.complete && second.complete,
            depends,
            schedule: first.schedule,
        }
    }
}

struct Explored {
    never_empty: Cell,
    never_regresses: Cell,
    recovers: Cell,
    converges: Cell,
    rests: Cell,
    patterns: u64,
    complete: bool,
    schedule: Option<String>,
    /// The step that depends on what patterns leave out, in words, or why it is not known; if asked.
    faithful: Result<(), String>,
}

/// Otherwise patterns say nothing.
const SOUND: &str = "no step is possible only because of what patterns leave out";

/// Otherwise patterns show more than can happen.
const FAITHFUL: &str = "no step depends on what patterns leave out";

/// A trap counts only where operators cannot turn to forgotten plans any more.
const RECOVERS_BY_ITSELF: &str = "the newest plan everywhere stays possible without operators";

fn explore<const A: usize, const B: usize>(
    every: &EveryGeneration<DnsEnactor, A, B>,
    beside: Option<Asked>,
    search: &SearchOptions,
) -> Explored {
    let good = |pattern: &Pattern<Phase, A, B>| pattern.converged();
    let checker = Checker::new(every)
        .without_model_properties()
        .action_classes()
        .always(NEVER_EMPTY, |pattern| pattern.store.all_resolve())
        .always_step(NEVER_REGRESSES, every.step_property(never_regresses))
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
    let (mut first, mut unreal) = (None, None);
    let [never_empty, never_regresses] =
        [NEVER_EMPTY, NEVER_REGRESSES].map(|name| match schedule(every, &report, name) {
            None => cell(name),
            Some(Ok(schedule)) => {
                first.get_or_insert(schedule);
                cell(name)
            }
            Some(Err(why)) => {
                unreal.get_or_insert(why);
                Cell::Undecided
            }
        });
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
        schedule: first.or(unreal),
    }
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
fn is_sound<const A: usize, const B: usize>(
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
