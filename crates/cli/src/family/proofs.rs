//! Verdicts for every number of something that other commands bound.

use crate::family::chosen::variant;
use crate::family::claims::Claims;
use crate::family::{Family, Variant};
use crate::{Exit, SearchOptions};

/// What the command `every-generation` asks.
#[derive(Debug)]
pub struct ProofQuestion<'a, F: Family> {
    /// The variants: all of them, or one.
    pub variants: Vec<Variant<F::Protocol>>,
    /// The size; its number of generations does not count.
    pub size: &'a F::Size,
    /// Only invariants and properties of steps.
    pub safety: bool,
    /// One of the ways of [`Family::fairness`], if properties are asked that depend on it.
    pub fairness: Option<&'static str>,
    /// Options of every exploration.
    pub search: &'a SearchOptions,
}

/// The `every-generation` command.
pub(super) fn every_generation<F: Family>(
    name: Option<&str>,
    claims: Claims,
    size: &F::Size,
    search: &SearchOptions,
) -> Result<Exit, String> {
    let variants = match name {
        Some(name) => vec![variant::<F>(name)?],
        None => F::variants(),
    };
    let question = ProofQuestion {
        variants,
        size,
        safety: claims.safety,
        fairness: claims.fairness,
        search,
    };
    F::every_generation(question).ok_or_else(|| {
        let package = F::PACKAGE;
        format!(
            "{package} has no proof for every number of generations; check larger sizes instead: cargo run \
             --release -p {package} -- check"
        )
    })
}
