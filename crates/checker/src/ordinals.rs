//! Schedules as numbers.

/// A schedule: the initial state's ordinal, then each action's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ordinals {
    pub(crate) initial: u32,
    pub(crate) actions: Vec<u32>,
}

impl Ordinals {
    /// The line that [`Trace::replay`](crate::Trace::replay) takes.
    pub(crate) fn line(&self) -> String {
        let actions = self.actions.iter().map(|ordinal| format!("/{ordinal}"));
        format!("{}{}", self.initial, actions.collect::<String>())
    }
}
