//! A number for how a model begins, so that results of another one are not taken for its own.

use std::collections::{HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};

use planwright_model::Model;

use crate::fingerprint::{Fingerprinter, fingerprint};
use crate::{Checkable, Checker};

/// States that are looked at.
const LOOKED_AT: usize = 1_000;

/// A number for the first states of the checker's model, breadth first, with their steps and what its properties
/// say of them. A panic is left for the exploration to report.
pub(super) fn digest<M: Checkable>(checker: &Checker<'_, M>) -> String {
    let told = catch_unwind(AssertUnwindSafe(|| beginning(checker)));
    let told = told.unwrap_or_default();
    format!("{:016x}", fingerprint(&told))
}

fn beginning<M: Checkable>(checker: &Checker<'_, M>) -> Vec<u64> {
    let hashed = Fingerprinter::new(0);
    let model = &checker.model;
    let asked = checker.asked();
    let (mut told, mut seen, mut queue) = (Vec::new(), HashSet::new(), VecDeque::new());
    let mut meet = |told: &mut Vec<u64>, queue: &mut VecDeque<M::State>, state: M::State| {
        let (number, within) = (hashed.fingerprint(&state), model.within_boundary(&state));
        told.extend([number, within.into()]);
        if within && seen.insert(number) {
            queue.push_back(state);
        }
    };
    for state in model.init_states() {
        meet(&mut told, &mut queue, state);
    }
    let mut actions = Vec::new();
    for _ in 0..LOOKED_AT {
        let Some(state) = queue.pop_front() else {
            break;
        };
        for property in &asked.list {
            told.push(property.is_settled_in(&state).into());
            told.push(property.refuses_to_end_in(&state).into());
            let predicates = property.predicates().iter();
            told.extend(predicates.map(|holds| u64::from(holds(&state))));
        }
        model.actions(&state, &mut actions);
        for action in actions.drain(..) {
            let Some(next) = model.next_state(&state, action) else {
                continue;
            };
            meet(&mut told, &mut queue, next);
        }
    }
    told
}
