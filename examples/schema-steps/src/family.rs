//! The variants, and what the program shows of them.

use planwright_checker::Checker;
use planwright_checker::ablation::SafeguardSet;
use planwright_cli::{Exhibit, Family, Safeguard, Tour, Variant};

use crate::{
    Action, BackfillBegins, COMPLETE, Database, ENDS, Late, MIXED, NO_ORPHANS, PUBLIC, Protocol,
    Size, complete, is_read, mixed, no_orphans, public,
};

/// The family.
#[derive(Debug)]
pub struct SchemaSteps;

impl Family for SchemaSteps {
    type Protocol = Protocol;
    type Size = Size;
    type Model = Database;

    const PACKAGE: &'static str = "schema-steps";
    const ABOUT: &'static str = "Shows how an online schema change corrupts an index, and which steps it takes that it does not";

    fn variants() -> Vec<Variant<Protocol>> {
        vec![
            Variant::new(
                "one-step",
                "absent, backfill, public",
                Protocol::in_one_step(),
                &[NO_ORPHANS, COMPLETE],
            ),
            Variant::new(
                "no-delete-only",
                "absent, write-only, backfill, public",
                Protocol::without_delete_only(),
                &[NO_ORPHANS],
            ),
            Variant::new(
                "no-write-only",
                "absent, delete-only, backfill, public",
                Protocol::without_write_only(),
                &[COMPLETE],
            ),
            Variant::new(
                "no-backfill",
                "all four, and no backfill",
                Protocol::without_backfill(),
                &[COMPLETE],
            ),
            Variant::new(
                "two-behind",
                "all four, a server may be two versions behind",
                Protocol::two_behind(),
                &[NO_ORPHANS],
            ),
            Variant::new(
                "unfenced",
                "all four, an operation may outlive its schema",
                Protocol::unfenced(),
                &[NO_ORPHANS, COMPLETE],
            ),
            Variant::new(
                "backfill-early",
                "all four, backfill once write-only is published",
                Protocol::backfill_early(),
                &[COMPLETE],
            ),
            Variant::new(
                "backfill-loaded",
                "all four, backfill once all servers have loaded it",
                Protocol::backfill_once_loaded(),
                &[COMPLETE],
            ),
            Variant::new(
                "backfill-blind",
                "all four, backfill reads and writes apart",
                Protocol::backfill_not_atomic(),
                &[NO_ORPHANS],
            ),
            Variant::new(
                "awaited",
                "all four, servers load schemas between operations",
                Protocol::awaited(),
                &[ENDS],
            ),
            Variant::new(
                "f1",
                "all four, one apart, late operations refused",
                Protocol::f1(),
                &[],
            ),
        ]
    }

    fn tour() -> Tour<Size> {
        Tour {
            incident: "\
An index is added to a table that is in use. Servers learn of it one after another, so for a while
some write the index and some do not know it. No entry may outlive its row, and no row may lack its
entry once the index is read (Rae et al., VLDB 2013).",
            exhibits: &[
                Exhibit {
                    variant: "no-delete-only",
                    property: NO_ORPHANS,
                    lesson: "\
One server writes entries that another does not know how to delete: the step that seems to do
nothing, delete-only, is there for this.",
                },
                Exhibit {
                    variant: "backfill-loaded",
                    property: COMPLETE,
                    lesson: "\
Every server writes the index when the backfill begins. An operation that began before does not:
what must have ended is not the server's use of the old schema but every commit by it.",
                },
                Exhibit {
                    variant: "awaited",
                    property: ENDS,
                    lesson: "\
A server that loads schemas between operations does no harm, and under load there is no between. To
refuse late operations needs no such moment.",
                },
            ],
            fix: "f1",
            larger: Size::new(3, 2),
            assumed: "\
Assumed: an operation commits in one transaction, the manager knows when every lease on a schema has
expired. Not covered: dropping an index, updates of an indexed column, more than one change at a
time, constraints, time.",
        }
    }

    fn model(protocol: Protocol, size: &Size) -> Database {
        Database::new(protocol, *size)
    }

    fn checker(model: &Database) -> Checker<'_, Database> {
        checker(model)
    }

    fn safeguards() -> Vec<Safeguard> {
        SAFEGUARDS
            .map(|(name, what)| Safeguard { name, what })
            .into()
    }

    fn with_safeguards(_: Protocol, on: SafeguardSet) -> Protocol {
        with_safeguards(on)
    }
}

const SAFEGUARDS: [(&str, &str); 7] = [
    ("delete-only", "a step in which servers only delete entries"),
    (
        "write-only",
        "a step in which servers write entries and do not read them",
    ),
    (
        "one-behind",
        "a server is at most one version behind, not two",
    ),
    (
        "fenced",
        "the store refuses operations that outlive their schema",
    ),
    ("backfill", "rows that were there before get their entries"),
    (
        "backfill-waits",
        "the backfill, if any, waits until no older operation can commit",
    ),
    (
        "backfill-atomic",
        "the backfill, if any, reads a row and adds its entry in one transaction",
    ),
];

/// The protocol with these of [`SAFEGUARDS`] on.
fn with_safeguards(on: SafeguardSet) -> Protocol {
    let [
        delete_only,
        write_only,
        one_behind,
        fenced,
        backfill,
        waits,
        atomic,
    ] = std::array::from_fn(|place| on.contains(place));
    Protocol {
        steps: match (delete_only, write_only) {
            (false, false) => Protocol::in_one_step().steps,
            (false, true) => Protocol::without_delete_only().steps,
            (true, false) => Protocol::without_write_only().steps,
            (true, true) => Protocol::f1().steps,
        },
        behind: if one_behind { 1 } else { 2 },
        late: if fenced { Late::Fenced } else { Late::Unfenced },
        backfill: backfill.then_some(if waits {
            BackfillBegins::OnceInForce
        } else {
            BackfillBegins::OncePublished
        }),
        transactional: atomic,
    }
}

fn checker(database: &Database) -> Checker<'_, Database> {
    let checker = Checker::new(database)
        .weakly_fair("the manager", |action| matches!(action, Action::Publish(_)))
        .weakly_fair("the backfill", Action::is_backfill);
    let checker = (0..database.size.servers).fold(checker, |checker, name| {
        checker
            .weakly_fair(
                format!("server {name} loads"),
                move |action| matches!(action, Action::Load(server, _) if *server == name),
            )
            .weakly_fair(
                format!("server {name} commits"),
                move |action| matches!(action, Action::Commit(server, ..) if *server == name),
            )
    });
    checker
        .action_classes()
        .always(NO_ORPHANS, no_orphans)
        .always_implies(COMPLETE, is_read, complete)
        .eventually(ENDS, public)
        .sometimes(MIXED, mixed)
        .sometimes(PUBLIC, public)
}

/// The whole program. It is built here, so that the tests share the engine that is built for it.
pub fn program() -> planwright_cli::Exit {
    planwright_cli::run::<SchemaSteps>()
}
