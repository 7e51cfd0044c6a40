//! Everything that is tested of the family, in one program: it is linked once.

mod ablation;
mod bounds;
mod cache;
mod liveness;
mod oracle;
mod program;
mod reductions;
mod schedule;
mod table;
