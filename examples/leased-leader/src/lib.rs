//! A leader elected by a lease, which puts plans live, and what stops it once it is no leader any
//! more.
//!
//! M. Kleppmann, "How to do distributed locking" (2016), tells how a process that is paused while it
//! holds a lease goes on after the lease has passed to another, and overwrites what that one wrote.
//! He asks for fencing: each grant has a larger token, and the store refuses a token smaller than one
//! it has seen.
//!
//! ```
//! use leased_leader::{NEVER_REGRESSES, Protocol, Size, checker};
//!
//! let leaders = Size::new(2, 1, 3).leaders(Protocol::as_deployed());
//! let report = checker(&leaders).run();
//! assert_eq!(report.assert_violated(NEVER_REGRESSES).len(), 9);
//! ```

mod family;
mod fleet;
mod leader;
mod property;
mod protocol;
mod size;

pub use family::{LeasedLeader, program};
pub use fleet::Replacement;
pub use leader::{Leader, Phase};
pub use property::{
    LAST_LIVE, Leaders, NEVER_OVERTAKEN, NEVER_REGRESSES, RECOVERS, State, TWO_LEADERS, checker,
    last_live, never_overtaken, two_leaders,
};
pub use protocol::{Choice, Fencing, Protocol};
pub use size::Size;
