//! What is said wrongly of states and actions is noticed by the checks that there are anyway.

use std::marker::PhantomData;

use planwright_checker::{
    Audit, Checker, Completion, Encode, Extent, Fault, Model, Storage, Symmetric,
};
use planwright_model::finite::{self, Renaming, Visitor, from_word, to_word};
use planwright_model::{Finite, smallest_of_orbit};

/// Who holds a token, who of three processes has gone, and how often the token was passed on.
type State = (u8, [bool; 3], u8);

/// Whether a process goes, or else gets the token, and which one.
type Action = (bool, u8);

/// The model, with what is said of its states and actions.
struct Ring<S, A>(PhantomData<fn() -> (S, A)>);

impl<S: Said<State>, A: Said<Action>> Model for Ring<S, A> {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        (0..3).map(|holder| (holder, [false; 3], 0)).collect()
    }

    fn actions(&self, (holder, gone, passed): &State, actions: &mut Vec<Action>) {
        let others = (0..3).filter(|i| i != holder && !gone[usize::from(*i)]);
        for other in others {
            actions.push((true, other));
            actions.extend((*passed < 4).then_some((false, other)));
        }
    }

    fn next_state(&self, state: &State, (goes, who): Action) -> Option<State> {
        let (mut holder, mut gone, mut passed) = *state;
        match goes {
            true => gone[usize::from(who)] = true,
            false => (holder, passed) = (who, passed + 1),
        }
        Some((holder, gone, passed))
    }
}

impl<S: Said<State>, A: Said<Action>> Encode for Ring<S, A> {
    type Code = u64;

    fn encode(&self, state: &State) -> Option<u64> {
        to_word(S::of(*state))
    }

    fn decode(&self, word: u64) -> State {
        from_word::<S>(word).meant()
    }
}

impl<S: Said<State>, A: Said<Action>> Symmetric for Ring<S, A> {
    type Permutation = Renaming;

    fn permutations(&self) -> Vec<Renaming> {
        Renaming::all(3)
    }

    fn permute(&self, renaming: &Renaming, state: &State) -> State {
        renaming.of(S::of(*state)).meant()
    }

    fn permute_action(&self, renaming: &Renaming, action: &Action) -> Action {
        renaming.of(A::of(*action)).meant()
    }

    fn canonical(&self, state: &State) -> State {
        smallest_of_orbit(self, state)
    }
}

trait Said<T>: Finite + 'static {
    fn of(meant: T) -> Self;
    fn meant(self) -> T;
}

macro_rules! said {
    ($($name:ident: $of:ty { $($field:ident)* })*) => {$(
        impl Said<$of> for $name {
            fn of(($($field,)*): $of) -> Self {
                Self($($field,)*)
            }

            fn meant(self) -> $of {
                let Self($($field,)*) = self;
                ($($field,)*)
            }
        }
    )*};
}
said! {
    AsItIs: State { holder gone passed }
    HolderUnnamed: State { holder gone passed }
    PlacesKept: State { holder gone passed }
    TooFew: State { holder gone passed }
    LeftOut: State { holder gone passed }
    Named: Action { goes who }
    Unnamed: Action { goes who }
}

#[derive(Clone, Copy, Finite)]
struct AsItIs(
    #[finite(process < 3)] u8,
    #[finite(per_process)] [bool; 3],
    #[finite(0..=4)] u8,
);

#[derive(Clone, Copy, Finite)]
struct HolderUnnamed(
    #[finite(0..3)] u8,
    #[finite(per_process)] [bool; 3],
    #[finite(0..=4)] u8,
);

#[derive(Clone, Copy, Finite)]
struct PlacesKept(#[finite(process < 3)] u8, [bool; 3], #[finite(0..=4)] u8);

#[derive(Clone, Copy, Finite)]
struct TooFew(
    #[finite(process < 3)] u8,
    #[finite(per_process)] [bool; 3],
    #[finite(0..=3)] u8,
);

/// As if the derive forgot a field.
#[derive(Clone, Copy)]
struct LeftOut(u8, [bool; 3], u8);

impl finite::Finite for LeftOut {
    const VALUES: u64 = 3 * 8;
    const ANY: Self = Self(0, [false; 3], 0);

    fn visit<V: Visitor>(self, visitor: &mut V) -> Self {
        let seen = AsItIs(self.0, self.1, 0).visit(visitor);
        Self(seen.0, seen.1, self.2)
    }
}

#[derive(Clone, Copy, Finite)]
struct Named(bool, #[finite(process < 3)] u8);

#[derive(Clone, Copy, Finite)]
struct Unnamed(bool, #[finite(0..3)] u8);

fn exact<S: Said<State>, A: Said<Action>>() -> Completion {
    let model = Ring::<S, A>(PhantomData);
    let report = Checker::new(&model)
        .exhaustive()
        .storage(Storage::Exact)
        .run();
    report.completion().clone()
}

fn up_to_symmetry<S: Said<State>, A: Said<Action>>() -> (Completion, u64) {
    let model = Ring::<S, A>(PhantomData);
    let run = Checker::new(&model).exhaustive().symmetry();
    let audit = Audit {
        symmetry: Extent::All,
        ..Audit::default()
    };
    let report = run.audit(audit).run();
    (report.completion().clone(), report.statistics().states)
}

#[test]
fn what_is_right_is_explored() {
    let model = Ring::<AsItIs, Named>(PhantomData);
    let plain = Checker::new(&model).exhaustive().run();
    assert_eq!(exact::<AsItIs, Named>(), Completion::Exhausted);
    let (completion, orbits) = up_to_symmetry::<AsItIs, Named>();
    assert_eq!(completion, Completion::Exhausted);
    // There are six permutations.
    assert!(orbits < plain.statistics().states && 6 * orbits >= plain.statistics().states);
}

#[test]
fn a_part_that_is_left_out_or_has_wrong_bounds_is_a_fault() {
    let fault = exact::<LeftOut, Named>();
    let Completion::Faulted(fault) = &fault else {
        panic!("{fault:?}");
    };
    assert!(matches!(fault, Fault::AmbiguousCode { .. }), "{fault}");
    let fault = exact::<TooFew, Named>();
    let Completion::Faulted(fault) = &fault else {
        panic!("{fault:?}");
    };
    assert!(matches!(fault, Fault::NoCode { .. }), "{fault}");
}

#[test]
fn a_process_that_is_not_said_to_be_one_is_a_fault() {
    for (completion, _) in [
        up_to_symmetry::<HolderUnnamed, Named>(),
        up_to_symmetry::<PlacesKept, Named>(),
        up_to_symmetry::<AsItIs, Unnamed>(),
    ] {
        let Completion::Faulted(fault) = &completion else {
            panic!("{completion:?}");
        };
        assert!(matches!(fault, Fault::NotSymmetric { .. }), "{fault}");
    }
}
