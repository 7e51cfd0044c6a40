//! The record store: what commits, what is refused, what stays true.

use planwright_core::{
    Conflict, Endpoint, EndpointSet, Generation, PlanSet, Precondition, RecordStore, Resolution,
    StoreRules, Transaction, Write,
};
use proptest::prelude::*;

type Store = RecordStore;

const NO_RULES: StoreRules = StoreRules {
    referential_integrity: false,
    monotonic: false,
};

fn generation(n: u32) -> Generation {
    (1..n).fold(Generation::FIRST, |g, _| {
        g.successor().expect("within the capacity")
    })
}

fn endpoint(index: usize) -> Endpoint {
    Endpoint::nth(index).expect("within the capacity")
}

fn commit(store: &mut Store, transaction: Transaction) -> Result<(), Conflict> {
    store.commit(&transaction, NO_RULES, PlanSet::EMPTY)
}

#[test]
fn a_deleted_plan_empties_its_endpoints() {
    let mut store = Store::installed(2);
    assert_eq!(
        commit(&mut store, Transaction::delete(Generation::FIRST)),
        Ok(())
    );
    assert_eq!(
        store.resolve(Endpoint::FIRST),
        Resolution::Empty(Generation::FIRST)
    );
    assert!(!store.all_resolve());
    // Deleting it again changes nothing.
    let before = store;
    assert_eq!(
        commit(&mut store, Transaction::delete(Generation::FIRST)),
        Ok(())
    );
    assert_eq!(store, before);
}

#[test]
fn unset_is_not_empty() {
    let store = Store::unset(2);
    assert_eq!(store.resolve(Endpoint::FIRST), Resolution::Unset);
    assert!(store.all_resolve());
    assert!(!store.all_at(Generation::FIRST));
}

#[test]
fn each_precondition_refuses_and_names_why() {
    let first = Generation::FIRST;
    let second = generation(2);
    let e0 = Endpoint::FIRST;
    let store = Store::installed(2);
    let check = |transaction: Transaction| store.check(&transaction, NO_RULES, PlanSet::EMPTY);
    let not_newer = Conflict::NotNewer {
        endpoint: e0,
        current: first,
    };
    let again = Transaction::point_at(e0, first);
    assert_eq!(check(again), Ok(()));
    assert_eq!(check(again.only_if_newer()), Err(not_newer));
    let missing = Transaction::point_at(e0, second);
    assert_eq!(check(missing), Ok(()));
    assert_eq!(
        check(missing.only_if_plan_exists()),
        Err(Conflict::PlanMissing(second))
    );
    assert_eq!(check(missing.only_if_unchanged(e0, Some(first))), Ok(()));
    assert_eq!(
        check(missing.only_if_unchanged(e0, None)),
        Err(Conflict::Changed(e0))
    );
    let deletion = Transaction::delete(first);
    assert_eq!(check(deletion.unless_in_use()), Err(Conflict::InUse(first)));
    let held = PlanSet::EMPTY.with(first);
    assert_eq!(
        store.check(&deletion.unless_held_before(second), NO_RULES, held),
        Err(Conflict::Held(first))
    );
    assert_eq!(
        store.check(&deletion.unless_held_before(first), NO_RULES, held),
        Ok(())
    );

    let mut dangling = store;
    assert_eq!(commit(&mut dangling, deletion), Ok(()));
    assert_eq!(
        commit(&mut dangling, missing.only_if_resolves()),
        Err(Conflict::Dangling {
            endpoint: e0,
            current: first
        })
    );
}

#[test]
fn a_lock_grant_spoils_the_epoch_that_others_read() {
    let mut store = Store::installed(1);
    let seen = store.lock();
    let write = Transaction::point_at(Endpoint::FIRST, Generation::FIRST).under_lock(seen);
    assert_eq!(commit(&mut store, write), Ok(()));
    assert_eq!(commit(&mut store, write), Err(Conflict::LockLost));
    let again = Transaction::point_at(Endpoint::FIRST, Generation::FIRST).under_lock(store.lock());
    assert_eq!(commit(&mut store, again), Ok(()));
}

#[test]
fn deletions_are_judged_by_the_endpoints_as_the_transaction_leaves_them() {
    let first = Generation::FIRST;
    let all = EndpointSet::first(2);
    let rules = StoreRules {
        referential_integrity: true,
        monotonic: false,
    };
    let mut store = Store::installed(2);
    // Moves every endpoint to a plan that does not exist: refused whole.
    let before = store;
    let away = Transaction::point_at(all, generation(2)).and(Write::Delete(first));
    assert_eq!(
        store.commit(&away, rules, PlanSet::EMPTY),
        Err(Conflict::PlanMissing(generation(2)))
    );
    assert_eq!(store, before);
    // Spares what is used afterwards, deletes what is not.
    let sparing = Transaction::point_at(Endpoint::FIRST, first).and(Write::DeleteOlder {
        than: generation(3),
        by: 1,
        spare_used: true,
    });
    assert_eq!(store.commit(&sparing, rules, PlanSet::EMPTY), Ok(()));
    assert!(store.plans().contains(first));
}

#[test]
fn the_rollback_pointer_counts_as_a_reference() {
    let first = Generation::FIRST;
    let mut store = Store::installed(1);
    let flip = Transaction::point_at(Endpoint::FIRST, generation(2)).and(Write::SaveRollback);
    assert_eq!(commit(&mut store, flip), Ok(()));
    assert_eq!(store.rollback(), Some(first));
    assert_eq!(
        commit(&mut store, Transaction::delete(first).unless_in_use()),
        Err(Conflict::InUse(first))
    );
}

#[test]
fn no_rollback_pointer_is_saved_to_a_plan_that_is_gone() {
    let (first, second) = (Generation::FIRST, generation(2));
    let install = |plan| Transaction::EMPTY.and(Write::Install(Endpoint::FIRST.into(), plan));
    let mut store = Store::installed(1);
    let flip = install(second).and(Write::SaveRollbackOrNone);
    assert_eq!(commit(&mut store, flip), Ok(()));
    assert_eq!(store.rollback(), Some(first));
    assert_eq!(commit(&mut store, Transaction::delete(second)), Ok(()));
    let dangling = store;
    assert_eq!(
        commit(&mut store, install(first).and(Write::SaveRollbackOrNone)),
        Ok(())
    );
    assert_eq!(store.rollback(), None);
    // The plain one saves what the endpoint named.
    let mut store = dangling;
    assert_eq!(
        commit(&mut store, install(first).and(Write::SaveRollback)),
        Ok(())
    );
    assert_eq!(store.rollback(), Some(second));
}

#[test]
fn an_installed_plan_exists_whether_or_not_it_was_deleted() {
    let first = Generation::FIRST;
    let all = EndpointSet::first(1);
    let rules = StoreRules {
        referential_integrity: true,
        monotonic: true,
    };
    let mut store = Store::installed(1);
    let install = Transaction::EMPTY.and(Write::Install(all, generation(2)));
    assert!(!store.plans().contains(generation(2)));
    assert_eq!(store.commit(&install, rules, PlanSet::EMPTY), Ok(()));
    assert!(store.all_at(generation(2)));
    // It points like any other write: rules and preconditions see it.
    let back = Transaction::EMPTY.and(Write::Install(all, first));
    let refused = store.commit(&back, rules, PlanSet::EMPTY);
    assert!(
        matches!(refused, Err(Conflict::NotNewer { .. })),
        "{refused:?}"
    );
}

#[test]
fn what_is_recorded_as_handled_never_goes_back() {
    let mut store = Store::installed(1);
    for n in [3, 2] {
        let record = Transaction::EMPTY.and(Write::Observe(generation(n)));
        assert_eq!(commit(&mut store, record), Ok(()));
    }
    assert_eq!(store.observed(), Some(generation(3)));
}

fn any_generation() -> impl Strategy<Value = Generation> {
    (1_u32..6).prop_map(generation)
}

fn any_endpoints() -> impl Strategy<Value = EndpointSet> {
    prop_oneof![
        (0_usize..3).prop_map(|i| EndpointSet::from(endpoint(i))),
        Just(EndpointSet::first(3)),
    ]
}

fn any_write() -> impl Strategy<Value = Write> {
    prop_oneof![
        (any_endpoints(), any_generation()).prop_map(|(e, g)| Write::Point(e, g)),
        any_generation().prop_map(Write::Delete),
        (any_generation(), 1_u8..4, any::<bool>()).prop_map(|(than, by, spare_used)| {
            Write::DeleteOlder {
                than,
                by,
                spare_used,
            }
        }),
        Just(Write::AdvanceLock),
        Just(Write::SaveRollback),
        Just(Write::TakeLease),
        Just(Write::SaveRollbackOrNone),
        (any_endpoints(), any_generation()).prop_map(|(e, g)| Write::Install(e, g)),
    ]
}

fn any_precondition() -> impl Strategy<Value = Precondition> {
    prop_oneof![
        Just(Precondition::Newer),
        Just(Precondition::PlanExists),
        Just(Precondition::Resolves),
        Just(Precondition::NotInUse),
        (0_usize..3, proptest::option::of(any_generation()))
            .prop_map(|(e, g)| Precondition::Unchanged(endpoint(e), g)),
    ]
}

fn any_transaction() -> impl Strategy<Value = Transaction> {
    let preconditions = proptest::collection::vec(any_precondition(), 0..3);
    let writes = proptest::collection::vec(any_write(), 1..4);
    (preconditions, writes).prop_map(|(preconditions, writes)| {
        let transaction = writes
            .into_iter()
            .fold(Transaction::EMPTY, Transaction::and);
        preconditions
            .into_iter()
            .fold(transaction, Transaction::require)
    })
}

proptest! {
    #[test]
    fn commits_are_all_or_nothing_and_keep_the_rules(
        transactions in proptest::collection::vec(any_transaction(), 1..12),
        referential_integrity: bool,
        monotonic: bool,
        installed: bool,
    ) {
        let rules = StoreRules { referential_integrity, monotonic };
        let mut store = if installed { Store::installed(3) } else { Store::unset(3) };
        for transaction in transactions {
            let before = store;
            let outcome = store.commit(&transaction, rules, PlanSet::EMPTY);
            prop_assert_eq!(outcome, before.check(&transaction, rules, PlanSet::EMPTY));
            if outcome.is_err() {
                prop_assert_eq!(store, before);
                continue;
            }
            for e in before.endpoints() {
                if before.applied(e).is_some() {
                    prop_assert!(store.applied(e).is_some(), "once set, never unset");
                }
                if monotonic {
                    prop_assert!(store.applied(e) >= before.applied(e));
                }
            }
            let brought: PlanSet = transaction
                .writes()
                .filter_map(|write| match write {
                    Write::Install(_, plan) => Some(plan),
                    _ => None,
                })
                .collect();
            let known = before.plans().union(brought);
            prop_assert!(store.plans().difference(known).is_empty());
            if referential_integrity {
                prop_assert!(store.all_resolve());
                prop_assert_eq!(store.validate(rules), Ok(()));
            }
        }
    }
}
