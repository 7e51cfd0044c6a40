//! Asking for memory before it is needed.

/// Starts to bring the cache line where `place` begins into the first-level cache, on processors that can
/// be asked to.
///
/// A load would do the same, but it keeps its place in the processor's window until the line has come, so
/// that only a few lines are on their way at a time; README.md, "Bursts".
#[inline(always)]
pub(super) fn prefetch<T>(place: &T) {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    #[expect(
        unsafe_code,
        reason = "no safe function of the standard library prefetches"
    )]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: a prefetch is a hint. It reads and writes nothing that a program can see, and no
        // address makes it fault; this one is that of a live reference besides.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(place).cast()) };
    }
    #[cfg(not(all(target_arch = "x86_64", not(miri))))]
    let _ = place;
}
