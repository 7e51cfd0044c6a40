//! Planwright, Stateright's breadth-first checker, the naive search and, on the model it is written
//! for, the ceiling: side by side in one run.

use std::hash::Hash;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{
    BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main,
};
use dns_outage::{DnsSystem, Instance, Protocol};
use planwright_benches::{Explored, Updaters, ceiling, planwright, stateright_breadth_first};
use planwright_checker::Model;
use planwright_oracle::{Naive, PackedTwoPhaseCommit, Reference, TwoPhaseCommit};

/// What the naive search finds, which has one thread.
fn naive<M>(model: &M, holds: fn(&M, &M::State) -> bool) -> Explored
where
    M: Model,
    M::State: Clone + Eq + Hash,
{
    let found = Naive::explore(model);
    Explored {
        states: found.unique() as u64,
        violated: found.shortest(|state| !holds(model, state)).is_some(),
    }
}

/// The engines on 1 and 2 threads, after a check that they agree. The group is left open.
fn compare<'c, M>(
    criterion: &'c mut Criterion,
    name: &str,
    model: &M,
    holds: fn(&M, &M::State) -> bool,
) -> BenchmarkGroup<'c, WallTime>
where
    M: Model + Clone + Send + Sync + 'static,
    M::State: Clone + Eq + Hash + Send + Sync + 'static,
    M::Action: Clone + PartialEq + Send + Sync,
{
    let judge = naive(model, holds);
    assert_eq!(planwright(model, 1, holds), judge, "{name}");
    let theirs = stateright_breadth_first(model.clone(), 1, holds);
    assert_eq!(theirs, judge, "{name}");
    let mut group = criterion.benchmark_group(name);
    group
        .throughput(Throughput::Elements(judge.states))
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2));
    for threads in [1, 2] {
        group.bench_function(BenchmarkId::new("planwright", threads), |bencher| {
            bencher.iter(|| planwright(model, threads, holds));
        });
        group.bench_function(BenchmarkId::new("stateright", threads), |bencher| {
            bencher.iter(|| stateright_breadth_first(model.clone(), threads, holds));
        });
    }
    group.bench_function(BenchmarkId::new("naive", 1), |bencher| {
        bencher.iter(|| naive(model, holds));
    });
    group
}

fn two_phase_commit(criterion: &mut Criterion) {
    let heap = TwoPhaseCommit { rms: 7 };
    let name = "two-phase commit, 7 managers";
    compare(criterion, name, &heap, |_, _| true).finish();
    let packed = PackedTwoPhaseCommit { rms: 7 };
    let name = "two-phase commit, 7 managers, packed";
    compare(criterion, name, &packed, |_, _| true).finish();
}

/// Actors with some hundred states, and with many.
fn actors(criterion: &mut Criterion) {
    for (updaters, last) in [(2, 6), (3, 9)] {
        let name = format!("{updaters} updaters as actors, {last} generations");
        compare(criterion, &name, &Updaters::new(updaters, last), |_, _| {
            true
        })
        .finish();
    }
}

fn dns_outage(criterion: &mut Criterion) {
    let variants = [
        (
            "dns-outage as deployed",
            Protocol::as_deployed(),
            Instance::new(2, 3, 5),
        ),
        (
            "dns-outage recommended",
            Protocol::recommended(),
            Instance::new(2, 3, 4),
        ),
    ];
    for (name, variant, instance) in variants {
        let system: DnsSystem = variant.system(instance);
        compare(criterion, name, &system, |_, s| s.store.all_resolve()).finish();
    }
}

fn reference(criterion: &mut Criterion) {
    let sizes = [
        ("reference model (3, 3, 2, 1)", 3, 2),
        ("reference model (3, 5, 3, 1)", 5, 3),
    ];
    for (name, plans, endpoints) in sizes {
        let model = Reference {
            enactors: 3,
            plans,
            endpoints,
            threshold: 1,
            fixed: false,
        };
        let mut group = compare(criterion, name, &model, |model, state| {
            state.never_empty(model.endpoints)
        });
        group.bench_function(BenchmarkId::new("ceiling", 1), |bencher| {
            bencher.iter(|| ceiling(&model));
        });
        group.finish();
    }
}

criterion_group!(engines, two_phase_commit, actors, dns_outage, reference);
criterion_main!(engines);
