//! What a search gives back.

use std::time::Duration;

use crate::liveness::Region;
use crate::ordinals::Ordinals;
use crate::statistics::Checked;
use crate::{CheckpointError, Completion, Fault, Limit};

/// What the exploration found.
pub(crate) struct Explored {
    pub(crate) completion: Completion,
    /// Whether the model has any initial state, and whether one is within the boundary.
    pub(crate) initial: (bool, bool),
    pub(crate) states: u64,
    pub(crate) transitions: u64,
    pub(crate) cut: u64,
    pub(crate) terminal: u64,
    pub(crate) checked: Checked,
    pub(crate) levels: Vec<u64>,
    pub(crate) complete_depth: Option<u32>,
    /// Per property: how often it was triggered.
    pub(crate) triggered: Vec<u64>,
    /// Per class of actions: how often it fired.
    pub(crate) fired: Vec<u64>,
    /// Per property: the schedule to what settled it, or why there is none after all.
    pub(crate) schedules: Vec<Option<Result<Ordinals, Fault>>>,
    /// Per property: what the graph says about it, if that was asked.
    pub(crate) told: Vec<Option<Told>>,
    /// Whether no two states can have been taken for one.
    pub(crate) exact: bool,
    /// Of all runs, if it was resumed.
    pub(crate) elapsed: Duration,
    /// Why the last checkpoint could not be written.
    pub(crate) not_saved: Option<CheckpointError>,
}

/// What the graph says about a property.
pub(crate) enum Told {
    Holds,
    /// A limit or an interrupt came first.
    Stopped(Limit),
    /// It depends on what lies outside the boundary.
    Cut,
    /// A schedule to a state, then steps by their numbers among those that the model does not ignore;
    /// from the step after the given number of them on, for ever.
    Lasso(Ordinals, Vec<u32>, usize),
    /// The same, and what comes then does not matter.
    Route(Ordinals, Vec<u32>),
    /// A schedule into a trap.
    Trap(Ordinals, Region),
    /// The longest way back, by a schedule and steps from its end; and a schedule to where there is none.
    WaysBack(Option<(Ordinals, Vec<u32>)>, Option<Ordinals>),
    /// A schedule that cannot be told.
    Fault(Fault),
}
