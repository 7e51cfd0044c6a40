//! The memory limit, in a process of its own.

use planwright_checker::{Checker, Completion, Limit, Model};

/// 160,000 states of 8 KB behind 400 parents.
struct Fat;

impl Model for Fat {
    type State = Vec<u32>;
    type Action = u32;
    fn init_states(&self) -> Vec<Vec<u32>> {
        vec![vec![]]
    }
    fn actions(&self, s: &Vec<u32>, a: &mut Vec<u32>) {
        if s.len() != 2000 {
            a.extend(1..=400)
        }
    }
    fn next_state(&self, s: &Vec<u32>, a: u32) -> Option<Vec<u32>> {
        Some(if s.is_empty() {
            vec![a]
        } else {
            let mut v = vec![a; 2000];
            v[0] = s[0];
            v
        })
    }
}

#[test]
fn memory_is_looked_at_within_a_level_of_large_states() {
    let limit = 200 << 20;
    let checker = Checker::new(&Fat).always("true", |_| true);
    let report = checker.memory_limit(limit).threads(1).run();
    let Some(peak) = report.statistics().peak_memory else {
        return; // the system does not tell
    };
    assert_eq!(
        report.completion(),
        &Completion::Stopped(Limit::Memory(limit))
    );
    assert!(peak < 500 << 20, "{peak}");
}
