//! The record store: what clients see.

use std::hash::{Hash, Hasher};

use crate::every_generation::Renaming;
use crate::{
    Conflict, Endpoint, EndpointSet, Epoch, Generation, Lease, PackReader, PackWriter, Plan,
    PlanSet, Precondition, StoreRules, Transaction, Write,
};

/// How many plans can carry an older plan's content at once.
pub(crate) const REISSUES: usize = 2;

/// The bytes of a store without a lease: its plans, the lock, two pointers, reissued plans, and the endpoints.
pub(crate) const STORE_BYTES: usize = 4 + 1 + 2 + 2 * REISSUES + Endpoint::CAPACITY;

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
/// `R` is the storage of the endpoints' records: an array in a state, so that a state is one block
/// of bytes, and the slice that it coerces to in an [`Enactor`](crate::Enactor)'s hands, so that an
/// enactor does not depend on capacities.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RecordStore<R: ?Sized = [Option<Generation>]> {
    plans: PlanSet,
    /// Plans with an older plan's content, and whose content that is.
    reissued: [Option<(Generation, Generation)>; REISSUES],
    lock: Epoch,
    lease: Lease,
    rollback: Option<Generation>,
    observed: Option<Generation>,
    /// How many of `records` are in use.
    endpoints: u8,
    records: R,
}

impl<const N: usize> RecordStore<[Option<Generation>; N]> {
    /// A store with no plan, whose endpoints are unset.
    ///
    /// # Panics
    ///
    /// If `endpoints` is beyond the capacity `N`.
    pub fn unset(endpoints: usize) -> Self {
        assert!(
            endpoints <= N && N <= Endpoint::CAPACITY,
            "{endpoints} endpoints do not fit a store with room for {N}"
        );
        Self {
            plans: PlanSet::EMPTY,
            reissued: [None; REISSUES],
            lock: Epoch::default(),
            lease: Lease::default(),
            rollback: None,
            observed: None,
            endpoints: endpoints as u8,
            records: [None; N],
        }
    }

    /// A store in which the first plan exists and every endpoint is at it.
    ///
    /// # Panics
    ///
    /// If `endpoints` is beyond the capacity `N`.
    pub fn installed(endpoints: usize) -> Self {
        let mut store = Self::unset(endpoints);
        store.plans = store.plans.with(Generation::FIRST);
        store.records[..endpoints].fill(Some(Generation::FIRST));
        store
    }
}

/// As bits of a word; reissued plans only if there can be any.
impl<const N: usize> RecordStore<[Option<Generation>; N]> {
    pub(crate) fn pack(&self, to: &mut PackWriter, reissues: bool) {
        to.plans(self.plans);
        to.epoch(self.lock);
        to.lease(self.lease);
        to.generation(self.rollback);
        to.generation(self.observed);
        for record in self.records() {
            to.generation(*record);
        }
        for reissued in self.reissued.iter().filter(|_| reissues) {
            to.generation(reissued.map(|(plan, _)| plan));
            to.generation(reissued.map(|(_, content)| content));
        }
    }

    /// A store with as many endpoints as this one, and otherwise what [`pack`](Self::pack) wrote.
    pub(crate) fn unpacked(&self, from: &mut PackReader, reissues: bool) -> Self {
        let mut store = Self {
            plans: from.plans(),
            lock: from.epoch(),
            lease: from.lease(),
            rollback: from.generation(),
            observed: from.generation(),
            ..*self
        };
        for record in &mut store.records[..usize::from(self.endpoints)] {
            *record = from.generation();
        }
        for reissued in store.reissued.iter_mut().filter(|_| reissues) {
            *reissued = from.generation().zip(from.generation());
        }
        store
    }
}

/// Without what nothing refers to, and under other names.
impl<const N: usize> RecordStore<[Option<Generation>; N]> {
    /// The store without all other plans, as if they had been deleted. The plans that are left and
    /// repeat an older plan's content come to stand in order.
    pub(crate) fn with_only(&self, kept: PlanSet) -> Self {
        let plans = self.plans.intersection(kept);
        let left = |pair: Option<(Generation, _)>| pair.filter(|(plan, _)| plans.contains(*plan));
        let mut reissued = self.reissued.map(left);
        reissued.sort_unstable();
        Self {
            plans,
            reissued,
            ..*self
        }
    }

    pub(crate) fn renamed(&self, renaming: &Renaming) -> Self {
        let rename = |generation| renaming.generation(generation);
        let pair = |(plan, content)| (rename(plan), rename(content));
        Self {
            plans: renaming.plans(self.plans),
            lock: renaming.epoch(self.lock),
            rollback: self.rollback.map(rename),
            observed: self.observed.map(rename),
            records: self.records.map(|record| record.map(rename)),
            reissued: self.reissued.map(|reissued| reissued.map(pair)),
            ..*self
        }
    }
}

/// As bytes, of whatever capacity.
impl<const N: usize> RecordStore<[Option<Generation>; N]> {
    pub(crate) fn bytes(&self) -> [u8; STORE_BYTES] {
        let mut bytes = [0; STORE_BYTES];
        let small = [self.rollback, self.observed].into_iter();
        let reissued = self.reissued.iter().map(|pair| pair.unzip());
        let reissued = reissued.flat_map(|(plan, content)| [plan, content]);
        let generations = small.chain(reissued).chain(self.records);
        let (plans, rest) = bytes.split_at_mut(4);
        plans.copy_from_slice(&self.plans.bits().to_le_bytes());
        rest[0] = self.lock.byte();
        for (byte, generation) in rest[1..].iter_mut().zip(generations) {
            *byte = Generation::byte(generation);
        }
        bytes
    }

    /// A store with as many endpoints as this one, and otherwise what [`bytes`](Self::bytes) wrote.
    pub(crate) fn with_bytes(&self, bytes: [u8; STORE_BYTES]) -> Self {
        let [a, b, c, d, lock, rest @ ..] = bytes;
        let mut generations = rest.into_iter().map(Generation::from_byte);
        let mut next = || generations.next().flatten();
        let (rollback, observed) = (next(), next());
        let reissued = [(); REISSUES].map(|()| {
            let (plan, content) = (next(), next());
            plan.zip(content)
        });
        Self {
            plans: PlanSet::from_bits(u32::from_le_bytes([a, b, c, d])),
            reissued,
            lock: Epoch::from_byte(lock),
            lease: Lease::default(),
            rollback,
            observed,
            endpoints: self.endpoints,
            records: [(); N].map(|()| next()),
        }
    }
}

/// Reading.
impl<R: ?Sized + AsRef<[Option<Generation>]>> RecordStore<R> {
    #[inline]
    fn records(&self) -> &[Option<Generation>] {
        &self.records.as_ref()[..usize::from(self.endpoints)]
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
    pub fn applied(&self, endpoint: Endpoint) -> Option<Generation> {
        self.records()[endpoint.index()]
    }

    /// What an endpoint resolves to.
    ///
    /// # Panics
    ///
    /// If the store has no such endpoint.
    #[inline]
    pub fn resolve(&self, endpoint: Endpoint) -> Resolution {
        match self.applied(endpoint) {
            None => Resolution::Unset,
            Some(plan) if self.plans.contains(plan) => Resolution::Plan(plan),
            Some(plan) => Resolution::Empty(plan),
        }
    }

    /// Whether no endpoint is empty. An unset endpoint does not count as empty: there is nothing
    /// yet that clients could lose.
    #[inline]
    pub fn all_resolve(&self) -> bool {
        self.records()
            .iter()
            .flatten()
            .all(|plan| self.plans.contains(*plan))
    }

    /// Whether every endpoint resolves through this plan.
    #[inline]
    pub fn all_at(&self, plan: Generation) -> bool {
        self.plans.contains(plan) && self.records().iter().all(|record| *record == Some(plan))
    }

    /// The plans that exist.
    #[inline]
    pub fn plans(&self) -> PlanSet {
        self.plans
    }

    /// The newest plan that exists.
    #[inline]
    pub fn newest_plan(&self) -> Option<Generation> {
        self.plans.newest()
    }

    /// The existing plans older than `than` by at least `by` generations, oldest first.
    #[inline]
    #[track_caller]
    pub fn plans_older_by(&self, than: Generation, by: u8) -> crate::PlanIter {
        self.plans.older_by(by, than).iter()
    }

    /// A plan that exists, with the generation whose content it carries.
    pub fn plan(&self, generation: Generation) -> Option<Plan> {
        let content = self
            .reissued
            .iter()
            .flatten()
            .find(|(reissued, _)| *reissued == generation)
            .map_or(generation, |(_, content)| *content);
        self.plans.contains(generation).then_some(Plan {
            generation,
            content,
        })
    }

    /// The plans that an endpoint or the rollback pointer refers to, whether or not they exist.
    #[inline]
    pub fn references(&self) -> PlanSet {
        self.records()
            .iter()
            .chain([&self.rollback])
            .flatten()
            .fold(PlanSet::EMPTY, |set, plan| set.with(*plan))
    }

    /// The plans referred to once the transaction's endpoints and rollback pointer are written.
    #[inline]
    fn references_after(&self, transaction: &Transaction) -> PlanSet {
        let rollback = self.rollback_after(transaction);
        let mut references = rollback.map_or(PlanSet::EMPTY, |plan| PlanSet::EMPTY.with(plan));
        // The last write of an endpoint counts, and none outside the store.
        let mut left = EndpointSet::first(self.records().len());
        for (endpoints, plan) in transaction.writes_backwards().filter_map(Write::points) {
            let others = left.difference(endpoints);
            if others != left {
                references = references.with(plan);
            }
            left = others;
        }
        for endpoint in left.iter() {
            if let Some(plan) = self.applied(endpoint) {
                references = references.with(plan);
            }
        }
        references
    }

    #[inline]
    fn rollback_after(&self, transaction: &Transaction) -> Option<Generation> {
        let before = self.applied(Endpoint::FIRST);
        let saved = transaction.writes().find_map(|write| match write {
            Write::SaveRollback => Some(before),
            Write::SaveRollbackOrNone => Some(before.filter(|before| self.plans.contains(*before))),
            _ => None,
        });
        saved.unwrap_or(self.rollback)
    }

    /// The existing plans that the transaction deletes.
    #[inline]
    fn deletions(&self, transaction: &Transaction) -> PlanSet {
        transaction
            .writes()
            .fold(PlanSet::EMPTY, |deletions, write| match write {
                Write::Delete(plan) => deletions.with(plan),
                Write::DeleteOlder {
                    than,
                    by,
                    spare_used,
                } => {
                    let old = self.plans.older_by(by, than);
                    let spared = if spare_used {
                        self.references_after(transaction)
                    } else {
                        PlanSet::EMPTY
                    };
                    deletions.union(old.difference(spared))
                }
                _ => deletions,
            })
            .intersection(self.plans)
    }

    /// The plans that carry an older plan's content, with the generation whose content it is.
    pub(crate) fn reissued(&self) -> impl Iterator<Item = (Generation, Generation)> {
        self.reissued.iter().flatten().copied()
    }

    /// The rollback pointer, if one was ever saved.
    #[inline]
    pub fn rollback(&self) -> Option<Generation> {
        self.rollback
    }

    /// The newest generation that enactors have recorded as handled, if any; Kubernetes calls such
    /// a record `observedGeneration`.
    #[inline]
    pub fn observed(&self) -> Option<Generation> {
        self.observed
    }

    /// The epoch of the lock record.
    #[inline]
    pub fn lock(&self) -> Epoch {
        self.lock
    }

    /// The lease record.
    #[inline]
    pub fn lease(&self) -> Lease {
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
                    self.applied(endpoint)
                        .filter(|current| *current >= plan)
                        .map(|current| Conflict::NotNewer { endpoint, current })
                })
            }),
            Precondition::PlanExists => transaction
                .points()
                .find(|(_, plan)| !self.plans.contains(*plan) && !transaction.brings(*plan))
                .map(|(_, plan)| Conflict::PlanMissing(plan)),
            Precondition::Resolves => transaction.points().find_map(|(endpoints, _)| {
                endpoints
                    .iter()
                    .find_map(|endpoint| match self.resolve(endpoint) {
                        Resolution::Empty(current) => {
                            Some(Conflict::Dangling { endpoint, current })
                        }
                        Resolution::Unset | Resolution::Plan(_) => None,
                    })
            }),
            Precondition::Unchanged(endpoint, seen) => {
                (self.applied(endpoint) != seen).then_some(Conflict::Changed(endpoint))
            }
            Precondition::NotInUse => {
                let deletions = self.deletions(transaction);
                let in_use = match deletions.is_empty() {
                    true => deletions,
                    false => deletions.intersection(self.references_after(transaction)),
                };
                in_use.oldest().map(Conflict::InUse)
            }
            Precondition::NoOlderHolder(plan) => {
                held.older_by(1, plan).oldest().map(Conflict::Held)
            }
            Precondition::LockIs(seen) => (self.lock != seen).then_some(Conflict::LockLost),
            Precondition::LeaseFree => self.lease.is_taken().then_some(Conflict::LeaseTaken),
            Precondition::NotFenced(token) => {
                let seen = self.lease.fence();
                (token < seen).then_some(Conflict::Fenced(seen))
            }
        };
        conflict.map_or(Ok(()), Err)
    }
}

/// Writing.
impl<R: ?Sized + AsRef<[Option<Generation>]> + AsMut<[Option<Generation>]>> RecordStore<R> {
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
        let deletions = self.deletions(transaction);
        self.rollback = self.rollback_after(transaction);
        self.plans = self.plans.difference(deletions);
        for reissued in &mut self.reissued {
            // A content nobody can ask for any more must not tell states apart.
            if reissued.is_some_and(|(plan, _)| deletions.contains(plan)) {
                *reissued = None;
            }
        }
        for write in transaction.writes() {
            if let Some((endpoints, plan)) = write.points() {
                for endpoint in endpoints.iter() {
                    self.records.as_mut()[endpoint.index()] = Some(plan);
                }
            }
            match write {
                Write::Install(_, plan) if !deletions.contains(plan) => {
                    self.plans = self.plans.with(plan);
                }
                Write::TakeLease | Write::ReleaseLease(_) | Write::ShowToken(_) => {
                    self.lease = self.lease.after(write);
                }
                Write::AdvanceLock => self.lock = self.lock.successor(),
                Write::Observe(plan) => self.observed = self.observed.max(Some(plan)),
                _ => {}
            }
        }
        debug_assert_eq!(self.validate(rules), Ok(()), "after {transaction}");
        Ok(())
    }

    /// Adds a plan that the planner, or an operator, has published.
    ///
    /// # Panics
    ///
    /// If the content is an older plan's and no place is left to remember it.
    pub(crate) fn publish(&mut self, plan: Plan) {
        self.plans = self.plans.with(plan.generation);
        if plan.content != plan.generation {
            let place = self.reissued.iter_mut().find(|place| place.is_none());
            *place.expect("the fault budget bounds reissued plans") =
                Some((plan.generation, plan.content));
        }
    }

    /// Writes an endpoint's record as operators can, past preconditions and rules.
    pub(crate) fn put_by_hand(&mut self, endpoint: Endpoint, record: Option<Generation>) {
        self.records.as_mut()[endpoint.index()] = record;
    }

    /// What must be true of every store whatever the protocol: under referential integrity every
    /// reference names an existing plan.
    ///
    /// # Errors
    ///
    /// The dangling reference.
    pub fn validate(&self, rules: StoreRules) -> Result<(), Conflict> {
        let dangling = self.references().difference(self.plans);
        match dangling.oldest() {
            Some(plan) if rules.referential_integrity => Err(Conflict::PlanMissing(plan)),
            _ => Ok(()),
        }
    }
}

impl<const N: usize> Hash for RecordStore<[Option<Generation>; N]> {
    /// In words of eight bytes, always as many: a checker hashes every state it meets, and most of them
    /// twice.
    #[inline(always)]
    fn hash<H: Hasher>(&self, state: &mut H) {
        // At most 32, which six bits hold, as four do the number of endpoints.
        let byte = |g| u64::from(Generation::byte(g));
        let [changes, fence] = self.lease.bytes();
        state.write_u64(
            u64::from(self.plans.bits())
                | u64::from(self.lock.byte()) << 32
                | u64::from(changes) << 40
                | byte(self.rollback) << 48
                | byte(self.observed) << 54
                | u64::from(self.endpoints) << 60,
        );
        let mut word = u64::from(fence) << 24;
        for (i, reissued) in self.reissued.iter().enumerate() {
            let (plan, content) = reissued.unzip();
            word |= (byte(plan) | byte(content) << 6) << (12 * i);
        }
        // The records begin in the word that the reissued plans and the fence half fill.
        for (i, record) in self.records.iter().enumerate() {
            word |= byte(*record) << (8 * ((i + 4) % 8));
            if (i + 4) % 8 == 7 {
                state.write_u64(word);
                word = 0;
            }
        }
        if !(N + 4).is_multiple_of(8) {
            state.write_u64(word);
        }
    }
}
