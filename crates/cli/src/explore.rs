//! A model served to a browser.

use std::time::Duration;

use clap::Args;
use planwright_explorer::{About, Server, Walk};

use crate::family::chosen::Chosen;
use crate::{Exit, Family, Named, SearchOptions, interrupted, replayed, say};

/// How a model is served to a browser.
#[derive(Args, Clone, Debug)]
pub(crate) struct ExploreOptions {
    /// Where to start, what stands after "replay:" of any schedule [default: the first initial state]
    #[arg(value_name = "PATH", default_value = "0", hide_default_value = true)]
    pub(crate) path: String,

    /// The port to listen on, on this machine only; 0 for any that is free
    #[arg(long, value_name = "PORT", default_value_t = 7425)]
    pub(crate) port: u16,
}

/// How long a search for the nearest violation may take, unless the options say so.
const PATIENCE: Duration = Duration::from_secs(20);

/// Serves the protocol until Ctrl-C; `others` are models that the path may be of by mistake.
///
/// # Errors
///
/// If the path is none of the model, or the port cannot be listened on.
pub(crate) fn explore<F: Family>(
    chosen: &Chosen<F>,
    others: Vec<Named>,
    search: &SearchOptions,
    options: &ExploreOptions,
) -> Result<Exit, String> {
    let (named, model) = (chosen.named(), chosen.model());
    let trace = replayed(&model, &named, &options.path, others)?;
    let checker = search.apply(F::checker(&model));
    let checker = checker.time_limit(search.time_limit.unwrap_or(PATIENCE));
    let about = About {
        title: named.to_string(),
        replay_command: chosen.replay.clone(),
        path: trace.path(),
    };
    let walk = Walk::new(&model, &checker, about);
    let server = Server::bind(options.port).map_err(|error| format!("--port: {error}"))?;
    say!("{named}");
    say!(
        "open http://{}/ in a browser; Ctrl-C ends it",
        server.address()
    );
    server
        .serve(&walk, interrupted)
        .map_err(|error| error.to_string())?;
    Ok(Exit::Holds)
}
