//! Verdicts for every number of enactors, generations and faults.

use std::time::Instant;

use planwright_checker::{
    Checker, Derivation, Outcome, Properties, ViewReport, ViewSearch, ViewVerdict,
};
use planwright_core::{
    Enactor, EnactorId, EveryNumber, FaultBudget, Finite, SystemAction, SystemState, UpdateSystem,
};
use planwright_report::Story;

use crate::family::chosen::variant;
use crate::family::{Family, ProofQuestion, Variant};
use crate::{Exit, SearchOptions, interrupted, print_prose, print_table, say, table, thousands};

/// At most this number of states are searched for a schedule, unless `--max-states` says otherwise.
const STATES: u64 = 5_000_000;

/// Systems of more enactors than take part in a derivation that are searched for a schedule.
const MORE_ENACTORS: usize = 1;

type Asked<'m, E> =
    Properties<'m, SystemState<<E as Enactor>::Local>, SystemAction<<E as Enactor>::Local>>;

/// What was found about one property.
enum Cell {
    Holds,
    Violated { enactors: usize, schedule: String },
    Undecided(String),
}

impl Cell {
    fn word(&self) -> String {
        match self {
            Self::Holds => "holds".to_owned(),
            Self::Violated { enactors, .. } => format!("NO, with {enactors}"),
            Self::Undecided(_) => "undecided".to_owned(),
        }
    }
}

/// The `every-number` command.
pub(super) fn every_number<F: Family>(
    name: Option<&str>,
    size: &F::Size,
    search: &SearchOptions,
) -> Result<Exit, String> {
    let prove = F::every_number().ok_or_else(|| {
        let package = F::PACKAGE;
        format!(
            "{package} has no proof for every number of processes; check larger sizes instead: cargo run \
             --release -p {package} -- check"
        )
    })?;
    let variants = match name {
        Some(name) => vec![variant::<F>(name)?],
        None => F::variants(),
    };
    Ok(prove(ProofQuestion {
        variants,
        size,
        safety: true,
        fairness: None,
        search,
    }))
}

impl<F: Family> ProofQuestion<'_, F> {
    /// Answers [`Family::every_number`] for a system of plans and enactors: its invariants and properties of
    /// steps, for every number of enactors and generations, and of each fault that the size allows at all.
    ///
    /// Where a view violates a property, systems of 1, 2, ... enactors are searched for a shortest schedule, as
    /// far as the derivation of the view says and one more.
    pub fn every_number_of_system<E>(self) -> Exit
    where
        F: Family<Model = UpdateSystem<E>>,
        E: Enactor<Local: Finite> + Clone + Sync,
    {
        let one = self.variants.len() == 1;
        let (mut names, mut rows) = (Vec::new(), Vec::new());
        let mut found = Vec::new();
        for variant in &self.variants {
            if interrupted() {
                break;
            }
            let start = Instant::now();
            let size = F::sized(variant.protocol, self.size);
            let model = F::model(variant.protocol, &size);
            let model = model.clone().faults(any_number(model.fault_budget()));
            let asked = F::checker(&model).asked().only_of_views();
            let every = model.clone().every_number();
            let report = views(&every, &asked, self.search);
            let taken = start.elapsed();
            names = asked.names().map(str::to_owned).collect();
            let cells: Vec<Cell> = (report.verdicts())
                .map(|(name, verdict)| cell(&model, &asked, (name, verdict), self.search))
                .collect();
            let mut row = vec![variant.name.to_owned(), variant.what.to_owned()];
            row.extend(cells.iter().map(Cell::word));
            let views = thousands(report.views().len() as u64);
            row.extend([views, format!("{:.1} s", taken.as_secs_f64())]);
            rows.push(row);
            found.push((variant, cells));
        }
        let mut header = vec!["variant", "what it does"];
        header.extend(names.iter().map(String::as_str));
        header.extend(["views", "time"]);
        let numbers = [header.len() - 2, header.len() - 1];
        print_table(&table(&header, &numbers, rows));
        let mut exit = Exit::Holds;
        for (variant, cells) in &found {
            let expected = remark(variant, &names, cells, one);
            exit = worse(exit, expected);
        }
        if interrupted() {
            say!("\ninterrupted: what is missing is undecided");
            exit = Exit::Undecided;
        }
        say!("");
        print_prose(
            "\"holds\" is for every number of enactors and of generations, and for any number of each fault that \
             this size allows: no step leads out of the views, which are what one enactor can see. \"NO, with \
             2\" is a schedule of a system with 2 enactors. Only invariants and properties of steps are decided \
             so; endpoints are as given. See the page of planwright_core::every_number.",
        );
        exit
    }
}

/// Says what a table cannot, and how the program ends for it.
fn remark<P>(variant: &Variant<P>, names: &[String], cells: &[Cell], one: bool) -> Exit {
    let mut exit = Exit::Holds;
    let mut said = None;
    for (name, cell) in names.iter().zip(cells) {
        match cell {
            Cell::Holds if variant.violates.contains(&name.as_str()) => {
                say!("\nvariant {}: {name}: UNEXPECTED", variant.name);
                exit = worse(exit, Exit::Unexpected);
            }
            Cell::Holds => {}
            // Of a table it is no news that rows are violated.
            Cell::Violated { schedule, .. } => {
                if one {
                    say!("\n{schedule}");
                    exit = worse(exit, Exit::Violated);
                }
            }
            Cell::Undecided(reason) => {
                if said.replace(reason) != Some(reason) {
                    say!("\nvariant {}: {name}: undecided, {reason}", variant.name);
                }
                exit = worse(exit, Exit::Undecided);
            }
        }
    }
    exit
}

/// What ends the program, of two: a violation before what is undecided.
fn worse(one: Exit, other: Exit) -> Exit {
    let order = [Exit::Unexpected, Exit::Violated, Exit::Undecided];
    let mut order = order.into_iter();
    order
        .find(|exit| [one, other].contains(exit))
        .unwrap_or(Exit::Holds)
}

/// Any number of each fault that may happen at all.
fn any_number(faults: FaultBudget) -> FaultBudget {
    let any = |most| if most > 0 { FaultBudget::ANY_NUMBER } else { 0 };
    FaultBudget {
        crashes: any(faults.crashes),
        lost_acknowledgements: any(faults.lost_acknowledgements),
        rollbacks: any(faults.rollbacks),
        kill_switches: any(faults.kill_switches),
    }
}

/// Searches all views for violations of the system's own properties.
fn views<E>(
    every: &EveryNumber<E>,
    asked: &Asked<'_, E>,
    search: &SearchOptions,
) -> ViewReport<EveryNumber<E>>
where
    E: Enactor<Local: Finite> + Sync,
{
    let of_view = |view: &_, property: &dyn Fn(&SystemState<E::Local>) -> bool| {
        every.property(property)(view)
    };
    let of_step = |taken: &_, property: &dyn Fn(&_, &SystemAction<E::Local>, &_) -> bool| {
        every.is_true_of_step(taken, property)
    };
    let lifted = asked.lifted(of_view, of_step);
    crate::interrupt::flag();
    let mut views = ViewSearch::new(every, &lifted).stop_when(interrupted);
    if let Some(most) = search.max_states {
        views = views.max_views(usize::try_from(most).unwrap_or(usize::MAX));
    }
    views.run()
}

fn cell<E>(
    model: &UpdateSystem<E>,
    asked: &Asked<'_, E>,
    (name, verdict): (&str, ViewVerdict<'_, EveryNumber<E>>),
    search: &SearchOptions,
) -> Cell
where
    E: Enactor<Local: Finite> + Clone + Sync,
{
    let derivation = match verdict {
        ViewVerdict::Holds => return Cell::Holds,
        ViewVerdict::Undecided(reason) => return Cell::Undecided(reason),
        ViewVerdict::Reached(derivation) => derivation,
    };
    let most = enactors_of(&derivation);
    for enactors in 1..=most {
        let system = model.clone().enactors(enactors);
        let checker = Checker::new(&system).properties(&asked.clone().only(|of| of == name));
        let mut checker = search.apply_all(checker);
        if search.max_states.is_none() {
            checker = checker.max_states(STATES);
        }
        let report = checker.run();
        if report.outcome() == Outcome::Violated
            && let Some(finding) = report.finding(name)
            && let Some(story) = Story::of_finding(&system, finding)
        {
            let schedule = format!(
                "violated: {name}; with {enactors} enactors, in {} steps:\n\n{}",
                story.steps.len(),
                story.timeline()
            );
            return Cell::Violated { enactors, schedule };
        }
    }
    Cell::Undecided(format!(
        "a view violates it, and no system that was searched does, of up to {most} enactors"
    ))
}

/// How many enactors are tried for a view that violates a property.
fn enactors_of<E>(derivation: &Derivation<'_, EveryNumber<E>>) -> usize
where
    E: Enactor<Local: Finite> + Sync,
{
    let taking_part = derivation.out_of_view().saturating_add(1 + MORE_ENACTORS);
    taking_part.min(EnactorId::CAPACITY)
}
