//! Sets of servers.

use std::fmt;

use planwright_model::Finite;
use planwright_model::finite::{Kind, Visitor};

use crate::state::SERVERS;

/// A set of servers, by their numbers from 0.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Members(u8);

impl Finite for Members {
    const VALUES: u64 = 1 << SERVERS;
    const ANY: Self = Self(0);

    fn visit<V: Visitor>(self, visitor: &mut V) -> Self {
        Self(visitor.set(Kind::PROCESS, self.0.into(), SERVERS as u32) as u8)
    }
}

impl Members {
    /// The servers from 0 to `count - 1`.
    pub fn first(count: u8) -> Self {
        Self((1 << count) - 1)
    }

    /// Whether a server is one of them.
    pub fn contains(self, server: u8) -> bool {
        self.0 >> server & 1 == 1
    }

    /// The same with a server put in, or out if it is in.
    pub fn toggled(self, server: u8) -> Self {
        Self(self.0 ^ 1 << server)
    }

    /// How many they are.
    pub fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// The members of either set.
    pub fn or(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// The members that satisfy a condition.
    pub fn that(self, condition: impl Fn(u8) -> bool) -> Self {
        let some = self.iter().filter(|server| condition(*server));
        Self(some.fold(0, |set, server| set | 1 << server))
    }

    /// Whether more than half of these belong to the others.
    pub fn has_majority_in(self, others: Self) -> bool {
        2 * (self.0 & others.0).count_ones() > self.count()
    }

    /// The subsets to which a server belongs and that satisfy a condition, but not without any other
    /// of their members.
    pub fn smallest_with(
        self,
        server: u8,
        enough: impl Fn(Self) -> bool,
    ) -> impl Iterator<Item = Self> {
        let sets = (0..=self.0)
            .map(Self)
            .filter(move |set| set.0 & !self.0 == 0);
        sets.filter(move |set| {
            let mut others = set.iter().filter(|member| *member != server);
            set.contains(server) && enough(*set) && !others.any(|other| enough(set.toggled(other)))
        })
    }

    /// The members, in order.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (0..SERVERS as u8).filter(move |server| self.contains(*server))
    }
}

impl fmt::Display for Members {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.iter().map(|server| server.to_string()).collect();
        write!(f, "{{{}}}", names.join(","))
    }
}

impl fmt::Debug for Members {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
