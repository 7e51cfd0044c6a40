//! The cluster as a model: what can happen, and what comes of it.

use std::borrow::Cow;

use planwright_model::{ActionClasses, Model};

use crate::state::SERVERS;
use crate::{
    Action, ChangeRule, Entry, Log, Members, Protocol, Quorum, Server, Size, State, VoteRule, words,
};

/// Servers that run Raft and change their members one at a time.
///
/// As in the model of Schultz, Dardik and Tripakis ("Design and Verification of a Logless Dynamic
/// Reconfiguration Protocol in MongoDB Replication", 2021) there are no messages: an election, the
/// step of a follower and a commit each read the other servers as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// How members are changed.
    pub protocol: Protocol,
    /// How large it is.
    pub size: Size,
}

impl Cluster {
    /// A cluster of this size under this protocol.
    pub fn new(protocol: Protocol, size: Size) -> Self {
        Self { protocol, size }
    }

    /// The members by the newest change in a log, committed or not.
    pub fn members(&self, log: &Log) -> Members {
        let initial = Members::first(self.size.members);
        log.newest_change().map_or(initial, |(_, members)| members)
    }

    fn count(&self) -> u8 {
        self.size.members + self.size.spares
    }

    /// The elections that a server can win.
    fn elections(&self, state: &State, leader: u8, actions: &mut Vec<Action>) {
        let candidate = state.server(leader);
        let members = self.members(&candidate.log);
        if candidate.term == self.size.terms || !members.contains(leader) {
            return;
        }
        let before = match self.protocol.quorum {
            Quorum::Both => self.pending_since(candidate),
            Quorum::Newest | Quorum::BothToCommit => None,
        };
        let electorate = before.map_or(members, |before| before.or(members));
        let willing = electorate.that(|voter| {
            let server = state.server(voter);
            server.term < self.size.terms
                && (voter == leader || self.votes(server, leader, candidate))
        });
        let enough = |voters| {
            members.has_majority_in(voters)
                && before.is_none_or(|before| before.has_majority_in(voters))
        };
        let elections = willing.smallest_with(leader, enough).map(|voters| {
            let latest = voters.iter().map(|voter| state.server(voter).term).max();
            Action::Elect {
                leader,
                term: latest.unwrap_or_default() + 1,
                voters,
                members,
            }
        });
        actions.extend(elections);
    }

    /// Whether a server votes for a candidate of a later term than its own.
    fn votes(&self, voter: &Server, leader: u8, candidate: &Server) -> bool {
        let known = match self.protocol.votes {
            VoteRule::Anyone => true,
            VoteRule::Members => self.members(&voter.log).contains(leader),
        };
        known && candidate.log.recency() >= voter.log.recency()
    }

    /// What a leader may append. More than one entry that changes nothing is never needed: the first
    /// commits what stands before it, and so do changes.
    fn appends(&self, state: &State, leader: u8, server: &Server, actions: &mut Vec<Action>) {
        let term = server.term;
        let (last_term, length) = server.log.recency();
        if length == self.size.entries {
            return;
        }
        if last_term < term {
            actions.push(Action::Append { leader, term });
        }
        if server.log.changes_in(term) == self.size.changes || !self.may_change(state, server) {
            return;
        }
        let members = self.members(&server.log);
        let others = (0..self.count()).filter(|other| *other != leader);
        actions.extend(others.map(|other| Action::Change {
            leader,
            server: other,
            members: members.toggled(other),
        }));
    }

    /// Whether a leader may append a change.
    fn may_change(&self, state: &State, leader: &Server) -> bool {
        let own = |entries: &[Entry]| entries.iter().any(|entry| entry.term == leader.term);
        let last_is_committed = leader
            .log
            .newest_change()
            .is_none_or(|(before, _)| before < leader.committed);
        match self.protocol.change {
            ChangeRule::OnePending => last_is_committed,
            ChangeRule::OnceConfirmed => {
                let members = self.members(&leader.log);
                let hear = members.that(|member| state.server(member).term == leader.term);
                last_is_committed && members.has_majority_in(hear)
            }
            ChangeRule::OnceAppended => last_is_committed && own(leader.log.entries()),
            ChangeRule::OnceCommitted => {
                last_is_committed && own(leader.log.prefix(leader.committed))
            }
        }
    }

    /// What a member may learn from a leader.
    fn follow(&self, state: &State, leader: u8, follower: u8) -> Option<Action> {
        let (of, to) = (state.server(leader), state.server(follower));
        let reachable = follower != leader && to.term <= of.term;
        let members = self.members(&of.log);
        let audience = self.old_members(of).map_or(members, |old| old.or(members));
        if !reachable || !audience.contains(follower) {
            return None;
        }
        let common = of.log.common(&to.log);
        let takes = (common < of.log.length()).then_some(common + 1);
        let action = Action::Follow {
            follower,
            leader,
            takes,
        };
        (followed(of, to, takes) != *to).then_some(action)
    }

    /// What a leader may take for committed: as much as it can.
    fn commit(&self, state: &State, leader: u8, server: &Server) -> Option<Action> {
        let members = self.members(&server.log);
        let lengths = (server.committed + 1..=server.log.length()).rev();
        for length in lengths {
            let entries = server.log.prefix(length);
            let has = |member: u8| {
                let other = state.server(member);
                other.term == server.term && other.log.prefix(length) == entries
            };
            let holders = members.that(has);
            let is_own = entries
                .last()
                .is_some_and(|entry| entry.term == server.term);
            let old = self.old_members(server);
            let old = old.is_none_or(|old| old.has_majority_in(old.that(has)));
            if is_own && old && members.has_majority_in(holders) {
                return Some(Action::Commit {
                    leader,
                    length,
                    holders,
                    members,
                });
            }
        }
        None
    }

    /// The old members whose majority, too, it takes to commit.
    fn old_members(&self, leader: &Server) -> Option<Members> {
        match self.protocol.quorum {
            Quorum::Newest => None,
            Quorum::BothToCommit | Quorum::Both => self.pending_since(leader),
        }
    }

    /// The members before the newest change in a log, if that is not known to be committed.
    fn pending_since(&self, server: &Server) -> Option<Members> {
        let (before, _) = server.log.newest_change()?;
        let mut older = server.log;
        older.truncate(before);
        (before >= server.committed).then(|| self.members(&older))
    }
}

/// A follower after it has heard from a leader, and taken an entry if one is due. What it has
/// committed it overwrites too if the leader says so, so that the harm shows.
fn followed(leader: &Server, follower: &Server, takes: Option<u8>) -> Server {
    let mut next = *follower;
    next.term = leader.term;
    next.leads = false;
    if let Some(number) = takes {
        next.log.truncate(number - 1);
        next.log.push(leader.log.entries()[usize::from(number) - 1]);
    }
    let same = next.log.common(&leader.log);
    next.committed = next.committed.max(leader.committed.min(same));
    next
}

impl Model for Cluster {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let mut servers = [None; SERVERS];
        servers[..usize::from(self.count())].fill(Some(Server::default()));
        vec![State { servers }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        for (number, server) in state.servers() {
            self.elections(state, number, actions);
            if server.leads {
                self.appends(state, number, server, actions);
                let others = 0..self.count();
                actions.extend(others.filter_map(|other| self.follow(state, number, other)));
                actions.extend(self.commit(state, number, server));
            }
        }
    }

    fn next_state(&self, state: &State, action: Action) -> Option<State> {
        let mut next = *state;
        match action {
            Action::Elect {
                leader,
                term,
                voters,
                ..
            } => {
                for voter in voters.iter() {
                    let server = next.server_mut(voter);
                    server.term = term;
                    server.leads = voter == leader;
                }
            }
            Action::Append { leader, term } => next.server_mut(leader).log.push(Entry {
                term,
                members: None,
            }),
            Action::Change {
                leader, members, ..
            } => {
                let server = next.server_mut(leader);
                server.log.push(Entry {
                    term: server.term,
                    members: Some(members),
                });
            }
            Action::Follow {
                follower,
                leader,
                takes,
            } => {
                *next.server_mut(follower) =
                    followed(state.server(leader), state.server(follower), takes);
            }
            Action::Commit { leader, length, .. } => next.server_mut(leader).committed = length,
        }
        Some(next)
    }

    fn format_action(&self, action: &Action) -> String {
        words::action(*action)
    }

    fn format_step(&self, last: &State, action: Action) -> Option<String> {
        let next = self.next_state(last, action)?;
        Some(words::step(last, action, &next))
    }
}

impl ActionClasses for Cluster {
    fn action_classes(&self) -> Vec<Cow<'static, str>> {
        let names = [
            "a leader is elected",
            "a leader appends an entry",
            "a leader changes the members",
            "a member hears of a leader",
            "a member takes an entry",
            "a leader commits",
        ];
        names.map(Cow::from).into()
    }

    fn action_class(&self, action: &Action) -> usize {
        match action {
            Action::Elect { .. } => 0,
            Action::Append { .. } => 1,
            Action::Change { .. } => 2,
            Action::Follow { takes: None, .. } => 3,
            Action::Follow { .. } => 4,
            Action::Commit { .. } => 5,
        }
    }
}
