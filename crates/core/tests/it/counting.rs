//! Protocols that count plans are refused a proof for every number of generations.

use planwright_core::{
    Dependence, Enactor, Endpoint, EveryGeneration, Generation, PackLocal, PackReader, PackWriter,
    RecordStore, Steps, Transaction, UpdateSystem,
};
use planwright_model::Model;

/// Points the only endpoint at the newest plan, and keeps the newest plans, so many.
struct Keeper {
    keeps: usize,
    /// Whether a plan that the endpoint names is kept as well, and one that is gone not written.
    careful: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Picked(Option<Generation>);

impl PackLocal for Picked {
    fn pack(&self, to: &mut PackWriter) {
        to.generation(self.0);
    }

    fn unpack(from: &mut PackReader) -> Option<Self> {
        Some(Self(from.generation()))
    }
}

impl Enactor for Keeper {
    type Local = Picked;

    fn steps(&self, picked: &Picked, store: &RecordStore, next: &mut Steps<Picked>) {
        if let Some(plan) = picked.0 {
            let write = Transaction::point_at(Endpoint::FIRST, plan);
            let write = match self.careful {
                true => write.only_if_plan_exists(),
                false => write,
            };
            return next.commit(write, Picked(None), Picked(None));
        }
        next.goto(Picked(store.newest_plan()));
        let plans = store.plans();
        if plans.iter().count() > self.keeps
            && let Some(oldest) = plans.oldest()
        {
            let deletion = Transaction::delete(oldest);
            let deletion = match self.careful {
                true => deletion.unless_in_use(),
                false => deletion,
            };
            next.commit(deletion, *picked, *picked);
        }
    }
}

/// Everything that the patterns show, and the first dependence.
fn explore(keeper: Keeper) -> (bool, Option<Dependence>) {
    let every: EveryGeneration<Keeper, 2, 1> = UpdateSystem::new(keeper)
        .endpoints(1)
        .enactors(2)
        .with_capacity()
        .every_generation();
    let mut seen = every.init_states();
    let mut next = 0;
    while let Some(pattern) = seen.get(next).copied() {
        next += 1;
        for after in every.next_states(&pattern) {
            if !seen.contains(&after) {
                seen.push(after);
            }
        }
    }
    let resolve = seen.iter().all(|pattern| pattern.store.all_resolve());
    (
        resolve,
        seen.iter().find_map(|pattern| every.dependence(pattern)),
    )
}

/// No pattern has more than a few plans, so none shows a deletion by a keeper of many; and yet there are
/// many plans. It is shown, or else the proof is refused.
#[test]
fn a_threshold_beyond_all_patterns_is_found() {
    for keeps in 1..=25 {
        let (resolve, dependence) = explore(Keeper {
            keeps,
            careful: false,
        });
        let refused = matches!(dependence, Some(Dependence::Allows { .. }));
        assert!(!resolve || refused, "keeps {keeps}: {dependence:?}");
        assert_eq!(resolve, keeps > 2, "keeps {keeps}");
    }
}

/// What deletes only what nothing refers to is not told apart by what patterns show.
#[test]
fn counting_is_no_harm_if_it_deletes_what_nothing_refers_to() {
    let (resolve, dependence) = explore(Keeper {
        keeps: 0,
        careful: true,
    });
    assert!(resolve);
    assert!(
        !matches!(dependence, Some(Dependence::Allows { .. })),
        "{dependence:?}"
    );
}
