//! What `pool.rs` is made of, in a place of its own so that its tests can put loom's in their stead.

pub(super) use std::hint::spin_loop;
pub(super) use std::sync::atomic::{AtomicUsize, Ordering};
pub(super) use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
pub(super) use std::thread::{JoinHandle, yield_now};

pub(super) use crate::options::processors;

/// How often somebody looks again before going to sleep: for about a tenth of a millisecond, more or less from
/// processor to processor. The others are rarely later, while it takes half as long to be woken.
pub(super) const PATIENCE: usize = 1 << 12;

/// Another thread, if the system has one left.
pub(super) fn spawn(work: impl FnOnce() + Send + 'static) -> Option<JoinHandle<()>> {
    std::thread::Builder::new()
        .name("planwright".to_owned())
        .spawn(work)
        .ok()
}
