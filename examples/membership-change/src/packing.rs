//! States in a few bytes, and servers that can be renamed.

use planwright_model::finite::{Finite, Renaming, from_word, to_word};
use planwright_model::{Encode, Symmetric};

use crate::log::ENTRIES;
use crate::state::SERVERS;
use crate::{Action, Cluster, Members, Server, State};

/// The bytes of a server, if there is one.
const OF_SERVER: usize = 6;

const _: () = assert!(<Option<Server>>::VALUES <= 1 << (8 * OF_SERVER));

impl Encode for Cluster {
    type Code = [u8; OF_SERVER * SERVERS];

    fn encode(&self, state: &State) -> Option<Self::Code> {
        let mut code = [0; OF_SERVER * SERVERS];
        for (server, bytes) in state.servers.iter().zip(code.chunks_mut(OF_SERVER)) {
            bytes.copy_from_slice(&to_word(*server)?.to_le_bytes()[..OF_SERVER]);
        }
        Some(code)
    }

    fn decode(&self, code: Self::Code) -> State {
        let mut servers = [None; SERVERS];
        for (server, bytes) in servers.iter_mut().zip(code.chunks(OF_SERVER)) {
            let mut word = [0; 8];
            word[..OF_SERVER].copy_from_slice(bytes);
            *server = from_word(u64::from_le_bytes(word));
        }
        State { servers }
    }
}

/// Members are interchangeable, and so are servers outside the cluster.
impl Symmetric for Cluster {
    type Permutation = Renaming;

    fn permutations(&self) -> Vec<Renaming> {
        Renaming::within(&[self.size.members, self.size.spares])
    }

    fn permute(&self, renaming: &Renaming, state: &State) -> State {
        renaming.of(*state)
    }

    fn permute_action(&self, renaming: &Renaming, action: &Action) -> Action {
        renaming.of(*action)
    }

    /// The smallest state of the orbit among those in which the servers are in the order of what does
    /// not depend on names; trying the others would make no difference, and takes much longer.
    fn canonical(&self, state: &State) -> State {
        let mut kinds = [None; SERVERS];
        for (number, server) in state.servers() {
            kinds[usize::from(number)] = Some(self.kind(number, server));
        }
        let all = self.size.members + self.size.spares;
        let sorts = |renaming: &Renaming| {
            let mut sorted = [None; SERVERS];
            for (kind, old) in kinds.iter().zip(0..all) {
                sorted[usize::from(renaming.number(old))] = *kind;
            }
            sorted[..usize::from(all)].is_sorted()
        };
        let orders = self.permutations().into_iter().filter(sorts);
        let states = orders.map(|renaming| self.permute(&renaming, state));
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
