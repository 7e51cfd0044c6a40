//! What a violation needs of its schedule: against brute force, and in cases where the answer can be seen.

mod corners;
mod graphs;
mod writers;
