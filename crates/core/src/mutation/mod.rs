//! What if one guard were not there? Systems with one thing changed.

mod call_site;
mod change;
mod mutated;
mod survey;

pub use call_site::{CallSite, PreconditionKind};
pub use change::{Mutation, MutationError};
pub(crate) use mutated::Listing;
pub use survey::Survey;
