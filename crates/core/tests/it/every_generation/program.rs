//! Random protocols, with every kind of read, write and memory.

use planwright_core::{
    Enactor, Endpoint, EndpointSet, Epoch, Generation, PackLocal, PackReader, PackWriter, PlanSet,
    Precondition, RecordStore, Steps, Transaction, Write,
};

/// A generator of pseudorandom numbers (splitmix64).
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ z >> 31) % bound
    }

    pub(super) fn one_in(&mut self, bound: u64) -> bool {
        self.below(bound) == 0
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u64) as usize]
    }
}

/// What an enactor remembers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Memory {
    pub(super) phase: u8,
    pub(super) first: Option<Generation>,
    pub(super) second: Option<Generation>,
    pub(super) epoch: Option<Epoch>,
    pub(super) list: PlanSet,
}

impl PackLocal for Memory {
    fn pack(&self, to: &mut PackWriter) {
        to.number(self.phase.into(), 3);
        to.generation(self.first);
        to.generation(self.second);
        to.flag(self.epoch.is_some());
        if let Some(epoch) = self.epoch {
            to.epoch(epoch);
        }
        to.plans(self.list);
    }

    fn unpack(from: &mut PackReader) -> Option<Self> {
        Some(Self {
            phase: from.number(3) as u8,
            first: from.generation(),
            second: from.generation(),
            epoch: match from.flag() {
                true => Some(from.epoch()),
                false => None,
            },
            list: from.plans(),
        })
    }
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

impl Program {
    /// A protocol that picks a plan, writes it, and cleans up, with each of these at random.
    pub(super) fn random(random: &mut Random) -> Self {
        let phases = 4;
        let mut all = vec![
            vec![Rule::picks(random)],
            vec![Rule::writes(random)],
            Rule::cleans(random),
            vec![Rule::deletes(random)],
        ];
        for rules in &mut all {
            if random.one_in(4) {
                rules.insert(0, Rule::random(random, phases));
            }
            if random.one_in(8) {
                *rules = vec![Rule::random(random, phases)];
            }
        }
        Self {
            phases: all,
            restart: random.below(2 * u64::from(phases)) as u8,
            holds: random.one_in(2),
        }
    }
}

impl Source {
    fn random(random: &mut Random) -> Self {
        match random.below(24) {
            0..15 => random.of(&COMMON),
            15..20 => random.of(&SEARCHES),
            20..23 => random.of(&RARE),
            _ => random.of(&[Self::Constant, Self::Successor, Self::OldestOlderBy(3)]),
        }
    }

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
    fn random(random: &mut Random) -> Self {
        let source = Source::random;
        match random.below(30) {
            0..4 => Self::Some(source(random)),
            4..7 => Self::None(source(random)),
            7..10 => Self::Less(source(random), source(random)),
            10..12 => Self::Equal(source(random), source(random)),
            12..14 => {
                let by = 1 + random.below(3) as u8;
                Self::OlderBy(by, source(random), source(random))
            }
            14..16 => Self::Exists(source(random)),
            16 => Self::Gone(source(random)),
            17 => Self::InUse(source(random)),
            18 => Self::AllAt(source(random)),
            19..22 => Self::NotAllAt(source(random)),
            22 => Self::Resolves,
            23 => Self::LockAsRead,
            24 => Self::LockChanged,
            25 => Self::AnyUnused,
            26 => Self::NoneUnused,
            27 => Self::AnyOlderBy(1 + random.below(3) as u8, source(random)),
            28 => Self::OnlyReferenced,
            _ => Self::MoreThan(random.below(4) as u8),
        }
    }

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

    fn random(random: &mut Random, phases: u8) -> Self {
        let register = |random: &mut Random, own: Source| match random.below(4) {
            0 => Source::random(random),
            1 => Source::Nothing,
            _ => own,
        };
        Self {
            phase: random.below(phases.into()) as u8,
            first: register(random, Source::First),
            second: register(random, Source::Second),
            epoch: random.of(&[0, 0, 1, 2]),
            list: random.of(&[0, 0, 0, 1, 1, 1, 1, 2]),
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
    /// To phase 1 with a plan in the first register.
    fn picks(random: &mut Random) -> Self {
        let mut guards = vec![Guard::NotAllAt(Source::Newest)];
        if random.one_in(4) {
            guards = vec![Guard::random(random)];
        }
        let then = After {
            first: match random.below(4) {
                0 => random.of(&SEARCHES),
                _ => Source::Newest,
            },
            epoch: 1,
            ..After::keeps(1)
        };
        Self::step(guards, Vec::new(), Vec::new(), then)
    }

    /// To phase 2.
    fn writes(random: &mut Random) -> Self {
        let changes = match random.below(4) {
            0 => Change::Point(0, Source::First),
            1 => Change::Install(Source::First),
            _ => Change::PointAll(Source::First),
        };
        let mut changes = vec![changes];
        if random.one_in(3) {
            changes.push(Change::random(random));
        }
        let needs = (0..random.below(3)).map(|_| Need::random(random));
        let needs = needs.collect();
        let then = After::keeps(2 * random.below(2) as u8);
        Self::step(Vec::new(), changes, needs, then)
    }

    /// Deletes what is old, or has it deleted in phase 3, or goes on to phase 0.
    fn cleans(random: &mut Random) -> Vec<Self> {
        let by = 1 + random.below(2) as u8;
        let victim = match random.below(3) {
            0 => random.of(&SEARCHES),
            _ => Source::OldestOlderBy(by),
        };
        let done = Self::step(
            vec![Guard::None(victim)],
            Vec::new(),
            Vec::new(),
            After::keeps(0),
        );
        let needs = match random.below(3) {
            0 => vec![Need::NotInUse],
            1 => vec![Need::random(random)],
            _ => Vec::new(),
        };
        let found = vec![Guard::Some(victim)];
        let cleans = match random.below(4) {
            0 => {
                let second = victim;
                let then = After {
                    second,
                    ..After::keeps(3)
                };
                Self::step(found, Vec::new(), Vec::new(), then)
            }
            1 => {
                let changes = vec![Change::DeleteOlder(by, Source::First, random.one_in(2))];
                return vec![Self::step(Vec::new(), changes, needs, After::keeps(0))];
            }
            _ => {
                let changes = vec![Change::Delete(victim)];
                Self::step(found, changes, needs, After::keeps(2))
            }
        };
        vec![cleans, done]
    }

    /// Deletes the plan in the second register, to phase 2.
    fn deletes(random: &mut Random) -> Self {
        let changes = vec![Change::Delete(Source::Second)];
        let needs = (0..random.below(2)).map(|_| Need::random(random));
        let needs = needs.collect();
        let then = After {
            second: random.of(&[Source::Second, Source::Nothing]),
            ..After::keeps(2)
        };
        Self::step(Vec::new(), changes, needs, then)
    }

    fn step(guards: Vec<Guard>, changes: Vec<Change>, needs: Vec<Need>, then: After) -> Self {
        Self {
            guards,
            changes,
            needs,
            then,
            otherwise: then,
        }
    }

    fn random(random: &mut Random, phases: u8) -> Self {
        let guards = random.below(3);
        let (mut changes, mut needs) = (Vec::new(), Vec::new());
        if !random.one_in(4) {
            for _ in 0..1 + random.below(2) {
                changes.push(Change::random(random));
            }
            for _ in 0..random.below(3) {
                needs.push(Need::random(random));
            }
        }
        Self {
            guards: (0..guards).map(|_| Guard::random(random)).collect(),
            changes,
            needs,
            then: After::random(random, phases),
            otherwise: After::random(random, phases),
        }
    }

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

impl Change {
    fn random(random: &mut Random) -> Self {
        let source = Source::random;
        match random.below(20) {
            0..6 => Self::Point(random.below(2) as u8, source(random)),
            6..9 => Self::PointAll(source(random)),
            9 => Self::Install(source(random)),
            10..14 => Self::Delete(source(random)),
            14 => Self::DeleteOlder(1 + random.below(3) as u8, source(random), random.one_in(2)),
            15 => Self::SaveRollback,
            16 => Self::SaveRollbackOrNone,
            17..19 => Self::Observe(source(random)),
            _ => Self::AdvanceLock,
        }
    }
}

impl Need {
    fn random(random: &mut Random) -> Self {
        match random.below(12) {
            0..3 => Self::Newer,
            3..5 => Self::PlanExists,
            5 => Self::Resolves,
            6 => Self::Unchanged(random.below(2) as u8, Source::random(random)),
            7..9 => Self::NotInUse,
            9 => Self::NoOlderHolder(Source::random(random)),
            _ => Self::LockAsRead,
        }
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
