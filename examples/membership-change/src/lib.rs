//! A Raft cluster whose members are changed one server at a time, by leaders that overlap.
//!
//! Ongaro's dissertation, "Consensus: Bridging Theory and Practice" (2014, chapter 4), changes members
//! one server at a time, because majorities of two sets that differ by one server always have a server
//! in common. On 2015-07-10 he told raft-dev that this is not enough: leaders of different terms may
//! each change the same set, and the two results differ by two. The fix: a leader changes members only
//! once it has committed an entry of its own term.
//!
//! ```
//! use membership_change::{Cluster, LEADERS_COMPLETE, Protocol, Size, leaders_complete};
//! use planwright_checker::Checker;
//!
//! let cluster = Cluster::new(Protocol::as_published(), Size::new(4, 0, 3, 1));
//! let report = Checker::new(&cluster).always_step(LEADERS_COMPLETE, leaders_complete).run();
//! assert_eq!(report.assert_violated(LEADERS_COMPLETE).len(), 7);
//! ```

mod action;
mod cluster;
mod depict;
mod family;
mod log;
mod members;
mod packing;
mod property;
mod protocol;
mod size;
mod state;
mod words;

pub use action::Action;
pub use cluster::Cluster;
pub use family::{MembershipChange, program};
pub use log::{Entry, Log};
pub use members::Members;
pub use property::{
    CHANGED, COMMITTED_STAYS, LEADERS_COMPLETE, ONE_LEADER, RECOVERS, RIVALS, changed,
    committed_stays, leaders_complete, one_leader, rivals, settled,
};
pub use protocol::{ChangeRule, Protocol, Quorum, VoteRule};
pub use size::Size;
pub use state::{Server, State};
