//! The tests of the family.
//!
//! One program: each binary has its own copy of the generic engine, and copies take minutes to build.

mod ablation;
mod checkpoint;
mod claim;
mod every_generation;
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
pub(crate) fn row(name: &str) -> dns_outage::Variant {
    dns_outage::Variant::by_row(name).expect("a row")
}
