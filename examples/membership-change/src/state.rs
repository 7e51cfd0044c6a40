//! The state of the cluster.

use planwright_model::Finite;

use crate::Log;
use crate::log::ENTRIES;
use crate::size::TERMS;

/// The most servers that a state has room for.
pub(crate) const SERVERS: usize = 6;

/// The state of every server.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Finite)]
pub struct State {
    #[finite(per_process)]
    pub(crate) servers: [Option<Server>; SERVERS],
}

/// A server, member of the cluster or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Finite)]
pub struct Server {
    /// The latest term it knows of, in which it has voted.
    #[finite(0..=TERMS)]
    pub term: u8,
    /// Whether it leads that term.
    pub leads: bool,
    /// Its log.
    pub log: Log,
    /// How many entries it knows to be committed.
    #[finite(0..=ENTRIES)]
    pub committed: u8,
}

impl State {
    /// The servers with their numbers, in order.
    pub fn servers(&self) -> impl Iterator<Item = (u8, &Server)> {
        let servers = (0..).zip(&self.servers);
        servers.filter_map(|(number, server)| Some((number, server.as_ref()?)))
    }

    /// The server of this number.
    ///
    /// # Panics
    ///
    /// If there is none.
    pub fn server(&self, number: u8) -> &Server {
        self.servers[usize::from(number)]
            .as_ref()
            .expect("a server of this size")
    }

    pub(crate) fn server_mut(&mut self, number: u8) -> &mut Server {
        self.servers[usize::from(number)]
            .as_mut()
            .expect("a server of this size")
    }

    /// The servers that lead a term, the latest or an older one.
    pub fn leaders(&self) -> impl Iterator<Item = (u8, &Server)> {
        self.servers().filter(|(_, server)| server.leads)
    }
}
