//! What a violation needs of its schedule.

use std::fmt::Debug;
use std::hash::Hash;
use std::time::Duration;

use planwright_checker::{Checkable, Checker, Finding, Model, NearMiss, Report, Verdict, WayBack};
use planwright_model::{Depict, Item, Standing};
use planwright_report::Story;

use crate::{Exit, Named, SearchOptions, counted, interrupted, say};

/// Prints the verdict on every property, those that are explained first, and says how the program ends.
pub(crate) fn judged<M: Model>(report: &Report<'_, M>) -> Exit {
    let findings = report.findings();
    let words = |finding: &Finding<M::State, M::Action>| match &finding.verdict {
        Verdict::Violated { .. } => "violated",
        Verdict::Holds { .. } => "holds",
        Verdict::Undecided(_) => "undecided",
    };
    for word in ["violated", "undecided", "holds"] {
        for finding in findings.iter().filter(|finding| words(finding) == word) {
            say!("{word}: {}", finding.name);
        }
    }
    if findings.iter().any(Finding::is_undecided) {
        say!(
            "undecided is what a limit or an interruption came before ({})",
            report.completion()
        );
    }
    report.outcome().into()
}

/// Prints a violation with what it needs of its schedule, and the nearest good run; nothing if there is no
/// schedule.
pub(crate) fn explain<M>(
    report: &Report<'_, M>,
    named: &Named,
    finding: &Finding<M::State, M::Action>,
) where
    M: Depict,
    M::State: Clone + Debug + Hash + PartialEq,
    M::Action: Clone + Debug + PartialEq,
{
    let model = report.model();
    let story = Story::of_finding(model, finding);
    let blame = report.blame(&finding.name, |action| model.actor(action));
    let (Some(story), Some(blame)) = (story, blame) else {
        return;
    };
    say!("\n{}: {}\n", finding.name, story.extent());
    let story = named.told(story).blamed(&blame);
    say!("{}", story.timeline());
    if !blame.races.is_empty() {
        let pairs = blame
            .races
            .iter()
            .map(|(one, other)| format!("{one} and {other}"));
        say!(
            "the order matters of steps {}",
            pairs.collect::<Vec<_>>().join(", ")
        );
    }
    match (&blame.near_miss, blame.is_complete) {
        (Some(NearMiss { departs, trace, .. }), _) => {
            let other = trace
                .actions()
                .get(departs - 1)
                .map(|action| format!("instead {} {}", model.actor(action), model.deed(action)));
            let other = other.unwrap_or_else(|| "it ends there".to_owned());
            say!(
                "the nearest good run departs at step {departs}: {other}; replay: {}",
                named.line(&trace.path())
            );
        }
        (None, true) => say!("no order in which the processes take these turns is a good run"),
        (None, false) => {
            say!("no good run was found beside this schedule, within the limit of the search")
        }
    }
}

/// How long the worst is looked for, unless the options say so.
const PATIENCE: Duration = Duration::from_secs(20);

/// Prints the worst that can happen: the most that is broken at once in what the model
/// [shows](Depict::picture), and the longest way back. Looks at no more states than
/// [`max_states`](SearchOptions::max_states), and at none after Ctrl-C.
pub(crate) fn worst<'m, M>(
    model: &'m M,
    named: &Named,
    checker: Checker<'m, M>,
    search: &SearchOptions,
) where
    M: Depict + Checkable<State: Debug + Eq, Action: Debug>,
{
    if interrupted() {
        return;
    }
    if let Some(steps) = search.max_depth {
        say!("\nthe worst is not looked for under --max-depth {steps}");
        return;
    }
    let checker = search.apply(checker);
    let checker = checker.time_limit(search.time_limit.unwrap_or(PATIENCE));
    let broken = move |state: &M::State| -> Vec<String> {
        let picture = model.picture(state);
        let is_broken = |item: &&Item| item.standing == Standing::Broken;
        let names = picture.items().filter(is_broken);
        names.map(|item| item.name.clone()).collect()
    };
    let worst = checker.worst(move |state| broken(state).len() as u64);
    let states = counted(worst.states as u64, "state");
    let Some(most) = &worst.most else {
        match &worst.limit {
            None => say!("\nnothing is ever broken, in all {states} at this size"),
            Some(limit) => say!("\nnothing is broken in the first {states}, {limit}"),
        }
        return;
    };
    let steps = |steps: usize| counted(steps as u64, "step");
    let names = broken(most.trace.last_state()).join(" and ");
    say!(
        "\nthe worst: broken at once: {names}; {} at the soonest; replay: {}",
        steps(most.trace.len()),
        named.line(&most.trace.path())
    );
    if let Some(trace) = &worst.for_ever {
        say!(
            "for ever: after {} something is broken, and nothing that can happen mends it all; replay: {}",
            steps(trace.len()),
            named.line(&trace.path())
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
            named.line(&trace.path())
        );
    }
    match &worst.limit {
        None => say!("(of all {states} at this size)"),
        Some(limit) => say!("(of the first {states}, {limit}; there may be worse)"),
    }
}
