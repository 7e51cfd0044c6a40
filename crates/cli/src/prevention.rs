//! Which safeguard would have prevented a schedule.

use std::hash::Hash;

use planwright_checker::ablation::SafeguardSet;
use planwright_checker::{Admission, Checker, Trace};
use planwright_model::Depict;
use planwright_report::Story;

use crate::{Safeguard, say, table};

/// Prints what becomes of a schedule with each single safeguard more. `on` are those that are on in the
/// model that it comes from, `build` and `check` those of [`Ablation::run`].
///
/// Prints nothing if no safeguard is off, or if `story` is no counterexample of this model.
///
/// [`Ablation::run`]: planwright_checker::ablation::Ablation::run
pub fn preventions<M>(
    safeguards: &[Safeguard],
    on: SafeguardSet,
    story: &Story,
    build: impl Fn(SafeguardSet) -> M,
    check: impl for<'m> Fn(&'m M) -> Checker<'m, M>,
) where
    M: Depict + Sync,
    M::State: Clone + Hash + PartialEq + Send + Sync,
    M::Action: Clone + Send + Sync,
{
    let here = build(on);
    let told = |action: &M::Action| (here.actor(action), here.deed(action));
    let (Ok(trace), Some(about)) = (Trace::replay(&here, &story.replay), &story.property) else {
        return;
    };
    let off = (0..)
        .zip(safeguards)
        .filter(|(place, _)| !on.contains(*place));
    let rows = off.filter_map(|(place, Safeguard { name, what })| {
        let model = build(on.with(place));
        let becomes = match check(&model).admission(&about.name, &trace, told)? {
            Admission::Refused(step) => format!("cannot take step {step}"),
            Admission::Harmless(step) => format!("step {step} does something else"),
            Admission::Violated => "goes through".to_owned(),
        };
        Some(vec![(*name).to_owned(), becomes, (*what).to_owned()])
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        say!("\nthis schedule with one safeguard more (another schedule may remain):");
        say!(
            "{}",
            table(&["safeguard", "the schedule", "what it does"], &[], rows)
        );
    }
}
