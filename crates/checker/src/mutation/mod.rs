//! What if one thing were different: which property would notice?

mod conclusions;
mod mutant;
mod report;
mod standing;
mod trial;

pub use conclusions::Conclusions;
pub use mutant::{Mutant, MutantKind, action_class_mutants};
pub use report::{Fate, MutantResult, MutationReport};
pub use standing::Standing;
