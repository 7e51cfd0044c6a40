//! Liveness of every row of the table of fixes, by judges that share no code with the checker: the
//! naive evaluator, and foreign checkers.
//!
//! Each enactor is fair as a process, over all that the protocol lets it do; the planner, crashes,
//! lost acknowledgements and operators are not: a run may stop where only they could act.
//!
//! What was found, in the tables beside this file:
//!
//! - What can recover agrees with the published analysis in all of its rows, at all three instances.
//! - What cannot recover does not converge either, and what can converges, under weak fairness, with two
//!   exceptions: row 12c and the recommended fix let an enactor give up a write, and nothing in a
//!   process's fairness, weak or strong, keeps it from giving up every time. They converge if what an
//!   enactor could commit again and again is committed some time (column "commits").
//! - Strong fairness of processes makes no difference in any row.

mod checker;
mod foreign;
mod rows;
mod table;
