//! The steps of the cluster.

use planwright_model::Finite;

use crate::Members;

/// A step. It says what was read and what came of it, for reports; only possible ones are ever
/// listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Finite)]
pub enum Action {
    /// A server becomes the leader of a term.
    Elect {
        /// The server.
        #[finite(process)]
        leader: u8,
        /// The term.
        term: u8,
        /// Who votes for it, itself included.
        voters: Members,
        /// The members of the cluster as it knows them.
        members: Members,
    },
    /// A leader appends an entry that changes no members: a command, or nothing at all.
    Append {
        /// The leader.
        #[finite(process)]
        leader: u8,
        /// Its term.
        term: u8,
    },
    /// A leader appends a change of the members, and goes by it from then on.
    Change {
        /// The leader.
        #[finite(process)]
        leader: u8,
        /// The server that is added, or removed if it is a member.
        #[finite(process)]
        server: u8,
        /// The members from then on.
        members: Members,
    },
    /// A member learns of the leader's term, takes the next entry that it does not have, and learns
    /// what is committed.
    Follow {
        /// The member.
        #[finite(process)]
        follower: u8,
        /// The leader.
        #[finite(process)]
        leader: u8,
        /// The number of the entry that it takes, from 1.
        takes: Option<u8>,
    },
    /// A leader finds entries at a majority, one of its own term last, and takes them for committed.
    Commit {
        /// The leader.
        #[finite(process)]
        leader: u8,
        /// How many entries are committed now.
        length: u8,
        /// Who has them.
        holders: Members,
        /// The members of the cluster as it knows them.
        members: Members,
    },
}
