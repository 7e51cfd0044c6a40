//! How a schema change is carried out.

use crate::Schema;

/// How a schema change is carried out.
///
/// The rules cite Rae et al., "Online, Asynchronous Schema Change in F1" (VLDB 2013), as F1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protocol {
    /// The schemas that are published one after another (F1: absent, delete-only, write-only,
    /// public).
    pub steps: &'static [Schema],
    /// How many versions behind the newest one a server may be (F1: one, by leases).
    pub behind: usize,
    /// What becomes of an operation that outlives its schema.
    pub late: Late,
    /// When rows that were there before get their entries (F1: when every server writes the index,
    /// and before any reads it); if never, the index is published without.
    pub backfill: Option<BackfillBegins>,
    /// Whether the backfill reads a row and adds its entry in one transaction.
    pub transactional: bool,
}

/// What becomes of an operation whose server has loaded another schema meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Late {
    /// The store refuses it once its schema may no longer be used (F1: a commit after the lease
    /// has expired is fenced off).
    Fenced,
    /// That cannot be: a server loads a schema only between operations.
    Awaited,
    /// It commits all the same.
    Unfenced,
}

/// When the backfill begins, after the last schema before the public one is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackfillBegins {
    /// At once.
    OncePublished,
    /// When every server has loaded that schema, operations that began before or not.
    OnceLoaded,
    /// When every server has loaded it and no operation by an older schema can commit any more.
    OnceInForce,
}

use Schema::{Absent, DeleteOnly, Public, WriteOnly};

impl Protocol {
    /// As deployed: the index is filled in and then public, in one step.
    pub fn in_one_step() -> Self {
        Self {
            steps: &[Absent, Public],
            ..Self::f1()
        }
    }

    /// Without delete-only.
    pub fn without_delete_only() -> Self {
        Self {
            steps: &[Absent, WriteOnly, Public],
            ..Self::f1()
        }
    }

    /// Without write-only.
    pub fn without_write_only() -> Self {
        Self {
            steps: &[Absent, DeleteOnly, Public],
            ..Self::f1()
        }
    }

    /// Without a backfill.
    pub fn without_backfill() -> Self {
        Self {
            backfill: None,
            ..Self::f1()
        }
    }

    /// All steps, but a server may be two versions behind.
    pub fn two_behind() -> Self {
        Self {
            behind: 2,
            ..Self::f1()
        }
    }

    /// All steps, but nothing stops an operation that outlives its schema.
    pub fn unfenced() -> Self {
        Self {
            late: Late::Unfenced,
            ..Self::f1()
        }
    }

    /// All steps, but the backfill begins as soon as write-only is published.
    pub fn backfill_early() -> Self {
        Self {
            backfill: Some(BackfillBegins::OncePublished),
            ..Self::f1()
        }
    }

    /// All steps, but the backfill waits for servers and not for their operations.
    pub fn backfill_once_loaded() -> Self {
        Self {
            backfill: Some(BackfillBegins::OnceLoaded),
            ..Self::f1()
        }
    }

    /// All steps, but the backfill adds entries for rows that it has read earlier.
    pub fn backfill_not_atomic() -> Self {
        Self {
            transactional: false,
            ..Self::f1()
        }
    }

    /// All steps, and a server finishes what it does before it loads a schema.
    pub fn awaited() -> Self {
        Self {
            late: Late::Awaited,
            ..Self::f1()
        }
    }

    /// The fix, as in F1: all steps, servers one version apart, late commits fenced off.
    pub fn f1() -> Self {
        Self {
            steps: &[Absent, DeleteOnly, WriteOnly, Public],
            behind: 1,
            late: Late::Fenced,
            backfill: Some(BackfillBegins::OnceInForce),
            transactional: true,
        }
    }

    /// The version of a schema: its place among the steps, from 0.
    pub(crate) fn version(&self, schema: Schema) -> usize {
        let place = self.steps.iter().position(|step| *step == schema);
        place.expect("a schema of the steps")
    }

    /// The schema that follows.
    pub(crate) fn after(&self, schema: Schema) -> Option<Schema> {
        self.steps.get(self.version(schema) + 1).copied()
    }
}
