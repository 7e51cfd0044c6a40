//! A rotation of certificates: no plans, no endpoints, no record store, only the checker.
//!
//! A controller replaces a certificate authority. It adds the new one to a bundle, which clients fetch when
//! they like; then servers may load certificates of the new one; then it removes the old one from the bundle.

use planwright_model::{Depict, Group, Item, Model, Picture, Standing};

/// How many clients there are, and how many servers.
pub const EACH: usize = 2;

/// The controller's program, and what it waits for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rotation {
    /// Servers switch only once every client has fetched the bundle with both authorities.
    pub waits_for_clients: bool,
    /// The old authority is removed only once every server has switched.
    pub waits_for_servers: bool,
}

/// Which authorities are trusted: the old one, the new one.
pub type Bundle = [bool; 2];

/// Everything there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct State {
    /// How far the controller is: nothing, both trusted, servers may switch, the old one removed.
    pub phase: u8,
    /// What each client has fetched.
    pub clients: [Bundle; EACH],
    /// Whether each server presents a certificate of the new authority.
    pub servers: [bool; EACH],
}

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// The controller goes on.
    GoOn,
    /// A client fetches the bundle.
    Fetch(usize),
    /// A server loads its new certificate.
    Load(usize),
}

/// What the bundle holds in this phase.
fn bundle(phase: u8) -> Bundle {
    [phase < 3, phase > 0]
}

impl State {
    /// Whether every client trusts every server.
    pub fn all_trusted(&self) -> bool {
        self.clients.iter().all(|client| self.is_served(client))
    }

    fn is_served(&self, client: &Bundle) -> bool {
        self.servers.iter().all(|new| client[usize::from(*new)])
    }

    /// Whether nobody depends on the old authority any more.
    pub fn is_rotated(&self) -> bool {
        self.servers == [true; EACH] && self.clients == [[false, true]; EACH]
    }
}

impl Model for Rotation {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        vec![State {
            phase: 0,
            clients: [[true, false]; EACH],
            servers: [false; EACH],
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        let waits = match state.phase {
            1 => self.waits_for_clients && state.clients != [[true, true]; EACH],
            2 => self.waits_for_servers && state.servers != [true; EACH],
            phase => phase == 3,
        };
        actions.extend((!waits).then_some(Action::GoOn));
        for each in 0..EACH {
            if state.clients[each] != bundle(state.phase) {
                actions.push(Action::Fetch(each));
            }
            if state.phase >= 2 && !state.servers[each] {
                actions.push(Action::Load(each));
            }
        }
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut next = *last;
        match action {
            Action::GoOn => next.phase += 1,
            Action::Fetch(client) => next.clients[client] = bundle(last.phase),
            Action::Load(server) => next.servers[server] = true,
        }
        Some(next)
    }
}

impl Depict for Rotation {
    fn lanes(&self) -> Vec<String> {
        let lanes = "controller,client 0,client 1,server 0,server 1";
        lanes.split(',').map(str::to_owned).collect()
    }

    fn actor(&self, action: &Action) -> String {
        match action {
            Action::GoOn => "controller".to_owned(),
            Action::Fetch(client) => format!("client {client}"),
            Action::Load(server) => format!("server {server}"),
        }
    }

    fn deed(&self, action: &Action) -> String {
        match action {
            Action::GoOn => "goes on".to_owned(),
            Action::Fetch(_) => "fetches the bundle".to_owned(),
            Action::Load(_) => "loads its new certificate".to_owned(),
        }
    }

    fn picture(&self, state: &State) -> Picture {
        let words = ["trusts the new one", "trusts the old one", "trusts both"];
        let names = |[old, new]: Bundle| words[usize::from(old) + usize::from(old && new)];
        let client = |(number, trusted): (usize, &Bundle)| {
            let mut item = Item::new(format!("client {number}"), names(*trusted));
            if !state.is_served(trusted) {
                item.standing = Standing::Broken;
            }
            item
        };
        let server = |(number, new): (usize, &bool)| {
            let which = ["presents the old one", "presents the new one"][usize::from(*new)];
            Item::new(format!("server {number}"), which)
        };
        let bundle = Item::new("bundle", names(bundle(state.phase)));
        Picture::from([
            Group::new("published", [bundle]),
            Group::new("clients", state.clients.iter().enumerate().map(client)),
            Group::new("servers", state.servers.iter().enumerate().map(server)),
        ])
    }
}
