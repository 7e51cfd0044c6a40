//! States at the limit of depth are never expanded, and so they are not kept; what is told stays the same.

use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use planwright_checker::{Audit, Checker, Completion, Cost, Extent, Fault, Limit, Model};

/// How many states there are now, and the most there have been.
#[derive(Debug, Default)]
struct Census {
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Census {
    fn enter(&self) {
        self.most
            .fetch_max(self.now.fetch_add(1, Relaxed) + 1, Relaxed);
    }
}

/// A node of a tree by its path, which counts itself; and something that is not hashed.
#[derive(Debug)]
struct Node<'c>(Vec<u8>, u8, &'c Census);

impl Clone for Node<'_> {
    fn clone(&self) -> Self {
        self.2.enter();
        Node(self.0.clone(), self.1, self.2)
    }
}

impl Drop for Node<'_> {
    fn drop(&mut self) {
        self.2.now.fetch_sub(1, Relaxed);
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        (&self.0, self.1) == (&other.0, other.1)
    }
}

impl Hash for Node<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

/// A tree in which each node has ten children, and an eleventh that is the tenth again; an impostor where the
/// path is the trap's.
struct Tree<'c> {
    census: &'c Census,
    trap: Option<Vec<u8>>,
}

impl<'c> Model for Tree<'c> {
    type State = Node<'c>;
    type Action = u8;

    fn init_states(&self) -> Vec<Node<'c>> {
        self.census.enter();
        vec![Node(Vec::new(), 0, self.census)]
    }

    fn actions(&self, _: &Node<'c>, actions: &mut Vec<u8>) {
        actions.extend(0..=10);
    }

    fn next_state(&self, node: &Node<'c>, child: u8) -> Option<Node<'c>> {
        self.census.enter();
        let path = [node.0.as_slice(), &[child.min(9)]].concat();
        let is_impostor = child == 10 && self.trap.as_ref() == Some(&path);
        Some(Node(path, u8::from(is_impostor), self.census))
    }
}

const DEPTH: u32 = 4;

#[test]
fn the_last_level_is_counted_and_checked_but_not_kept() {
    let mut found = Vec::new();
    for threads in [1, 2, 3] {
        let census = Census::default();
        let model = Tree {
            census: &census,
            trap: None,
        };
        let report = Checker::new(&model)
            .always("this leaf is not reached", |node| node.0 != [7, 0, 7, 1])
            .max_depth(DEPTH)
            .exhaustive()
            .threads(threads)
            .run();
        assert_eq!(report.completion(), &Completion::Stopped(Limit::Depth(4)));
        let expected = [1, 10, 100, 1000, 10_000];
        assert_eq!(report.statistics().levels, expected);
        assert_eq!(report.statistics().transitions, 11 * 1111);
        let leaf = report.assert_violated("this leaf is not reached");
        assert_eq!(leaf.last_state().0, [7, 0, 7, 1]);
        let most = census.most.load(Relaxed);
        // The level before, a round of successors for each worker, and the audit's; not the 10,000 of the last.
        assert!(most < 8_000, "{most}");
        let mut summary = report.summary();
        summary.cost = Cost::default();
        found.push(summary);
        drop(report);
        assert_eq!(census.now.load(Relaxed), 0, "every state is dropped once");
    }
    assert!(found.iter().all(|summary| *summary == found[0]));
}

#[test]
fn an_impostor_in_the_last_level_is_found() {
    for threads in [1, 2] {
        let census = Census::default();
        let model = Tree {
            census: &census,
            trap: Some(vec![5, 9, 0, 9]),
        };
        let checker = Checker::new(&model).always("true", |_| true);
        let checker = checker.max_depth(DEPTH).threads(threads);
        let report = checker
            .audit(Audit {
                determinism: Extent::All,
                ..Audit::default()
            })
            .run();
        assert!(
            matches!(
                report.completion(),
                Completion::Faulted(Fault::HashDisagreesWithEq { .. })
            ),
            "{report}"
        );
    }
}
