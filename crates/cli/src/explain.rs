//! What a violation needs of its schedule.

use std::fmt::Debug;
use std::hash::Hash;

use planwright_checker::{Checker, Finding, Model, NearMiss, Report, Trace};
use planwright_model::Depict;
use planwright_report::Story;

use crate::say;

/// The schedules of a report's violations: each property with the line that replays it.
pub fn violations<M: Model>(report: &Report<'_, M>) -> Vec<(String, String)> {
    let findings = report.findings().iter();
    let violated = findings.filter(|finding| finding.is_violated());
    let path = |finding: &Finding<M::State, M::Action>| {
        let trace = finding.verdict.trace()?;
        Some((finding.name.clone(), trace.path()))
    };
    violated.filter_map(path).collect()
}

/// Prints the schedule with what the violation needs of it, and the nearest good run. `checker` has the
/// property.
///
/// # Panics
///
/// If the line replays no schedule of the model.
pub fn explain<'m, M>(model: &'m M, checker: &Checker<'m, M>, property: &str, path: &str)
where
    M: Depict + Sync,
    M::State: Clone + Debug + Hash + PartialEq + Send + Sync,
    M::Action: Clone + Debug + PartialEq + Send + Sync,
{
    let trace = Trace::replay(model, path).expect("the line was made from this model");
    let story = Story::of_trace(model, &trace);
    say!("\n{property}: {} steps\n", trace.len());
    let Some(blame) = checker.blame(property, &trace) else {
        say!("{}", story.timeline());
        say!(
            "(whether a step is needed can be told of properties of single states and steps only)"
        );
        return;
    };
    let story = story.blamed(&blame);
    say!("{}", story.timeline());
    match &blame.near_miss {
        Some(NearMiss {
            step, to, trace, ..
        }) => {
            let (place, other) = match to < step {
                true => ("before", to),
                false => ("after", to),
            };
            say!(
                "the nearest good run: step {step} comes {place} step {other}; replay: {}",
                trace.path()
            );
        }
        None => say!("no order with a single step moved is a good run"),
    }
}
