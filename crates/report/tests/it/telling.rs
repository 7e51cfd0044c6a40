//! What is told of a check that decides nothing, and of pictures that are not well formed.

use planwright_checker::{Checker, Model, Trace};
use planwright_model::{Depict, Group, Item, Picture};
use planwright_report::{Change, Document, Story};
use quick_junit::{NonSuccessKind, TestCaseStatus};

use crate::sample::Clerks;

/// A check without a property decides nothing, and every form that speaks of success says so.
#[test]
fn without_a_property_nothing_passes() {
    let clerks = Clerks::plain();
    let report = Checker::new(&clerks).run();
    let document = Document::new("clerks", &report);
    let text = document.to_text();
    assert!(
        text.contains("undecided: no property was declared; declare one with `always`"),
        "{text}"
    );
    let report = quick_junit::Report::deserialize_from_str(&document.to_junit());
    let report = report.expect("it is JUnit's XML");
    let [case] = &report.test_suites[0].test_cases[..] else {
        panic!("one case");
    };
    assert!(matches!(
        case.status,
        TestCaseStatus::NonSuccess {
            kind: NonSuccessKind::Error,
            ..
        }
    ));
    let payload = std::panic::catch_unwind(|| {
        planwright_report::assert_holds(&Checker::new(&Clerks::plain()).run());
    });
    let payload = payload.expect_err("it fails");
    let text = payload.downcast_ref::<String>().expect("a text");
    assert!(text.contains("no property was declared"), "{text}");
}

/// Two shelves of one name: each is compared with itself, and the name is told.
#[test]
fn items_of_one_name_are_told_apart_and_named() {
    struct Shelves;

    impl Model for Shelves {
        type State = [u8; 2];
        type Action = usize;
        fn init_states(&self) -> Vec<[u8; 2]> {
            vec![[0; 2]]
        }
        fn actions(&self, _: &[u8; 2], actions: &mut Vec<usize>) {
            actions.extend([0, 1]);
        }
        fn next_state(&self, state: &[u8; 2], shelf: usize) -> Option<[u8; 2]> {
            let mut next = *state;
            next[shelf] += 1;
            Some(next)
        }
    }

    impl Depict for Shelves {
        fn lanes(&self) -> Vec<String> {
            vec!["clerk".to_owned(), "clerk".to_owned()]
        }
        fn actor(&self, _: &usize) -> String {
            "clerk".to_owned()
        }
        fn deed(&self, shelf: &usize) -> String {
            format!("fills {shelf}")
        }
        fn picture(&self, state: &[u8; 2]) -> Picture {
            let group = |(number, labels): (usize, &u8)| {
                Group::new(
                    format!("room {number}"),
                    [Item::new("shelf", labels.to_string())],
                )
            };
            Picture {
                groups: state.iter().enumerate().map(group).collect(),
            }
        }
    }

    let trace = Trace::replay(&Shelves, "0/1/0").expect("a schedule");
    let story = Story::of_trace(&Shelves, &trace);
    let changes: Vec<_> = story.steps.iter().map(|step| &step.changes[..]).collect();
    let change = Change {
        item: "shelf".to_owned(),
        before: Some("0".to_owned()),
        after: Some("1".to_owned()),
    };
    assert_eq!(changes, [[change.clone()], [change]]);
    let remarks: Vec<_> = story.steps.iter().map(|step| step.remarks.len()).collect();
    assert_eq!(remarks, [2, 0]);
    let text = story.timeline().to_string();
    assert!(
        text.contains("two items of the picture are called `shelf`"),
        "{text}"
    );
    assert!(text.contains("two lanes are called `clerk`"), "{text}");
}
