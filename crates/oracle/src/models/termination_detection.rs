use stateright::{Model, Property};

/// Detection of termination on a ring by a token that node 0 sends round.
///
/// E. W. Dijkstra, W. H. J. Feijen and A. J. M. van Gasteren, "Derivation of a termination detection
/// algorithm for distributed computations", 1983 (EWD 840). At first the token is black and somewhere,
/// and the nodes may be anything. Published in the [manifest of the TLA+
/// examples](https://github.com/tlaplus/Examples/blob/master/specifications/ewd840/manifest.json):
/// 302 distinct states for three nodes, 1,566 for four.
///
/// The manifest's generated states, 2,001 and 15,986, are more than the steps here: TLC counts a
/// step once for every reason that enables it, here the token's colour, the node's, and inactivity.
///
/// Once all nodes are inactive, node 0 detects it if the token's moves are weakly fair.
#[derive(Clone, Copy, Debug)]
pub struct TerminationDetection {
    /// How many nodes form the ring, from 2 to 8.
    pub nodes: u8,
}

/// Activity and colours of the nodes, one bit each, and the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    /// Which nodes are active.
    pub active: u8,
    /// Which nodes are black: they have sent a message to a node the token has been at.
    pub black: u8,
    /// Where the token is.
    pub at: u8,
    /// Whether the token is black.
    pub tainted: bool,
}

/// A step of [`TerminationDetection`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probe {
    /// Node 0 sends a white token to the last node.
    Initiate,
    /// The node that has the token passes it to the one before it.
    Pass,
    /// An active node sends a message, which makes the receiver active.
    Send {
        /// The sender.
        from: u8,
        /// The receiver.
        to: u8,
    },
    /// A node becomes inactive.
    Deactivate(u8),
}

impl Token {
    /// Whether node 0 concludes that all nodes are inactive.
    pub fn detects(&self) -> bool {
        self.at == 0 && !self.tainted && self.black & 1 == 0 && self.active & 1 == 0
    }
}

impl Model for TerminationDetection {
    type State = Token;
    type Action = Probe;

    fn init_states(&self) -> Vec<Token> {
        let everyone = u8::MAX >> (8 - self.nodes);
        (0..=everyone)
            .flat_map(|active| (0..=everyone).map(move |black| (active, black)))
            .flat_map(|(active, black)| {
                (0..self.nodes).map(move |at| Token {
                    active,
                    black,
                    at,
                    tainted: true,
                })
            })
            .collect()
    }

    fn actions(&self, state: &Token, actions: &mut Vec<Probe>) {
        let black = state.black >> state.at & 1 == 1 || state.tainted;
        if state.at == 0 && black {
            actions.push(Probe::Initiate);
        }
        if state.at != 0 && (black || state.active >> state.at & 1 == 0) {
            actions.push(Probe::Pass);
        }
        for from in (0..self.nodes).filter(|node| state.active >> node & 1 == 1) {
            let others = (0..self.nodes).filter(|&to| to != from);
            actions.extend(others.map(|to| Probe::Send { from, to }));
            actions.push(Probe::Deactivate(from));
        }
    }

    fn next_state(&self, last: &Token, action: Probe) -> Option<Token> {
        let mut next = *last;
        match action {
            Probe::Initiate => {
                next = Token {
                    at: self.nodes - 1,
                    tainted: false,
                    black: last.black & !1,
                    ..next
                };
            }
            Probe::Pass => {
                next.at -= 1;
                next.tainted |= last.black >> last.at & 1 == 1;
                next.black &= !(1 << last.at);
            }
            Probe::Send { from, to } => {
                next.active |= 1 << to;
                next.black |= u8::from(to > from) << from;
            }
            Probe::Deactivate(node) => next.active &= !(1 << node),
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always(
            "no false detection",
            |_, state: &Token| !state.detects() || state.active == 0,
        )]
    }
}
