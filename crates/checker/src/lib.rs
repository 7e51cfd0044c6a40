//! A model checker for any Stateright [`Model`]: every reachable state, every property, the
//! shortest counterexample.
//!
//! Start with [`Checker`]; what comes out is a [`Report`].
//!
//! | word | type | means |
//! |---|---|---|
//! | model, state, action | [`Model`] | as in Stateright and TLA+ |
//! | property | [`Checker::always`], [`Checker::always_step`], [`Checker::always_implies`], [`Checker::sometimes`] | invariant, step property, implication, reachability |
//! | verdict | [`Verdict`], [`Finding`] | holds, violated, undecided |
//! | liveness | [`Checker::eventually`], [`Checker::leads_to`], [`Checker::until`], [`Checker::progress`], [`Checker::weakly_fair`], [`Lasso`], [`Strength`], [`Rest`] | what happens in the end, if those act that must |
//! | recoverable | [`Checker::recoverable`], [`Trap`] | whether a good state stays reachable |
//! | trace | [`Trace`], [`Timeline`] | a schedule: states and actions; the same in words |
//! | completion | [`Completion`], [`Limit`], [`Fault`] | how the exploration ended |
//! | what is asked of several models | [`Properties`] | properties and conditions on runs, as a value |
//! | mutant | [`MutationReport`], [`Mutant`], [`Fate`] | the model with one thing changed; which property notices |
//! | checkpoint | [`Checkpoints`], [`Checker::checkpoints`] | from where it can be resumed |
//!
//! # What a verdict rests on
//!
//! - *Holds* only after an exhausted search. Where the model's `within_boundary` cut states off,
//!   the report says so.
//! - States are told apart by 64-bit fingerprints of their `Hash`. The report states the
//!   probability that two of them collided, and [`Checker::seed`] gives independent evidence. With
//!   [`Storage::Exact`] they are stored whole, and nothing can collide.
//! - With [`Checker::symmetry`] one state of each orbit stands for all. That nothing tells the
//!   interchangeable parts apart is checked on a sample, in debug builds on every state.
//! - The model must be deterministic, and its state's `Hash` and `Eq` must agree. Both are checked on a
//!   fixed sample of about one state in 1,024, denser at first; with [`Audit::ALL`] on
//!   every state.
//! - A sample is a sample: the report says how much was checked ([`Statistics::checked`]), and
//!   [`Audit::ALL`] checks all. Do that once before you believe a verdict.
//! - Counterexamples are shortest, the same for every number of threads, and replayed through the
//!   model alone before they are reported.

pub mod ablation;
mod admission;
mod aftermath;
mod answer;
mod audit;
mod blame;
mod checkable;
mod checker;
mod checkpoint;
mod claim;
mod claims;
mod codec;
mod completion;
mod explore;
mod fault;
mod fault_location;
mod finding;
mod fingerprint;
mod judge;
mod keys;
mod liveness;
mod memory;
mod mutation;
mod nearest;
mod options;
mod ordinals;
mod printed;
mod progress;
mod properties;
mod property;
mod reading;
mod repair;
mod report;
mod run;
mod statistics;
mod steps;
mod storage;
mod summary;
mod symmetry;
mod text;
mod timeline;
mod trace;
mod verdict;
pub mod views;
mod worst;

pub use admission::Admission;
pub use aftermath::Aftermath;
pub use answer::Answer;
pub use audit::{Audit, Extent};
pub use blame::{Blame, NearMiss, Need};
pub use checkable::Checkable;
pub use checker::Checker;
pub use checkpoint::{CheckpointError, Checkpoints};
pub use claim::{BoundClaim, Claim, Versions};
pub use completion::{Completion, Limit};
pub use fault::{Fault, Place};
pub use fault_location::FaultLocation;
pub use finding::Finding;
pub use fingerprint::fingerprint;
pub use liveness::{How, Lasso, Met, Rest, Strength, Trap};
pub use memory::default_limit as default_memory_limit;
pub use mutation::{
    Conclusions, Fate, Mutant, MutantKind, MutantResult, MutationReport, Standing,
    action_class_mutants,
};
pub use nearest::{Nearest, NearestError};
pub use options::MAX_THREADS;
pub use planwright_model::{Encode, Model, Symmetric};
pub use printed::Printed;
pub use progress::{Listener, Progress};
pub use properties::Properties;
pub use property::PropertyKind;
pub use reading::Reading;
pub use repair::shortest_repair;
pub use report::Report;
pub use statistics::{ActionCount, Checked, Share, Statistics};
pub use storage::Storage;
pub use summary::{Cost, FindingSummary, Summary};
pub use timeline::Timeline;
pub use trace::{ReplayError, Trace};
pub use verdict::{Cause, Outcome, Verdict};
pub use views::{Derivation, DerivedStep, ViewReport, ViewSearch, ViewVerdict};
pub use worst::{Harm, WayBack, Worst};
