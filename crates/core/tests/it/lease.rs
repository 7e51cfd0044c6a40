//! Leases: at the store, and when they end by themselves.

use planwright_core::{
    Conflict, Enactor, EnactorId, FaultBudget, LeaseTerm, PlanSet, RecordStore, Steps, StoreRules,
    SystemAction, Token, Transaction, UpdateSystem, Write,
};
use planwright_model::{ActionClasses, Describe, Encode, Model};

type Store = RecordStore;

fn commit(store: &mut Store, transaction: Transaction) -> Result<(), Conflict> {
    store.commit(&transaction, StoreRules::default(), PlanSet::EMPTY)
}

/// Takes the lease and gives the token of the grant.
fn take(store: &mut Store) -> Token {
    let token = store.lease().next_token();
    assert_eq!(commit(store, Transaction::take_lease()), Ok(()));
    token
}

fn release(token: Token) -> Transaction {
    Transaction::EMPTY.and(Write::ReleaseLease(token))
}

fn show(token: Token) -> Transaction {
    Transaction::EMPTY
        .and(Write::ShowToken(token))
        .unless_fenced(token)
}

#[test]
fn one_grant_at_a_time_each_with_a_larger_token() {
    let mut store = Store::installed(1);
    let first = take(&mut store);
    let again = commit(&mut store, Transaction::take_lease());
    assert_eq!(again, Err(Conflict::LeaseTaken));
    assert_eq!(commit(&mut store, release(first)), Ok(()));
    assert!(!store.lease().is_taken());
    let second = take(&mut store);
    assert!(first < second);
    // What an earlier holder gives back is not its own.
    assert_eq!(commit(&mut store, release(first)), Ok(()));
    assert!(store.lease().is_held_with(second) && !store.lease().is_held_with(first));
}

#[test]
fn the_largest_token_seen_fences_smaller_ones_off() {
    let mut store = Store::installed(1);
    let first = take(&mut store);
    assert_eq!(commit(&mut store, release(first)), Ok(()));
    let second = take(&mut store);
    // A grant alone fences nobody off.
    assert_eq!(commit(&mut store, show(first)), Ok(()));
    assert_eq!(commit(&mut store, show(second)), Ok(()));
    assert_eq!(commit(&mut store, show(second)), Ok(()));
    assert_eq!(
        commit(&mut store, show(first)),
        Err(Conflict::Fenced(second))
    );
    // Shown without the precondition, a smaller token changes nothing.
    let before = store;
    let unfenced = Transaction::EMPTY.and(Write::ShowToken(first));
    assert_eq!(commit(&mut store, unfenced), Ok(()));
    assert_eq!(store, before);
}

/// Takes the lease and keeps it.
#[derive(Debug)]
struct Keeper;

impl Enactor for Keeper {
    type Local = Option<Held>;

    fn steps(&self, held: &Self::Local, store: &RecordStore, next: &mut Steps<Self::Local>) {
        if held.is_none() {
            let token = store.lease().next_token();
            next.commit(Transaction::take_lease(), Some(Held(token)), None);
        }
    }

    fn counts_on(&self, held: &Self::Local) -> Option<Token> {
        held.map(|Held(token)| token)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Held(Token);

type System = UpdateSystem<Keeper>;
type Action = SystemAction<Option<Held>>;

fn system(term: LeaseTerm) -> System {
    let faults = FaultBudget {
        crashes: 1,
        ..FaultBudget::NONE
    };
    UpdateSystem::new(Keeper).faults(faults).lease(term)
}

fn run(system: &System, path: &[fn(&Action) -> bool]) -> Vec<Action> {
    let mut state = system.init_states()[0];
    let mut actions = Vec::new();
    for step in path {
        actions.clear();
        system.actions(&state, &mut actions);
        let action = *actions.iter().find(|a| step(a)).expect("it is enabled");
        state = system.next_state(&state, action).expect("it is a step");
    }
    actions.clear();
    system.actions(&state, &mut actions);
    actions
}

fn expires(action: &Action) -> bool {
    matches!(action, SystemAction::Expire { .. })
}

fn takes(action: &Action) -> bool {
    matches!(action, SystemAction::Commit { .. })
}

fn crashes(action: &Action) -> bool {
    matches!(action, SystemAction::Crash { .. })
}

#[test]
fn a_lock_never_ends_by_itself() {
    let lock = system(LeaseTerm::Unlimited);
    assert!(!run(&lock, &[takes]).iter().any(expires));
    assert!(!run(&lock, &[takes, crashes]).iter().any(expires));
    let card = lock.describe();
    assert!(
        card.assumptions
            .contains(&"a lease never expires".to_owned())
    );
}

#[test]
fn a_lease_ends_once_nobody_counts_on_it_and_early_only_as_often_as_allowed() {
    let strict = system(LeaseTerm::Limited { early: 0 });
    assert!(!run(&strict, &[]).iter().any(expires));
    assert!(!run(&strict, &[takes]).iter().any(expires));
    assert!(run(&strict, &[takes, crashes]).iter().any(expires));
    assert!(!run(&strict, &[takes, crashes, expires]).iter().any(expires));

    let early = system(LeaseTerm::Limited { early: 1 });
    assert!(run(&early, &[takes]).iter().any(expires));
    assert!(!run(&early, &[takes, expires, takes]).iter().any(expires));
}

#[test]
fn the_class_and_the_bound_of_early_expiry_are_told() {
    let early = system(LeaseTerm::Limited { early: 1 });
    let expire = *run(&early, &[takes]).iter().find(|a| expires(a)).unwrap();
    let class = early.action_class(&expire);
    assert_eq!(early.action_classes()[class], "a lease expires");
    assert_eq!(
        early.format_action(&expire),
        "lease      expires, granted with token 1"
    );

    let bounds = early.describe().bounds;
    let bound = bounds.len() - 1;
    assert!(bounds[bound].0.contains("expire early"), "{bounds:?}");
    let start = early.init_states()[0];
    assert!(!early.is_at_bound(bound, &start));
    let no_lease = UpdateSystem::new(Keeper).describe();
    assert!(
        !no_lease
            .bounds
            .iter()
            .any(|(name, _)| name.contains("lease"))
    );
}

/// Remembers nothing: what is tested is the store.
#[derive(Debug)]
struct Taker;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, planwright_core::Finite)]
struct Nothing;

impl Enactor for Taker {
    type Local = Nothing;

    fn steps(&self, _: &Nothing, _: &RecordStore, next: &mut Steps<Nothing>) {
        next.commit(Transaction::take_lease(), Nothing, Nothing);
    }
}

#[test]
fn a_lease_that_was_not_declared_does_not_fit_a_word() {
    let packed = |system: UpdateSystem<Taker>| {
        let start = system.init_states()[0];
        let steps = system.next_steps(&start);
        let taken = steps.iter().find(|(_, next)| next.store.lease().is_taken());
        let (action, taken) = taken.expect("it is free at first");
        assert_eq!(action.enactor().map(EnactorId::index), Some(0));
        assert!(system.encode(&start).is_some());
        system
            .encode(taken)
            .map(|code| system.decode(code) == *taken)
    };
    assert_eq!(packed(UpdateSystem::new(Taker)), None);
    let declared = UpdateSystem::new(Taker).lease(LeaseTerm::Unlimited);
    assert_eq!(packed(declared), Some(true));
}
