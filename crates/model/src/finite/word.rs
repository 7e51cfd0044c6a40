//! Values as words: the number of each among all values of its type.

use super::{Finite, Rest, Visitor};

/// The number of a value among all of its type, less than [`Finite::VALUES`]; `None` if some number in it is
/// not within its bounds.
///
/// Does not compile for a type that has more values than there are words.
#[inline]
pub fn to_word<T: Finite>(value: T) -> Option<u64> {
    const { fits::<T>() };
    let mut to = To {
        word: 0,
        values: 1,
        overflows: false,
    };
    let _ = value.visit(&mut to);
    (!to.overflows).then_some(to.word)
}

/// The value of this number.
///
/// # Panics
///
/// If there is none.
#[inline]
pub fn from_word<T: Finite>(word: u64) -> T {
    const { fits::<T>() };
    assert!(word < T::VALUES, "no value has this word");
    T::ANY.visit(&mut From { word })
}

const fn fits<T: Finite>() {
    assert!(
        T::VALUES < u64::MAX,
        "there are more values than words: bound the numbers in them, as in `#[finite(0..=9)]`"
    );
}

struct To {
    word: u64,
    /// How many values what was written so far can have.
    values: u64,
    overflows: bool,
}

impl Visitor for To {
    #[inline]
    fn number(&mut self, number: u64, values: u64) -> u64 {
        self.overflows |= number >= values;
        // No more than all values once everything is written; that is checked for the type.
        self.word = self.word.wrapping_add(number.wrapping_mul(self.values));
        self.values = self.values.wrapping_mul(values);
        number
    }

    #[inline]
    fn case(&mut self, case: usize, ends: &'static [u64]) -> (usize, Rest) {
        let before = if case == 0 { 0 } else { ends[case - 1] };
        self.word = self.word.wrapping_add(before.wrapping_mul(self.values));
        let all = ends[ends.len() - 1];
        (case, Rest(self.values.wrapping_mul(all)))
    }

    #[inline]
    fn end(&mut self, rest: Rest) {
        self.values = rest.0;
    }
}

struct From {
    word: u64,
}

impl Visitor for From {
    #[inline]
    fn number(&mut self, _: u64, values: u64) -> u64 {
        let number = self.word % values;
        self.word /= values;
        number
    }

    #[inline]
    fn case(&mut self, _: usize, ends: &'static [u64]) -> (usize, Rest) {
        let all = ends[ends.len() - 1];
        let rest = Rest(self.word / all);
        self.word %= all;
        let mut case = 0;
        while self.word >= ends[case] {
            case += 1;
        }
        if case > 0 {
            self.word -= ends[case - 1];
        }
        (case, rest)
    }

    #[inline]
    fn end(&mut self, rest: Rest) {
        self.word = rest.0;
    }
}
