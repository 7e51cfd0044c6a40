//! How long a state takes as the model grows: dns-outage over each of its parameters, and under
//! each reduction. Throughput is in states, so that the figures compare across sizes.

use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dns_outage::{DnsSystem, Instance, Protocol, Variant, checker, variants};
use planwright_checker::{Checker, Storage};
use planwright_core::FaultBudget;

/// How states are stored and which are explored.
#[derive(Clone, Copy)]
enum Reduction {
    Fingerprints,
    Exact,
    Symmetry,
    ExactSymmetry,
}

/// Benchmarks one exploration.
fn bench(
    criterion: &mut Criterion,
    group: &'static str,
    name: impl ToString,
    (protocol, instance): (Protocol, Instance),
    reduction: Reduction,
) {
    let system = protocol.system(instance);
    let run = || {
        let checker: Checker<'_, DnsSystem> = checker(&system).exhaustive().threads(1);
        let checker = match reduction {
            Reduction::Fingerprints => checker,
            Reduction::Exact => checker.storage(Storage::Exact),
            Reduction::Symmetry => checker.symmetry(),
            Reduction::ExactSymmetry => checker.storage(Storage::Exact).symmetry(),
        };
        checker.run()
    };
    let report = run();
    let complete = report.completion().is_complete();
    assert!(complete, "{}", report.completion());
    let mut group = criterion.benchmark_group(group);
    group
        .throughput(Throughput::Elements(report.statistics().states))
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(1));
    group.bench_function(BenchmarkId::from_parameter(name.to_string()), |b| {
        b.iter(run)
    });
    group.finish();
}

/// The base from which one parameter at a time is varied.
fn base() -> (Protocol, Instance) {
    (Protocol::recommended(), Instance::new(2, 2, 3))
}

fn sizes(criterion: &mut Criterion) {
    let (variant, base) = base();
    for enactors in 1..=3 {
        let instance = Instance { enactors, ..base };
        let what = (variant, instance);
        bench(criterion, "enactors", enactors, what, Reduction::Exact);
    }
    for generations in 3..=5 {
        let instance = Instance {
            generations,
            ..base
        };
        let what = (variant, instance);
        bench(
            criterion,
            "generations",
            generations,
            what,
            Reduction::Exact,
        );
    }
    for endpoints in 1..=4 {
        let instance = Instance { endpoints, ..base };
        let what = (variant, instance);
        bench(criterion, "endpoints", endpoints, what, Reduction::Exact);
    }
}

fn faults(criterion: &mut Criterion) {
    let (variant, base) = (Protocol::as_deployed(), Instance::new(2, 3, 3));
    for crashes in 0..=3 {
        let faults = FaultBudget {
            crashes,
            ..FaultBudget::NONE
        };
        let what = (variant, Instance { faults, ..base });
        bench(criterion, "crashes", crashes, what, Reduction::Exact);
    }
}

fn safeguards(criterion: &mut Criterion) {
    let instance = Instance::new(2, 3, 4);
    for Variant { name, protocol, .. } in variants() {
        if protocol.enactors.is_none() && name != "fix" {
            let name = format!("row {name}");
            let what = (protocol, instance);
            bench(criterion, "safeguards", name, what, Reduction::Exact);
        }
    }
}

fn reductions(criterion: &mut Criterion) {
    let what = (Protocol::recommended(), Instance::new(2, 3, 4));
    let reductions = [
        ("fingerprints", Reduction::Fingerprints),
        ("exact", Reduction::Exact),
        ("symmetry", Reduction::Symmetry),
        ("exact and symmetry", Reduction::ExactSymmetry),
    ];
    for (name, reduction) in reductions {
        bench(criterion, "reductions", name, what, reduction);
    }
}

criterion_group!(growth, sizes, faults, safeguards, reductions);
criterion_main!(growth);
