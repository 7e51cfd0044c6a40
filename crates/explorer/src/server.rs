//! Serves a walk on this machine only.

use std::collections::HashMap;
use std::fmt::Debug;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::thread;
use std::time::Duration;

use planwright_checker::Checkable;
use planwright_model::Depict;

use crate::Walk;
use crate::answer::Answer;
use crate::connection::{Connection, Received, Request};

/// How often it is looked whether somebody asks, or wants to stop.
const PATIENCE: Duration = Duration::from_millis(5);

/// How many connections there may be; beyond that, the oldest is closed.
const MOST: usize = 64;

/// Serves a [`Walk`] to browsers on this machine.
///
/// It listens on the loopback address only. It answers requests that name it by that address, or as
/// `localhost`, and refuses all others, so that a page from elsewhere cannot read it by having its own name
/// lead here (DNS rebinding); and it refuses what another page asks for. Nothing it is asked for changes
/// anything.
///
/// # Example
///
/// ```no_run
/// use planwright_checker::{Checker, Checkable};
/// use planwright_explorer::{About, Server, Walk};
/// # use planwright_model::{Depict, Group, Item, Model, Picture};
/// # struct Counter;
/// # impl Model for Counter {
/// #     type State = u8;
/// #     type Action = ();
/// #     fn init_states(&self) -> Vec<u8> { vec![0] }
/// #     fn actions(&self, _: &u8, actions: &mut Vec<()>) { actions.push(()); }
/// #     fn next_state(&self, state: &u8, (): ()) -> Option<u8> { state.checked_add(1) }
/// # }
/// # impl Depict for Counter {
/// #     fn lanes(&self) -> Vec<String> { vec!["clerk".to_owned()] }
/// #     fn actor(&self, (): &()) -> String { "clerk".to_owned() }
/// #     fn deed(&self, (): &()) -> String { "counts".to_owned() }
/// #     fn picture(&self, state: &u8) -> Picture {
/// #         Picture::from([Group::new("counters", [Item::new("sum", state.to_string())])])
/// #     }
/// # }
///
/// let checker = Checker::new(&Counter).always("small", |sum| *sum < 3);
/// let about = About {
///     title: "a counter".to_owned(),
///     path: "0".to_owned(),
///     ..About::default()
/// };
/// let server = Server::bind(0)?;
/// println!("http://{}/", server.address());
/// server.serve(&Walk::new(&Counter, &checker, about), || false)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
}

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The port cannot be listened on.
    #[error(
        "port {port} of this machine cannot be listened on: {why}; choose another, or 0 for any that is free"
    )]
    Port {
        /// The port.
        port: u16,
        /// What the system says.
        why: String,
    },
    /// The connection broke down.
    #[error("nothing can be received any more: {0}")]
    Receive(#[from] io::Error),
}

impl Server {
    /// Listens on this port of the loopback address; 0 stands for any that is free.
    ///
    /// # Errors
    ///
    /// If it is taken, or not allowed.
    pub fn bind(port: u16) -> Result<Self, ServeError> {
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listen = || -> io::Result<Self> {
            let listener = TcpListener::bind(wanted)?;
            listener.set_nonblocking(true)?;
            let address = listener.local_addr()?;
            Ok(Self { listener, address })
        };
        listen().map_err(|error| ServeError::Port {
            port,
            why: error.to_string(),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers requests, one after the other, until `stop`. Bodies of requests are not read.
    ///
    /// # Errors
    ///
    /// If nothing can be received any more.
    pub fn serve<M>(
        &self,
        walk: &Walk<'_, '_, M>,
        stop: impl Fn() -> bool,
    ) -> Result<(), ServeError>
    where
        M: Depict + Checkable<State: Debug + Eq, Action: Debug>,
    {
        let mut connections: Vec<Connection> = Vec::new();
        while !stop() {
            let more = self.accept()?;
            let mut idle = more.is_none();
            connections.extend(more);
            if connections.len() > MOST {
                connections.remove(0);
            }
            connections.retain_mut(|connection| {
                let answer = match connection.receive() {
                    Received::Waiting => return true,
                    Received::Closed => return false,
                    Received::Senseless => Answer::refused("this is no request"),
                    Received::Request(request) => self.answer(walk, &request),
                };
                idle = false;
                // Whoever has gone away needs no answer.
                connection.answer(&answer).is_ok()
            });
            if idle {
                thread::sleep(PATIENCE);
            }
        }
        Ok(())
    }

    /// A new connection, if there is one.
    fn accept(&self) -> Result<Option<Connection>, ServeError> {
        match self
            .listener
            .accept()
            .and_then(|(stream, _)| Connection::new(stream))
        {
            Ok(connection) => Ok(Some(connection)),
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock
                | ErrorKind::Interrupted
                // Of one that has gone away already.
                | ErrorKind::ConnectionAborted
                | ErrorKind::ConnectionReset => Ok(None),
                _ => Err(error.into()),
            },
        }
    }

    fn answer<M>(&self, walk: &Walk<'_, '_, M>, request: &Request) -> Answer
    where
        M: Depict + Checkable<State: Debug + Eq, Action: Debug>,
    {
        if !self.is_ours(request.header("Host").unwrap_or_default()) {
            return Answer::forbidden("ask for it by the address that was printed");
        }
        if request.method != "GET" {
            return Answer::only_get();
        }
        let target = &*request.target;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        // A link may lead to the page from anywhere; what the model says is for the page alone.
        let site = request.header("Sec-Fetch-Site");
        let is_ours = matches!(site, Some("same-origin" | "none"));
        if path != "/" && request.has("Sec-Fetch-Site") && !is_ours {
            return Answer::forbidden("another page asks for this");
        }
        let query: HashMap<String, String> = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        walk.answer(path, &query)
    }

    /// Whether a request that names this host means us.
    fn is_ours(&self, host: &str) -> bool {
        let port = self.address.port();
        let names = [self.address.ip().to_string(), "localhost".to_owned()];
        let mut names = names.iter();
        names.any(|name| host == format!("{name}:{port}"))
    }
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}
