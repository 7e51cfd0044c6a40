//! Configuration-update protocols as models: numbered plans, redundant enactors that put them live
//! endpoint by endpoint, and clean-up that deletes old plans.
//!
//! Implement [`Enactor`] for your updater, put it into an [`UpdateSystem`], and hand that to a
//! checker. The system supplies the planner, every interleaving, atomic commits and faults.
//!
//! | word | type | means |
//! |---|---|---|
//! | generation | [`Generation`] | the number of a desired state; comparable, nothing else |
//! | plan | [`PlanSet`] | a desired state of every endpoint, known by its generation; the ones that exist |
//! | endpoint | [`Endpoint`] | one name that clients look up |
//! | record store | [`RecordStore`] | the plans that exist and the plan each endpoint is at |
//! | transaction | [`Transaction`] | [`Precondition`]s and [`Write`]s, applied whole or refused with a [`Conflict`] |
//! | planner | [`Planner`] | publishes the next generation at any moment |
//! | enactor | [`Enactor`], [`Steps`] | puts plans live, one transaction or local move a step |
//! | clean-up | [`Cleanup`] | which plans may be deleted |
//! | lease | [`Lease`], [`LeaseTerm`], [`Token`] | a lock that expires, and the number of a grant |
//! | fault | [`FaultBudget`] | what may go wrong, and how often |
//! | mutation | [`Mutation`], [`Survey`] | one guard, rule or kind of step taken away |
//! | system | [`UpdateSystem`], [`SystemState`], [`SystemAction`] | all of it as a `Model` |
//!
//! What is one [`Transaction`] is one step; all else interleaves.
//!
//! # Example
//!
//! An updater that checks once and then writes, as a model that any checker can explore:
//!
//! ```
//! use planwright_core::{Enactor, Endpoint, Generation, RecordStore, Steps, Transaction, UpdateSystem};
//! use planwright_model::Model;
//!
//! struct Updater;
//!
//! impl Enactor for Updater {
//!     type Local = Option<Generation>;
//!
//!     fn steps(&self, picked: &Self::Local, store: &RecordStore, next: &mut Steps<Self::Local>) {
//!         match *picked {
//!             None if store.newest_plan() > store.applied(Endpoint::FIRST) => {
//!                 next.goto(store.newest_plan())
//!             }
//!             None => {}
//!             Some(plan) => next.commit(Transaction::point_at(Endpoint::FIRST, plan), None, None),
//!         }
//!     }
//! }
//!
//! let system = UpdateSystem::new(Updater).enactors(2).generations(3);
//! let start = &system.init_states()[0];
//! // At first there is nothing to write, and only the planner can act.
//! assert_eq!(system.next_states(start).len(), 1);
//! ```
//!
//! # Limits
//!
//! At most 6 enactors, 8 endpoints, 32 generations, 255 of each
//! fault. Beyond them [`UpdateSystem::validate`] says what does not fit.

mod action;
mod classes;
mod cleanup;
mod depict;
mod deployed;
mod describe;
mod display;
mod enactor;
mod encode;
mod endpoint;
pub mod every_generation;
mod fault;
mod fleet;
mod generation;
mod instrumentation;
mod lease;
mod lock;
mod model;
mod mutation;
mod packing;
mod plan;
mod plan_bits;
mod planner;
mod predicate;
mod reads;
mod refusals;
mod repair;
mod rules;
mod stale;
mod state;
mod store;
mod symmetric;
mod system;
mod transaction;

pub use action::SystemAction;
pub use classes::DELETES_A_PLAN;
pub use cleanup::Cleanup;
pub use deployed::{Deployed, Version};
pub use enactor::{Enactor, EnactorId, LocalStates, Steps};
pub use endpoint::{Endpoint, EndpointSet};
pub use every_generation::every_number::{self, EveryNumber};
pub use every_generation::{Dependence, EveryGeneration, Pattern, PatternStep};
pub use fault::FaultBudget;
pub use fleet::{CarryOver, Course, Fleet, Handover};
pub use generation::{Generation, GenerationOverflow};
pub use lease::{Lease, LeaseTerm, Token};
pub use lock::Epoch;
pub use mutation::{CallSite, Mutation, MutationError, PreconditionKind, Survey};
pub use plan::{PlanIter, PlanSet};
pub use planner::Planner;
pub use planwright_derive::FiniteOfCore as Finite;
pub use planwright_model::finite::{self, Finite};
pub use predicate::{in_use_kept, never_regresses};
pub use repair::Repair;
pub use rules::{StoreRule, StoreRules};
pub use state::SystemState;
pub use store::{RecordStore, Resolution};
pub use system::{ConfigError, UpdateSystem};
pub use transaction::{Conflict, Precondition, Transaction, Write};
