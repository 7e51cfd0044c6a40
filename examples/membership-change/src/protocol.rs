//! How members are changed.

/// How members are changed.
///
/// The rules cite Ongaro, "Consensus: Bridging Theory and Practice" (2014), as O, and his post "bug in
/// single-server membership changes" (raft-dev, 2015-07-10) as P.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protocol {
    /// When a leader may append a change.
    pub change: ChangeRule,
    /// Whom a server votes for.
    pub votes: VoteRule,
    /// Whose majority it takes to elect and to commit.
    pub quorum: Quorum,
}

/// When a leader may append a change of the members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeRule {
    /// When the last change in its log is committed (O, chapter 4: one at a time).
    OnePending,
    /// When, besides, it has heard from a majority in its own term.
    OnceConfirmed,
    /// When, besides, it has appended an entry in its own term.
    OnceAppended,
    /// When, besides, it has committed an entry of its own term (P: the fix).
    OnceCommitted,
}

/// Whom a server votes for, among candidates whose logs are at least as up to date as its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoteRule {
    /// Anyone (O, chapter 4: also those who are not members as the voter knows them).
    Anyone,
    /// Members, as the voter knows them.
    Members,
}

/// Whose majority it takes to elect and to commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quorum {
    /// The newest members' (O, chapter 4: a change counts from the moment it is in the log).
    Newest,
    /// The newest members' to elect; to commit, also that of the members before a change that is not
    /// committed yet.
    BothToCommit,
    /// Both to elect too, as in joint consensus (O, section 4.3), but without its second entry.
    Both,
}

impl Protocol {
    /// As published in 2014.
    pub fn as_published() -> Self {
        Self {
            change: ChangeRule::OnePending,
            votes: VoteRule::Anyone,
            quorum: Quorum::Newest,
        }
    }

    fn with_change(change: ChangeRule) -> Self {
        Self {
            change,
            ..Self::as_published()
        }
    }

    /// The leader first makes sure that it still leads.
    pub fn confirmed() -> Self {
        Self::with_change(ChangeRule::OnceConfirmed)
    }

    /// The leader first appends an entry of its own term, and does not wait for it.
    pub fn appended() -> Self {
        Self::with_change(ChangeRule::OnceAppended)
    }

    /// Servers vote for those only that they know as members.
    pub fn members_only() -> Self {
        Self {
            votes: VoteRule::Members,
            ..Self::as_published()
        }
    }

    /// A change is committed by majorities of the old and of the new members.
    pub fn both_to_commit() -> Self {
        Self {
            quorum: Quorum::BothToCommit,
            ..Self::as_published()
        }
    }

    /// Another fix: until a change is committed, leaders too are elected by both majorities.
    pub fn joint() -> Self {
        Self {
            quorum: Quorum::Both,
            ..Self::as_published()
        }
    }

    /// The fix: the leader first commits an entry of its own term.
    pub fn fixed() -> Self {
        Self::with_change(ChangeRule::OnceCommitted)
    }
}
