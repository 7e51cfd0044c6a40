//! Random protocols that say what they read.

use planwright_core::{
    Enactor, Endpoint, EndpointSet, Epoch, Generation, Precondition, RecordStore, Steps,
    Transaction, Write,
};

use crate::every_generation::Random;

/// What a protocol reads in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// Whether the plan in memory exists.
    Exists,
    Applied(usize),
    Rollback,
    Observed,
    Newest,
    Lock,
}

/// What a transaction requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    Newer,
    Exists,
    Resolves,
    LockAsRead,
}

/// What it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Point(usize),
    PointBoth,
    Delete,
    Observe,
    SaveRollback,
    AdvanceLock,
}

/// One step of a protocol: what it reads, then what it does; nothing is a local step.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) asks: Vec<Ask>,
    pub(super) deed: Option<(Deed, Vec<Need>)>,
    then: u8,
    otherwise: u8,
}

/// Its phases, each with one step. In the first one it remembers nothing.
#[derive(Clone, Debug)]
pub(super) struct Table(Vec<Rule>);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Memory {
    phase: u8,
    pub(super) plan: Option<Generation>,
    pub(super) epoch: Option<Epoch>,
}

pub(super) fn endpoint(place: usize) -> Endpoint {
    Endpoint::nth(place).expect("there are two")
}

impl Table {
    pub(super) fn random(random: &mut Random) -> Self {
        let phases = 5;
        let rule = |phase: u64, random: &mut Random| {
            let mut asks = Vec::new();
            for ask in [
                Ask::Exists,
                Ask::Applied(0),
                Ask::Applied(1),
                Ask::Rollback,
                Ask::Observed,
                Ask::Newest,
                Ask::Lock,
            ] {
                if random.one_in(3) || phase == 0 && ask == Ask::Newest {
                    asks.push(ask);
                }
            }
            let deeds = [
                Deed::Point(0),
                Deed::Point(0),
                Deed::Point(1),
                Deed::PointBoth,
                Deed::Delete,
                Deed::Observe,
                Deed::SaveRollback,
                Deed::AdvanceLock,
            ];
            let all = [Need::Newer, Need::Exists, Need::Resolves, Need::LockAsRead];
            let deed = (phase > 0 && !random.one_in(3)).then(|| {
                let needs = all.into_iter().filter(|_| random.one_in(5)).collect();
                (deeds[random.below(deeds.len() as u64) as usize], needs)
            });
            let next = |random: &mut Random| match random.one_in(6) {
                true => random.below(phases) as u8,
                false => ((phase + 1) % phases) as u8,
            };
            let (then, otherwise) = (next(random), next(random));
            Rule {
                asks,
                deed,
                then,
                otherwise,
            }
        };
        Self((0..phases).map(|phase| rule(phase, random)).collect())
    }

    pub(super) fn rule(&self, memory: &Memory) -> &Rule {
        &self.0[usize::from(memory.phase)]
    }
}

/// The transaction of a step, if its memory has what it takes.
fn transaction(rule: &Rule, memory: &Memory) -> Option<Transaction> {
    let (deed, needs) = rule.deed.as_ref()?;
    let plan = memory.plan?;
    let mut transaction = match deed {
        Deed::Point(place) => Transaction::point_at(endpoint(*place), plan),
        Deed::PointBoth => Transaction::point_at(EndpointSet::first(2), plan),
        Deed::Delete => Transaction::delete(plan),
        Deed::Observe => Transaction::EMPTY.and(Write::Observe(plan)),
        Deed::SaveRollback => Transaction::EMPTY.and(Write::SaveRollback),
        Deed::AdvanceLock => Transaction::EMPTY.and(Write::AdvanceLock),
    };
    for need in needs {
        transaction = match need {
            Need::Newer => transaction.only_if_newer(),
            Need::Exists => transaction.only_if_plan_exists(),
            Need::Resolves => transaction.only_if_resolves(),
            Need::LockAsRead => match memory.epoch {
                Some(epoch) => transaction.require(Precondition::LockIs(epoch)),
                None => transaction,
            },
        };
    }
    Some(transaction)
}

impl Enactor for Table {
    type Local = Memory;

    fn steps(&self, memory: &Memory, store: &RecordStore, next: &mut Steps<Memory>) {
        let rule = self.rule(memory);
        let mut then = *memory;
        for ask in &rule.asks {
            match ask {
                Ask::Exists => {
                    let _ = memory.plan.map(|plan| store.plans().contains(plan));
                }
                Ask::Applied(place) => {
                    let _ = store.applied(endpoint(*place));
                }
                Ask::Rollback => {
                    let _ = store.rollback();
                }
                Ask::Observed => {
                    let _ = store.observed();
                }
                Ask::Newest => then.plan = store.newest_plan(),
                Ask::Lock => then.epoch = Some(store.lock()),
            }
        }
        let to = |phase| match phase {
            0 => Memory::default(),
            phase => Memory { phase, ..then },
        };
        match transaction(rule, memory) {
            Some(transaction) => {
                next.commit(transaction, to(rule.then), to(rule.otherwise));
            }
            None => next.goto(to(rule.then)),
        }
    }
}
