//! The variants, and what the program shows of them.

use planwright_checker::Checker;
use planwright_cli::{Exhibit, Family, ModelVisitor, Tour, Variant};

use crate::{
    COMPLETE, Database, MIXED, NO_ORPHANS, PUBLIC, Protocol, Size, complete, is_read, mixed,
    no_orphans, public,
};

/// The family.
#[derive(Debug)]
pub struct SchemaSteps;

const VARIANTS: [(&str, &str, &[&str]); 11] = [
    (
        "one-step",
        "absent, backfill, public",
        &[NO_ORPHANS, COMPLETE],
    ),
    (
        "no-delete-only",
        "absent, write-only, backfill, public",
        &[NO_ORPHANS],
    ),
    (
        "no-write-only",
        "absent, delete-only, backfill, public",
        &[COMPLETE],
    ),
    ("no-backfill", "all four, and no backfill", &[COMPLETE]),
    (
        "two-behind",
        "all four, a server may be two versions behind",
        &[NO_ORPHANS],
    ),
    (
        "unfenced",
        "all four, an operation may outlive its schema",
        &[NO_ORPHANS, COMPLETE],
    ),
    (
        "backfill-early",
        "all four, backfill once write-only is published",
        &[COMPLETE],
    ),
    (
        "backfill-loaded",
        "all four, backfill once all servers have loaded it",
        &[COMPLETE],
    ),
    (
        "backfill-blind",
        "all four, backfill reads and writes apart",
        &[NO_ORPHANS],
    ),
    (
        "awaited",
        "all four, servers load schemas between operations",
        &[],
    ),
    ("f1", "all four, one apart, late operations refused", &[]),
];

impl Family for SchemaSteps {
    type Protocol = Protocol;
    type Size = Size;

    const PACKAGE: &'static str = "schema-steps";
    const ABOUT: &'static str = "Shows how an online schema change corrupts an index, and which steps it takes that it does not";

    fn variants() -> Vec<Variant<Protocol>> {
        let protocols = [
            Protocol::in_one_step(),
            Protocol::without_delete_only(),
            Protocol::without_write_only(),
            Protocol::without_backfill(),
            Protocol::two_behind(),
            Protocol::unfenced(),
            Protocol::backfill_early(),
            Protocol::backfill_once_loaded(),
            Protocol::backfill_not_atomic(),
            Protocol::awaited(),
            Protocol::f1(),
        ];
        let pairs = VARIANTS.into_iter().zip(protocols);
        let variant = |((name, what, violates), protocol)| Variant {
            name,
            what,
            protocol,
            violates,
        };
        pairs.map(variant).collect()
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
            ],
            fix: "f1",
            larger: Size::new(3, 2),
            assumed: "\
Assumed: an operation commits in one transaction, the manager knows when every lease on a schema has
expired. Not covered: dropping an index, updates of an indexed column, more than one change at a
time, constraints, time.",
        }
    }

    fn visit<V: ModelVisitor>(protocol: Protocol, size: &Size, visitor: V) -> V::Output {
        let database = Database::new(protocol, *size);
        let checker = Checker::new(&database)
            .action_classes()
            .always(NO_ORPHANS, no_orphans)
            .always_implies(COMPLETE, is_read, complete)
            .sometimes(MIXED, mixed)
            .sometimes(PUBLIC, public);
        visitor.visit(&database, checker)
    }
}
