//! Mutants of models that know nothing of mutants, judged by a naive search.

use std::borrow::Cow;

use planwright_checker::{
    Checker, Fate, Model, Mutant, MutantKind, MutationReport, Outcome, action_class_mutants,
};
use planwright_model::{ActionClasses, Altered};
use planwright_oracle::{AnyOrder, DieHard, Jugs, Naive, Pour};

const POURS: [Pour; 6] = [
    Pour::FillSmall,
    Pour::FillBig,
    Pour::EmptySmall,
    Pour::EmptyBig,
    Pour::SmallToBig,
    Pour::BigToSmall,
];

/// The actions without one or two kinds of pouring.
fn without_both(one: Pour, other: Pour) -> impl Fn(&DieHard, &Jugs, &mut Vec<Pour>) + Send + Sync {
    move |jugs, state, actions| {
        jugs.actions(state, actions);
        actions.retain(|pour| ![one, other].contains(pour));
    }
}

fn without(pour: Pour) -> Checker<'static, DieHard> {
    check().listing(without_both(pour, pour))
}

fn mutant(pour: Pour) -> Mutant {
    Mutant::without(MutantKind::ActionClass, format!("never: {pour:?}"))
}

const NO_MORE: &str = "the small jug holds three gallons at most";

/// The model's own property, and one that nothing can break.
fn check() -> Checker<'static, DieHard> {
    Checker::new(&DieHard).always(NO_MORE, |jugs: &Jugs| jugs.small <= 3)
}

fn unmutated() -> MutationReport {
    MutationReport::of(&check().exhaustive().run())
}

#[test]
fn the_puzzle_without_one_or_two_kinds_of_pouring() {
    let mut report = unmutated();
    let pairs = POURS.iter().enumerate();
    let pairs = pairs.flat_map(|(i, one)| POURS[i..].iter().map(|other| (*one, *other)));
    for (one, other) in pairs {
        let model = Altered::of(&DieHard).listing(without_both(one, other));
        let solved = Naive::explore(&model).shortest(|jugs| jugs.big == 4);
        let name = format!("neither {one:?} nor {other:?}");
        let mutant = Mutant::without(MutantKind::ActionClass, name);
        let result = report.test(mutant, &DieHard, || {
            check().listing(without_both(one, other))
        });
        let expected = match solved {
            Some(_) => Fate::Survived,
            None => Fate::Killed {
                by: vec!["four gallons".to_owned()],
            },
        };
        assert_eq!(result.fate, expected, "{}", result.mutant);
    }
    let survived = report.survivors().count();
    assert!(0 < survived && survived < report.results().len());
    assert_eq!((report.states(), report.transitions()), (16, 96));
    let suspects: Vec<_> = report.suspects().map(|s| s.name.as_str()).collect();
    assert_eq!(suspects, [NO_MORE]);
}

#[test]
fn what_a_limit_cut_short_is_neither_killed_nor_survived() {
    let mut report = unmutated();
    for pour in POURS {
        let result = report.test(mutant(pour), &DieHard, || without(pour).max_depth(1));
        let Fate::Undecided { why } = &result.fate else {
            panic!("{pour:?}: {:?}", result.fate);
        };
        assert!(why.contains("depth"), "{why}");
        assert!(!result.complete);
    }
    report.add_unexplored(mutant(Pour::FillBig), "interrupted");
    assert_eq!(report.undecided().count(), POURS.len() + 1);
    // What was not explored clears no property, and accuses none.
    assert_eq!(report.suspects().count(), 0);
    assert_eq!(report.survivors().count() + report.redundant().count(), 0);
    let text = report.to_string();
    assert!(
        text.contains("7 undecided") && !text.contains("too weak"),
        "{text}"
    );
}

#[test]
fn a_violation_found_before_a_limit_kills() {
    /// Counts up, and up to a bound that a mutant does not have.
    struct Counter {
        top: u8,
    }
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
            (*count < self.top).then(|| count + 1)
        }
    }
    let check = |counter| {
        Checker::new(counter)
            .always("at most 3", |count| *count <= 3)
            .always("at most 200", |count| *count <= 200)
    };
    let [bounded, unbounded] = [3, 250].map(|top| Counter { top });
    let mut report = MutationReport::of(&check(&bounded).exhaustive().run());
    let mutant = || Mutant::without(MutantKind::Safeguard, "without the bound");
    let by = vec!["at most 3".to_owned()];
    let result = report.test(mutant(), &bounded, || check(&unbounded).max_depth(100));
    assert_eq!(result.fate, Fate::Killed { by });
    let [three, two_hundred] = report.properties() else {
        panic!("two properties");
    };
    assert_eq!((three.violated, three.undecided), (1, 0));
    assert_eq!((two_hundred.violated, two_hundred.undecided), (0, 1));
    assert!(!two_hundred.is_suspect());
    let result = report.test(mutant(), &bounded, || check(&unbounded).max_depth(2));
    assert!(matches!(result.fate, Fate::Undecided { .. }));

    // The other way round: what is broken without a change can be mended, and kills nothing.
    let mut report = MutationReport::of(&check(&unbounded).exhaustive().run());
    let mutant = Mutant::with(MutantKind::Safeguard, "with the bound");
    let result = report.test(mutant, &unbounded, || check(&bounded));
    assert_eq!(result.fate, Fate::Unjudged);
    assert_eq!(result.mended, ["at most 3", "at most 200"]);
    assert_eq!(result.outcome(), "mends at most 3; at most 200");
    let text = report.conclusions().to_string();
    let line = "cannot notice a mutant: at most 3 (without any change: violated)";
    assert!(text.contains(line), "{text}");
}

#[test]
fn an_unfinished_exploration_of_the_model_itself_is_said() {
    let report = MutationReport::of(&check().max_depth(2).run());
    assert!(!report.is_complete());
    let text = report.conclusions().to_string();
    assert!(text.contains("there may be more mutants"), "{text}");
    assert!(text.contains("cannot notice a mutant: four gallons (without any change: undecided)"));
    // It may be the one that would have noticed.
    let mut report = report;
    let result = report.test(mutant(Pour::FillBig), &DieHard, || without(Pour::FillBig));
    let why = "so is the unmutated model: the small jug holds three gallons at most".to_owned();
    assert_eq!(result.fate, Fate::Undecided { why });
    assert!(result.complete);
}

#[test]
fn a_report_is_plain_data() {
    let mut report = unmutated();
    let mutant = mutant(Pour::FillBig).at("src/jugs.rs:7");
    report.test(mutant, &DieHard, || without(Pour::FillBig));
    report.add_not_mutated("the capacity of the jugs");
    let text = serde_json::to_string(&report).expect("plain data");
    let read: MutationReport = serde_json::from_str(&text).expect("what was written");
    assert_eq!(read, report);
    assert_eq!(read.to_string(), report.to_string());
    assert!(read.to_string().contains("(src/jugs.rs:7)"));
    assert!(
        read.to_string()
            .ends_with("not mutated: the capacity of the jugs")
    );
}

/// Equal numbers of states and steps are not enough: another initial state, another order, another
/// target.
#[test]
fn only_the_same_steps_count_as_no_change() {
    /// Goes round `order`.
    struct Ring {
        order: Vec<u8>,
        start: usize,
    }
    impl Model for Ring {
        type State = u8;
        type Action = u8;
        fn init_states(&self) -> Vec<u8> {
            vec![self.order[self.start]]
        }
        fn actions(&self, here: &u8, actions: &mut Vec<u8>) {
            let at = self
                .order
                .iter()
                .position(|place| place == here)
                .expect("on the ring");
            actions.push(self.order[(at + 1) % self.order.len()]);
        }
        fn next_state(&self, _: &u8, next: u8) -> Option<u8> {
            Some(next)
        }
    }
    impl ActionClasses for Ring {
        fn action_classes(&self) -> Vec<Cow<'static, str>> {
            vec![
                "to an even place".into(),
                "to an odd place".into(),
                "nowhere".into(),
            ]
        }
        fn action_class(&self, to: &u8) -> usize {
            usize::from(to % 2)
        }
    }
    let ring = |order: &[u8], start| Ring {
        order: order.to_vec(),
        start,
    };
    let model = ring(&[0, 1, 2, 3], 0);
    let cases = [
        (ring(&[0, 1, 2, 3], 0), Fate::Redundant),
        (ring(&[1, 2, 3, 0], 3), Fate::Redundant),
        (ring(&[0, 1, 2, 3], 1), Fate::Survived),
        (ring(&[0, 2, 1, 3], 0), Fate::Survived),
        (ring(&[0, 1, 2, 4], 0), Fate::Survived),
    ];
    fn check(model: &Ring) -> Checker<'_, Ring> {
        Checker::new(model).always("small", |place| *place < 9)
    }
    let mut report = MutationReport::of(&check(&model).exhaustive().run());
    for (other, fate) in &cases {
        let mutant = Mutant::without(MutantKind::Safeguard, format!("{:?}", other.order));
        let result = report.test(mutant, &model, || check(other));
        assert_eq!(result.fate, *fate, "{:?} from {}", other.order, other.start);
        assert_eq!((result.states, result.transitions), (4, 4));
    }
    // A class that never fires is a change that changes nothing.
    for (mutant, class) in action_class_mutants(&model) {
        let never_fires = mutant.name == "never: nowhere";
        let result = report.test(mutant, &model, || check(&model).without_class(class));
        assert_eq!(
            result.fate == Fate::Redundant,
            never_fires,
            "{}",
            result.mutant
        );
    }
    assert_eq!(report.properties()[0].outcome, Outcome::Holds);
}

/// What is said of another model says nothing of this one.
#[test]
fn a_baseline_of_another_model_decides_nothing() {
    let mut report = MutationReport::of(&without(Pour::EmptyBig).exhaustive().run());
    assert!(report.is_complete());
    let result = report.test(mutant(Pour::FillBig), &DieHard, || check().exhaustive());
    let Fate::Undecided { why } = &result.fate else {
        panic!("{:?}", result.fate);
    };
    assert!(why.contains("it was another model"), "{why}");
    // A property of another kind is another property.
    let summary = Checker::new(&DieHard)
        .without_model_properties()
        .always("four gallons", |_| true)
        .sometimes(NO_MORE, |_| false)
        .exhaustive()
        .run()
        .summary();
    let mut report = unmutated();
    let fate = &report.add(mutant(Pour::FillBig), &summary, false).fate;
    let why = "a property was not checked".to_owned();
    assert_eq!(fate, &Fate::Undecided { why });
}

/// Whichever of the two was explored up to symmetry.
#[test]
fn a_mutant_that_changes_nothing_is_redundant_in_any_mode() {
    let model = AnyOrder {
        couriers: 2,
        endpoints: 2,
        plans: 2,
    };
    let check = || Checker::new(&model).always("true", |_| true);
    let numbers = |report: &MutationReport| (report.states(), report.transitions());
    let plain = || MutationReport::of(&check().exhaustive().run());
    let folded = || MutationReport::of(&check().symmetry().exhaustive().run());
    assert_ne!(numbers(&plain()), numbers(&folded()));
    let nothing = || Mutant::without(MutantKind::Safeguard, "nothing");
    for mut report in [plain(), folded()] {
        assert_eq!(report.test(nothing(), &model, check).fate, Fate::Redundant);
        let folded = || check().symmetry();
        assert_eq!(report.test(nothing(), &model, folded).fate, Fate::Redundant);
    }
}

#[test]
fn a_mutant_that_panics_is_undecided() {
    let mut report = unmutated();
    let result = report.test(mutant(Pour::FillBig), &DieHard, || {
        check().listing(|_, _, _| panic!("no such jug"))
    });
    let Fate::Undecided { why } = &result.fate else {
        panic!("{:?}", result.fate);
    };
    assert!(why.contains("no such jug"), "{why}");
}
