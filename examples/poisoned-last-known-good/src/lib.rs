//! A staged rollout whose health gates look before a plan has failed, so that the last-known-good, which
//! is there to fall back on, is itself what brings the fleet down.
//!
//! Azure Front Door, 29 October 2025: metadata that crashed edge sites some minutes after it was loaded
//! passed the health checks of every stage and became the last-known-good configuration. A rollback would
//! have brought it back; the snapshot was repaired by hand.
//!
//! ```
//! use planwright_checker::Checker;
//! use poisoned_last_known_good::{Fleet, KNOWN_GOOD_WORKS, Protocol, Size, known_good_works};
//!
//! let fleet = Fleet::new(Protocol::as_deployed(), Size::new(1, 1, 2, 1));
//! let report = Checker::new(&fleet).always(KNOWN_GOOD_WORKS, known_good_works).run();
//! assert_eq!(report.assert_violated(KNOWN_GOOD_WORKS).len(), 3);
//! ```

mod action;
mod depict;
mod family;
mod fleet;
mod health;
mod packing;
mod property;
mod protocol;
mod size;
mod state;
mod words;

pub use action::Action;
pub use family::{PoisonedLastKnownGood, program};
pub use fleet::Fleet;
pub use health::{Health, HealthGate};
pub use property::{
    CONTAINED, DOWN, KNOWN_GOOD_WORKS, LAST_LIVE, RECOVERS, contained, known_good_works, last_live,
    works,
};
pub use protocol::Protocol;
pub use size::Size;
pub use state::{Rollout, Site, State};
