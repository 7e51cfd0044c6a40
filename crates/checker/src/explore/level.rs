//! The states of one level, in the order of their numbers.

use std::mem::needs_drop;
use std::ops::Range;

/// The states found at one depth, in segments of equal length that are freed as they are expanded.
pub(super) struct Level<S> {
    segments: Vec<Vec<S>>,
    /// States of a segment that are being taken, and how many segments were.
    front: std::vec::IntoIter<S>,
    taken: usize,
    len: usize,
    /// Which worker made the states up to which position, if they have heap parts.
    makers: Vec<(usize, usize)>,
    /// The number of the level's first state.
    pub(super) first: u32,
    /// The positions of the states that the audit expands twice, in increasing order.
    pub(super) sampled: Vec<usize>,
}

impl<S> Level<S> {
    /// States of a segment: about a quarter of a MiB.
    const SEGMENT: usize = {
        let size = if size_of::<S>() == 0 {
            1
        } else {
            size_of::<S>()
        };
        let fit = (256 << 10) / size;
        if fit < 16 { 16 } else { fit }
    };

    /// An empty level whose first state will have the number `first`.
    pub(super) fn new(first: u32) -> Self {
        Self {
            segments: Vec::new(),
            front: Vec::new().into_iter(),
            taken: 0,
            len: 0,
            makers: Vec::new(),
            first,
            sampled: Vec::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Who made the state at this position. Its memory is best given back by the same worker.
    pub(super) fn maker(&self, position: usize) -> usize {
        let place = self.makers.partition_point(|(end, _)| *end <= position);
        self.makers.get(place).map_or(0, |(_, maker)| *maker)
    }

    /// Where a chunk that begins at `from` ends: after `size` states, at `end`, or before, if the states
    /// have heap parts and another worker made what follows.
    pub(super) fn cut(&self, from: usize, size: usize, end: usize) -> usize {
        let end = end.min(from + size);
        let place = self.makers.partition_point(|(end, _)| *end <= from);
        // Not for a few states only: a chunk has its costs.
        let changes = self.makers[place..].iter();
        let mut changes = changes.map(|(change, _)| *change);
        let change = changes.find(|change| change - from >= size / 4);
        change.map_or(end, |change| end.min(change))
    }

    /// Appends states that this worker has made, and leaves `states` empty.
    pub(super) fn append(&mut self, states: &mut Vec<S>, maker: usize) {
        self.len += states.len();
        if needs_drop::<S>() && !states.is_empty() {
            match self.makers.last_mut() {
                Some((end, last)) if *last == maker => *end = self.len,
                _ => self.makers.push((self.len, maker)),
            }
        }
        loop {
            let last = self.segments.last();
            let room = last.map_or(0, |segment| Self::SEGMENT - segment.len());
            if room >= states.len() {
                if let Some(segment) = self.segments.last_mut() {
                    segment.append(states);
                }
                return;
            }
            let rest = states.split_off(room);
            if let Some(segment) = self.segments.last_mut() {
                segment.append(states);
            }
            *states = rest;
            // Small levels get small segments.
            let capacity = states.len().max(64).next_power_of_two();
            self.segments
                .push(Vec::with_capacity(capacity.min(Self::SEGMENT)));
        }
    }

    /// Counts states that nobody will expand. All of a level are, or none.
    pub(super) fn pass(&mut self, count: usize) {
        self.len += count;
    }

    /// The states at the given positions, as slices.
    pub(super) fn slices(&self, range: Range<usize>) -> impl Iterator<Item = &[S]> {
        let segments = self.segments.iter().enumerate();
        segments
            .skip(range.start / Self::SEGMENT)
            .map(move |(index, segment)| {
                let start = index * Self::SEGMENT;
                let low = range.start.saturating_sub(start);
                let high = range.end.saturating_sub(start).min(segment.len());
                &segment[low.min(high)..high]
            })
            .take_while(|slice| !slice.is_empty())
    }

    /// Moves the next states out. Afterwards there are no slices of them.
    pub(super) fn take(&mut self, mut count: usize, into: &mut Vec<S>) {
        while count > 0 {
            let before = into.len();
            into.extend(self.front.by_ref().take(count));
            count -= into.len() - before;
            if count > 0 {
                let Some(segment) = self.segments.get_mut(self.taken) else {
                    return;
                };
                self.front = std::mem::take(segment).into_iter();
                self.taken += 1;
            }
        }
    }

    /// Frees the segments that lie wholly before position `end`.
    pub(super) fn release(&mut self, end: usize) {
        for segment in self.segments[..end / Self::SEGMENT].iter_mut().rev() {
            if segment.capacity() == 0 {
                break; // released before, and all that precede it
            }
            *segment = Vec::new();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_taken_in_order() {
        let mut level: Level<Vec<usize>> = Level::new(0);
        let count = 3 * Level::<Vec<usize>>::SEGMENT + 5;
        level.append(&mut (0..count).map(|n| vec![n]).collect(), 0);
        let mut taken = Vec::new();
        for more in [0, 1, count / 2, count, 1] {
            level.take(more, &mut taken);
        }
        let expected: Vec<Vec<usize>> = (0..count).map(|n| vec![n]).collect();
        assert_eq!(taken, expected);
    }

    #[test]
    fn slices_cut_across_segments_and_release_keeps_the_rest() {
        type Large = [u8; 8 << 10];
        let state = |n: usize| [n as u8; 8 << 10];
        let mut level: Level<Large> = Level::new(7);
        assert_eq!(Level::<Large>::SEGMENT, 32);
        let mut n = 0;
        for more in [0, 3, 40, 1, 28, 32, 5] {
            let mut states: Vec<_> = (n..n + more).map(state).collect();
            level.append(&mut states, 0);
            assert!(states.is_empty());
            n += more;
        }
        assert_eq!((level.len(), level.first), (n, 7));
        for low in 0..=n {
            for high in low..=n {
                let states: Vec<u8> = level.slices(low..high).flatten().map(|s| s[0]).collect();
                assert_eq!(states, (low..high).map(|n| n as u8).collect::<Vec<_>>());
            }
        }
        level.release(31);
        assert_eq!(level.slices(0..n).flatten().count(), n);
        level.release(70);
        let rest: Vec<u8> = level.slices(70..n).flatten().map(|s| s[0]).collect();
        assert_eq!(rest, (70..n).map(|n| n as u8).collect::<Vec<_>>());
        assert!(level.segments[..2].iter().all(|s| s.capacity() == 0));
    }
}
