//! Models others have counted, each written from the definition of its protocol or puzzle.

mod any_order;
mod bakery;
mod clean_forks;
mod coffee_can;
mod die_hard;
mod dining_philosophers;
mod generated;
mod packed_two_phase_commit;
mod peterson;
mod reference;
mod shared_lock;
mod termination_detection;
mod token_ring;
mod transaction_commit;
mod two_phase_commit;

pub use any_order::{AnyOrder, AnyOrderState, Courier, Renaming, Write};
pub use bakery::{Bakery, Counter, Customer};
pub use clean_forks::{CleanForks, Diner, Mood};
pub use coffee_can::{Beans, CoffeeCan, Draw};
pub use die_hard::{DieHard, Jugs, Pour};
pub use dining_philosophers::{DiningPhilosophers, Fork, Manners, Move};
pub use generated::Generated;
pub use packed_two_phase_commit::{PackedCommit, PackedTwoPhaseCommit};
pub use peterson::{Label, Peterson, Processes};
pub use reference::{Location, Reference, ReferenceAction, ReferenceEnactor, ReferenceState};
pub use shared_lock::{SharedLock, Thread};
pub use termination_detection::{Probe, TerminationDetection, Token};
pub use token_ring::TokenRing;
pub use transaction_commit::{Resolve, TransactionCommit};
pub use two_phase_commit::{
    CommitAction, CommitMessage, CommitState, ResourceManager, TransactionManager, TwoPhaseCommit,
};
