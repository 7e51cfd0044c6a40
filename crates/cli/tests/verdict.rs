//! How a program ends.

use planwright_checker::{Checker, Model};
use planwright_cli::{Exit, VerdictOptions};

/// Counts to 3.
struct Counter;

impl Model for Counter {
    type State = u8;
    type Action = ();

    fn init_states(&self) -> Vec<u8> {
        vec![0]
    }

    fn actions(&self, _: &u8, actions: &mut Vec<()>) {
        actions.push(());
    }

    fn next_state(&self, state: &u8, _: ()) -> Option<u8> {
        (*state < 3).then_some(state + 1)
    }
}

fn exit(deny_vacuous: bool, checker: Checker<'_, Counter>) -> Exit {
    let options = VerdictOptions {
        card: true,
        deny_vacuous,
    };
    options.tell(&checker.run(), &|_, trace| trace.path())
}

#[test]
fn vacuity_has_a_code_of_its_own_only_if_it_is_denied() {
    let implication =
        |when| Checker::new(&Counter).always_implies("implies", move |s| *s == when, |s| *s == 3);
    let leads_to =
        |when| Checker::new(&Counter).leads_to("leads", move |s| *s == when, |s| *s == 3);
    for (deny, code) in [(false, 0), (true, 3)] {
        assert_eq!(exit(deny, implication(9)).code(), code);
        assert_eq!(exit(deny, leads_to(9)).code(), code);
        // What was put to the test is not vacuous.
        assert_eq!(exit(deny, implication(3)).code(), 0);
        assert_eq!(exit(deny, leads_to(1)).code(), 0);
        // Everything else comes first.
        assert_eq!(exit(deny, implication(2)).code(), 1);
        assert_eq!(
            exit(deny, leads_to(9).always("small", |s| *s < 3)).code(),
            1
        );
        assert_eq!(exit(deny, leads_to(9).max_depth(1)).code(), 4);
    }
}
