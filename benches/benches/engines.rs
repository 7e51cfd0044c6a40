//! Planwright and Stateright's breadth-first checker on the same models, side by side in one run.

use std::hash::Hash;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dns_outage::{DnsSystem, Instance, Variant};
use planwright_benches::{ours, theirs};
use planwright_checker::Model;
use planwright_oracle::{PackedTwoPhaseCommit, Reference, TwoPhaseCommit};

/// Both engines on 1 and 2 threads.
fn compare<M>(criterion: &mut Criterion, name: &str, model: M, holds: fn(&M, &M::State) -> bool)
where
    M: Model + Clone + Send + Sync + 'static,
    M::State: Clone + Eq + Hash + Send + Sync + 'static,
    M::Action: Clone + PartialEq + Send + Sync,
{
    let states = ours(&model, 1, holds);
    assert_eq!(states, theirs(model.clone(), 1, holds), "{name}");
    let mut group = criterion.benchmark_group(name);
    group
        .throughput(Throughput::Elements(states))
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(4));
    for threads in [1, 2] {
        group.bench_function(BenchmarkId::new("planwright", threads), |bencher| {
            bencher.iter(|| ours(&model, threads, holds));
        });
        group.bench_function(BenchmarkId::new("stateright", threads), |bencher| {
            bencher.iter(|| theirs(model.clone(), threads, holds));
        });
    }
    group.finish();
}

fn two_phase_commit(criterion: &mut Criterion) {
    compare(
        criterion,
        "two-phase commit, 7 managers",
        TwoPhaseCommit { rms: 7 },
        |_, _| true,
    );
    let packed = PackedTwoPhaseCommit { rms: 7 };
    compare(
        criterion,
        "two-phase commit, 7 managers, packed",
        packed,
        |_, _| true,
    );
}

fn dns_outage(criterion: &mut Criterion) {
    let variants = [
        (
            "dns-outage as deployed",
            Variant::as_deployed(),
            Instance::new(2, 3, 5),
        ),
        (
            "dns-outage recommended",
            Variant::recommended(),
            Instance::new(2, 3, 4),
        ),
    ];
    for (name, variant, instance) in variants {
        let system: DnsSystem<3, 2> = variant.system(instance).with_capacity();
        compare(criterion, name, system, |_, s| s.store.all_resolve());
    }
}

fn reference(criterion: &mut Criterion) {
    for (name, plans) in [("reference (3, 3, 3, 1)", 3), ("reference (3, 5, 3, 1)", 5)] {
        let model = Reference {
            enactors: 3,
            plans,
            endpoints: 3,
            threshold: 1,
            fixed: false,
        };
        compare(criterion, name, model, |model, s| {
            s.never_empty(model.endpoints)
        });
    }
}

criterion_group!(engines, two_phase_commit, dns_outage, reference);
criterion_main!(engines);
