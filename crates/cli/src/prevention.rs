//! Which safeguard would have prevented a schedule.

use std::time::Duration;

use planwright_checker::{Admission, Finding, Model};
use planwright_model::Depict as _;

use crate::family::chosen::Chosen;
use crate::family::claims::Claims;
use crate::{Cell, Family, Safeguard, SearchOptions, print_table, say, table};

/// How long it is looked for another schedule with each safeguard, unless the options say so.
const PATIENCE: Duration = Duration::from_secs(2);

/// Prints what becomes of the schedule of a violation with each single safeguard more, and whether the property then
/// holds: that a schedule is refused does not say that no other one is left.
///
/// Prints nothing if no safeguard is off, or if there is no schedule.
pub(crate) fn preventions<F: Family>(
    chosen: &Chosen<F>,
    claims: Claims,
    here: &F::Model,
    finding: &Finding<<F::Model as Model>::State, <F::Model as Model>::Action>,
    search: &SearchOptions,
) {
    let (Some(on), Some(trace)) = (chosen.safeguards(), finding.verdict.trace()) else {
        return;
    };
    let told = |action: &_| (here.actor(action), here.deed(action));
    let off = (0..).zip(F::safeguards());
    let off = off.filter(|(place, _)| !on.contains(*place));
    let rows = off.filter_map(|(place, Safeguard { name, what })| {
        let model = chosen.guarded(on.with(place));
        let becomes = match claims
            .checker::<F>(&model)
            .admission(&finding.name, trace, told)?
        {
            Admission::Refused(step) => format!("cannot take step {step}"),
            Admission::Harmless(step) => format!("step {step} does something else"),
            Admission::Violated => "goes through".to_owned(),
        };
        let quiet = SearchOptions {
            no_progress: true,
            time_limit: search.time_limit.or(Some(PATIENCE)),
            ..search.clone()
        };
        let report = quiet.apply(claims.checker::<F>(&model)).run();
        let left = Cell::of(report.finding(&finding.name)?).to_string();
        Some(vec![name.to_owned(), becomes, left, what.to_owned()])
    });
    let rows: Vec<_> = rows.collect();
    let is_open = rows.iter().any(|row| row[2] == Cell::Undecided.to_string());
    if !rows.is_empty() {
        say!("\nthis schedule with one safeguard more, and the shortest that is left with it:");
        let header = [
            "safeguard",
            "this schedule",
            "all schedules",
            "what it does",
        ];
        print_table(&table(&header, &[], rows));
        if is_open {
            let patience = search.time_limit.unwrap_or(PATIENCE);
            say!("(undecided: not within {patience:?} or another limit; --time-limit gives more)");
        }
    }
}
