//! Serves a walk on this machine only.

use std::collections::HashMap;
use std::fmt::Debug;
use std::hash::Hash;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use planwright_model::Depict;
use tiny_http::{Header, Method, Request, Response};

use crate::Walk;
use crate::answer::Answer;

/// How often somebody who wants to stop is listened to.
const PATIENCE: Duration = Duration::from_millis(100);

/// What a page of ours may do: nothing but ask us.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

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
/// use planwright_checker::Checker;
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
    server: tiny_http::Server,
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
        let server = tiny_http::Server::http(wanted);
        let server = server.map_err(|error| ServeError::Port {
            port,
            why: error.to_string(),
        })?;
        let address = server.server_addr().to_ip().unwrap_or(wanted);
        Ok(Self { server, address })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers requests, one after the other, until `stop`.
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
        M: Depict + Sync,
        M::State: Clone + Debug + Hash + Eq + Send + Sync,
        M::Action: Clone + Debug + PartialEq + Send + Sync,
    {
        while !stop() {
            if let Some(request) = self.server.recv_timeout(PATIENCE)? {
                let answer = self.answer(walk, &request);
                // Whoever has gone away needs no answer.
                let _ = request.respond(response(answer));
            }
        }
        Ok(())
    }

    fn answer<M>(&self, walk: &Walk<'_, '_, M>, request: &Request) -> Answer
    where
        M: Depict + Sync,
        M::State: Clone + Debug + Hash + Eq + Send + Sync,
        M::Action: Clone + Debug + PartialEq + Send + Sync,
    {
        if !self.is_ours(header(request, "Host").unwrap_or_default()) {
            return Answer::forbidden("ask for it by the address that was printed");
        }
        if *request.method() != Method::Get {
            return Answer::only_get();
        }
        let (path, query) = request.url().split_once('?').unwrap_or((request.url(), ""));
        // A link may lead to the page from anywhere; what the model says is for the page alone.
        let elsewhere = |site: &str| site != "same-origin" && site != "none";
        if path != "/" && header(request, "Sec-Fetch-Site").is_some_and(elsewhere) {
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

fn header<'a>(request: &'a Request, name: &'static str) -> Option<&'a str> {
    let mut headers = request.headers().iter();
    let found = headers.find(|header| header.field.equiv(name));
    found.map(|header| header.value.as_str())
}

fn response(answer: Answer) -> Response<io::Cursor<Vec<u8>>> {
    let headers = [
        ("Content-Type", answer.kind),
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cache-Control", "no-store"),
    ];
    let headers = headers
        .into_iter()
        .filter_map(|(name, value)| Header::from_bytes(name, value).ok());
    let response = Response::from_string(answer.body).with_status_code(answer.status);
    headers.fold(response, Response::with_header)
}
