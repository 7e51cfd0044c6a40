//! The first public model of the outage, ported, and what its published fix leaves open.
//!
//! W. Younas published a Promela model of the race and a fixed one on 30 October 2025
//! (wyounas.github.io/aws/concurrency, github.com/wyounas/aws-dns-outage-oct-2025-modeling). This is
//! written anew after a description of it, statement by statement in what its verdicts depend on; so
//! verdicts can be compared with those of Spin on its files, numbers of states cannot.

mod model;
mod verdicts;
