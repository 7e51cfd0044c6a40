//! Every fix that was proposed, and what was expected of it before it was checked.

use crate::{NEVER_EMPTY, NEVER_REGRESSES, Protocol, RECOVERS, RESTS_AT_NEWEST};

/// A row of the table of fixes, with the properties that it violates.
pub type Variant = planwright_cli::Variant<Protocol>;

const NOTHING: &[&str] = &[];
const EVERYTHING: &[&str] = &[NEVER_EMPTY, NEVER_REGRESSES, RECOVERS, RESTS_AT_NEWEST];
/// Endpoints go back and empty, and enactors mend it.
const SAFETY: &[&str] = &[NEVER_EMPTY, NEVER_REGRESSES];
const ONLY_GOING_BACK: &[&str] = &[NEVER_REGRESSES];
const ALL_BUT_GOING_BACK: &[&str] = &[NEVER_EMPTY, RECOVERS, RESTS_AT_NEWEST];

/// Every row of the table of fixes, in order; the last is the recommended one.
pub fn variants() -> Vec<Variant> {
    let (row, with) = (Variant::new, Protocol::with);
    // What rows 11 to 13 are variations of, and what is added to it.
    let guard = "conditional-write";
    let guarded = &[guard][..];
    let sparing = &[guard, "skip-in-use"][..];
    let integral = &[guard, "referential-integrity"][..];
    vec![
        row(
            "0",
            "as deployed: one check, made once",
            with(&[]),
            EVERYTHING,
        ),
        row("1", "self-heal", with(&["self-heal"]), SAFETY),
        row("2", "conditional write", with(guarded), NOTHING),
        row(
            "3",
            "check again before each write, not atomic",
            with(&["recheck"]),
            EVERYTHING,
        ),
        row(
            "4",
            "clean-up spares plans in use",
            with(&["skip-in-use"]),
            EVERYTHING,
        ),
        row(
            "4b",
            "the same, check and delete apart",
            with(&["skip-in-use-not-atomic"]),
            EVERYTHING,
        ),
        row(
            "5",
            "write only a plan that exists",
            with(&["exists-on-write"]),
            EVERYTHING,
        ),
        // Rows 4 and 5 together.
        row(
            "6",
            "referential integrity at the store",
            with(&["referential-integrity"]),
            ONLY_GOING_BACK,
        ),
        row(
            "7",
            "lock with epochs, plan chosen before it",
            with(&["lock"]),
            EVERYTHING,
        ),
        row(
            "7b",
            "lock, plan compared under it",
            with(&["lock", guard]),
            NOTHING,
        ),
        row(
            "7c",
            "lock + referential integrity",
            with(&["lock", "referential-integrity"]),
            ONLY_GOING_BACK,
        ),
        row(
            "8",
            "last write and clean-up in one step",
            with(&["atomic-cleanup"]),
            EVERYTHING,
        ),
        row(
            "8b",
            "the same, sparing plans in use",
            with(&["atomic-cleanup", "skip-in-use"]),
            EVERYTHING,
        ),
        row(
            "9",
            "grace: clean-up waits for older holders",
            with(&["grace"]),
            EVERYTHING,
        ),
        row(
            "9b",
            "grace + sparing plans in use",
            with(&["grace", "skip-in-use"]),
            ONLY_GOING_BACK,
        ),
        // As under a perfect leader.
        row("10", "one enactor only", with(&[]).alone(), NOTHING),
        row(
            "11",
            "conditional write, age from the published plan",
            with(guarded).without("own-age"),
            ALL_BUT_GOING_BACK,
        ),
        row(
            "11c",
            "11 + referential integrity",
            with(integral).without("own-age"),
            NOTHING,
        ),
        row(
            "12",
            "conditional write, a write may be given up",
            with(guarded).without("never-abandon"),
            ALL_BUT_GOING_BACK,
        ),
        row(
            "12c",
            "12 + referential integrity",
            with(integral).without("never-abandon"),
            NOTHING,
        ),
        row(
            "13",
            "conditional write, operator rolls back past it",
            with(guarded).rolled_back(),
            ALL_BUT_GOING_BACK,
        ),
        row(
            "13b",
            "13 + sparing plans in use",
            with(sparing).rolled_back(),
            ALL_BUT_GOING_BACK,
        ),
        row(
            "13c",
            "13 + referential integrity",
            with(integral).rolled_back(),
            NOTHING,
        ),
        row(
            "14",
            "edge-triggered, no safeguard",
            with(&[]).edge_triggered(),
            EVERYTHING,
        ),
        row(
            "fix",
            "conditional write + referential integrity + self-heal",
            Protocol::recommended(),
            NOTHING,
        ),
    ]
}
