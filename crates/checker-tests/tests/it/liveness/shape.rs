//! What people read.

use expect_test::expect;
use planwright_checker::{Checker, Model, Report};
use planwright_oracle::{DiningPhilosophers, Manners, SharedLock, Thread};

/// A report without its last line, which tells the time.
fn text<M: Model>(report: &Report<'_, M>) -> String
where
    M::State: std::fmt::Debug,
    M::Action: Clone + std::fmt::Debug,
{
    let text = report.to_string();
    let lines = text.lines().filter(|line| !line.starts_with("time: "));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_cycle() {
    let model = SharedLock { threads: 2 };
    let report = Checker::new(&model)
        .eventually("thread 0 gets the lock", |threads| {
            threads[0] == Thread::Release
        })
        .always_eventually("somebody gets the lock", |threads| {
            threads.contains(&Thread::Release)
        })
        .weakly_fair("thread 0", |thread| *thread == 0)
        .strongly_fair("thread 1", |thread| *thread == 1)
        .run();
    expect![[r#"
        violated: thread 0 gets the lock (after 0 steps, 3 steps that can repeat for ever)
            0     [Take, Take]
        |   1  1  [Take, Release]
        |   2  1  [Take, Reset]
        |   3  1  [Take, Take]
        steps 1 to 3 repeat for ever
        fair: thread 0 can do nothing after step 1
        fair: thread 1 takes step 1
        replay: 0/1/1/1
        holds: somebody gets the lock (on every run, assuming weakly fair: thread 0; strongly fair: thread 1)
        explored: complete, 8 states, 14 transitions, depth 4
        a state was missed with probability at most 1.7e-18 (64-bit fingerprints, seed 0)
        checked: determinism in all 8 expanded states
    "#]].assert_eq(&text(&report));
}

#[test]
fn a_trap() {
    let model = DiningPhilosophers {
        seats: 3,
        manners: Manners::LeftFirst,
    };
    let report = Checker::new(&model)
        .without_model_properties()
        .recoverable("the first can eat", |forks| model.eats(forks, 0))
        .eventually("the first eats", |forks| model.eats(forks, 0))
        .until(
            "waits until it eats",
            |_| true,
            |forks| model.eats(forks, 0),
        )
        .progress_of_all()
        .run();
    expect![[r#"
        violated: the first can eat (shortest schedule into a trap: 3 steps)
          0               [Free, Free, Free]
          1  TakeLeft(0)  [Own, Free, Free]
          2  TakeLeft(1)  [Own, Own, Free]
          3  TakeLeft(2)  [Own, Own, Own]
        trap: 1 state can follow, and it is not good; nothing can happen any more
        in all, 1 state of the model cannot be recovered from
        replay: 0/0/1/1
        violated: the first eats (after 0 steps, 3 steps that can repeat for ever)
            0                [Free, Free, Free]
        |   1  TakeLeft(1)   [Free, Own, Free]
        |   2  TakeRight(1)  [Free, Own, Previous]
        |   3  PutDown(1)    [Free, Free, Free]
        steps 1 to 3 repeat for ever
        fair: all takes step 1
        replay: 0/1/1/1
        violated: waits until it eats (after 0 steps, 3 steps that can repeat for ever)
            0                [Free, Free, Free]
        |   1  TakeLeft(1)   [Free, Own, Free]
        |   2  TakeRight(1)  [Free, Own, Previous]
        |   3  PutDown(1)    [Free, Free, Free]
        steps 1 to 3 repeat for ever
        fair: all takes step 1
        replay: 0/1/1/1
        explored: complete, 14 states, 27 transitions, depth 3
        a state was missed with probability at most 5.3e-18 (64-bit fingerprints, seed 0)
        checked: determinism in all 14 expanded states
    "#]]
    .assert_eq(&text(&report));
}
