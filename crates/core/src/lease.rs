//! A lease made from the record store itself: a lock that expires, with fencing tokens.

use std::fmt;

use planwright_model::finite::{Finite, Kind, Visitor};

use crate::Write;

/// The number of one grant of a lease: later grants have larger ones.
///
/// A store that is shown the token with every write, and refuses writes whose token is smaller than
/// one it has seen, fences off the holders of earlier grants (M. Kleppmann, "How to do distributed
/// locking", 2016). Tokens order grants; whether they order plans too is up to the protocol.
///
/// Tokens can be compared, nothing else.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token(u8);

impl Token {
    pub(crate) const KIND: Kind = Kind::other(6);

    #[inline]
    pub(crate) fn byte(self) -> u8 {
        self.0
    }
}

impl Finite for Token {
    const VALUES: u64 = u8::VALUES;
    const ANY: Self = Self(0);

    #[inline]
    fn visit<V: Visitor>(self, visitor: &mut V) -> Self {
        Self(visitor.name(Self::KIND, self.0.into(), Self::VALUES) as u8)
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "token {}", self.0)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The lease record: whether the lease is taken, the token of its newest grant, and the largest token
/// that came with a write.
///
/// ```
/// use planwright_core::{PlanSet, RecordStore, StoreRules, Transaction, Write};
///
/// let mut store = RecordStore::installed(1);
/// let (rules, nobody) = (StoreRules::default(), PlanSet::EMPTY);
/// let first = store.lease().next_token();
/// assert_eq!(store.commit(&Transaction::take_lease(), rules, nobody), Ok(()));
/// assert!(store.lease().is_held_with(first));
/// // It is taken, so nobody else gets it until it is released or expires.
/// assert!(store.commit(&Transaction::take_lease(), rules, nobody).is_err());
/// let release = Transaction::EMPTY.and(Write::ReleaseLease(first));
/// assert_eq!(store.commit(&release, rules, nobody), Ok(()));
/// assert!(first < store.lease().next_token());
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Lease {
    /// Grants and releases alternate, so one number counts both: it is odd while the lease is taken.
    changes: u8,
    fence: Token,
}

impl Lease {
    /// Whether somebody holds it.
    #[inline]
    pub fn is_taken(self) -> bool {
        self.changes % 2 == 1
    }

    /// The token of the newest grant; smaller than all tokens before the first one.
    #[inline]
    pub fn newest_token(self) -> Token {
        Token(self.changes.div_ceil(2))
    }

    /// The token that the next grant carries.
    #[inline]
    pub fn next_token(self) -> Token {
        Token(self.newest_token().0 + 1)
    }

    /// Whether the grant with this token still holds it.
    #[inline]
    pub fn is_held_with(self, token: Token) -> bool {
        self.is_taken() && self.newest_token() == token
    }

    /// The largest token that the store was shown with a write.
    #[inline]
    pub fn fence(self) -> Token {
        self.fence
    }

    /// What a write of a transaction makes of it.
    ///
    /// # Panics
    ///
    /// After 127 grants: a token never wraps, because a wrapped one would compare as older.
    #[inline]
    pub(crate) fn after(mut self, write: Write) -> Self {
        match write {
            Write::TakeLease if !self.is_taken() => {
                self.changes = self.changed();
            }
            Write::ReleaseLease(token) if self.is_held_with(token) => self.changes = self.changed(),
            Write::ShowToken(token) => self.fence = self.fence.max(token),
            _ => {}
        }
        self
    }

    /// One more grant or release.
    fn changed(self) -> u8 {
        let changes = self.changes.checked_add(1);
        changes.expect("more than 127 grants of a lease; lower a bound")
    }

    /// Both bytes; for hashing.
    #[inline]
    pub(crate) fn bytes(self) -> [u8; 2] {
        [self.changes, self.fence.0]
    }

    /// The kind of its changes.
    pub(crate) const KIND: Kind = Kind::other(7);
}

impl Finite for Lease {
    const VALUES: u64 = u8::VALUES * Token::VALUES;
    const ANY: Self = Self {
        changes: 0,
        fence: Token::ANY,
    };

    #[inline]
    fn visit<V: Visitor>(self, visitor: &mut V) -> Self {
        let changes = visitor.name(Self::KIND, self.changes.into(), u8::VALUES);
        Self {
            changes: changes as u8,
            fence: self.fence.visit(visitor),
        }
    }
}

impl fmt::Display for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_taken() {
            true => write!(f, "lease of {}", self.newest_token())?,
            false => f.write_str("lease free")?,
        }
        if self.fence != Token::default() {
            write!(f, ", {} seen", self.fence)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// When the lease of an [`UpdateSystem`](crate::UpdateSystem) ends by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LeaseTerm {
    /// Never: it is a lock, which only its holder can give back.
    Unlimited,
    /// It expires some time once no enactor counts on it, and it may also expire early, while its
    /// holder still does: that process is paused, or its clock is slow.
    Limited {
        /// Only the first so many grants can expire early. The bound keeps a model finite: a holder
        /// that always loses the lease in time asks for it for ever.
        early: u8,
    },
}
