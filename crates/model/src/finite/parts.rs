//! What states are made of in the end.

use super::{Finite, Kind, Visitor, ends};

/// What can hold numbers within bounds: a number, or an option or an array of them.
///
/// For fields with `#[finite(1..=4)]` or `#[finite(process)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no number to which bounds could be given",
    label = "neither a number nor an option or an array of numbers",
    note = "leave out the attribute `finite` of this field, or make the field a number"
)]
pub trait Number<const LOW: u64, const HIGH: u64>: Copy {
    /// As [`Finite::VALUES`].
    const VALUES: u64;

    /// As [`Finite::ANY`].
    const ANY: Self;

    /// As [`Finite::visit`]: shows numbers, or names if they are of a kind.
    #[must_use]
    fn visit_within<V: Visitor>(self, kind: Option<Kind>, visitor: &mut V) -> Self;
}

/// What has a part for each process: an array.
///
/// For fields with `#[finite(per_process)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no places that could be exchanged",
    label = "not an array",
    note = "`per_process` is for arrays with a place for each process; leave it out, or make the field an array"
)]
pub trait PerProcess: Copy {
    /// As [`Finite::VALUES`].
    const VALUES: u64;

    /// As [`Finite::ANY`].
    const ANY: Self;

    /// As [`Finite::visit`], with every part in its place.
    #[must_use]
    fn visit_each<V: Visitor>(self, kind: Kind, visitor: &mut V) -> Self;
}

/// How many values there are within bounds.
const fn within(low: u64, high: u64) -> u64 {
    assert!(low <= high, "the bounds of a field are empty");
    (high - low).saturating_add(1)
}

/// How many values so many parts have together.
const fn power(values: u64, parts: usize) -> u64 {
    let mut all: u64 = 1;
    let mut part = 0;
    while part < parts {
        all = all.saturating_mul(values);
        part += 1;
    }
    all
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl<const LOW: u64, const HIGH: u64> Number<LOW, HIGH> for $number {
            const VALUES: u64 = within(LOW, HIGH);
            const ANY: Self = LOW as Self;

            #[inline]
            fn visit_within<V: Visitor>(self, kind: Option<Kind>, visitor: &mut V) -> Self {
                // What is less than the bounds becomes too large for them.
                let number = (self as u64).wrapping_sub(LOW);
                let values = const { within(LOW, HIGH) };
                let number = match kind {
                    None => visitor.number(number, values),
                    Some(kind) => visitor.name(kind, number, values),
                };
                number.wrapping_add(LOW) as Self
            }
        }
    )*};
}
numbers!(u8, u16, u32, u64, usize);

macro_rules! whole_numbers {
    ($($number:ty),*) => {$(
        /// Every number that the type has room for.
        impl Finite for $number {
            const VALUES: u64 = Self::MAX as u64 + 1;
            const ANY: Self = 0;

            #[inline]
            fn visit<V: Visitor>(self, visitor: &mut V) -> Self {
                visitor.number(self.into(), <Self as Finite>::VALUES) as Self
            }
        }
    )*};
}
whole_numbers!(u8, u16, u32);

impl Finite for bool {
    const VALUES: u64 = 2;
    const ANY: Self = false;

    #[inline]
    fn visit<V: Visitor>(self, visitor: &mut V) -> Self {
        visitor.number(self.into(), 2) != 0
    }
}

impl<T: Finite> Finite for Option<T> {
    const VALUES: u64 = T::VALUES.saturating_add(1);
    const ANY: Self = None;

    #[inline]
    fn visit<V: Visitor>(self, visitor: &mut V) -> Self {
        T::visit_option(self, visitor)
    }
}

impl<T: Number<LOW, HIGH>, const LOW: u64, const HIGH: u64> Number<LOW, HIGH> for Option<T> {
    const VALUES: u64 = T::VALUES.saturating_add(1);
    const ANY: Self = None;

    #[inline]
    fn visit_within<V: Visitor>(self, kind: Option<Kind>, visitor: &mut V) -> Self {
        let cases = const { &ends([1, T::VALUES]) };
        let (case, rest) = visitor.case(self.is_some().into(), cases);
        let option = (case == 1).then(|| self.unwrap_or(T::ANY).visit_within(kind, visitor));
        visitor.end(rest);
        option
    }
}

impl<T: Finite, const N: usize> Finite for [T; N] {
    const VALUES: u64 = power(T::VALUES, N);
    const ANY: Self = [T::ANY; N];

    #[inline]
    fn visit<V: Visitor>(mut self, visitor: &mut V) -> Self {
        for part in &mut self {
            *part = part.visit(visitor);
        }
        self
    }
}

impl<T: Number<LOW, HIGH>, const N: usize, const LOW: u64, const HIGH: u64> Number<LOW, HIGH>
    for [T; N]
{
    const VALUES: u64 = power(T::VALUES, N);
    const ANY: Self = [T::ANY; N];

    #[inline]
    fn visit_within<V: Visitor>(mut self, kind: Option<Kind>, visitor: &mut V) -> Self {
        for part in &mut self {
            *part = part.visit_within(kind, visitor);
        }
        self
    }
}

impl<T: Finite, const N: usize> PerProcess for [T; N] {
    const VALUES: u64 = power(T::VALUES, N);
    const ANY: Self = [T::ANY; N];

    #[inline]
    fn visit_each<V: Visitor>(self, kind: Kind, visitor: &mut V) -> Self {
        let mut parts = self;
        for (place, part) in self.into_iter().enumerate() {
            let place = visitor.place(kind, place);
            parts[place] = part.visit(visitor);
        }
        parts
    }
}

macro_rules! tuples {
    ($(($($part:ident),*))*) => {$(
        impl<$($part: Finite),*> Finite for ($($part,)*) {
            const VALUES: u64 = 1_u64$(.saturating_mul($part::VALUES))*;
            const ANY: Self = ($($part::ANY,)*);

            #[inline]
            #[allow(non_snake_case, unused_variables, clippy::unused_unit)]
            fn visit<V: Visitor>(self, visitor: &mut V) -> Self {
                let ($($part,)*) = self;
                ($($part.visit(visitor),)*)
            }
        }
    )*};
}
tuples!(()(A)(A, B)(A, B, C)(A, B, C, D));
