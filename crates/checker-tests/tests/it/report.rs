//! What a printed report looks like, and that its summary survives being stored.

use expect_test::expect;
use planwright_checker::{Checker, Cost, Model, Summary};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Water {
    level: u8,
    open: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Act {
    Open,
    Close,
    Fill,
    Drain,
}

/// A tank that fills up to `top` while its valve is open; nobody ever drains it.
struct Tank {
    top: u8,
    boundary: u8,
    /// `next_state` panics when the water stands at this level.
    bursts_at: Option<u8>,
    /// States are worded by the model itself.
    worded: bool,
}

const TANK: Tank = Tank {
    top: 3,
    boundary: u8::MAX,
    bursts_at: None,
    worded: false,
};

impl Model for Tank {
    type State = Water;
    type Action = Act;

    fn init_states(&self) -> Vec<Water> {
        vec![Water {
            level: 0,
            open: false,
        }]
    }

    fn actions(&self, _: &Water, actions: &mut Vec<Act>) {
        actions.extend([Act::Open, Act::Close, Act::Fill, Act::Drain]);
    }

    fn next_state(&self, water: &Water, act: Act) -> Option<Water> {
        let Water { level, open } = *water;
        assert!(self.bursts_at != Some(level), "the tank bursts");
        match act {
            Act::Open => (!open).then_some(Water { level, open: true }),
            Act::Close => open.then_some(Water { level, open: false }),
            Act::Fill => (open && level < self.top).then(|| Water {
                level: level + 1,
                open,
            }),
            Act::Drain => None,
        }
    }

    fn within_boundary(&self, water: &Water) -> bool {
        water.level <= self.boundary
    }

    fn format_step(&self, water: &Water, act: Act) -> Option<String> {
        let next = self.next_state(water, act)?;
        if self.worded {
            let valve = if next.open { "open" } else { "closed" };
            Some(format!("valve {valve}\nwater at {}", next.level))
        } else {
            Some(format!("{next:#?}")) // as the trait does by default
        }
    }
}

/// The report without its last line, which is about time; it must be the same for every number of
/// threads.
fn printed<'m>(checker: impl Fn() -> Checker<'m, Tank>) -> String {
    let run = |threads| {
        let text = checker().threads(threads).tuning(4, 1, 1).run().to_string();
        let (text, last) = text.rsplit_once('\n').expect("several lines");
        assert!(last.starts_with("time: "), "{last}");
        format!("{text}\n")
    };
    let one = run(1);
    for threads in [2, 8] {
        assert_eq!(one, run(threads), "{threads} threads");
    }
    one
}

#[test]
fn a_run_in_which_everything_holds() {
    let checker = || {
        Checker::new(&TANK)
            .always("never above the top", |w| w.level <= 3)
            .always_step("water never falls", |w, _, next| w.level <= next.level)
            .always_implies("full below 4", |w| w.level == 3, |w| w.level < 4)
            .sometimes("full and closed", |w| w.level == 3 && !w.open)
    };
    expect![[r#"
        holds: never above the top (in every reachable state)
        holds: water never falls (in every one of 11 steps)
        holds: full below 4 (triggered in 2 states)
        holds: full and closed (reached after 5 steps)
        replay: 0/0/2/2/2/1
        explored: complete, 8 states, 11 transitions, depth 5
        a state was missed with probability at most 1.7e-18 (64-bit fingerprints, seed 0)
        checked: determinism in all 8 expanded states
    "#]]
    .assert_eq(&printed(checker));
}

#[test]
fn a_violated_invariant_with_its_timeline() {
    let checker = || Checker::new(&TANK).always("never full", |w| w.level < 3 || w.open);
    expect![[r#"
        violated: never full (shortest schedule: 5 steps)
          0         Water { level: 0, open: false }
          1  Open   Water { level: 0, open: true }
          2  Fill   Water { level: 1, open: true }
          3  Fill   Water { level: 2, open: true }
          4  Fill   Water { level: 3, open: true }
          5  Close  Water { level: 3, open: false }
        replay: 0/0/2/2/2/1
        explored: until every property was settled, 8 states, 10 transitions, depth 5 (complete to depth 5)
        a state was missed with probability at most 1.7e-18 (64-bit fingerprints, seed 0)
        checked: determinism in all 7 expanded states
    "#]]
    .assert_eq(&printed(checker));
}

#[test]
fn a_timeline_in_the_model_s_own_words() {
    let tank = Tank {
        worded: true,
        ..TANK
    };
    let checker = || Checker::new(&tank).always("below 2", |w| w.level < 2);
    expect![[r#"
        violated: below 2 (shortest schedule: 3 steps)
          0        Water { level: 0, open: false }
          1  Open  valve open
                   water at 0
          2  Fill  valve open
                   water at 1
          3  Fill  valve open
                   water at 2
        replay: 0/0/2/2
        explored: until every property was settled, 5 states, 5 transitions, depth 3 (complete to depth 3)
        a state was missed with probability at most 6.8e-19 (64-bit fingerprints, seed 0)
        checked: determinism in all 3 expanded states
    "#]]
    .assert_eq(&printed(checker));
}

#[test]
fn a_violation_in_the_initial_state() {
    let checker = || Checker::new(&TANK).always("never empty", |w| w.level > 0);
    expect![[r#"
        violated: never empty (shortest schedule: 0 steps)
          0    Water { level: 0, open: false }
        replay: 0
        explored: until every property was settled, 1 state, 0 transitions, depth 0 (complete to depth 0)
        a state was missed with probability at most 2.7e-20 (64-bit fingerprints, seed 0)
        checked: determinism in all 0 expanded states
    "#]]
    .assert_eq(&printed(checker));
}

#[test]
fn a_violated_step_property() {
    let checker = || {
        Checker::new(&TANK).always_step("closed only when empty", |w, act, _| {
            *act != Act::Close || w.level == 0
        })
    };
    expect![[r#"
        violated: closed only when empty (shortest schedule: 3 steps)
          0         Water { level: 0, open: false }
          1  Open   Water { level: 0, open: true }
          2  Fill   Water { level: 1, open: true }
          3  Close  Water { level: 1, open: false }
        replay: 0/0/2/1
        explored: until every property was settled, 5 states, 5 transitions, depth 3 (complete to depth 3)
        a state was missed with probability at most 6.8e-19 (64-bit fingerprints, seed 0)
        checked: determinism in all 3 expanded states
    "#]]
    .assert_eq(&printed(checker));
}

#[test]
fn a_limit() {
    let checker = || {
        Checker::new(&TANK)
            .always("never above the top", |w| w.level <= 3)
            .max_depth(2)
    };
    expect![[r#"
        undecided: never above the top (stopped at the limit of depth 2)
        explored: stopped at the limit of depth 2: complete to depth 2, 3 states, 3 transitions, depth 2
        a state was missed with probability at most 2.4e-19 (64-bit fingerprints, seed 0)
        checked: determinism in all 2 expanded states
    "#]]
    .assert_eq(&printed(checker));
}

#[test]
fn a_panic() {
    let tank = Tank {
        bursts_at: Some(2),
        ..TANK
    };
    let checker = || Checker::new(&tank).always("never above the top", |w| w.level <= 3);
    expect![[r#"
        undecided: never above the top (a fault ended the exploration: see below)
        fault: Model::next_state (action 0) panicked: the tank bursts
        in state: Water { level: 2, open: true }
        after action: Fill
        replay: 0/0/2/2
        explored: complete to depth 3, 5 states, 5 transitions, depth 3
        a state was missed with probability at most 6.8e-19 (64-bit fingerprints, seed 0)
        checked: determinism in all 3 expanded states
    "#]]
    .assert_eq(&printed(checker));
}

#[test]
fn a_boundary() {
    let tank = Tank {
        boundary: 1,
        ..TANK
    };
    let checker = || {
        Checker::new(&tank)
            .always("at most 1", |w| w.level <= 1)
            .sometimes("full", |w| w.level == 3)
    };
    expect![[r#"
        holds: at most 1 (in every reachable state within the model's boundary)
        violated: full (in no reachable state within the model's boundary)
        explored: complete within the model's boundary, 4 states, 6 transitions, depth 3; 1 state outside not entered
        a state was missed with probability at most 6.8e-19 (64-bit fingerprints, seed 0)
        checked: determinism in all 4 expanded states
    "#]]
    .assert_eq(&printed(checker));
}

#[test]
fn a_vacuous_implication() {
    let checker =
        || Checker::new(&TANK).always_implies("full is open", |w| w.level > 3, |w| w.open);
    expect![[r#"
        holds vacuously: full is open (what it is about was never the case)
        explored: complete, 8 states, 11 transitions, depth 5
        a state was missed with probability at most 1.7e-18 (64-bit fingerprints, seed 0)
        checked: determinism in all 8 expanded states
    "#]]
    .assert_eq(&printed(checker));
}

#[test]
fn an_unreachable_sometimes() {
    let checker = || Checker::new(&TANK).sometimes("overflows", |w| w.level > 3);
    expect![[r#"
        violated: overflows (in no reachable state)
        explored: complete, 8 states, 11 transitions, depth 5
        a state was missed with probability at most 1.7e-18 (64-bit fingerprints, seed 0)
        checked: determinism in all 8 expanded states
    "#]]
    .assert_eq(&printed(checker));
}

#[test]
fn how_often_each_action_fired() {
    let checker = || {
        Checker::new(&TANK)
            .always("never above the top", |w| w.level <= 3)
            .count_actions(["open", "close", "fill", "drain"], |act| *act as usize)
    };
    expect![[r#"
        holds: never above the top (in every reachable state)
        explored: complete, 8 states, 11 transitions, depth 5
        actions fired:
                     4  open
                     4  close
                     3  fill
                 never  drain
        a state was missed with probability at most 1.7e-18 (64-bit fingerprints, seed 0)
        checked: determinism in all 8 expanded states
    "#]]
    .assert_eq(&printed(checker));
}

#[test]
fn nothing_to_check() {
    expect![[r#"
        undecided: there is no property to check; add one with `always`, `always_step` or `sometimes`
        explored: complete, 8 states, 11 transitions, depth 5
        a state was missed with probability at most 1.7e-18 (64-bit fingerprints, seed 0)
        checked: determinism in all 8 expanded states
    "#]]
    .assert_eq(&printed(|| Checker::new(&TANK)));
}

/// A run whose summary has something of everything.
fn summary() -> Summary {
    Checker::new(&TANK)
        .always("never full", |w| w.level < 3)
        .always_step("water never falls", |w, _, next| w.level <= next.level)
        .always_implies("full is open", |w| w.level == 3, |w| w.open)
        .sometimes("half full", |w| w.level == 2)
        .sometimes("overflows", |w| w.level > 3)
        .count_actions(["open", "close", "fill", "drain"], |act| *act as usize)
        .max_depth(4)
        .seed(7)
        .threads(1)
        .run()
        .summary()
}

#[test]
fn a_summary_survives_being_stored() {
    let before = summary();
    let text = serde_json::to_string(&before).expect("it is written");
    let after: Summary = serde_json::from_str(&text).expect("it is read");
    assert_eq!(before, after);
}

#[test]
fn a_stored_summary_is_readable() {
    let mut summary = summary();
    summary.cost = Cost::default();
    summary.findings.truncate(2);
    let text = serde_json::to_string_pretty(&summary).expect("it is written");
    expect![[r#"
        {
          "outcome": "Violated",
          "complete": false,
          "completion": "stopped at the limit of depth 4",
          "findings": [
            {
              "name": "never full",
              "kind": "Always",
              "outcome": "Violated",
              "cause": null,
              "steps": 4,
              "replay": "0/0/2/2/2",
              "fault": null,
              "triggered": null
            },
            {
              "name": "water never falls",
              "kind": "AlwaysStep",
              "outcome": "Undecided",
              "cause": "stopped at the limit of depth 4",
              "steps": null,
              "replay": null,
              "fault": null,
              "triggered": 8
            }
          ],
          "states": 7,
          "transitions": 8,
          "levels": [
            1,
            1,
            1,
            2,
            2
          ],
          "cut_states": 0,
          "actions": [
            {
              "name": "open",
              "fired": 2
            },
            {
              "name": "close",
              "fired": 3
            },
            {
              "name": "fill",
              "fired": 3
            },
            {
              "name": "drain",
              "fired": 0
            }
          ],
          "up_to_symmetry": false,
          "exact": false,
          "collision_probability": 1.328147661294743e-18,
          "seed": 7,
          "cost": {
            "elapsed": {
              "secs": 0,
              "nanos": 0
            },
            "peak_memory": null,
            "threads": 0
          }
        }"#]]
    .assert_eq(&text);
}
