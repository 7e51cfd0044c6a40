//! What the checker says of the port, and a naive search with it.

use expect_test::expect;
use planwright_checker::{Checker, Report};
use planwright_model::Model as _;
use planwright_oracle::{Naive, stateright_unique};

use super::model::{At, Atomic, PLANS, Race, State, Step};

/// Published: the current plan is never a deleted one.
const NEVER_DELETE_ACTIVE: &str = "never_delete_active";

/// Published: while the endpoint is at an older plan than the highest one, it has addresses.
const NO_DELETION_ON_REGRESSION: &str = "no_dns_deletion_on_regression";

/// Not published: the endpoint is never at an older plan than the highest one.
const NEVER_REGRESSES: &str = "never regresses";

/// Not published: when all is over, the endpoint is at the newest plan.
const ENDS_AT_NEWEST: &str = "ends at the newest plan";

/// Not published: nobody blocks before all is over.
const NOBODY_BLOCKS: &str = "nobody blocks";

/// The endpoint has lost what it had.
const GONE: &str = "the endpoint is gone";

/// It has addresses no more.
const NO_ADDRESSES: &str = "the endpoint has no addresses";

fn never_delete_active(state: &State) -> bool {
    !state.is_deleted(state.current)
}

fn no_deletion_on_regression(state: &State) -> bool {
    let regressed = state.initialized && state.current > 0 && state.current < state.highest;
    !regressed || state.valid
}

fn never_regresses(state: &State) -> bool {
    state.current == 0 || state.highest <= state.current
}

fn ends_at_newest(state: &State) -> bool {
    !state.is_over() || state.current == PLANS
}

fn is_gone(state: &State) -> bool {
    state.initialized && state.current == 0
}

fn lost_its_addresses(state: &State) -> bool {
    state.initialized && !state.valid
}

fn check(race: &Race) -> Report<'_, Race> {
    Checker::new(race)
        .always(NEVER_DELETE_ACTIVE, never_delete_active)
        .always(NO_DELETION_ON_REGRESSION, no_deletion_on_regression)
        .always(NEVER_REGRESSES, never_regresses)
        .always(ENDS_AT_NEWEST, ends_at_newest)
        .no_deadlock(NOBODY_BLOCKS, State::is_over)
        .sometimes(GONE, is_gone)
        .sometimes(NO_ADDRESSES, lost_its_addresses)
        .exhaustive()
        .run()
}

fn assert_holds(report: &Report<'_, Race>, name: &str) {
    let finding = report.finding(name).expect("it was asked for");
    assert!(finding.holds(), "{name}\n{report}");
}

/// The length of a shortest schedule to each violation, or to what is sought, by a naive search.
fn naive(race: &Race) -> (u64, Vec<Option<usize>>) {
    let found = Naive::explore(race);
    let blocked = found
        .states
        .iter()
        .position(|state| !state.is_over() && race.next_steps(state).is_empty());
    let lengths = vec![
        found.shortest(|state| !never_delete_active(state)),
        found.shortest(|state| !no_deletion_on_regression(state)),
        found.shortest(|state| !never_regresses(state)),
        found.shortest(|state| !ends_at_newest(state)),
        blocked.map(|first| found.depths[first]),
        found.shortest(is_gone),
        found.shortest(lost_its_addresses),
    ];
    (found.unique() as u64, lengths)
}

const RACE: Race = Race {
    atomic: Atomic::Statements,
    goes_on: false,
};

/// The published race, with the missing `else` added.
const REPAIRED: Race = Race {
    goes_on: true,
    ..RACE
};

const ONE_STEP: Race = Race {
    atomic: Atomic::Clearing,
    ..REPAIRED
};

const PUBLISHED_FIX: Race = Race {
    atomic: Atomic::ApplyAndCleanUp,
    ..REPAIRED
};

const CHECK_INSIDE: Race = Race {
    atomic: Atomic::CheckToo,
    ..REPAIRED
};

#[test]
fn the_checker_says_what_a_naive_search_and_stateright_say() {
    let mut lines = Vec::new();
    for (name, race) in [
        ("published race", RACE),
        ("with else", REPAIRED),
        ("cleared in one step", ONE_STEP),
        ("published fix", PUBLISHED_FIX),
        ("check inside", CHECK_INSIDE),
    ] {
        let report = check(&race);
        let states = report.statistics().states;
        let lengths: Vec<_> = report
            .findings()
            .iter()
            .map(|finding| finding.verdict.trace().map(|trace| trace.len()))
            .collect();
        assert_eq!((states, lengths.clone()), naive(&race), "{name}");
        assert_eq!(stateright_unique(race) as u64, states, "{name}");
        let words = lengths.iter().map(|length| match length {
            Some(steps) => format!("{steps:>3}"),
            None => "  -".to_owned(),
        });
        let words = words.collect::<Vec<_>>().join(" ");
        lines.push(format!("{name:<20} {words} {states:>6}"));
    }
    // Steps to: active deleted, deleted on regression, regress, old at the end, blocked, gone, no
    // addresses; then states.
    expect![[r#"
        published race        36  37  15  47  38  38  37   6394
        with else             36  37  15  47   -  38  37   7226
        cleared in one step   36   -  15  47   -  36  36   7000
        published fix          -   -  10  24   -   -   -   1050
        check inside           -   -   -   -   -   -   -    130"#]]
    .assert_eq(&lines.join("\n"));
}

/// The race file shows the race, and hides that an enactor blocks for ever once it has written an older
/// plan: Spin looks for that only where no claim is checked.
#[test]
fn the_published_race_violates_its_properties_and_blocks() {
    let report = check(&RACE);
    report.assert_violated(NEVER_DELETE_ACTIVE);
    report.assert_violated(NO_DELETION_ON_REGRESSION);
    let blocked = report.assert_violated(NOBODY_BLOCKS).last_state();
    let stuck = blocked.enactors.iter().filter(|e| e.at == At::SetHighest);
    assert!(stuck.clone().count() > 0, "{blocked:?}");
    assert!(
        stuck.clone().all(|e| e.plan < blocked.highest),
        "{blocked:?}"
    );
    assert_holds(&check(&REPAIRED), NOBODY_BLOCKS);
}

/// `no_dns_deletion_on_regression` sees the loss only between two statements. Where they are one step
/// it holds, and the endpoint is gone all the same.
#[test]
fn the_published_property_about_regression_misses_the_outage() {
    let report = check(&ONE_STEP);
    assert_holds(&report, NO_DELETION_ON_REGRESSION);
    assert_holds(&report, GONE);
    // The other one fails still, in the other order: deleted first, applied then.
    let trace = report.assert_violated(NEVER_DELETE_ACTIVE);
    let (before, last, after) = trace.steps().next_back().expect("a step");
    assert!(matches!(last, Step::Execute(_, At::SetCurrent)), "{last:?}");
    assert!(before.is_deleted(after.current));
}

/// The published fix prevents the deletion and nothing else: whether the plan is newer is asked before
/// the block, so an older plan still replaces a newer one, and may stay.
#[test]
fn the_published_fix_leaves_the_race() {
    let report = check(&PUBLISHED_FIX);
    assert_holds(&report, NEVER_DELETE_ACTIVE);
    assert_holds(&report, NO_DELETION_ON_REGRESSION);
    // The latter holds because addresses are never taken away any more.
    let finding = report.finding(NO_ADDRESSES).expect("it was asked for");
    assert!(finding.is_violated() && finding.verdict.trace().is_none());
    report.assert_violated(ENDS_AT_NEWEST);
    let trace = report.assert_violated(NEVER_REGRESSES);
    expect![[r#"
          0                                                  current 0 invalid  highest 0  deleted []
          1  planner    sends the next plan                  current 0 invalid  highest 0  deleted []
          2  planner    sends the next plan                  current 0 invalid  highest 0  deleted []
          3  enactor 0  Receive                              current 0 invalid  highest 0  deleted []  plan 1: Snapshot
          4  enactor 0  Snapshot                             current 0 invalid  highest 0  deleted []  plan 1: Check(0)
          5  enactor 0  Check(0)                             current 0 invalid  highest 0  deleted []  plan 1: Exists
          6  enactor 1  Receive                              current 0 invalid  highest 0  deleted []  plan 1: Exists  plan 2: Snapshot
          7  enactor 1  Snapshot                             current 0 invalid  highest 0  deleted []  plan 1: Exists  plan 2: Check(0)
          8  enactor 1  Check(0)                             current 0 invalid  highest 0  deleted []  plan 1: Exists  plan 2: Exists
          9  enactor 1  applies and cleans up, in one block  current 2 valid  highest 2  deleted []  plan 1: Exists
         10  enactor 0  applies and cleans up, in one block  current 1 valid  highest 2  deleted []
        replay: 0/0/0/1/1/1/2/2/2/2/1"#]].assert_eq(&trace.display(&PUBLISHED_FIX).to_string());
}

/// With the question inside the block, everything holds, at the price of one enactor at a time.
#[test]
fn the_question_whether_the_plan_is_newer_belongs_into_the_block() {
    let report = check(&CHECK_INSIDE);
    for property in [
        NEVER_DELETE_ACTIVE,
        NO_DELETION_ON_REGRESSION,
        NEVER_REGRESSES,
        ENDS_AT_NEWEST,
        NOBODY_BLOCKS,
    ] {
        assert_holds(&report, property);
    }
}
