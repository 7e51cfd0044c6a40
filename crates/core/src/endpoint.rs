//! Names in the record store.

use std::fmt;

use planwright_model::Finite;
use planwright_model::finite::{Kind, Visitor};

/// One name that clients look up in the record store, for example a service's regional address.
///
/// Endpoints are numbered from 0 in the order in which enactors write them. As every value here, one has
/// one name, in `Debug` as in `Display`.
///
/// ```
/// use planwright_core::{Endpoint, Generation};
///
/// let memory = (Generation::FIRST, Endpoint::FIRST);
/// assert_eq!(format!("{memory:?}"), "(plan 1, e0)");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Endpoint(u8);

impl Endpoint {
    /// The endpoint that is written first.
    pub const FIRST: Self = Self(0);

    /// How many endpoints a model can have.
    pub const CAPACITY: usize = 8;

    /// The endpoint with this index, if the capacity allows it.
    pub const fn nth(index: usize) -> Option<Self> {
        if index < Self::CAPACITY {
            Some(Self(index as u8))
        } else {
            None
        }
    }

    /// Its index, counted from 0.
    #[inline]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl Endpoint {
    pub(crate) const KIND: Kind = Kind::other(8);
}

impl Finite for Endpoint {
    const VALUES: u64 = Self::CAPACITY as u64;
    const ANY: Self = Self::FIRST;

    #[inline]
    fn visit<V: Visitor>(self, visitor: &mut V) -> Self {
        Self(visitor.name(Self::KIND, self.0.into(), Self::VALUES) as u8)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "e{}", self.0)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A set of endpoints, as one byte of bits.
///
/// ```
/// use planwright_core::{Endpoint, EndpointSet};
///
/// let both = EndpointSet::first(2);
/// assert!(both.contains(Endpoint::FIRST));
/// assert_eq!(both.to_string(), "e0, e1");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Finite)]
pub struct EndpointSet(u8);

impl EndpointSet {
    /// The first `count` endpoints.
    ///
    /// # Panics
    ///
    /// If `count` is beyond [`Endpoint::CAPACITY`].
    pub fn first(count: usize) -> Self {
        assert!(
            count <= Endpoint::CAPACITY,
            "{count} endpoints are more than the {} a model can have",
            Endpoint::CAPACITY
        );
        Self(((1_u16 << count) - 1) as u8)
    }

    /// Whether the endpoint is in the set.
    #[inline]
    pub fn contains(self, endpoint: Endpoint) -> bool {
        self.0 & (1 << endpoint.0) != 0
    }

    /// The endpoints, in order.
    #[inline]
    pub fn iter(self) -> impl Iterator<Item = Endpoint> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let next = (left != 0).then(|| Endpoint(left.trailing_zeros() as u8));
            left &= left.wrapping_sub(1);
            next
        })
    }

    /// Whether there is no endpoint in the set.
    #[inline]
    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The endpoints in this set that are not in the other.
    #[inline]
    pub(crate) fn difference(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

impl From<Endpoint> for EndpointSet {
    fn from(endpoint: Endpoint) -> Self {
        Self(1 << endpoint.0)
    }
}

impl fmt::Display for EndpointSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, endpoint) in self.iter().enumerate() {
            let separator = if i == 0 { "" } else { ", " };
            write!(f, "{separator}{endpoint}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for EndpointSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
