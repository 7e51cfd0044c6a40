//! Finds the call sites by exploring.

use std::collections::BTreeSet;
use std::panic::Location;
use std::sync::{Arc, PoisonError, RwLock};

use super::mutated::Listing;
use super::{CallSite, PreconditionKind};
use crate::{Enactor, UpdateSystem};

/// A precondition, and where it was added.
pub(super) type Seen = (&'static Location<'static>, PreconditionKind);

/// Collects the call sites of all preconditions that a system's enactors add while the system is
/// explored.
///
/// Explore [`watch`](Self::watch)ed the system as if it were the system itself, then ask for the
/// [`call_sites`](Self::call_sites). What is never reached is never seen, so an exploration that a
/// limit ended may have missed some. Nor is a precondition seen that an enactor does not add
/// inside [`Enactor::steps`], but keeps in a transaction made before.
///
/// ```
/// use planwright_core::{Enactor, Endpoint, Generation, RecordStore, Steps, Survey, Transaction};
/// use planwright_core::UpdateSystem;
/// use planwright_model::Model;
///
/// #[derive(Clone)]
/// struct Eager;
///
/// impl Enactor for Eager {
///     type Local = ();
///
///     fn steps(&self, _: &(), store: &RecordStore, next: &mut Steps<()>) {
///         if let Some(plan) = store.newest_plan() {
///             let write = Transaction::point_at(Endpoint::FIRST, plan).only_if_newer();
///             next.commit(write, (), ());
///         }
///     }
/// }
///
/// let system = UpdateSystem::new(Eager);
/// let survey = Survey::new();
/// let watched = survey.watch(&system);
/// let start = &watched.init_states()[0];
/// let _ = watched.next_states(start);
/// let [site] = &survey.call_sites()[..] else { panic!("one precondition") };
/// assert_eq!(site.requires.to_string(), "only if newer");
/// ```
///
/// A clone is the same survey.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    seen: Arc<RwLock<BTreeSet<Seen>>>,
}

impl Survey {
    /// A survey that has seen nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The system, unchanged, and observed whenever it lists its actions.
    ///
    /// # Panics
    ///
    /// If it is a mutant, or watched, already.
    #[track_caller]
    pub fn watch<E: Enactor + Clone>(&self, system: &UpdateSystem<E>) -> UpdateSystem<E> {
        system.listing(Listing::Watched(self.clone()))
    }

    pub(super) fn add(&self, sites: &[Seen]) {
        // Nothing panics while it holds the lock.
        let seen = self.seen.read().unwrap_or_else(PoisonError::into_inner);
        let all_known = sites.iter().all(|site| seen.contains(site));
        drop(seen);
        if !all_known {
            let mut seen = self.seen.write().unwrap_or_else(PoisonError::into_inner);
            seen.extend(sites);
        }
    }

    /// The call sites seen so far, in the order of the source text.
    pub fn call_sites(&self) -> Vec<CallSite> {
        let seen = self.seen.read().unwrap_or_else(PoisonError::into_inner);
        seen.iter()
            .map(|(location, kind)| CallSite::new(location, *kind))
            .collect()
    }
}
