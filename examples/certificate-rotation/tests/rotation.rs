//! What the rotation needs.

use certificate_rotation::{Rotation, State};
use expect_test::expect;
use planwright_checker::{Checker, Report};
use planwright_report::{assert_holds, assert_violated};

const TRUSTED: &str = "every client trusts every server";

fn check(rotation: &Rotation) -> Report<'_, Rotation> {
    Checker::new(rotation)
        .always(TRUSTED, State::all_trusted)
        .recoverable("the rotation can be completed", State::is_rotated)
        .run()
}

#[test]
fn a_rotation_waits_for_clients_and_for_servers() {
    let both = Rotation {
        waits_for_clients: true,
        waits_for_servers: true,
    };
    assert_holds(&check(&both));
}

#[test]
fn without_waiting_for_servers_a_client_is_too_early() {
    let hasty = Rotation {
        waits_for_clients: true,
        ..Rotation::default()
    };
    let story = assert_violated(&check(&hasty), TRUSTED);
    expect![[r#"
              controller
              │ client 0
              │ │ client 1
              │ │ │ server 0
              │ │ │ │ server 1
            1 ● │ │ │ │  goes on             bundle: trusts the old one → trusts both
            2 │ ● │ │ │  fetches the bundle
            3 │ │ ● │ │  fetches the bundle
            4 ● │ │ │ │  goes on
            5 ● │ │ │ │  goes on             bundle: trusts both → trusts the new one
            6 │ ● │ │ │  fetches the bundle
              │ │ │ │ │    ✗ violated: every client trusts every server (client 0 trusts
              │ │ │ │ │      the new one)
         then  published  bundle trusts the new one
               clients    client 0 trusts the new one, client 1 trusts both
               servers    server 0 presents the old one, server 1 presents the old one
        replay: 0/0/0/0/0/0/0"#]]
    .assert_eq(&story.timeline().to_string());
}

#[test]
fn without_waiting_for_clients_a_server_is_too_early() {
    let hasty = Rotation {
        waits_for_servers: true,
        ..Rotation::default()
    };
    assert_eq!(assert_violated(&check(&hasty), TRUSTED).steps.len(), 3);
}

/// The text of a failed assertion tells the schedule, and how to see it again.
#[test]
#[should_panic(expected = "replay: 0/")]
fn a_failure_is_a_timeline() {
    assert_holds(&check(&Rotation::default()));
}

#[test]
fn the_model_stays_short() {
    let lines = include_str!("../src/lib.rs").lines().count();
    assert!(lines < 150, "{lines} lines");
}
