//! For tests: what failed, as a timeline.

use std::fmt::Debug;
use std::hash::Hash;
use std::panic::{AssertUnwindSafe, catch_unwind};

use planwright_checker::{Outcome, Report, Trace};
use planwright_model::Depict;

use crate::{Document, Story};

/// Passes if there is a property and every one holds, none of them vacuously.
///
/// The text of a failure is stable from run to run, so that a snapshot can pin it.
///
/// # Panics
///
/// Otherwise, with the verdicts, a timeline for each schedule, and the line that replays it. Without any property
/// it says how to declare one; a fault of the model comes with the schedule that leads to it.
///
/// ```should_panic
/// # use planwright_checker::{Checker, Model};
/// # use planwright_model::{Depict, Group, Item, Picture};
/// # struct Counter;
/// # impl Model for Counter {
/// #     type State = u8;
/// #     type Action = u8;
/// #     fn init_states(&self) -> Vec<u8> { vec![0] }
/// #     fn actions(&self, _: &u8, actions: &mut Vec<u8>) { actions.extend([1, 10]) }
/// #     fn next_state(&self, state: &u8, add: u8) -> Option<u8> { state.checked_add(add) }
/// # }
/// # impl Depict for Counter {
/// #     fn lanes(&self) -> Vec<String> { vec!["clerk".to_owned()] }
/// #     fn actor(&self, _: &u8) -> String { "clerk".to_owned() }
/// #     fn deed(&self, add: &u8) -> String { format!("adds {add}") }
/// #     fn picture(&self, state: &u8) -> Picture {
/// #         Picture::from([Group::new("counters", [Item::new("sum", state.to_string())])])
/// #     }
/// # }
/// let checker = Checker::new(&Counter).always("the sum stays small", |sum| *sum < 20);
/// planwright_report::assert_holds(&checker.run()); // 1 ●  adds 10  sum: 0 → 10 ...
/// ```
#[track_caller]
pub fn assert_holds<M>(report: &Report<'_, M>)
where
    M: Depict<State: Clone + Debug + Hash + PartialEq, Action: Clone + Debug>,
{
    let outcome = report.outcome();
    let vacuous = report.findings().iter().any(|finding| finding.is_vacuous());
    if outcome != Outcome::Holds || vacuous {
        panic!("{}", told(report));
    }
}

/// Passes if the property is violated, and gives the shortest schedule.
///
/// # Panics
///
/// If it is not violated, if no schedule can show it, or if there is no such property; with the verdicts.
#[track_caller]
pub fn assert_violated<M>(report: &Report<'_, M>, property: &str) -> Story
where
    M: Depict<State: Clone + Debug + Hash + PartialEq, Action: Clone + Debug>,
{
    let finding = report
        .finding(property)
        .filter(|finding| finding.is_violated());
    let story = finding.and_then(|finding| Story::of_finding(report.model(), finding));
    story.unwrap_or_else(|| {
        panic!(
            "\"{property}\" is not violated by a schedule\n{}",
            told(report)
        )
    })
}

fn told<M>(report: &Report<'_, M>) -> String
where
    M: Depict<State: Clone + Debug + Hash + PartialEq, Action: Clone + Debug>,
{
    let name = report.claims().into_iter().map(|claim| claim.model).next();
    let name = name.filter(|name| !name.is_empty());
    let document = Document::new(name.unwrap_or_else(|| "the model".to_owned()), report);
    let mut text = document.to_text();
    if let Some(fault) = report.completion().fault() {
        text += &format!("\nfault: {fault}\n");
        let model = report.model();
        // The fault may be that the model panics, or answers differently.
        let story = || {
            Some(Story::of_trace(
                model,
                &Trace::replay(model, fault.path()?).ok()?,
            ))
        };
        if let Ok(Some(story)) = catch_unwind(AssertUnwindSafe(story)) {
            text += &format!("\n{}\n", story.timeline());
        }
    }
    text
}
