//! What liveness costs: the same system with invariants alone, with recoverability, and with
//! convergence under weak and strong fairness, side by side in one run.

use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dns_outage::{
    DnsEnactor, DnsSystem, EnactorFairness, Instance, Variant, checker, with_convergence,
    with_recovery,
};
use planwright_checker::{Checker, Report};
use planwright_core::SystemVisitor;

struct Measure<'c>(&'c mut Criterion, &'static str);

impl SystemVisitor<DnsEnactor> for Measure<'_> {
    type Output = ();

    fn visit<const A: usize, const B: usize>(self, system: DnsSystem<A, B>) {
        let Self(criterion, name) = self;
        let run = |checker: Checker<'_, DnsSystem<A, B>>| -> u64 {
            let report: Report<'_, _> = checker.exhaustive().threads(1).exact().run();
            assert!(report.completion().is_complete(), "{report}");
            report.statistics().states
        };
        let safety = || checker(&system);
        let recovery = || with_recovery(safety(), &system, &system);
        let converges = |fairness: EnactorFairness| {
            with_convergence(safety(), &system, &fairness.conditions(&system))
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
}

fn liveness(criterion: &mut Criterion) {
    let deployed = Variant::as_deployed().system(Instance::new(2, 3, 5));
    deployed.at_smallest_capacity(Measure(criterion, "as deployed, 48,780 states"));
    let recommended = Variant::recommended().system(Instance::new(2, 3, 4));
    recommended.at_smallest_capacity(Measure(criterion, "recommended fix, 3 enactors"));
}

criterion_group!(benches, liveness);
criterion_main!(benches);
