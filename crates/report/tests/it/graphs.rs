//! Graphs of whole models, in the form that mCRL2 and CADP read.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use planwright_checker::Checker;
use planwright_report::{GraphError, GraphLimits, graph_to_aldebaran};

use crate::sample::Clerks;

pub(crate) fn transitions(clerks: &Clerks) -> usize {
    let report = Checker::new(clerks).run();
    report.statistics().transitions as usize
}

/// A strict reader of Aldebaran's format: the header's three numbers, then a line for each transition.
fn read_aldebaran(text: &str) -> (usize, BTreeMap<(usize, usize), String>) {
    let mut lines = text.lines();
    let numbers = |text: &str| -> Vec<usize> {
        let numbers = text
            .split(',')
            .map(|number| number.parse().expect("a number"));
        numbers.collect()
    };
    let header = lines
        .next()
        .and_then(|line| line.strip_prefix("des (")?.strip_suffix(')'));
    let header = numbers(header.expect("a header"));
    let steps = lines.map(|line| {
        let line = line
            .strip_prefix('(')
            .and_then(|line| line.strip_suffix(')'));
        let (from, rest) = line.expect("brackets").split_once(",\"").expect("a label");
        let (label, to) = rest.rsplit_once("\",").expect("the end of a label");
        assert!(!label.contains('"'), "{label}");
        let (from, to): (usize, usize) = (from.parse().unwrap(), to.parse().unwrap());
        assert!(from < header[2] && to < header[2]);
        ((from, to), label.to_owned())
    });
    let steps: Vec<_> = steps.collect();
    assert_eq!(steps.len(), header[1]);
    (header[2], steps.into_iter().collect())
}

#[test]
fn the_graph_in_aldebarans_format_is_the_checkers() {
    for clerks in [Clerks::plain(), Clerks::hostile()] {
        let text = graph_to_aldebaran(&clerks, 100).expect("it is small");
        let (states, steps) = read_aldebaran(&text);
        assert_eq!(states, 5);
        assert_eq!(text.lines().count() - 1, transitions(&clerks));
        assert!(steps.values().any(|label| label.starts_with("ann")));
    }
    assert!(graph_to_aldebaran(&Clerks::plain(), 3).is_err());
    let interrupted = AtomicBool::new(false);
    let limits = GraphLimits::states(100).interrupt(&interrupted);
    assert!(graph_to_aldebaran(&Clerks::plain(), limits).is_ok());
    interrupted.store(true, Ordering::Relaxed);
    let refused = graph_to_aldebaran(&Clerks::plain(), limits);
    assert_eq!(refused, Err(GraphError::Interrupted));
}
