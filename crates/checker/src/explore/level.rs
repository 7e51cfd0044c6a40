//! The states of one level, in the order of their numbers.

use std::ops::Range;

/// The states found at one depth: segments as the chunks produced them, never copied together.
pub(super) struct Level<S> {
    segments: Vec<Vec<S>>,
    /// The position of each segment's first state within the level.
    starts: Vec<usize>,
    len: usize,
    /// The number of the level's first state.
    pub(super) first: u32,
    /// The positions of the states that the audit expands twice, in increasing order.
    pub(super) sampled: Vec<usize>,
}

impl<S> Level<S> {
    /// An empty level whose first state will have the number `first`.
    pub(super) fn new(first: u32) -> Self {
        Self {
            segments: Vec::new(),
            starts: Vec::new(),
            len: 0,
            first,
            sampled: Vec::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Appends states, with the positions within `states` of those that the audit wants.
    pub(super) fn push(&mut self, states: Vec<S>, sampled: impl Iterator<Item = usize>) {
        self.sampled.extend(sampled.map(|at| at + self.len));
        if !states.is_empty() {
            self.starts.push(self.len);
            self.len += states.len();
            self.segments.push(states);
        }
    }

    /// The states at the given positions, as slices.
    pub(super) fn slices(&self, range: Range<usize>) -> impl Iterator<Item = &[S]> {
        let skip = self.starts.partition_point(|&start| start <= range.start);
        let from = skip.saturating_sub(1);
        self.starts[from..]
            .iter()
            .zip(&self.segments[from..])
            .take_while({
                let end = range.end;
                move |&(&start, _)| start < end
            })
            .map(move |(&start, segment)| {
                let low = range.start.saturating_sub(start);
                let high = (range.end - start).min(segment.len());
                &segment[low..high]
            })
    }

    /// Frees the segments that lie wholly before position `end`.
    pub(super) fn release(&mut self, end: usize) {
        let done = self.starts.partition_point(|&start| start < end);
        for (index, segment) in self.segments[..done].iter_mut().enumerate().rev() {
            if segment.capacity() == 0 && index + 1 < done {
                break; // released before, and all that precede it
            }
            if self.starts[index] + segment.len() <= end {
                *segment = Vec::new();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_cut_across_segments_and_release_keeps_the_rest() {
        let mut level = Level::new(7);
        level.push(vec![0, 1, 2], [1].into_iter());
        level.push(vec![], [].into_iter());
        level.push(vec![3], [0].into_iter());
        level.push(vec![4, 5, 6, 7], [3].into_iter());
        assert_eq!((level.len(), level.first), (8, 7));
        assert_eq!(level.sampled, [1, 3, 7]);
        for low in 0..=8 {
            for high in low..=8 {
                let states: Vec<usize> = level.slices(low..high).flatten().copied().collect();
                assert_eq!(states, (low..high).collect::<Vec<_>>());
            }
        }
        level.release(2);
        assert_eq!(
            level.slices(2..5).flatten().copied().collect::<Vec<_>>(),
            [2, 3, 4]
        );
        level.release(5);
        assert_eq!(
            level.slices(5..8).flatten().copied().collect::<Vec<_>>(),
            [5, 6, 7]
        );
        assert!(level.segments[0].is_empty() && level.segments[1].is_empty());
        level.release(8);
        assert!(level.segments.iter().all(Vec::is_empty));
    }
}
