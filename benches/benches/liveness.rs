//! What liveness costs: the same system with invariants alone, with recoverability, and with
//! convergence under weak and strong fairness, side by side in one run.

use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dns_outage::{
    DnsSystem, EnactorFairness, Instance, Protocol, checker, with_convergence, with_recovery,
};
use planwright_checker::{Checker, Report, Storage};

fn measure(criterion: &mut Criterion, name: &str, system: &DnsSystem) {
    let run = |checker: Checker<'_, DnsSystem>| -> u64 {
        let report: Report<'_, _> = checker
            .exhaustive()
            .threads(1)
            .storage(Storage::Exact)
            .run();
        assert!(report.completion().is_complete(), "{report}");
        report.statistics().states
    };
    let safety = || checker(system);
    let recovery = || with_recovery(safety(), system);
    let converges = |fairness: EnactorFairness| {
        with_convergence(safety(), system, &fairness.conditions(system))
    };
    let mut group = criterion.benchmark_group(name);
    group
        .throughput(Throughput::Elements(run(safety())))
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2));
    group.bench_function(BenchmarkId::from_parameter("invariants"), |bencher| {
        bencher.iter(|| run(safety()));
    });
    group.bench_function(BenchmarkId::from_parameter("recoverable"), |bencher| {
        bencher.iter(|| run(recovery()));
    });
    for (name, fairness) in [
        ("leads to, weak", EnactorFairness::Weak),
        ("leads to, strong", EnactorFairness::Strong),
    ] {
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| run(converges(fairness)));
        });
    }
}

fn liveness(criterion: &mut Criterion) {
    let deployed = Protocol::as_deployed().system(Instance::new(2, 3, 5));
    measure(criterion, "as deployed, 48,780 states", &deployed);
    let recommended = Protocol::recommended().system(Instance::new(2, 3, 4));
    measure(criterion, "recommended fix, 3 enactors", &recommended);
}

criterion_group!(benches, liveness);
criterion_main!(benches);
