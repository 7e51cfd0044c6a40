//! Which safeguards suffice: against brute force, and against a naive search.

mod algebra;
mod files;
mod generated;
mod pitfalls;
