//! Second opinions for Planwright's tests: two judges that share no code with the checker, and
//! models that are not ours, with the numbers of states others have published for them.

mod evaluator;
mod explicit_graph;
mod export;
mod fairness;
mod foreign;
mod formula;
mod karp_miller;
mod models;
mod naive;
mod stateright_count;

pub use evaluator::Evaluator;
pub use explicit_graph::{Edge, ExplicitGraph, NamedPredicate, Predicate};
pub use export::{TLA_MODULE, nusmv, nusmv_specifications, promela, tla, tla_configuration};
pub use fairness::{Fairness, Strength};
pub use foreign::{Case, ForeignChecker, Ledger, NuSmv, Spin, Tlc, installed};
pub use formula::Formula;
pub use karp_miller::{Coverable, Net};
pub use models::{
    AnyOrder, AnyOrderState, Bakery, Beans, CleanForks, CoffeeCan, CommitAction, CommitMessage,
    CommitState, Counter, Courier, Customer, DieHard, Diner, DiningPhilosophers, Draw, Fork,
    Generated, Jugs, Label, Location, Manners, Mood, Move, PackedCommit, PackedTwoPhaseCommit,
    Peterson, Pour, Probe, Processes, Reference, ReferenceAction, ReferenceEnactor, ReferenceState,
    Renaming, Resolve, ResourceManager, SharedLock, TerminationDetection, Thread, Token, TokenRing,
    TransactionCommit, TransactionManager, TwoPhaseCommit, Write,
};
pub use naive::Naive;
pub use stateright_count::stateright_unique;
