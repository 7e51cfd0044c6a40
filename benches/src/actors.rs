//! Updaters as Stateright actors: states in many small parts on the heap, of which successors share most.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use planwright_checker::Model;
use stateright::actor::{Actor, ActorModel, ActorModelState, Id, Network, Out};

/// One store, and updaters who write ever newer generations into it by messages: each asks what the store
/// holds, writes its own if that is newer, and goes on when that is acknowledged.
#[derive(Clone)]
pub struct Updaters(Arc<ActorModel<Role>>);

/// Who an actor is.
#[derive(Clone, Copy, Debug)]
pub enum Role {
    /// The first actor.
    Store,
    /// One that writes these generations, smallest first.
    Updater {
        /// The first.
        first: u8,
        /// What is added for each further one.
        step: u8,
        /// The last is not larger.
        last: u8,
    },
}

/// What goes between them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Message {
    /// What does the store hold?
    Ask,
    /// This.
    Held(u8),
    /// Hold this.
    Write(u8),
    /// It does.
    Written,
}

impl Actor for Role {
    type Msg = Message;
    type Timer = ();
    /// The generation that the store holds, or that an updater writes next.
    type State = u8;
    type Storage = ();
    type Random = ();

    fn on_start(&self, _: Id, _: &Option<()>, out: &mut Out<Self>) -> u8 {
        match *self {
            Self::Store => 0,
            Self::Updater { first, .. } => {
                out.send(Id::from(0), Message::Ask);
                first
            }
        }
    }

    fn on_msg(
        &self,
        _: Id,
        state: &mut Cow<'_, u8>,
        source: Id,
        message: Message,
        out: &mut Out<Self>,
    ) {
        match (*self, message) {
            (Self::Store, Message::Ask) => out.send(source, Message::Held(**state)),
            (Self::Store, Message::Write(generation)) => {
                *state.to_mut() = generation;
                out.send(source, Message::Written);
            }
            (Self::Updater { .. }, Message::Held(held)) if held < **state => {
                out.send(source, Message::Write(**state));
            }
            (Self::Updater { step, last, .. }, Message::Held(_) | Message::Written)
                if **state + step <= last =>
            {
                *state.to_mut() += step;
                out.send(source, Message::Ask);
            }
            _ => {}
        }
    }
}

impl fmt::Debug for Updaters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Updaters").field(&self.0.actors).finish()
    }
}

impl Updaters {
    /// So many updaters, who share the generations from 1 to `last`.
    pub fn new(updaters: u8, last: u8) -> Self {
        let updater = |first| Role::Updater {
            first,
            step: updaters,
            last,
        };
        let model = ActorModel::new((), ())
            .init_network(Network::new_unordered_nonduplicating([]))
            .actor(Role::Store)
            .actors((1..=updaters).map(updater));
        Self(Arc::new(model))
    }
}

impl Model for Updaters {
    type State = ActorModelState<Role>;
    type Action = <ActorModel<Role> as Model>::Action;

    fn init_states(&self) -> Vec<Self::State> {
        self.0.init_states()
    }

    fn actions(&self, state: &Self::State, actions: &mut Vec<Self::Action>) {
        self.0.actions(state, actions);
    }

    fn next_state(&self, state: &Self::State, action: Self::Action) -> Option<Self::State> {
        self.0.next_state(state, action)
    }
}
