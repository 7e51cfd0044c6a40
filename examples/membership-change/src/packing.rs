//! States in a few bytes, and servers that can be renamed.

use itertools::Itertools as _;
use planwright_model::{Encode, Symmetric};

use crate::log::ENTRIES;
use crate::state::SERVERS;
use crate::{Action, Cluster, Entry, Log, Members, Server, State};

/// The bytes of a server: numbers, then a byte for each entry.
const OF_SERVER: usize = 2 + ENTRIES;

impl Encode for Cluster {
    type Code = [u8; OF_SERVER * SERVERS];

    fn encode(&self, state: &State) -> Option<Self::Code> {
        let mut code = [0; OF_SERVER * SERVERS];
        for (number, server) in state.servers() {
            let bytes = &mut code[OF_SERVER * usize::from(number)..][..OF_SERVER];
            bytes[0] = server.term << 1 | u8::from(server.leads);
            bytes[1] = server.log.length() << 4 | server.committed;
            for (byte, entry) in bytes[2..].iter_mut().zip(server.log.entries()) {
                // No change is to no members.
                *byte = (entry.term - 1) << SERVERS | entry.members.map_or(0, |m| m.0);
            }
        }
        Some(code)
    }

    fn decode(&self, code: Self::Code) -> State {
        let mut servers = [None; SERVERS];
        let count = usize::from(self.size.members + self.size.spares);
        for (server, bytes) in servers[..count].iter_mut().zip(code.chunks(OF_SERVER)) {
            let mut log = Log::default();
            for byte in &bytes[2..][..usize::from(bytes[1] >> 4)] {
                let members = Members(byte & ((1 << SERVERS) - 1));
                log.push(Entry {
                    term: (byte >> SERVERS) + 1,
                    members: (members.count() > 0).then_some(members),
                });
            }
            *server = Some(Server {
                term: bytes[0] >> 1,
                leads: bytes[0] & 1 == 1,
                log,
                committed: bytes[1] & 0xf,
            });
        }
        State { servers }
    }
}

// A term and a set of servers fit a byte.
const _: () = assert!(SERVERS == 6);

/// Members are interchangeable, and so are servers outside the cluster.
impl Symmetric for Cluster {
    /// The new number of each server.
    type Permutation = Vec<u8>;

    fn permutations(&self) -> Vec<Vec<u8>> {
        let members = self.size.members;
        let all = members + self.size.spares;
        let inside = (0..members).permutations(members.into());
        let outside = (members..all).permutations(self.size.spares.into());
        let pairs = inside.cartesian_product(outside.collect_vec());
        pairs
            .map(|(inside, outside)| [inside, outside].concat())
            .collect()
    }

    fn permute(&self, renamed: &Vec<u8>, state: &State) -> State {
        let mut next = *state;
        for (number, server) in state.servers() {
            let mut server = *server;
            server.log = server.log.with_members(|members| rename(renamed, members));
            *next.server_mut(renamed[usize::from(number)]) = server;
        }
        next
    }

    fn permute_action(&self, renamed: &Vec<u8>, action: &Action) -> Action {
        let new = |server: u8| renamed[usize::from(server)];
        let all = |members: Members| rename(renamed, members);
        match *action {
            Action::Elect {
                leader,
                term,
                voters,
                members,
            } => Action::Elect {
                leader: new(leader),
                term,
                voters: all(voters),
                members: all(members),
            },
            Action::Append { leader, term } => Action::Append {
                leader: new(leader),
                term,
            },
            Action::Change {
                leader,
                server,
                members,
            } => Action::Change {
                leader: new(leader),
                server: new(server),
                members: all(members),
            },
            Action::Follow {
                follower,
                leader,
                takes,
            } => Action::Follow {
                follower: new(follower),
                leader: new(leader),
                takes,
            },
            Action::Commit {
                leader,
                length,
                holders,
                members,
            } => Action::Commit {
                leader: new(leader),
                length,
                holders: all(holders),
                members: all(members),
            },
        }
    }

    /// The smallest state of the orbit among those in which the servers are in the order of what does
    /// not depend on names; trying the others would make no difference, and takes much longer.
    fn canonical(&self, state: &State) -> State {
        let mut kinds = [None; SERVERS];
        for (number, server) in state.servers() {
            kinds[usize::from(number)] = Some(self.kind(number, server));
        }
        let sorts = |renamed: &Vec<u8>| {
            let mut sorted = [None; SERVERS];
            for (kind, new) in kinds.iter().zip(renamed) {
                sorted[usize::from(*new)] = *kind;
            }
            sorted[..renamed.len()].is_sorted()
        };
        let orders = self.permutations().into_iter().filter(sorts);
        let states = orders.map(|renamed| self.permute(&renamed, state));
        states.min().unwrap_or(*state)
    }
}

/// What is known of a server whatever the servers are called.
type ServerKind = (bool, u8, bool, u8, [(u8, u32); ENTRIES]);

impl Cluster {
    fn kind(&self, number: u8, server: &Server) -> ServerKind {
        let mut entries = [(0, 0); ENTRIES];
        for (kind, entry) in entries.iter_mut().zip(server.log.entries()) {
            *kind = (entry.term, entry.members.map_or(0, Members::count));
        }
        let spare = number >= self.size.members;
        (spare, server.term, server.leads, server.committed, entries)
    }
}

fn rename(renamed: &[u8], members: Members) -> Members {
    let new = members.iter().map(|server| renamed[usize::from(server)]);
    Members(new.fold(0, |set, server| set | 1 << server))
}
