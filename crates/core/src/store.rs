//! The record store: what clients see.

use std::hash::{Hash, Hasher};

use planwright_model::finite::{Finite, Visitor};

use crate::instrumentation::{
    is_active, observe, observe_checked, observe_gap, observe_holders, observe_use,
};
use crate::plan_bits::PlanBits;
use crate::reads::Fact;
use crate::{
    Conflict, Endpoint, EndpointSet, Epoch, Generation, Lease, PlanSet, Precondition, StoreRules,
    Transaction, Write,
};

/// What an endpoint resolves to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resolution {
    /// It was never pointed at any plan: clients do not know it yet. Not the same as empty.
    Unset,
    /// It resolves through this plan.
    Plan(Generation),
    /// It names this plan, which has been deleted: clients get no address at all.
    Empty(Generation),
}

/// The existing plans and, for each endpoint, the plan through which it resolves.
///
/// [`commit`](Self::commit) is the only thing that changes a store. An endpoint starts at an
/// installed plan or unset, and once set it is never unset again.
///
/// One block of bytes without heap.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RecordStore {
    plans: PlanBits,
    lock: Epoch,
    lease: Lease,
    rollback: Option<Generation>,
    observed: Option<Generation>,
    /// How many of `records` are in use.
    endpoints: u8,
    records: [Option<Generation>; Endpoint::CAPACITY],
}

impl RecordStore {
    /// A store with no plan, whose endpoints are unset.
    ///
    /// # Panics
    ///
    /// If `endpoints` is beyond [`Endpoint::CAPACITY`].
    pub fn unset(endpoints: usize) -> Self {
        assert!(
            endpoints <= Endpoint::CAPACITY,
            "{endpoints} endpoints do not fit a store with room for {}",
            Endpoint::CAPACITY
        );
        Self {
            plans: PlanBits::EMPTY,
            lock: Epoch::NEVER_LOCKED,
            lease: Lease::default(),
            rollback: None,
            observed: None,
            endpoints: endpoints as u8,
            records: [None; Endpoint::CAPACITY],
        }
    }

    /// A store in which the first plan exists and every endpoint is at it.
    ///
    /// # Panics
    ///
    /// If `endpoints` is beyond [`Endpoint::CAPACITY`].
    pub fn installed(endpoints: usize) -> Self {
        let mut store = Self::unset(endpoints);
        store.plans = store.plans.and(Generation::FIRST);
        store.records[..endpoints].fill(Some(Generation::FIRST));
        store
    }
}

/// What it is made of.
impl RecordStore {
    /// Shows every part but the number of endpoints, which the configuration fixes: what is packed, renamed
    /// or read back is all of these.
    // Inlined, so that what packs is kept in registers.
    #[inline(always)]
    pub(crate) fn visit<V: Visitor>(mut self, visitor: &mut V) -> Self {
        self.plans = self.plans.visit(visitor);
        self.lock = self.lock.visit(visitor);
        self.lease = self.lease.visit(visitor);
        self.rollback = self.rollback.visit(visitor);
        self.observed = self.observed.visit(visitor);
        for record in &mut self.records[..usize::from(self.endpoints)] {
            *record = record.visit(visitor);
        }
        self
    }

    /// The store without all other plans, as if they had been deleted.
    pub(crate) fn with_only(&self, kept: PlanBits) -> Self {
        Self {
            plans: self.plans.intersection(kept),
            ..*self
        }
    }
}

/// Reading.
impl RecordStore {
    #[inline]
    fn records(&self) -> &[Option<Generation>] {
        &self.records[..usize::from(self.endpoints)]
    }

    /// The endpoints, in order.
    #[inline]
    pub fn endpoints(&self) -> impl Iterator<Item = Endpoint> {
        (0..usize::from(self.endpoints)).filter_map(Endpoint::nth)
    }

    /// The endpoint that is written after this one.
    #[inline]
    pub fn endpoint_after(&self, endpoint: Endpoint) -> Option<Endpoint> {
        Endpoint::nth(endpoint.index() + 1).filter(|e| e.index() < usize::from(self.endpoints))
    }

    /// The plan an endpoint is at, whether or not it still exists; `None` while unset.
    ///
    /// # Panics
    ///
    /// If the store has no such endpoint.
    #[inline]
    #[track_caller]
    pub fn applied(&self, endpoint: Endpoint) -> Option<Generation> {
        let plan = self.at(endpoint);
        if is_active() {
            observe(Fact::Applied(endpoint, plan));
        }
        plan
    }

    /// As [`applied`](Self::applied), not recorded.
    #[inline]
    fn at(&self, endpoint: Endpoint) -> Option<Generation> {
        self.records()[endpoint.index()]
    }

    /// Whether a plan exists.
    #[inline]
    #[track_caller]
    fn exists(&self, plan: Generation) -> bool {
        let exists = self.plans.has(plan);
        if is_active() {
            observe(Fact::Exists(plan, exists));
        }
        exists
    }

    /// What an endpoint resolves to.
    ///
    /// # Panics
    ///
    /// If the store has no such endpoint.
    #[inline]
    #[track_caller]
    pub fn resolve(&self, endpoint: Endpoint) -> Resolution {
        match self.applied(endpoint) {
            None => Resolution::Unset,
            Some(plan) if self.exists(plan) => Resolution::Plan(plan),
            Some(plan) => Resolution::Empty(plan),
        }
    }

    /// Whether no endpoint is empty. An unset endpoint does not count as empty: there is nothing
    /// yet that clients could lose.
    #[inline]
    #[track_caller]
    pub fn all_resolve(&self) -> bool {
        if is_active() {
            self.observe_endpoints();
        }
        let mut set = self.records().iter().flatten();
        set.all(|plan| self.plans.has(*plan))
    }

    /// Whether every endpoint resolves through this plan.
    #[inline]
    #[track_caller]
    pub fn all_at(&self, plan: Generation) -> bool {
        if is_active() {
            observe_use(plan);
            observe(Fact::Exists(plan, self.plans.has(plan)));
            self.observe_endpoints();
        }
        let mut records = self.records().iter();
        self.plans.has(plan) && records.all(|record| record.is_some_and(|at| at.is(plan)))
    }

    /// Whether no endpoint is at an older plan than in the other store, which has as many.
    #[inline]
    #[track_caller]
    pub(crate) fn is_nowhere_before(&self, other: &Self) -> bool {
        if is_active() {
            for endpoint in self.endpoints() {
                let (now, then) = (self.at(endpoint), other.at(endpoint));
                observe(Fact::Applied(endpoint, then));
                observe(Fact::Applied(endpoint, now));
            }
        }
        let mut records = self.records().iter().zip(other.records());
        // As bytes, because none is before every plan.
        records.all(|(now, then)| Generation::byte(*now) >= Generation::byte(*then))
    }

    /// The plans that exist.
    #[inline]
    #[track_caller]
    pub fn plans(&self) -> PlanSet {
        if is_active() {
            observe(Fact::Plans);
        }
        PlanSet::new(self.plans)
    }

    /// The newest plan that exists.
    #[inline]
    #[track_caller]
    pub fn newest_plan(&self) -> Option<Generation> {
        self.plans().newest()
    }

    /// The existing plans older than `than` by at least `by` generations, oldest first.
    #[inline]
    #[track_caller]
    pub fn plans_older_by(&self, than: Generation, by: u8) -> crate::PlanIter {
        self.plans().older_by(by, than).iter()
    }

    /// The plans that an endpoint or the rollback pointer refers to, whether or not they exist.
    #[inline]
    #[track_caller]
    pub fn references(&self) -> PlanSet {
        if is_active() {
            self.observe_endpoints();
            observe(Fact::Rollback(self.rollback));
        }
        let references = self.records().iter().chain([&self.rollback]);
        references.flatten().copied().collect()
    }

    /// The plans referred to once the transaction's endpoints and rollback pointer are written.
    #[inline]
    fn references_after(&self, transaction: &Transaction) -> PlanBits {
        let rollback = self.rollback_after(transaction);
        let mut references = rollback.into_iter().collect::<PlanBits>();
        // The last write of an endpoint counts, and none outside the store.
        let mut left = EndpointSet::first(self.records().len());
        for (endpoints, plan) in transaction.writes_backwards().filter_map(Write::points) {
            let others = left.difference(endpoints);
            if others != left {
                references = references.and(plan);
            }
            left = others;
        }
        for endpoint in left.iter() {
            if let Some(plan) = self.at(endpoint) {
                references = references.and(plan);
            }
        }
        references
    }

    #[inline]
    fn rollback_after(&self, transaction: &Transaction) -> Option<Generation> {
        let before = self.at(Endpoint::FIRST);
        let saved = transaction.writes().find_map(|write| match write {
            Write::SaveRollback => Some(before),
            Write::SaveRollbackOrNone => Some(before.filter(|before| self.plans.has(*before))),
            _ => None,
        });
        saved.unwrap_or(self.rollback)
    }

    /// The existing plans that the transaction deletes.
    #[inline]
    pub(crate) fn deletions(&self, transaction: &Transaction) -> PlanBits {
        transaction
            .writes()
            .fold(PlanBits::EMPTY, |deletions, write| match write {
                Write::Delete(plan) => deletions.and(plan),
                Write::DeleteOlder {
                    than,
                    by,
                    spare_used,
                } => {
                    let old = self.plans.older_by(by, than);
                    let spared = if spare_used {
                        self.references_after(transaction)
                    } else {
                        PlanBits::EMPTY
                    };
                    deletions.union(old.difference(spared))
                }
                _ => deletions,
            })
            .intersection(self.plans)
    }

    /// The rollback pointer, if one was ever saved.
    #[inline]
    #[track_caller]
    pub fn rollback(&self) -> Option<Generation> {
        if is_active() {
            observe(Fact::Rollback(self.rollback));
        }
        self.rollback
    }

    /// The newest generation that enactors have recorded as handled, if any; Kubernetes calls such
    /// a record `observedGeneration`.
    #[inline]
    #[track_caller]
    pub fn observed(&self) -> Option<Generation> {
        if is_active() {
            observe(Fact::Observed(self.observed));
        }
        self.observed
    }

    /// The epoch of the lock record.
    #[inline]
    #[track_caller]
    pub fn lock(&self) -> Epoch {
        if is_active() {
            observe(Fact::Lock(self.lock));
        }
        self.lock
    }

    /// Whether a transaction has taken the lock.
    #[inline]
    pub(crate) fn was_locked(&self) -> bool {
        self.lock.byte() != Epoch::NEVER_LOCKED.byte()
    }

    /// The lease record.
    #[inline]
    #[track_caller]
    pub fn lease(&self) -> Lease {
        if is_active() {
            observe(Fact::Lease(self.lease));
        }
        self.lease
    }

    /// Whether `transaction` would commit under `rules` while enactors hold the plans in `held`.
    ///
    /// # Errors
    ///
    /// The first precondition or rule that refuses it; preconditions come first.
    #[inline]
    pub fn check(
        &self,
        transaction: &Transaction,
        rules: StoreRules,
        held: PlanSet,
    ) -> Result<(), Conflict> {
        if is_active() {
            self.observe_check(transaction, rules);
        }
        transaction.preconditions().try_for_each(|precondition| {
            self.check_precondition(transaction, precondition, held)
        })?;
        if rules.monotonic {
            self.check_precondition(transaction, Precondition::Newer, held)?;
        }
        if rules.referential_integrity {
            self.check_precondition(transaction, Precondition::PlanExists, held)?;
            self.check_precondition(transaction, Precondition::NotInUse, held)?;
        }
        Ok(())
    }

    #[inline]
    fn check_precondition(
        &self,
        transaction: &Transaction,
        precondition: Precondition,
        held: PlanSet,
    ) -> Result<(), Conflict> {
        let conflict = match precondition {
            Precondition::Newer => transaction.points().find_map(|(endpoints, plan)| {
                endpoints.iter().find_map(|endpoint| {
                    self.at(endpoint)
                        .filter(|current| !current.is_before(plan))
                        .map(|current| Conflict::NotNewer { endpoint, current })
                })
            }),
            Precondition::PlanExists => transaction
                .points()
                .find(|(_, plan)| !self.plans.has(*plan) && !transaction.brings(*plan))
                .map(|(_, plan)| Conflict::PlanMissing(plan)),
            Precondition::Resolves => transaction.points().find_map(|(endpoints, _)| {
                endpoints.iter().find_map(|endpoint| {
                    self.at(endpoint)
                        .filter(|current| !self.plans.has(*current))
                        .map(|current| Conflict::Dangling { endpoint, current })
                })
            }),
            Precondition::Unchanged(endpoint, seen) => (Generation::byte(self.at(endpoint))
                != Generation::byte(seen))
            .then_some(Conflict::Changed(endpoint)),
            Precondition::NotInUse => {
                let deletions = self.deletions(transaction);
                let in_use = match deletions.len() {
                    0 => deletions,
                    _ => deletions.intersection(self.references_after(transaction)),
                };
                in_use.oldest().map(Conflict::InUse)
            }
            Precondition::NoOlderHolder(plan) => {
                held.bits().older_by(1, plan).oldest().map(Conflict::Held)
            }
            Precondition::LockIs(seen) => {
                (self.lock.byte() != seen.byte()).then_some(Conflict::LockLost)
            }
            Precondition::LeaseFree => self.lease.is_taken().then_some(Conflict::LeaseTaken),
            Precondition::NotFenced(token) => {
                let seen = self.lease.fence();
                (token < seen).then_some(Conflict::Fenced(seen))
            }
        };
        conflict.map_or(Ok(()), Err)
    }
}

/// Recording.
impl RecordStore {
    /// Records that every endpoint was looked at.
    #[cold]
    #[track_caller]
    fn observe_endpoints(&self) {
        for (endpoint, plan) in self.endpoints().zip(self.records()) {
            observe(Fact::Applied(endpoint, *plan));
            if let Some(plan) = *plan {
                observe(Fact::Exists(plan, self.plans.has(plan)));
            }
        }
    }

    /// Records the facts that the preconditions and writes of a transaction and the rules rest on.
    #[cold]
    fn observe_check(&self, transaction: &Transaction, rules: StoreRules) {
        let monotonic = rules.monotonic.then_some(Precondition::Newer);
        let integrity = [Precondition::PlanExists, Precondition::NotInUse];
        let integrity = integrity
            .into_iter()
            .filter(|_| rules.referential_integrity);
        let all = transaction
            .preconditions()
            .chain(monotonic)
            .chain(integrity);
        if transaction.asks_for_holders() {
            observe_holders();
        }
        let applied = |endpoint| Fact::Applied(endpoint, self.at(endpoint));
        let exists = |plan| Fact::Exists(plan, self.plans.has(plan));
        let references = || {
            let endpoints = self.endpoints().map(applied);
            endpoints.chain([Fact::Rollback(self.rollback)])
        };
        let pointed = || {
            let points = transaction.points();
            points.flat_map(|(endpoints, _)| endpoints.iter())
        };
        for precondition in all {
            match precondition {
                Precondition::Newer => pointed().map(applied).for_each(observe_checked),
                Precondition::Resolves => {
                    let plans = pointed().filter_map(|endpoint| self.at(endpoint));
                    plans.map(exists).for_each(observe_checked);
                }
                Precondition::PlanExists => {
                    let plans = transaction.points().map(|(_, plan)| plan);
                    plans.map(exists).for_each(observe_checked);
                }
                Precondition::Unchanged(endpoint, _) => observe_checked(applied(endpoint)),
                Precondition::NotInUse if self.deletions(transaction).len() > 0 => {
                    references().for_each(observe_checked);
                }
                Precondition::NotInUse => {}
                Precondition::NoOlderHolder(_) => observe_gap(1),
                Precondition::LockIs(_) => observe_checked(Fact::Lock(self.lock)),
                Precondition::LeaseFree | Precondition::NotFenced(_) => {
                    observe_checked(Fact::Lease(self.lease));
                }
            }
        }
        for write in transaction.writes() {
            match write {
                Write::DeleteOlder { spare_used, .. } if spare_used => {
                    references().for_each(observe_checked);
                }
                Write::TakeLease | Write::ReleaseLease(_) => {
                    observe_checked(Fact::Lease(self.lease));
                }
                Write::Observe(_) => observe_checked(Fact::Observed(self.observed)),
                _ => {}
            }
        }
        observe_ages(transaction);
    }
}

/// Records the ages that the transaction asks about.
#[cold]
fn observe_ages(transaction: &Transaction) {
    for write in transaction.writes() {
        if let Write::DeleteOlder { by, .. } = write {
            observe_gap(by);
        }
    }
}

/// Writing.
impl RecordStore {
    /// Applies the transaction whole, or refuses it and changes nothing.
    ///
    /// `held` are the plans that enactors hold in memory; only
    /// [`Precondition::NoOlderHolder`] looks at them. Deletions are judged by the endpoints as the
    /// transaction leaves them.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    ///
    /// # Panics
    ///
    /// If the transaction points an endpoint that the store does not have.
    #[inline]
    pub fn commit(
        &mut self,
        transaction: &Transaction,
        rules: StoreRules,
        held: PlanSet,
    ) -> Result<(), Conflict> {
        self.check(transaction, rules, held)?;
        if is_active() {
            observe_ages(transaction);
        }
        let deletions = self.deletions(transaction);
        self.rollback = self.rollback_after(transaction);
        self.plans = self.plans.difference(deletions);
        for write in transaction.writes() {
            if let Some((endpoints, plan)) = write.points() {
                for endpoint in endpoints.iter() {
                    self.records[endpoint.index()] = Some(plan);
                }
            }
            match write {
                Write::Install(_, plan) if !deletions.has(plan) => {
                    self.plans = self.plans.and(plan);
                }
                Write::TakeLease | Write::ReleaseLease(_) | Write::ShowToken(_) => {
                    self.lease = self.lease.after(write);
                }
                Write::AdvanceLock => self.lock = self.lock.successor(),
                Write::Observe(plan) => {
                    let older = self.observed.is_none_or(|known| known.is_before(plan));
                    self.observed = if older { Some(plan) } else { self.observed };
                }
                _ => {}
            }
        }
        debug_assert_eq!(self.validate(rules), Ok(()), "after {transaction}");
        Ok(())
    }

    /// Adds a plan that the planner has published.
    pub(crate) fn publish(&mut self, plan: Generation) {
        self.plans = self.plans.and(plan);
    }

    /// Writes an endpoint's record as operators can, past preconditions and rules.
    pub(crate) fn put_by_hand(&mut self, endpoint: Endpoint, record: Option<Generation>) {
        self.records[endpoint.index()] = record;
    }

    /// What must be true of every store whatever the protocol: under referential integrity every
    /// reference names an existing plan.
    ///
    /// # Errors
    ///
    /// The dangling reference.
    pub fn validate(&self, rules: StoreRules) -> Result<(), Conflict> {
        let records = self.records().iter().chain([&self.rollback]);
        let references: PlanBits = records.flatten().copied().collect();
        match references.difference(self.plans).oldest() {
            Some(plan) if rules.referential_integrity => Err(Conflict::PlanMissing(plan)),
            _ => Ok(()),
        }
    }
}

impl Hash for RecordStore {
    /// In words of eight bytes, always as many: a checker hashes every state it meets, and most of them
    /// twice.
    #[inline(always)]
    fn hash<H: Hasher>(&self, state: &mut H) {
        // At most 32, which six bits hold, as four do the number of endpoints.
        let byte = |g| u64::from(Generation::byte(g));
        let [changes, fence] = self.lease.bytes();
        state.write_u64(
            u64::from(self.plans.word())
                | u64::from(self.lock.byte()) << 32
                | u64::from(changes) << 40
                | byte(self.rollback) << 48
                | byte(self.observed) << 54
                | u64::from(self.endpoints) << 60,
        );
        // The records begin in the word that the fence opens.
        let mut word = u64::from(fence);
        for (i, record) in self.records.iter().enumerate() {
            word |= byte(*record) << (8 * ((i + 1) % 8));
            if (i + 1) % 8 == 7 {
                state.write_u64(word);
                word = 0;
            }
        }
        state.write_u64(word);
    }
}
