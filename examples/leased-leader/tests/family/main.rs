//! Everything that is tested of the family, in one program: it is linked once.

mod bounds;
mod liveness;
mod mixed;
mod oracle;
mod program;
mod reductions;
mod schedule;
mod table;
