//! How large a model is that did not fit, from smaller ones.

use std::cell::Cell;
use std::time::Duration;

use planwright_checker::{Completion, Limit, PropertyKind, Statistics};
use planwright_model::Symmetric as _;

use crate::family::chosen::Chosen;
use crate::family::claims::Claims;
use crate::family::{Family, SizeOptions as _};
use crate::growth::{measured, with_options};
use crate::{Bound, Exit, Forecast, SearchOptions, interrupted, say};

/// How long `--predict` measures, unless there is a shorter limit.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long smaller models are measured after one did not fit: no longer than that one took, and at
/// least and at most this.
const AFTERWARDS: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(10));

/// What a state takes where nothing was measured: of itself, and with the graph that properties of what stays
/// possible need, of itself and for each step that leads out of it. See the benchmarks.
const BYTES_PER_STATE: f64 = 25.0;
const BYTES_IN_GRAPH: (f64, f64) = (30.0, 9.0);

/// Prints the prediction for `--predict`.
pub(super) fn predict<F: Family>(
    chosen: &Chosen<F>,
    claims: Claims,
    search: &SearchOptions,
) -> Exit {
    let patience = search.time_limit.unwrap_or(PATIENCE).min(PATIENCE);
    let (forecast, bytes) = measure(chosen, claims, search, patience);
    let memory = search.memory_limit.map(|size| size.as_u64());
    let memory = memory.or_else(planwright_checker::default_memory_limit);
    let fits = memory.map(|memory| (memory as f64 / bytes) as u64);
    let budget = search.max_states.or(fits).unwrap_or(u64::MAX);
    print(chosen, &forecast, (budget, bytes), search);
    match forecast.is_known() && !interrupted() {
        true => Exit::Holds,
        false => Exit::Undecided,
    }
}

/// Prints the prediction after a limit came first.
pub(super) fn after_a_limit<F: Family>(
    chosen: &Chosen<F>,
    claims: Claims,
    search: &SearchOptions,
    (completion, statistics): (&Completion, &Statistics),
) {
    let budget = match completion {
        Completion::Stopped(Limit::States(limit)) => *limit,
        Completion::Stopped(Limit::Memory(_) | Limit::Time(_)) => statistics.states,
        _ => return,
    };
    let (least, most) = AFTERWARDS;
    let patience = statistics.elapsed.clamp(least, most);
    let (forecast, bytes) = measure(chosen, claims, search, patience);
    let peak = statistics.peak_memory;
    let large = peak.filter(|_| statistics.states >= 1_000_000);
    let bytes = large.map_or(bytes, |peak| peak as f64 / statistics.states as f64);
    print(chosen, &forecast, (budget, bytes), search);
}

fn print<F: Family>(
    chosen: &Chosen<F>,
    forecast: &Forecast,
    (budget, bytes_per_state): (u64, f64),
    search: &SearchOptions,
) {
    if interrupted() {
        return;
    }
    say!("{}", forecast.text(budget, Some(bytes_per_state)));
    let renamings = chosen.model().permutations().len();
    if !search.symmetry && renamings > 1 && forecast.explored().is_none() {
        say!(
            "with --symmetry: up to {renamings} times fewer states, since some processes are alike"
        );
    }
}

/// Explores smaller models: of each option of the size that can be lower and makes a difference, from its least value
/// on. Says what a state takes, too.
fn measure<F: Family>(
    chosen: &Chosen<F>,
    claims: Claims,
    search: &SearchOptions,
    patience: Duration,
) -> (Forecast, f64) {
    let options = chosen.size.options();
    let with = |lower: &[(&'static str, u64)]| {
        let value = |(name, value): &(&'static str, u64)| {
            let lower = lower.iter().find(|(lower, _)| lower == name);
            (*name, lower.map_or(*value, |(_, value)| *value))
        };
        let options: Vec<_> = options.iter().map(value).collect();
        let size = with_options::<F::Size>(&options)?;
        Some(F::sized(chosen.protocol, &size))
    };
    let bound = |(option, wanted): &(&'static str, u64)| {
        let differs = |value: &u64| {
            let size = with(&[(option, *value)]);
            size.is_some_and(|size| size.options() != options)
        };
        let least = (0..*wanted).find(differs)?;
        let [least, wanted] = [least, *wanted].map(|value| u32::try_from(value).ok());
        Some(Bound {
            option,
            least: least?,
            wanted: wanted?,
        })
    };
    let bounds: Vec<_> = options.iter().filter_map(bound).collect();
    let names: Vec<_> = bounds.iter().map(|bound| bound.option).collect();
    let takes_graph = Cell::new(false);
    let forecast = Forecast::measure(bounds, patience, |values, left| {
        let values = names.iter().zip(values);
        let lower: Vec<_> = values
            .map(|(name, value)| (*name, (*value).into()))
            .collect();
        let model = F::model(chosen.protocol, &with(&lower)?);
        let search = SearchOptions {
            max_states: None,
            max_depth: None,
            time_limit: Some(left),
            no_progress: true,
            ..search.clone()
        };
        let checker = claims.checker::<F>(&model);
        let report = search.apply_all(checker).exhaustive().run();
        let mut kinds = report.findings().iter().map(|finding| finding.kind);
        takes_graph
            .set(kinds.any(|kind| kind.is_about_runs() || kind == PropertyKind::Recoverable));
        measured(0, &report)
    });
    let (state, step) = BYTES_IN_GRAPH;
    let bytes = match forecast.steps_per_state() {
        Some(steps) if takes_graph.get() => state + step * steps,
        _ => BYTES_PER_STATE,
    };
    (forecast, bytes)
}
