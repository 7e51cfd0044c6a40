//! Liveness of every row of the table of fixes, by judges that share no code with the checker: the
//! naive evaluator, and foreign checkers.
//!
//! Each enactor is fair as a process, over all that the protocol lets it do; the planner, crashes,
//! lost acknowledgements and operators are not. Where something can happen, something does.

mod foreign;
mod rows;
mod table;
