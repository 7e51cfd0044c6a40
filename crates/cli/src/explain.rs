//! What a violation needs of its schedule.

use std::fmt::Debug;
use std::hash::Hash;
use std::time::Duration;

use planwright_checker::{Checker, Finding, Model, NearMiss, Report, Trace, WayBack};
use planwright_model::{Depict, Item, Standing};
use planwright_report::Story;

use crate::{SearchOptions, counted, say, thousands};

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

/// How long the worst is looked for, unless the options say so.
const PATIENCE: Duration = Duration::from_secs(20);

/// Prints the worst that can happen: the most that is broken at once in what the model
/// [shows](Depict::picture), and the longest way back. Prints nothing if nothing is ever broken.
pub fn worst<'m, M>(model: &'m M, checker: Checker<'m, M>, search: &SearchOptions)
where
    M: Depict + Sync,
    M::State: Clone + Debug + Hash + Eq + Send + Sync,
    M::Action: Clone + Debug + PartialEq + Send + Sync,
{
    let checker = search.apply(checker);
    let checker = checker.time_limit(search.time_limit.unwrap_or(PATIENCE));
    let broken = |state: &M::State| -> Vec<String> {
        let picture = model.picture(state);
        let is_broken = |item: &&Item| item.standing == Standing::Broken;
        let names = picture.items().filter(is_broken);
        names.map(|item| item.name.clone()).collect()
    };
    let worst = checker.worst(|state| broken(state).len() as u64);
    let Some(most) = &worst.most else {
        return;
    };
    let steps = |steps: usize| counted(steps as u64, "step", "steps");
    let names = broken(most.trace.last_state()).join(" and ");
    say!(
        "\nthe worst: broken at once: {names}; {} at the soonest; replay: {}",
        steps(most.trace.len()),
        most.trace.path()
    );
    if let Some(trace) = &worst.for_ever {
        say!(
            "for ever: after {} something is broken, and nothing that can happen mends it all; replay: {}",
            steps(trace.len()),
            trace.path()
        );
    }
    if let Some(WayBack {
        trace,
        harmed_after,
    }) = &worst.longest
    {
        say!(
            "the longest way back: broken after {}, mended after {} at the soonest; replay: {}",
            steps(*harmed_after),
            steps(trace.len()),
            trace.path()
        );
    }
    let states = thousands(worst.states as u64);
    match &worst.limit {
        None => say!("(of all {states} states at this size)"),
        Some(limit) => say!("(of the first {states} states, {limit}; there may be worse)"),
    }
}
