//! How much is checked of what verdicts rest on, and what is to blame.

use std::sync::atomic::{AtomicU32, Ordering};

use planwright_checker::{Audit, Checker, Extent, Fault, Model, Storage, Symmetric};
use planwright_oracle::AnyOrder;

/// Two switches that cannot be told apart, and one of them answers differently each time.
#[test]
fn a_model_that_is_not_deterministic_is_not_called_asymmetric() {
    #[derive(Default)]
    struct Switches(AtomicU32);

    impl Model for Switches {
        type State = [bool; 2];
        type Action = (usize, u32);
        fn init_states(&self) -> Vec<[bool; 2]> {
            vec![[false; 2]]
        }
        fn actions(&self, state: &[bool; 2], actions: &mut Vec<(usize, u32)>) {
            let off = (0..2).filter(|switch| !state[*switch]);
            actions.extend(off.map(|switch| (switch, 0)));
            // Only of the renaming, so that no state that is explored is asked about twice.
            if *state == [true, false] {
                actions.push((1, self.0.fetch_add(1, Ordering::Relaxed)));
            }
        }
        fn next_state(&self, state: &[bool; 2], (switch, _): (usize, u32)) -> Option<[bool; 2]> {
            let mut next = *state;
            next[switch] = true;
            Some(next)
        }
    }

    impl Symmetric for Switches {
        type Permutation = bool;
        fn permutations(&self) -> Vec<bool> {
            vec![false, true]
        }
        fn permute(&self, exchanged: &bool, &[a, b]: &[bool; 2]) -> [bool; 2] {
            if *exchanged { [b, a] } else { [a, b] }
        }
        fn permute_action(&self, exchanged: &bool, (switch, n): &(usize, u32)) -> (usize, u32) {
            (if *exchanged { 1 - switch } else { *switch }, *n)
        }
        fn canonical(&self, state: &[bool; 2]) -> [bool; 2] {
            let mut state = *state;
            state.sort_unstable();
            state
        }
    }

    let model = Switches::default();
    let checker = Checker::new(&model).always("true", |_| true).symmetry();
    let report = checker
        .audit(Audit {
            symmetry: Extent::All,
            ..Audit::default()
        })
        .run();
    let fault = report.completion().fault().expect("it is found");
    assert!(matches!(fault, Fault::NotDeterministic { .. }), "{report}");
    assert!(report.to_string().contains("in state: ["), "{report}");
}

/// How much was checked is counted, the same on any number of threads, and with `Audit::ALL` it is all.
#[test]
fn the_report_says_how_much_was_checked() {
    let model = AnyOrder {
        couriers: 2,
        endpoints: 3,
        plans: 3,
    };
    let run = |all, threads| {
        let checker = Checker::new(&model)
            .always("true", |_| true)
            .storage(Storage::Exact)
            .symmetry();
        let report = checker
            .audit(if all { Audit::ALL } else { Audit::SAMPLE })
            .threads(threads)
            .run();
        (
            report.statistics().checked,
            report.claims()[0].checked,
            report.to_string(),
        )
    };
    let (all, ..) = run(true, 2);
    assert!(all.is_all());
    let (checked, claimed, text) = run(false, 1);
    assert_eq!((checked, claimed), (run(false, 2).0, checked));
    let [encoding, symmetry] =
        [checked.encoding, checked.symmetry].map(|share| share.expect("both"));
    let shares = [checked.determinism, encoding, symmetry];
    assert!(
        shares
            .iter()
            .all(|share| 0 < share.checked && share.checked * 20 < share.of),
        "{shares:?}"
    );
    assert_eq!(symmetry, checked.determinism);
    assert_eq!(encoding.of, all.encoding.expect("exact").of);
    assert!(
        text.contains(&format!(
            "symmetry in {symmetry} expanded orbits; `Audit::ALL` checks all"
        )),
        "{text}"
    );
}
