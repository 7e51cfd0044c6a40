//! The tests of the family.
//!
//! One program: each binary has its own copy of the generic engine, and copies take minutes to build.

use dns_outage::{Protocol, Variant, variants};

mod ablation;
mod checkpoint;
mod claim;
mod every_generation;
mod every_number;
mod grid;
mod liveness;
mod metamorphic;
mod mixed;
mod mixed_program;
mod mutation;
mod oracle;
mod outputs;
mod program;
mod program_commands;
mod reductions;
mod schedule;
mod table;
mod younas;

/// A row of the table.
pub(crate) fn row(name: &str) -> Protocol {
    let mut variants = variants().into_iter();
    let variant = variants.find(|variant| variant.name == name);
    variant.expect("a row").protocol
}

/// Every row of the table but the recommended fix.
pub(crate) fn rows() -> Vec<Variant> {
    let mut rows = variants();
    rows.retain(|variant| variant.name != "fix");
    rows
}
