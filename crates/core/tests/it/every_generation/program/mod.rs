//! Random protocols, with every kind of read, write and memory.

mod draw;

use planwright_core::{
    Enactor, Endpoint, EndpointSet, Epoch, Finite, Generation, PlanSet, Precondition, RecordStore,
    Steps, Transaction, Write,
};

/// A generator of pseudorandom numbers (splitmix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ z >> 31) % bound
    }

    pub(crate) fn one_in(&mut self, bound: u64) -> bool {
        self.below(bound) == 0
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u64) as usize]
    }
}

/// What an enactor remembers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Finite)]
pub(super) struct Memory {
    #[finite(0..=7)]
    pub(super) phase: u8,
    pub(super) first: Option<Generation>,
    pub(super) second: Option<Generation>,
    pub(super) epoch: Option<Epoch>,
    pub(super) list: PlanSet,
}

/// A value that a step computes from the store and the memory.
#[derive(Clone, Copy, Debug)]
enum Source {
    First,
    Second,
    Newest,
    Oldest,
    Applied(u8),
    Observed,
    Rollback,
    /// The oldest plan that is older than the first register by this much.
    OldestOlderBy(u8),
    /// The newest plan that is older than the first register.
    NewestBefore,
    /// The oldest plan that is newer than the second register.
    OldestAfter,
    /// The oldest plan that nothing in the store refers to.
    OldestUnused,
    /// The oldest of the list.
    Listed,
    /// The first plan of all, known by its number.
    Constant,
    /// The plan after the first register.
    Successor,
    Nothing,
}

#[derive(Clone, Copy, Debug)]
enum Guard {
    Some(Source),
    None(Source),
    Less(Source, Source),
    Equal(Source, Source),
    OlderBy(u8, Source, Source),
    Exists(Source),
    Gone(Source),
    InUse(Source),
    AllAt(Source),
    NotAllAt(Source),
    Resolves,
    LockAsRead,
    LockChanged,
    AnyUnused,
    NoneUnused,
    AnyOlderBy(u8, Source),
    MoreThan(u8),
    OnlyReferenced,
}

#[derive(Clone, Copy, Debug)]
enum Change {
    Point(u8, Source),
    PointAll(Source),
    Install(Source),
    Delete(Source),
    DeleteOlder(u8, Source, bool),
    SaveRollback,
    SaveRollbackOrNone,
    Observe(Source),
    AdvanceLock,
}

#[derive(Clone, Copy, Debug)]
enum Need {
    Newer,
    PlanExists,
    Resolves,
    Unchanged(u8, Source),
    NotInUse,
    NoOlderHolder(Source),
    LockAsRead,
}

/// The memory after a step.
#[derive(Clone, Copy, Debug)]
struct After {
    phase: u8,
    first: Source,
    second: Source,
    /// Keeps, reads, or drops.
    epoch: u8,
    /// Keeps, empties, or lists all plans older than the first register.
    list: u8,
}

#[derive(Clone, Debug)]
struct Rule {
    guards: Vec<Guard>,
    /// A local step if there are neither changes nor needs.
    changes: Vec<Change>,
    needs: Vec<Need>,
    then: After,
    otherwise: After,
}

/// A random protocol: for each phase, the steps that an enactor may take.
#[derive(Clone, Debug)]
pub(super) struct Program {
    phases: Vec<Vec<Rule>>,
    /// The phase after a crash; the memory is kept if it is odd.
    restart: u8,
    holds: bool,
}

const COMMON: [Source; 5] = [
    Source::First,
    Source::First,
    Source::Second,
    Source::Newest,
    Source::Applied(0),
];

const SEARCHES: [Source; 6] = [
    Source::Oldest,
    Source::OldestOlderBy(1),
    Source::OldestOlderBy(2),
    Source::NewestBefore,
    Source::OldestAfter,
    Source::OldestUnused,
];

const RARE: [Source; 5] = [
    Source::Applied(1),
    Source::Observed,
    Source::Rollback,
    Source::Listed,
    Source::Nothing,
];

impl Source {
    fn value(self, memory: &Memory, store: &RecordStore) -> Option<Generation> {
        let applied = |e: u8| {
            let endpoint = Endpoint::nth(e.into())?;
            let known = store.endpoints().any(|known| known == endpoint);
            if known { store.applied(endpoint) } else { None }
        };
        let plans = |of: Option<Generation>, by| {
            of.map_or(PlanSet::EMPTY, |than| store.plans().older_by(by, than))
        };
        match self {
            Self::First => memory.first,
            Self::Second => memory.second,
            Self::Newest => store.newest_plan(),
            Self::Oldest => store.plans().oldest(),
            Self::Applied(e) => applied(e),
            Self::Observed => store.observed(),
            Self::Rollback => store.rollback(),
            Self::OldestOlderBy(by) => store.plans_older_by(memory.first?, by).next(),
            Self::NewestBefore => plans(memory.first, 1).newest(),
            Self::OldestAfter => store.plans().newer(memory.second?).oldest(),
            Self::OldestUnused => store.plans().difference(store.references()).oldest(),
            Self::Listed => memory.list.oldest(),
            Self::Constant => Some(Generation::FIRST),
            Self::Successor => memory.first?.successor().ok(),
            Self::Nothing => None,
        }
    }
}

impl Guard {
    fn is_true(self, memory: &Memory, store: &RecordStore) -> bool {
        let value = |source: Source| source.value(memory, store);
        let unused = || store.plans().difference(store.references());
        match self {
            Self::Some(source) => value(source).is_some(),
            Self::None(source) => value(source).is_none(),
            Self::Less(one, other) => value(one) < value(other),
            Self::Equal(one, other) => value(one) == value(other),
            Self::OlderBy(by, one, other) => {
                let both = value(one).zip(value(other));
                both.is_some_and(|(one, other)| one.is_older_by(by, other))
            }
            Self::Exists(source) => value(source).is_some_and(|p| store.plans().contains(p)),
            Self::Gone(source) => value(source).is_some_and(|p| !store.plans().contains(p)),
            Self::InUse(source) => value(source).is_some_and(|p| store.references().contains(p)),
            Self::AllAt(source) => value(source).is_some_and(|p| store.all_at(p)),
            Self::NotAllAt(source) => value(source).is_some_and(|p| !store.all_at(p)),
            Self::Resolves => store.all_resolve(),
            Self::LockAsRead => memory.epoch == Some(store.lock()),
            Self::LockChanged => memory.epoch.is_some_and(|epoch| epoch != store.lock()),
            Self::AnyUnused => !unused().is_empty(),
            Self::NoneUnused => unused().is_empty(),
            Self::AnyOlderBy(by, source) => {
                value(source).is_some_and(|p| !store.plans().older_by(by, p).is_empty())
            }
            Self::OnlyReferenced => store.plans() == store.plans().intersection(store.references()),
            Self::MoreThan(count) => store.plans().iter().count() > count.into(),
        }
    }
}

impl After {
    /// Another phase, and all else as it was.
    fn keeps(phase: u8) -> Self {
        Self {
            phase,
            first: Source::First,
            second: Source::Second,
            epoch: 0,
            list: 0,
        }
    }

    fn memory(self, memory: &Memory, store: &RecordStore) -> Memory {
        Memory {
            phase: self.phase,
            first: self.first.value(memory, store),
            second: self.second.value(memory, store),
            epoch: match self.epoch {
                0 => memory.epoch,
                1 => Some(store.lock()),
                _ => None,
            },
            list: match self.list {
                0 => memory.list,
                1 => PlanSet::EMPTY,
                _ => memory
                    .first
                    .map_or(PlanSet::EMPTY, |than| store.plans().older_by(2, than)),
            },
        }
    }
}

impl Rule {
    /// The transaction; `None` if a plan that it names does not exist in the memory.
    fn transaction(&self, memory: &Memory, store: &RecordStore) -> Option<Transaction> {
        let value = |source: Source| source.value(memory, store);
        let all = EndpointSet::first(store.endpoints().count());
        let mut transaction = Transaction::EMPTY;
        for need in &self.needs {
            transaction = transaction.require(match *need {
                Need::Newer => Precondition::Newer,
                Need::PlanExists => Precondition::PlanExists,
                Need::Resolves => Precondition::Resolves,
                Need::Unchanged(e, source) => {
                    let endpoint = Endpoint::nth(e.into())?;
                    if !store.endpoints().any(|known| known == endpoint) {
                        return None;
                    }
                    Precondition::Unchanged(endpoint, value(source))
                }
                Need::NotInUse => Precondition::NotInUse,
                Need::NoOlderHolder(source) => Precondition::NoOlderHolder(value(source)?),
                Need::LockAsRead => Precondition::LockIs(memory.epoch?),
            });
        }
        for change in &self.changes {
            transaction = transaction.and(match *change {
                Change::Point(e, source) => {
                    let endpoint = Endpoint::nth(e.into())?;
                    if !store.endpoints().any(|known| known == endpoint) {
                        return None;
                    }
                    Write::Point(endpoint.into(), value(source)?)
                }
                Change::PointAll(source) => Write::Point(all, value(source)?),
                Change::Install(source) => Write::Install(all, value(source)?),
                Change::Delete(source) => Write::Delete(value(source)?),
                Change::DeleteOlder(by, source, spare_used) => Write::DeleteOlder {
                    than: value(source)?,
                    by,
                    spare_used,
                },
                Change::SaveRollback => Write::SaveRollback,
                Change::SaveRollbackOrNone => Write::SaveRollbackOrNone,
                Change::Observe(source) => Write::Observe(value(source)?),
                Change::AdvanceLock => Write::AdvanceLock,
            });
        }
        Some(transaction)
    }
}

impl Enactor for Program {
    type Local = Memory;

    fn steps(&self, memory: &Memory, store: &RecordStore, next: &mut Steps<Memory>) {
        for rule in &self.phases[usize::from(memory.phase)] {
            if !rule.guards.iter().all(|guard| guard.is_true(memory, store)) {
                continue;
            }
            let then = rule.then.memory(memory, store);
            if rule.changes.is_empty() && rule.needs.is_empty() {
                next.goto(then);
                continue;
            }
            if let Some(transaction) = rule.transaction(memory, store) {
                let otherwise = rule.otherwise.memory(memory, store);
                next.commit(transaction, then, otherwise);
            }
        }
    }

    fn restarted(&self, memory: &Memory) -> Memory {
        let phase = self.restart / 2;
        match self.restart % 2 {
            0 => Memory {
                phase,
                ..Memory::default()
            },
            _ => Memory { phase, ..*memory },
        }
    }

    fn holds(&self, memory: &Memory) -> Option<Generation> {
        memory.first.filter(|_| self.holds)
    }
}
