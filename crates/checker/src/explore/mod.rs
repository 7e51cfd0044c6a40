//! Level-synchronous breadth-first exploration.
//!
//! README.md beside this file has the data structures, the memory orderings, and the arguments for
//! termination and for shortest and repeatable counterexamples.

mod admit;
mod ancestry;
mod audit;
mod begin;
mod block;
mod checkpoint;
mod chunk;
mod commit;
mod conclude;
mod expand;
mod explored;
mod job;
mod level;
mod numbers;
mod path;
mod pool;
mod recent;
mod recorder;
mod retrace;
mod sample;
mod sealed;
mod search;
mod shared;
mod sift;
mod suspicion;
mod sync;
mod told;
mod visited;
mod watch;
mod workers;

pub(crate) use self::explored::{Explored, Told};
pub(crate) use self::job::Job;
pub(crate) use self::search::{explore, resume};
