//! A network whose configuration is replaced while requests travel through it: in place, and in
//! two phases by version.
//!
//! Reitblatt, Foster, Rexford, Schlesinger and Walker, "Abstractions for Network Update" (SIGCOMM
//! 2012), ask that every packet be handled by one version of the configuration from end to end.
//! Their two-phase update installs the new version next to the old one, then has the ingress stamp
//! it on what enters, and removes the old one when nothing that carries it is left. That "when" is
//! the clean-up question of every versioned deployment.
//!
//! ```
//! use planwright_checker::Checker;
//! use two_phase_update::{NEVER_DROPPED, Network, Protocol, Size, never_dropped};
//!
//! let network = Network::new(Protocol::remove_at_once(), Size::new(2, 1, 2));
//! let report = Checker::new(&network).always(NEVER_DROPPED, never_dropped).run();
//! assert_eq!(report.assert_violated(NEVER_DROPPED).len(), 7);
//! ```

mod action;
mod depict;
mod family;
mod network;
mod packing;
mod property;
mod protocol;
mod size;
mod state;
mod words;

pub use action::{Action, Handled};
pub use family::{TwoPhaseUpdate, program};
pub use network::Network;
pub use property::{
    COMPLETES, HALF_WAY, LAST_LIVE, NEVER_DROPPED, ONE_VERSION, half_way, last_live, never_dropped,
    one_version, recovered, settled,
};
pub use protocol::{Flip, Order, Protocol, Removal};
pub use size::Size;
pub use state::{Request, State, Version};
