//! The DynamoDB DNS outage of 19-20 October 2025 as it was told at re:Invent 2025: plans as trees of
//! records, a lock record with epochs, a root alias and a rollback pointer in one batch, and clean-up
//! by age outside the lock.
//!
//! There was a lock, and it did not help: it ordered the batches and not the plans. And there was a
//! rollback pointer for quick recovery, and it prevented recovery: no update could be made any more
//! once the tree to roll back to was gone.
//!
//! ```
//! use dns_tree_rollback::{Protocol, RECOVERS, ROOT_RESOLVES, Size, checker};
//!
//! let enactors = Size::new(2, 4).system(Protocol::as_deployed());
//! let report = checker(&enactors).run();
//! assert_eq!(report.assert_violated(ROOT_RESOLVES).len(), 18);
//! assert!(report.finding(RECOVERS).unwrap().is_violated());
//! ```

mod enactor;
mod family;
mod fleet;
mod property;
mod protocol;
mod size;

pub use enactor::{Phase, TreeEnactor};
pub use family::{DnsTreeRollback, program};
pub use fleet::Replacement;
pub use property::{
    DELETED, Enactors, LAST_LIVE, NEVER_REGRESSES, RECOVERS, ROLLBACK_RESOLVES, ROOT_RESOLVES,
    State, checker, deleted, last_live, rollback_resolves,
};
pub use protocol::{Choice, Cleanup, Protocol, Rollback};
pub use size::Size;
