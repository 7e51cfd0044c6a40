//! Who is shown the parts of a value.

/// How many values the cases up to each have, itself included, from how many each has.
#[must_use]
pub const fn ends<const CASES: usize>(values: [u64; CASES]) -> [u64; CASES] {
    let mut ends = values;
    let mut case = 1;
    while case < CASES {
        ends[case] = ends[case].saturating_add(ends[case - 1]);
        case += 1;
    }
    ends
}

/// Sees the parts of a value one after another, and gives back those of another value.
///
/// What it does not look at, it gives back as it is.
pub trait Visitor: Sized {
    /// A number less than `values`.
    #[inline]
    fn number(&mut self, number: u64, values: u64) -> u64 {
        let _ = values;
        number
    }

    /// The number of a case, given how many values the cases up to each have, itself included. The parts of the case that is given back
    /// are shown next, and then [`end`](Self::end) is called.
    #[inline]
    fn case(&mut self, case: usize, ends: &'static [u64]) -> (usize, Rest) {
        let _ = ends;
        (case, Rest(0))
    }

    /// After the parts of a case.
    #[inline]
    fn end(&mut self, rest: Rest) {
        let Rest(_) = rest;
    }

    /// A number less than `values` that is a name: renaming may put another one in its place.
    #[inline]
    fn name(&mut self, kind: Kind, name: u64, values: u64) -> u64 {
        let _ = kind;
        self.number(name, values)
    }

    /// A set of names less than `names`, as bits. Bits above these are the affair of those who know the kind.
    #[inline]
    fn set(&mut self, kind: Kind, set: u64, names: u32) -> u64 {
        let _ = kind;
        let values = 1 << names;
        self.number(set % values, values)
    }

    /// Where the part for a name of this kind belongs, in an array that has one for each.
    #[inline]
    fn place(&mut self, kind: Kind, place: usize) -> usize {
        let _ = kind;
        place
    }
}

/// What a visitor keeps while it is shown the parts of a case.
#[derive(Debug)]
#[must_use = "the parts of a case end with `Visitor::end`"]
pub struct Rest(pub u64);

/// A kind of things that have names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind(u8);

impl Kind {
    /// Interchangeable processes, which a [`Renaming`](super::Renaming) renames.
    pub const PROCESS: Self = Self(0);

    /// Another kind; `number` tells it from those that the same visitor meets.
    ///
    /// # Panics
    ///
    /// If the number is 0.
    pub const fn other(number: u8) -> Self {
        assert!(number > 0, "kind 0 is that of processes");
        Self(number)
    }
}
