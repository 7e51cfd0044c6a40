//! The DynamoDB DNS outage of 19-20 October 2025, as a model: the protocol as deployed and every
//! fix that was proposed for it.
//!
//! A planner publishes numbered DNS plans. Redundant enactors each pick the newest plan, check
//! once that it is newer than what is applied, write it endpoint by endpoint, and then delete
//! plans that are many generations old. One slow enactor is enough: it overwrites a newer plan
//! with its old one, another's clean-up deletes that old plan, and the endpoint resolves to
//! nothing.
//!
//! ```
//! use dns_outage::{Instance, NEVER_EMPTY, Protocol};
//! use planwright_checker::Checker;
//!
//! let system = Protocol::as_deployed().system(Instance::new(1, 2, 4));
//! let report = Checker::new(&system)
//!     .always(NEVER_EMPTY, |s| s.store.all_resolve())
//!     .run();
//! assert_eq!(report.assert_violated(NEVER_EMPTY).len(), 9);
//! ```
//!
//! The source for the protocol is AWS's "Summary of the Amazon DynamoDB Service Disruption in the
//! Northern Virginia (US-EAST-1) Region", aws.amazon.com/message/101925; each rule in
//! [`DnsEnactor`] cites its sentence.

mod enactor;
mod every_generation;
mod family;
mod fleet;
mod instance;
mod liveness;
mod patterns;
mod phase;
mod protocol;
mod safeguards;
mod size;
mod switches;
mod variants;

pub use enactor::DnsEnactor;
pub use family::{DnsAction, DnsOutage, DnsState, DnsSystem, checker, program};
pub use fleet::{FleetQuestion, Replacement};
pub use instance::Instance;
pub use liveness::{
    CONVERGES, EnactorFairness, FairnessCondition, RECOVERS, RESTS_AT_NEWEST, with_convergence,
    with_recovery,
};
pub use patterns::{RESTS_WHATEVER_OPERATORS_DO, with_pause};
pub use phase::Phase;
pub use protocol::Protocol;
pub use safeguards::{Safeguards, SkipInUse, Weaknesses};
pub use switches::safeguards;
pub use variants::{Variant, variants};

/// The safety property of the incident: an endpoint never resolves to nothing.
pub const NEVER_EMPTY: &str = "every endpoint resolves";

/// The property that the incident broke first: no endpoint goes back to an older plan, operators'
/// own rollbacks aside.
pub const NEVER_REGRESSES: &str = "no endpoint goes back to an older plan";
