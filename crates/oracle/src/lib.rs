//! Second opinions for Planwright's tests: two judges that share no code with the checker, and
//! models that are not ours, with the numbers of states others have published for them.

mod models;
mod naive;
mod stateright_count;

pub use models::{
    AnyOrder, AnyOrderState, Beans, CoffeeCan, CommitAction, CommitMessage, CommitState, Courier,
    DieHard, DiningPhilosophers, Draw, Fork, Jugs, Label, Location, Manners, Move, PackedCommit,
    PackedTwoPhaseCommit, Peterson, Pour, Probe, Processes, Reference, ReferenceAction,
    ReferenceEnactor, ReferenceState, Renaming, Resolve, ResourceManager, TerminationDetection,
    Token, TokenRing, TransactionCommit, TransactionManager, TwoPhaseCommit, Write,
};
pub use naive::Naive;
pub use stateright_count::stateright_unique;
