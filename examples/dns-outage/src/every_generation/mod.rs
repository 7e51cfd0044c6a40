//! The table of fixes without a bound on generations.

mod explored;

use std::fmt::Write as _;

use planwright_checker::Strength;
use planwright_cli::{
    Cell, Exit, ProofQuestion, SearchOptions, interrupted, print_prose, print_table, say, table,
    thousands,
};
use planwright_core::Planner;

use explored::{Explored, explore, invariants};

use crate::size::without_generations;
use crate::{DnsOutage, DnsSystem, EnactorFairness};

/// What is asked beside the properties of the table.
#[derive(Clone, Copy)]
struct Asked {
    /// Whether enactors get the newest plan everywhere once the planner has stopped, if each is fair in
    /// this way.
    fairness: Option<Strength>,
    /// Only invariants and properties of steps.
    safety: bool,
    /// A schedule where something is violated.
    schedule: bool,
}

/// The verdicts about a variant, whatever the number of generations.
struct Row {
    /// Never empty, and never regresses.
    safety: [Cell; 2],
    /// With a planner that never stops, and with one that may stop at any moment.
    recovers: [Cell; 2],
    /// Of runs after the planner has stopped; undecided if that was not asked.
    pause: [Cell; 2],
    patterns: [u64; 2],
    /// Why the exploration ended early, if it did.
    ended: Option<String>,
    /// Why only invariants and properties of steps can be proved.
    depends: Option<String>,
    schedule: Option<String>,
}

/// Prints the verdicts of one variant, with a schedule, or of all.
pub(crate) fn run(question: &ProofQuestion<'_, DnsOutage>) -> Exit {
    let ProofQuestion {
        variants,
        safety,
        search,
        ..
    } = question;
    let (instance, safety) = (*question.size, *safety);
    let fairness = match question.fairness.map(EnactorFairness::named) {
        None => None,
        Some(EnactorFairness::Weak) => Some(Strength::Weak),
        Some(EnactorFairness::Strong) => Some(Strength::Strong),
        Some(EnactorFairness::Commits) => {
            return Exit::bad_input(
                "--fairness commits: whether an enactor goes on with a transaction or a local step can \
                 depend on plans that nothing refers to, which this proof leaves out; ask for weak \
                 or strong",
            );
        }
    };
    if fairness.is_some() && search.symmetry {
        return Exit::bad_input(
            "--fairness names enactors, which --symmetry does not tell apart; leave one of them out",
        );
    }
    let one = variants.len() == 1;
    let asked = Asked {
        fairness,
        safety,
        schedule: one,
    };
    // A variant may bring faults of its own, and another number of enactors.
    let size = match variants.as_slice() {
        [variant] => variant.protocol.size(instance),
        _ => instance,
    };
    say!(
        "Every number of generations: {}; the planner is endless.\n",
        without_generations(&size)
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
        let row = Row::of(variant.protocol.system(instance), asked, search);
        if let Some(depends) = &row.depends {
            let _ = writeln!(
                notes,
                "\nvariant {}: only invariants and properties of steps are proved; the rest is undecided because\n\
                 {depends}",
                variant.name
            );
        }
        if let Some(ended) = &row.ended {
            let _ = writeln!(notes, "\nvariant {}: {ended}", variant.name);
        }
        if let Some(schedule) = &row.schedule {
            let _ = writeln!(notes, "\n{schedule}");
        }
        let pause = fairness.map(|_| row.pause);
        let asked: Vec<Cell> = match one && !safety {
            true => (row.safety.into_iter().chain(row.recovers))
                .chain(pause.into_iter().flatten())
                .collect(),
            // Of the table it is no news that rows are violated, or cannot be told.
            false => row.safety.to_vec(),
        };
        if one && asked.iter().any(|cell| cell.is_violated() == Some(true)) {
            exit = Exit::Violated;
        } else if row.ended.is_some() || asked.contains(&Cell::Undecided) {
            exit = Exit::Undecided;
        }
        let [endless, stopping] = row.patterns;
        let mut cells = vec![
            variant.name.to_owned(),
            variant.what.to_owned(),
            thousands(endless),
            word(row.safety[0]),
            word(row.safety[1]),
        ];
        if !safety {
            cells.extend([
                thousands(stopping),
                word(row.recovers[0]),
                word(row.recovers[1]),
            ]);
        }
        if fairness.is_some() {
            cells.extend(row.pause.map(word));
        }
        rows.push(cells);
    }
    let mut header = vec![
        "variant",
        "fix",
        "patterns",
        "never empty",
        "never regresses",
    ];
    if !safety {
        header.extend(["if it may stop", "recovers", "after a stop too"]);
    }
    if fairness.is_some() {
        header.extend(["gets everywhere", "rests at newest"]);
    }
    print_table(&table(&header, &[2, 5], rows));
    say!("{notes}");
    print_prose(
        "\"holds\" is for every number of generations: no bound on them is left, see the page of \
         planwright_core::every_generation. Enactors, endpoints and faults are as given, but for rows \
         that are about another number of them.",
    );
    exit
}

/// A length would not be the shortest of the real schedules.
fn word(cell: Cell) -> String {
    let word = match cell.is_violated() {
        Some(false) => "holds",
        Some(true) => "NO",
        None => "undecided",
    };
    word.to_owned()
}

impl Row {
    fn of(system: DnsSystem, asked: Asked, search: &SearchOptions) -> Self {
        let endless = system.clone().planner(Planner::endless());
        let endless = endless.every_generation();
        if asked.safety {
            return Self::of_invariants(invariants(&endless, asked, search), None);
        }
        let first = explore(&endless, false, asked, search);
        if first.depends {
            let again = invariants(&endless, asked, search);
            return Self::of_invariants(again, first.ended);
        }
        let may_stop = Planner::endless().may_stop(true);
        let stopping = system.planner(may_stop).every_generation();
        let second = explore(&stopping, true, asked, search);
        Self {
            safety: first.safety,
            recovers: [first.recovers, second.recovers],
            pause: [second.converges, second.rests],
            patterns: [first.patterns, second.patterns],
            ended: first.ended.or(second.ended),
            depends: None,
            schedule: first.schedule,
        }
    }

    fn of_invariants(explored: Explored, depends: Option<String>) -> Self {
        Self {
            safety: explored.safety,
            recovers: [Cell::Undecided; 2],
            pause: [Cell::Undecided; 2],
            patterns: [explored.patterns, 0],
            ended: explored.ended,
            depends,
            schedule: explored.schedule,
        }
    }
}
