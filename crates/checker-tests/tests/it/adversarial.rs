//! Models that are wrong in ways that a search could miss, and limits that it could look at too late.

use std::hash::{Hash, Hasher};
use std::time::{Duration, Instant};

use planwright_checker::{
    Audit, Checker, Completion, Encode, Extent, Fault, Model, Outcome, Place, Storage, Symmetric,
};

/// The canonical form of the initial state is another state, from which nothing bad is reached.
struct Stranger;
impl Model for Stranger {
    type State = [u8; 2];
    type Action = usize;
    fn init_states(&self) -> Vec<[u8; 2]> {
        vec![[0, 0]]
    }
    fn actions(&self, s: &[u8; 2], a: &mut Vec<usize>) {
        if *s == [0, 0] {
            a.push(2)
        } else {
            a.extend((0..2).filter(|i| s[*i] < 3));
        }
    }
    fn next_state(&self, s: &[u8; 2], i: usize) -> Option<[u8; 2]> {
        if i == 2 {
            return Some([9, 9]);
        }
        let mut n = *s;
        n[i] += 1;
        Some(n)
    }
}

impl Symmetric for Stranger {
    type Permutation = bool;
    fn permutations(&self) -> Vec<bool> {
        vec![false, true]
    }
    fn permute(&self, x: &bool, &[a, b]: &[u8; 2]) -> [u8; 2] {
        if *x { [b, a] } else { [a, b] }
    }
    fn permute_action(&self, x: &bool, i: &usize) -> usize {
        if *x && *i < 2 { 1 - i } else { *i }
    }
    fn canonical(&self, s: &[u8; 2]) -> [u8; 2] {
        let mut s = *s;
        s.sort();
        if s == [0, 0] { [1, 1] } else { s }
    }
}

#[test]
fn a_wrong_canonical_form_of_an_initial_state_is_found() {
    let r = Checker::new(&Stranger)
        .always("never 9", |s| s[0] != 9 && s[0] != 0)
        .symmetry()
        .audit(Audit {
            symmetry: Extent::All,
            ..Audit::default()
        })
        .threads(1)
        .run();
    assert_ne!(r.outcome(), Outcome::Holds);
}

/// A state with two equal steps, and a renaming of it with one of them and another.
struct Dup;
impl Model for Dup {
    type State = [u8; 2];
    type Action = u8;
    fn init_states(&self) -> Vec<[u8; 2]> {
        vec![[0, 0]]
    }
    fn actions(&self, s: &[u8; 2], a: &mut Vec<u8>) {
        match s {
            [0, 0] => a.extend([0, 1]),
            [0, 1] => a.extend([2, 2]),
            [1, 0] => a.extend([2, 3]),
            _ => {}
        }
    }
    fn next_state(&self, _: &[u8; 2], a: u8) -> Option<[u8; 2]> {
        Some(match a {
            0 => [1, 0],
            1 => [0, 1],
            2 => [1, 1],
            _ => [9, 9],
        })
    }
}

impl Symmetric for Dup {
    type Permutation = bool;
    fn permutations(&self) -> Vec<bool> {
        vec![false, true]
    }
    fn permute(&self, x: &bool, &[a, b]: &[u8; 2]) -> [u8; 2] {
        if *x { [b, a] } else { [a, b] }
    }
    fn permute_action(&self, x: &bool, i: &u8) -> u8 {
        if *x && *i < 2 { 1 - i } else { *i }
    }
    fn canonical(&self, s: &[u8; 2]) -> [u8; 2] {
        let mut s = *s;
        s.sort();
        s
    }
}

#[test]
fn equal_steps_do_not_hide_a_missing_one() {
    let plain = Checker::new(&Dup)
        .always("never 9", |s| s[0] != 9)
        .threads(1)
        .run();
    assert_eq!(plain.outcome(), Outcome::Violated);
    let r = Checker::new(&Dup)
        .always("never 9", |s| s[0] != 9)
        .symmetry()
        .audit(Audit {
            symmetry: Extent::All,
            ..Audit::default()
        })
        .threads(1)
        .run();
    assert_ne!(r.outcome(), Outcome::Holds);
}

/// `key` is hashed; `eq` is compared.
#[derive(Clone, Copy, Debug)]
struct S {
    key: u32,
    eq: u32,
    bad: bool,
}

impl PartialEq for S {
    fn eq(&self, o: &S) -> bool {
        self.eq == o.eq
    }
}

impl Eq for S {}
impl Hash for S {
    fn hash<H: Hasher>(&self, h: &mut H) {
        self.key.hash(h)
    }
}

struct Order;
impl Model for Order {
    type State = S;
    type Action = u32;
    fn init_states(&self) -> Vec<S> {
        vec![S {
            key: 0,
            eq: 0,
            bad: false,
        }]
    }
    fn actions(&self, s: &S, a: &mut Vec<u32>) {
        match s.key {
            0 => a.extend(1..=12),
            1..=12 => a.extend([0, 1]),
            _ => {}
        }
    }
    fn next_state(&self, s: &S, a: u32) -> Option<S> {
        let plain = |n| S {
            key: n,
            eq: n,
            bad: false,
        };
        Some(match (s.key, a) {
            (0, n) => plain(n),
            // Parent 5 (position 4): a violation, and a known key with another state.
            (5, 0) => S {
                bad: true,
                ..plain(500)
            },
            (5, 1) => S {
                key: 2,
                eq: 777,
                bad: false,
            },
            // Parent 6 (position 5): a new key with a known state.
            (6, 0) => S {
                key: 600,
                eq: 3,
                bad: false,
            },
            (k, a) => plain(100 + 2 * k + a),
        })
    }
}

#[test]
fn of_several_faults_the_first_does_not_depend_on_threads() {
    let run = |threads| {
        let r = Checker::new(&Order)
            .always("good", |s| !s.bad)
            .always("true", |_| true)
            .exhaustive()
            .threads(threads)
            .tuning(64, 4, 5)
            .run();
        let mut s = r.summary();
        s.cost = Default::default();
        s
    };
    assert_eq!(run(1), run(2));
}

/// 60 states that have 60 successors each.
struct Wide;
impl Model for Wide {
    type State = (u32, u32);
    type Action = u32;
    fn init_states(&self) -> Vec<(u32, u32)> {
        vec![(0, 0)]
    }
    fn actions(&self, s: &(u32, u32), a: &mut Vec<u32>) {
        if s.1 == 0 {
            a.extend(1..=60)
        }
    }
    fn next_state(&self, s: &(u32, u32), a: u32) -> Option<(u32, u32)> {
        Some(if s.0 == 0 { (a, 0) } else { (s.0, a) })
    }
}

#[test]
fn the_clock_is_looked_at_while_properties_are_slow() {
    for threads in [1, 2] {
        let t = Instant::now();
        let report = Checker::new(&Wide)
            .always("slow", |_| {
                std::thread::sleep(Duration::from_millis(2));
                true
            })
            .time_limit(Duration::from_millis(300))
            .threads(threads)
            .run();
        assert!(!report.completion().is_complete());
        assert!(t.elapsed() < Duration::from_secs(2), "{:?}", t.elapsed());
    }
}

/// One state, and 100,000 outside the boundary.
struct Cut;
impl Model for Cut {
    type State = u32;
    type Action = u32;
    fn init_states(&self) -> Vec<u32> {
        vec![0]
    }
    fn actions(&self, _: &u32, a: &mut Vec<u32>) {
        a.extend(1..=100_000)
    }
    fn next_state(&self, _: &u32, a: u32) -> Option<u32> {
        Some(a)
    }
    fn within_boundary(&self, s: &u32) -> bool {
        *s == 0
    }
}

#[test]
fn states_outside_the_boundary_can_collide_too() {
    let r = Checker::new(&Cut).always("true", |_| true).run();
    let n = 100_001f64;
    assert!(
        r.statistics().collision_probability > n * n / 2f64.powi(65) / 2.0,
        "{:e}",
        r.statistics().collision_probability
    );
}

/// A counter with an encoding that panics.
struct Enc;
impl Model for Enc {
    type State = u64;
    type Action = ();
    fn init_states(&self) -> Vec<u64> {
        vec![0]
    }
    fn actions(&self, s: &u64, a: &mut Vec<()>) {
        a.extend((*s < 9).then_some(()))
    }
    fn next_state(&self, s: &u64, (): ()) -> Option<u64> {
        Some(s + 1)
    }
}

impl Encode for Enc {
    type Code = u64;
    fn encode(&self, s: &u64) -> Option<u64> {
        assert!(*s != 3, "encode");
        Some(*s)
    }
    fn decode(&self, c: u64) -> u64 {
        c
    }
}

#[test]
fn a_panic_of_encode_is_blamed_on_the_state() {
    for step in [false, true] {
        let mut c = Checker::new(&Enc)
            .always("true", |_| true)
            .storage(Storage::Exact)
            .threads(1);
        if step {
            c = c.always_step("innocent", |_, _, _| true);
        }
        let r = c.run();
        let Completion::Faulted(Fault::Panicked { place, .. }) = r.completion() else {
            panic!("{r}")
        };
        assert_eq!(place, &Place::StateTraits);
    }
}

/// Hash is right, Eq panics for one pair.
#[derive(Clone, Copy, Debug)]
struct P(u32);
impl PartialEq for P {
    fn eq(&self, o: &P) -> bool {
        assert!(
            !(self.0 == 103 && o.0 == 3 || self.0 == 3 && o.0 == 103),
            "eq"
        );
        self.0 == o.0
    }
}

impl Eq for P {}

impl Hash for P {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.0.hash(hasher);
    }
}
struct EqPanics;
impl Model for EqPanics {
    type State = P;
    type Action = u32;
    fn init_states(&self) -> Vec<P> {
        vec![P(0)]
    }
    fn actions(&self, s: &P, a: &mut Vec<u32>) {
        if s.0 == 0 {
            a.extend(1..=8)
        } else if s.0 < 100 {
            a.push(0)
        }
    }
    fn next_state(&self, s: &P, a: u32) -> Option<P> {
        Some(P(if s.0 == 0 { a } else { 100 + s.0 }))
    }
}

#[test]
fn a_panic_of_eq_does_not_depend_on_the_sizes_of_work() {
    let run = |chunk| {
        let r = Checker::new(&EqPanics)
            .always("good", |s| s.0 != 104)
            .always("true", |_| true)
            .exhaustive()
            .threads(1)
            .tuning(64, chunk, 4)
            .run();
        r.outcome()
    };
    assert_eq!(run(3), run(4));
}
