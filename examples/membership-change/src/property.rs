//! What is asked of the cluster: the properties of Raft that a change of members can break (Ongaro and
//! Ousterhout, "In Search of an Understandable Consensus Algorithm", 2014, figure 3).

use crate::{Action, State};

/// Election safety: no term has two leaders.
pub const ONE_LEADER: &str = "one leader a term";

/// Leader completeness: a new leader has every entry that was committed in an earlier term.
pub const LEADERS_COMPLETE: &str = "leaders have what is committed";

/// State machine safety: committed entries are the same everywhere, and nobody gives one up.
pub const COMMITTED_STAYS: &str = "what is committed stays";

/// From every reachable state some schedule leads to where the leader of the latest term has committed all
/// that it has, and so has every member.
pub const RECOVERS: &str = "that the cluster settles stays possible";

/// Reached, or the other verdicts say little: a change of the members is committed.
pub const CHANGED: &str = "a change committed";

/// Reached, or the other verdicts say little: two servers have changes that the other one does not
/// have, as overlapping leaders make them.
pub const RIVALS: &str = "rival changes";

/// [`ONE_LEADER`], in one state.
pub fn one_leader(state: &State) -> bool {
    let mut leaders = state.leaders();
    leaders.all(|(_, leader)| {
        let same = state
            .leaders()
            .filter(|(_, other)| other.term == leader.term);
        same.count() == 1
    })
}

/// [`LEADERS_COMPLETE`], of one step. A server that knows of the new term or a later one may know of
/// entries committed there, which this leader need not have; all others know of earlier terms only.
pub fn leaders_complete(state: &State, action: &Action, _: &State) -> bool {
    lost_by_election(state, action).is_none()
}

/// The server that knows an entry to be committed that the newly elected leader does not have.
pub(crate) fn lost_by_election(state: &State, action: &Action) -> Option<u8> {
    let Action::Elect { leader, term, .. } = *action else {
        return None;
    };
    let log = &state.server(leader).log;
    let mut others = state.servers().filter(|(_, other)| other.term < term);
    let lost = others.find(|(_, other)| {
        let known = other.log.prefix(other.committed);
        log.prefix(other.committed) != known
    });
    lost.map(|(other, _)| other)
}

/// [`COMMITTED_STAYS`], of one step.
pub fn committed_stays(state: &State, _: &Action, next: &State) -> bool {
    let pairs = state.servers().zip(next.servers());
    let mut kept = pairs.map(|((_, before), (_, after))| {
        before.log.prefix(before.committed) == after.log.prefix(before.committed)
    });
    kept.all(|kept| kept) && agree(next)
}

/// Whether no two servers take different entries for committed.
fn agree(state: &State) -> bool {
    let mut servers = state.servers();
    servers.all(|(_, one)| {
        state.servers().all(|(_, other)| {
            let both = one.committed.min(other.committed);
            one.log.prefix(both) == other.log.prefix(both)
        })
    })
}

/// [`CHANGED`], in one state.
pub fn changed(state: &State) -> bool {
    let mut servers = state.servers();
    servers.any(|(_, server)| {
        let mut committed = server.log.prefix(server.committed).iter();
        committed.any(|entry| entry.members.is_some())
    })
}

/// [`RIVALS`], in one state.
pub fn rivals(state: &State) -> bool {
    let mut servers = state.servers();
    servers.any(|(_, one)| {
        state.servers().any(|(_, other)| {
            let common = usize::from(one.log.common(&other.log));
            let changes = |entries: &[crate::Entry]| {
                entries[common..]
                    .iter()
                    .any(|entry| entry.members.is_some())
            };
            changes(one.log.entries()) && changes(other.log.entries())
        })
    })
}

/// For [`RECOVERS`]: the leader of the latest term has committed all it has, and so
/// has every member. Bounds end what could go on: a log without room counts as settled too, as its
/// leader could not append the entry that it would have to commit.
pub fn settled(cluster: &crate::Cluster, state: &State) -> bool {
    let latest = state.servers().map(|(_, server)| server.term).max();
    let mut leaders = state.leaders();
    leaders.any(|(_, leader)| {
        let full = leader.log.length() == cluster.size.entries;
        let members = cluster.members(&leader.log);
        let done = members.iter().all(|member| {
            let member = state.server(member);
            member.term == leader.term
                && member.log == leader.log
                && member.committed == leader.log.length()
        });
        Some(leader.term) == latest && (done || full)
    })
}
