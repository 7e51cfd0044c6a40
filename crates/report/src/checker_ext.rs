//! Reports that print timelines.

use planwright_checker::{Checkable, Checker};
use planwright_model::Depict;

use crate::Story;

/// Adds to [`Checker`] how its report tells schedules.
pub trait CheckerExt {
    /// The report prints schedules as [timelines](Story::timeline) instead of tables of states, wherever it
    /// is printed: by `Display`, or where one of its assertions fails.
    ///
    /// ```
    /// use planwright_checker::Checker;
    /// use planwright_report::CheckerExt as _;
    /// # use planwright_checker::Model;
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
    ///
    /// let report = Checker::new(&Counter).depict().always("at most 9", |sum| *sum < 10).run();
    /// let step = "    1 ●  adds 10  sum: 0 → 10\n";
    /// assert!(report.to_string().contains(step));
    /// ```
    #[must_use]
    fn depict(self) -> Self;
}

impl<'m, M> CheckerExt for Checker<'m, M>
where
    M: Depict + Checkable,
{
    fn depict(self) -> Self {
        let model: &'m M = self.model();
        self.tell_schedules(move |finding, trace| {
            let story = Story::of_finding(model, finding);
            let story = story.unwrap_or_else(|| Story::of_trace(model, trace));
            story.timeline().to_string()
        })
    }
}
