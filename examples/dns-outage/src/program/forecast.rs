//! How large a model is that did not fit, from smaller ones.

use std::time::Duration;

use planwright_checker::{Completion, Limit, Statistics};
use planwright_cli::{
    Bound, Exit, Forecast, Measurement, SearchOptions, interrupted, measured, say,
};

use crate::program::claims::ClaimOptions;
use crate::{DnsSystem, Instance, Variant, checker};

/// How long `--predict` measures, unless there is a shorter limit.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long smaller models are measured after one did not fit: no longer than that one took, and at
/// least and at most this.
const AFTERWARDS: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(10));

/// What a state takes where nothing was measured: of itself, and with the graph that properties of what stays
/// possible need, of itself and for each step that leads out of it. See the benchmarks.
const BYTES_PER_STATE: f64 = 25.0;
const BYTES_IN_GRAPH: (f64, f64) = (30.0, 9.0);

fn bytes_per_state(claims: ClaimOptions, forecast: &Forecast) -> f64 {
    let (state, step) = BYTES_IN_GRAPH;
    match forecast.steps_per_state() {
        Some(steps) if claims.need_graph() => state + step * steps,
        _ => BYTES_PER_STATE,
    }
}

/// Prints the prediction for `--predict`.
pub(crate) fn predict(
    variant: &Variant,
    claims: ClaimOptions,
    instance: Instance,
    search: &SearchOptions,
) -> Exit {
    let patience = search
        .time_limit
        .map_or(PATIENCE, |limit| limit.min(PATIENCE));
    let forecast = measure(variant, claims, instance, search, patience);
    let memory = search.memory_limit.map(|size| size.as_u64());
    let memory = memory.or_else(planwright_checker::default_memory_limit);
    let bytes = bytes_per_state(claims, &forecast);
    let budget = search
        .max_states
        .or(memory.map(|memory| (memory as f64 / bytes) as u64));
    print(
        &forecast,
        budget.unwrap_or(u64::MAX),
        bytes,
        variant.size(instance),
        search,
    );
    match forecast.is_known() && !interrupted() {
        true => Exit::Holds,
        false => Exit::Undecided,
    }
}

/// Prints the prediction after a limit came first.
pub(crate) fn explain(
    variant: &Variant,
    claims: ClaimOptions,
    instance: Instance,
    search: &SearchOptions,
    (completion, statistics): (&Completion, &Statistics),
) {
    let budget = match completion {
        Completion::Stopped(Limit::States(limit)) => *limit,
        Completion::Stopped(Limit::Memory(_) | Limit::Time(_)) => statistics.states,
        _ => return,
    };
    let (least, most) = AFTERWARDS;
    let forecast = measure(
        variant,
        claims,
        instance,
        search,
        statistics.elapsed.clamp(least, most),
    );
    let large = statistics
        .peak_memory
        .filter(|_| statistics.states >= 1_000_000);
    let bytes = large.map_or_else(
        || bytes_per_state(claims, &forecast),
        |bytes| bytes as f64 / statistics.states as f64,
    );
    print(&forecast, budget, bytes, variant.size(instance), search);
}

fn print(
    forecast: &Forecast,
    budget: u64,
    bytes_per_state: f64,
    instance: Instance,
    search: &SearchOptions,
) {
    if interrupted() {
        return;
    }
    say!("{}", forecast.text(budget, Some(bytes_per_state)));
    let renamings: usize = (1..=instance.enactors).product();
    if !search.symmetry && renamings > 1 && forecast.explored().is_none() {
        say!("with --symmetry: up to {renamings} times fewer states, the enactors being alike");
    }
}

fn measure(
    variant: &Variant,
    claims: ClaimOptions,
    instance: Instance,
    search: &SearchOptions,
    patience: Duration,
) -> Forecast {
    let bound = |option, least, wanted: usize| Bound {
        option,
        least,
        wanted: wanted as u32,
    };
    let mut bounds = vec![
        bound("--endpoints", 1, instance.endpoints),
        bound("--generations", 3, instance.generations),
        bound("--crashes", 0, instance.faults.crashes.into()),
    ];
    // Where the variant is about their number, no option changes it.
    if variant.enactors.is_none() {
        bounds.insert(0, bound("--enactors", 1, instance.enactors));
    }
    let options: Vec<_> = bounds.iter().map(|bound| bound.option).collect();
    Forecast::measure(bounds, patience, |values, left| {
        let mut smaller = instance;
        for (option, value) in options.iter().zip(values) {
            match *option {
                "--enactors" => smaller.enactors = *value as usize,
                "--endpoints" => smaller.endpoints = *value as usize,
                "--generations" => smaller.generations = *value as usize,
                _ => smaller.faults.crashes = *value as u8,
            }
        }
        let search = SearchOptions {
            max_states: None,
            max_depth: None,
            time_limit: Some(left),
            no_progress: true,
            ..search.clone()
        };
        let system = variant.system(smaller);
        system.validate().ok()?;
        explored(&system, claims, &search, 0)
    })
}

/// The size of a state space, if it was explored in the time; the measurement is called `value`.
pub(crate) fn explored(
    system: &DnsSystem,
    claims: ClaimOptions,
    search: &SearchOptions,
    value: u32,
) -> Option<Measurement> {
    let conditions = claims.conditions(system);
    let checker = claims.apply(checker(system), (system, system), &conditions);
    measured(value, &search.apply_all(checker).exhaustive().run())
}
