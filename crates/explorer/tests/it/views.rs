//! What is seen at a place.

use planwright_checker::Checker;
use planwright_explorer::View;
use planwright_model::{Depict, Group, Item, Model, Picture, Remark};

use crate::checker;
use crate::sample::Clerks;

fn view(path: &str, step: usize) -> View {
    let clerks = Clerks::plain();
    View::new(&clerks, &checker(&clerks), path, step).expect("a schedule of the clerks")
}

#[test]
fn choices_and_refusals_are_all_the_actions_of_the_model() {
    // In the initial state nothing can be taken away.
    let start = view("0", 0);
    let deeds: Vec<_> = start
        .choices
        .iter()
        .map(|choice| &choice.step.deed)
        .collect();
    assert_eq!(deeds, ["adds 1", "adds 2"]);
    assert_eq!(start.refusals.len(), 1);
    assert_eq!(start.refusals[0].actor, "bob");
    assert_eq!(start.refusals[0].deed, "takes one away");
    assert_eq!(start.refusals[0].reason, "the model ignores it here");
    let end = view("0/1/1", 2);
    assert_eq!(end.choices.len(), 0);
    let reasons: Vec<_> = end.refusals.iter().map(|r| r.reason.as_str()).collect();
    assert_eq!(reasons, ["the shelf is broken"]);
}

#[test]
fn a_choice_says_what_it_breaks_and_where_it_leads_back_to() {
    // 0, 1, 2: then adding leads to 3 or 4, and taking away back to 1.
    let two = view("0/0/0", usize::MAX);
    let seen: Vec<_> = two
        .choices
        .iter()
        .map(|choice| {
            let violates: Vec<_> = choice.violates.iter().map(String::as_str).collect();
            (choice.ordinal, violates, choice.back_to)
        })
        .collect();
    let expected = [
        (0, vec!["the sum stays small"], None),
        (1, vec!["the sum stays small", "one at a time"], None),
        (2, vec![], Some(1)),
    ];
    assert_eq!(seen, expected);
}

#[test]
fn properties_are_read_of_the_place_and_of_the_step_into_it() {
    let values = |path, step| -> Vec<_> {
        let readings = view(path, step).readings;
        readings.iter().map(|reading| reading.value).collect()
    };
    assert_eq!(values("0", 0), [Some(true), None, Some(false), Some(false)]);
    assert_eq!(
        values("0/1", 1),
        [Some(true), Some(false), Some(true), Some(false)]
    );
    assert_eq!(
        values("0/1/1", 2),
        [Some(false), Some(false), Some(false), Some(true)]
    );
    // In the middle of a walk the rest of it is there too.
    let middle = view("0/1/1", 1);
    assert_eq!((middle.step, middle.story.steps.len()), (1, 2));
    assert_eq!(middle.story.steps[0].property, Some(false));
}

#[test]
fn a_path_of_another_model_is_an_error() {
    let clerks = Clerks::plain();
    for path in ["1", "0/7", "0/2", "", "x"] {
        assert!(
            View::new(&clerks, &checker(&clerks), path, 0).is_err(),
            "{path}"
        );
    }
}

/// A step out of the boundary is none to walk, and violates what is claimed of steps all the same.
#[test]
fn a_refusal_at_the_boundary_says_what_the_step_violates() {
    struct Ladder;

    impl Model for Ladder {
        type State = u8;
        type Action = u8;
        fn init_states(&self) -> Vec<u8> {
            vec![0]
        }
        fn actions(&self, _: &u8, actions: &mut Vec<u8>) {
            actions.extend([1, 2]);
        }
        fn next_state(&self, rung: &u8, up: u8) -> Option<u8> {
            rung.checked_add(up)
        }
        fn within_boundary(&self, rung: &u8) -> bool {
            *rung < 1
        }
    }

    impl Depict for Ladder {
        fn lanes(&self) -> Vec<String> {
            vec!["climber".to_owned()]
        }
        fn actor(&self, _: &u8) -> String {
            "climber".to_owned()
        }
        fn deed(&self, up: &u8) -> String {
            format!("climbs {up}")
        }
        fn picture(&self, rung: &u8) -> Picture {
            Picture::from([Group::new("ladder", [Item::new("rung", rung.to_string())])])
        }
    }

    let checker = Checker::new(&Ladder)
        .always("on the ground", |rung| *rung == 0)
        .always_step("one at a time", |_, up, _| *up == 1);
    let view = View::new(&Ladder, &checker, "0", 0).expect("the start");
    assert!(view.choices.is_empty());
    let reasons: Vec<_> = view
        .refusals
        .iter()
        .map(|refusal| refusal.reason.as_str())
        .collect();
    let leaves = "it leads outside the boundary of the model";
    assert_eq!(
        reasons,
        [
            leaves,
            &format!("{leaves}; the step violates one at a time")
        ]
    );
}

/// Remarks may depend on the whole walk up to the place, and on nothing after it.
#[test]
fn what_can_happen_is_told_with_what_came_before() {
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
        fn next_state(&self, count: &u8, (): ()) -> Option<u8> {
            count.checked_add(1)
        }
    }

    impl Depict for Counter {
        fn lanes(&self) -> Vec<String> {
            vec!["clerk".to_owned()]
        }
        fn actor(&self, (): &()) -> String {
            "clerk".to_owned()
        }
        fn deed(&self, (): &()) -> String {
            "counts".to_owned()
        }
        fn picture(&self, _: &u8) -> Picture {
            Picture::default()
        }
        fn remarks_on_last(&self, steps: &[(&u8, &())], end: &u8) -> Vec<Remark> {
            let counts: Vec<_> = steps.iter().map(|(count, ())| **count).collect();
            vec![Remark::note(format!("{counts:?}, then {end}"))]
        }
    }

    let checker = Checker::new(&Counter);
    let view = View::new(&Counter, &checker, "0/0/0/0", 2).expect("a walk");
    let told = view.story.steps.iter().chain([&view.choices[0].step]);
    let told: Vec<_> = told.map(|step| step.remarks[0].text.as_str()).collect();
    let third = "[0, 1, 2], then 3";
    assert_eq!(told, ["[0], then 1", "[0, 1], then 2", third, third]);
}
