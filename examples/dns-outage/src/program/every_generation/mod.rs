//! The table of fixes without a bound on generations.

mod explored;

use std::fmt::Write as _;

use planwright_checker::Completion;
use planwright_cli::{Exit, SearchOptions, counted, interrupted, say, table, thousands};
use planwright_core::{Planner, Probes, SystemVisitor};

use explored::{explore, is_sound, safety, verdicts};

use crate::{Cell, DnsEnactor, DnsSystem, EnactorFairness, Instance, Variant};

/// What is asked beside the properties of the table.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    /// Of what follows once the planner has stopped.
    pub(crate) fairness: Option<EnactorFairness>,
    /// Of whether the protocol depends on what patterns leave out.
    pub(crate) probes: Probes,
    /// Only never empty and never regresses.
    pub(crate) safety: bool,
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
    let Asked {
        fairness, safety, ..
    } = asked;
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
        let always = [row.never_empty, row.never_regresses];
        let pause = fairness.map(|_| row.pause);
        let asked: Vec<Cell> = match one && !safety {
            true => (always.into_iter().chain(row.recovers))
                .chain(pause.into_iter().flatten())
                .collect(),
            // Of the table it is no news that rows are violated, or cannot be told.
            false => always.to_vec(),
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
            word(row.never_empty),
            word(row.never_regresses),
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
    let mut header = vec!["row", "fix", "patterns", "never empty", "never regresses"];
    if !safety {
        header.extend(["if it may stop", "recovers", "after a stop too"]);
    }
    if fairness.is_some() {
        header.extend(["gets everywhere", "rests at newest"]);
    }
    say!("{}", table(&header, &[2, 5], rows.into_iter()));
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
        let Asked { probes, safety, .. } = self.asked;
        if safety {
            return self.safety(system);
        }
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

impl Visit<'_> {
    /// Only what single states and steps can show, as far as is needed for that.
    fn safety<const A: usize, const B: usize>(self, system: DnsSystem<A, B>) -> Row {
        let endless = system.planner(Planner::endless()).every_generation();
        let endless = endless.probes(self.asked.probes);
        let checker = safety(&endless);
        let report = self.search.apply_all(checker).run();
        let (cells, schedule) = verdicts(&endless, &report);
        let complete = matches!(report.completion(), Completion::Exhausted);
        let holds = cells.contains(&Cell::Holds);
        let sound = !holds || is_sound(&endless, self.search);
        let [never_empty, never_regresses] = cells.map(|cell| match cell {
            Cell::Holds if !sound => Cell::Undecided,
            cell => cell,
        });
        Row {
            never_empty,
            never_regresses,
            recovers: [Cell::Undecided; 2],
            pause: [Cell::Undecided; 2],
            patterns: [report.statistics().states, 0],
            complete: complete || !cells.contains(&Cell::Undecided),
            depends: None,
            schedule,
        }
    }
}
