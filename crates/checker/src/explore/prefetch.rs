//! Asking for memory before it is needed.

#[cfg(not(all(target_arch = "x86_64", not(miri))))]
use crate::keys::Bucket as _;
use crate::keys::Key;

/// Brings the cache line where a bucket begins into the first-level cache soon.
///
/// A plain load does the same, but it keeps its place in the processor's window until the line has come, so
/// that only a few lines are on their way at a time; README.md, "Bursts". It is what is left where there is
/// no instruction that only asks, or none that has been tried.
#[inline(always)]
pub(super) fn prefetch<K: Key>(bucket: &K::Bucket) {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    #[expect(
        unsafe_code,
        reason = "no safe function of the standard library prefetches"
    )]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: a prefetch is a hint. It reads and writes nothing that a program can see, and no
        // address makes it fault; this one is that of a live reference besides.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(bucket).cast()) };
    }
    #[cfg(not(all(target_arch = "x86_64", not(miri))))]
    std::hint::black_box(bucket.touch());
}
