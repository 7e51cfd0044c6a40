//! Hears what enactors say while a system lists its actions: where preconditions are added, and how
//! generations are used.
//!
//! A transaction does not carry the places of its preconditions: it is part of every action, and
//! actions must stay small. So whoever wants to know listens while the enactors speak. That makes
//! this the only state outside of values in the crate; it belongs to one thread, it is set for the
//! length of one call, and the result of that call depends on its arguments alone.

use std::cell::{Cell, RefCell};
use std::panic::Location;
use std::sync::Arc;

use super::{CallSite, PreconditionKind};
use crate::Generation;

/// A precondition, and where it was added.
pub(super) type Heard = (&'static Location<'static>, PreconditionKind);

#[derive(Debug)]
pub(super) enum Ear {
    /// Nobody listens.
    Deaf,
    /// Remembers every precondition.
    Records(Vec<Heard>),
    /// Leaves out the preconditions that are added there.
    Ignores(Arc<CallSite>),
    /// Panics if generations are used in a way that tells more of them apart.
    Limits(Limits),
}

/// What an enactor may do with generations, where states are told apart only so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The largest `k` it may ask "older by" for.
    pub(crate) largest_gap: u8,
    /// The only generation it may take the successor of.
    pub(crate) newest: Option<Generation>,
}

/// Tells the listener that somebody asks for plans older by `k`.
#[cold]
#[track_caller]
pub(crate) fn hears_older_by(k: u8) {
    let too_large = EAR.with_borrow(|ear| match ear {
        Ear::Limits(limits) if k > limits.largest_gap => Some(limits.largest_gap),
        _ => None,
    });
    if let Some(largest) = too_large {
        panic!(
            "{}: \"older by {k}\" is asked of a generation, but the protocol's `largest_gap` says that it \
             tells apart at most {largest}; return at least {k} there",
            Location::caller()
        );
    }
}

/// Tells the listener that somebody takes a generation's successor.
#[cold]
#[track_caller]
pub(crate) fn hears_successor(of: Generation) {
    let refused = EAR.with_borrow(|ear| match ear {
        Ear::Limits(limits) => limits.newest != Some(of),
        _ => false,
    });
    assert!(
        !refused,
        "{}: an enactor takes the successor of {of}, which is not the newest published one; a proof for \
         every number of generations cannot follow it",
        Location::caller()
    );
}

/// Calls `speak`, and panics if it uses generations beyond `limits`.
pub(crate) fn within(limits: Limits, speak: impl FnOnce()) {
    with(Ear::Limits(limits), speak);
}

thread_local! {
    /// Apart from the ear, so that adding a precondition costs one load while nobody listens.
    static LISTENING: Cell<bool> = const { Cell::new(false) };
    static EAR: RefCell<Ear> = const { RefCell::new(Ear::Deaf) };
}

/// Whether anybody listens on this thread.
#[inline]
pub(crate) fn listening() -> bool {
    LISTENING.get()
}

/// Tells the listener of a precondition; whether it is to be left out.
#[cold]
pub(crate) fn hears(location: &'static Location<'static>, kind: PreconditionKind) -> bool {
    EAR.with_borrow_mut(|ear| match ear {
        Ear::Deaf | Ear::Limits(_) => false,
        Ear::Records(heard) => {
            heard.push((location, kind));
            false
        }
        Ear::Ignores(site) => site.is_at(location, kind),
    })
}

fn set(ear: Ear) -> Ear {
    LISTENING.set(!matches!(ear, Ear::Deaf));
    EAR.replace(ear)
}

/// Puts the earlier ear back, also when the enactor panics.
struct Restore(Option<Ear>);

impl Drop for Restore {
    fn drop(&mut self) {
        if let Some(earlier) = self.0.take() {
            set(earlier);
        }
    }
}

/// Calls `speak` while `ear` listens, and gives the ear back.
pub(super) fn with(ear: Ear, speak: impl FnOnce()) -> Ear {
    let mut restore = Restore(Some(set(ear)));
    speak();
    set(restore.0.take().unwrap_or(Ear::Deaf))
}
