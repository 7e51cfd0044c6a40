//! Every row at the three instances, by the naive evaluator.

use std::thread;

use dns_outage::{Instance, Variant, variants};
use expect_test::{ExpectFile, expect_file};
use planwright_oracle::Evaluator;

use super::rows::{Asked, CONVERGES, RECOVERS, fair, graph, published};
use crate::rows;

const HEADER: &str = "\
row   states  published  recovers  weak  strong  commits  variant
";

fn line(variant: &Variant, instance: Instance) -> String {
    let mut graph = graph(variant, instance);
    let says = |holds| if holds { "yes" } else { "NO" };
    let recovers = Evaluator::new(&graph).holds(RECOVERS);
    let published = published(variant.name);
    let agrees = published.is_none_or(|published| published == recovers);
    let states = graph.states();
    let mut converges = vec![];
    for asked in [Asked::Weak, Asked::Strong, Asked::Commits] {
        graph = fair(graph, asked);
        converges.push(says(Evaluator::new(&graph).holds(CONVERGES)));
    }
    format!(
        "{:<4} {:>7}  {:<9}{} {:<8}  {:<4}  {:<6}  {:<7}  {}\n",
        variant.name,
        states,
        published.map_or("-", says),
        if agrees { ' ' } else { '!' },
        says(recovers),
        converges[0],
        converges[1],
        converges[2],
        variant.what,
    )
}

fn assert_table(instance: Instance, variants: &[Variant], expected: ExpectFile) {
    let some = |first: usize| {
        let some = variants.iter().enumerate().skip(first).step_by(2);
        let lines = some.map(|(number, variant)| (number, line(variant, instance)));
        lines.collect::<Vec<_>>()
    };
    let mut lines = thread::scope(|scope| {
        let other = scope.spawn(|| some(1));
        let mut lines = some(0);
        lines.extend(other.join().expect("a worker ends"));
        lines
    });
    lines.sort_unstable();
    let lines: String = lines.into_iter().map(|(_, line)| line).collect();
    expected.assert_eq(&format!("{HEADER}{lines}"));
}

#[test]
fn one_endpoint_two_enactors_four_generations() {
    let instance = Instance::new(1, 2, 4);
    assert_table(instance, &variants(), expect_file!["liveness-1-2-4.txt"]);
}

#[test]
fn two_endpoints_two_enactors_four_generations_one_crash() {
    let instance = Instance::new(2, 2, 4).crashes(1);
    assert_table(
        instance,
        &variants(),
        expect_file!["liveness-2-2-4-crash.txt"],
    );
}

#[test]
fn two_endpoints_three_enactors_five_generations() {
    let instance = Instance::new(2, 3, 5);
    assert_table(instance, &rows(), expect_file!["liveness-2-3-5.txt"]);
}

/// A run may stop where only a crash or an operator could act, and it makes no difference to any row whether
/// it may: so what foreign checkers said of runs that stop only where nothing can happen stands for both.
#[test]
fn whether_crashes_and_operators_must_act_makes_no_difference() {
    let instances = [Instance::new(1, 2, 4), Instance::new(2, 2, 4).crashes(1)];
    for instance in instances {
        for variant in variants() {
            let graph = graph(&variant, instance);
            for asked in [Asked::Weak, Asked::Strong, Asked::Commits] {
                let may = fair(graph.clone(), asked);
                let must = may.clone().progress_of_all();
                let [may, must] = [may, must].map(|graph| Evaluator::new(&graph).holds(CONVERGES));
                assert_eq!(may, must, "row {}, {asked:?}", variant.name);
            }
        }
    }
}
