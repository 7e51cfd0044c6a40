//! Where a fault of the model shows.

use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};

use planwright_model::Model;
use serde::{Deserialize, Serialize};

use crate::{Cause, Fault, Report, Trace, Verdict};

/// Where a [`Fault`] of the model shows, in words: in which state, and after which step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FaultLocation {
    /// The state, by its `Debug`; `None` if its schedule cannot be repeated, because the model panics or answers
    /// differently on the way.
    pub state: Option<String>,
    /// Where `Encode` is wrong, the other state that the state's code gives back.
    pub read_back: Option<String>,
    /// The action that leads to the state; `None` if it is an initial state, or is not known.
    pub action: Option<String>,
    /// The line that replays the schedule to the state.
    pub replay: String,
}

impl FaultLocation {
    /// The same in lines of text.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(state) = &self.state {
            lines.push(format!("in state: {state}"));
            let other = self.read_back.iter();
            lines.extend(other.map(|other| format!("its code is read back as: {other}")));
            lines.push(match &self.action {
                Some(action) => format!("after action: {action}"),
                None => "which is an initial state".to_owned(),
            });
        }
        lines.push(format!("replay: {}", self.replay));
        lines
    }
}

impl<M: Model> Report<'_, M>
where
    M::State: Debug,
    M::Action: Clone + Debug,
{
    /// Where a fault shows, if a schedule leads there.
    pub(crate) fn location(&self, fault: &Fault) -> Option<FaultLocation> {
        let path = fault.path()?;
        let mut location = FaultLocation {
            state: None,
            read_back: None,
            action: None,
            replay: path.to_owned(),
        };
        // The fault may be that the model panics, or answers differently.
        let fill = || {
            let trace = Trace::replay(&self.explored, path).ok()?;
            let (state, action) = (trace.last_state(), trace.actions().last());
            location.read_back = self.read_back_otherwise(fault, state);
            location.action = action.map(|action| self.model().format_action(action));
            location.state = Some(format!("{state:?}"));
            Some(())
        };
        let _ = catch_unwind(AssertUnwindSafe(fill));
        Some(location)
    }

    /// Where a fault shows that leaves this verdict undecided.
    pub(crate) fn location_of(
        &self,
        verdict: &Verdict<M::State, M::Action>,
    ) -> Option<FaultLocation> {
        match verdict {
            Verdict::Undecided(Cause::Fault(fault)) => self.location(fault),
            _ => None,
        }
    }

    fn read_back_otherwise(&self, fault: &Fault, state: &M::State) -> Option<String> {
        let Fault::AmbiguousCode { .. } = fault else {
            return None;
        };
        let other = format!("{:?}", self.read_back?(self.model(), state)?);
        (other != format!("{state:?}")).then_some(other)
    }
}
