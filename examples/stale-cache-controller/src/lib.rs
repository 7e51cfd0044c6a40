//! Agents that act on caches: one lags, another goes back after a restart, and a pod runs twice, or is
//! removed while it lives.
//!
//! Kubernetes issue 59848 tells of a kubelet that restarts, reads from an API server that lags, and starts
//! a pod which it has long stopped and removed, while its successor of the same name runs elsewhere. Sun et
//! al. ("Automatic Reliability Testing for Cluster Management Controllers", OSDI 2022) found 46 bugs in ten
//! controllers that act on intermediate, stale or unobserved states.
//!
//! ```
//! use planwright_checker::Checker;
//! use stale_cache_controller::{Cluster, ONE_RUNS, Protocol, Size, one_runs};
//!
//! let cluster = Cluster::new(Protocol::as_deployed(), Size::new(2, 2, 2).restarts(1));
//! let report = Checker::new(&cluster).always(ONE_RUNS, one_runs).run();
//! assert_eq!(report.assert_violated(ONE_RUNS).len(), 12);
//! ```

mod action;
mod cache;
mod cluster;
mod depict;
mod family;
mod packing;
mod property;
mod protocol;
mod size;
mod state;
mod words;

pub use action::{Action, Removal};
pub use cache::{Cache, History};
pub use cluster::Cluster;
pub use family::{StaleCacheController, program};
pub use property::{
    LAST_RUNS, NEVER_REMOVES_LIVE, NEVER_STOPS_LIVE, ONE_RUNS, RECOVERS, REPLACED, last_runs,
    never_removes_live, never_stops_live, one_runs, replaced, settled,
};
pub use protocol::{Protocol, Reads, Stops};
pub use size::Size;
pub use state::{Faults, Node, Pod, State, Task, Uid};
