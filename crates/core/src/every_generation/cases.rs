//! Every way in which an enactor's next step can go in the states of a pattern.

use std::collections::HashSet;

use planwright_model::Model;
use planwright_model::finite::Finite;

use super::dependence::{Dependence, in_words, is_library};
use super::references::{Known, References, named_in};
use super::{EveryGeneration, Pattern};
use crate::enactor::Holders;
use crate::instrumentation::reads_of;
use crate::plan_bits::PlanBits;
use crate::reads::{Fact, Read, Reads};
use crate::{Enactor, EnactorId, Epoch, Generation, SystemAction, SystemState, Transaction};

/// How many plans that nothing refers to one step may look at.
pub(super) const MOST: u32 = 3;

/// A state of a pattern: the representative, with some plans that nothing refers to.
#[derive(Clone, Copy)]
pub(super) struct Member<L> {
    pub(super) state: SystemState<L>,
    /// The plans that nothing refers to.
    pub(super) unreferenced: PlanBits,
    /// The plans that operators will turn to, in the numbers of this state.
    pub(super) remembered: PlanBits,
    /// Everything a protocol may know in it, the unreferenced plans among that.
    pub(super) names: Known,
}

/// The states of a pattern in which an enactor reads the same facts, shown by the smallest of them.
pub(super) struct Case<L> {
    pub(super) member: Member<L>,
    /// What the enactor may do.
    pub(super) actions: Vec<SystemAction<L>>,
    reads: Reads,
}

impl<E: Enactor<Local: Finite>> EveryGeneration<E> {
    /// What an enactor may do in the states of a pattern, by what its searches find. The first case is that
    /// of the states in which they find no plan that nothing refers to.
    ///
    /// Every question that can be asked of a set of plans has this in common: if no single plan more changes
    /// the answer, then neither do several. It asks for the oldest or newest plan, whether there is none, or
    /// whether two sets are equal. So plans are added one by one, as long as each of them changes an answer.
    pub(super) fn cases(
        &self,
        pattern: &Pattern<E::Local>,
        enactor: EnactorId,
    ) -> Result<Vec<Case<E::Local>>, Dependence> {
        let mut cases = vec![self.case(self.representative(pattern), enactor)?];
        let mut known = HashSet::new();
        let mut next = 0;
        while let Some(case) = cases.get(next) {
            next += 1;
            let zones = case.zones();
            let mut more = Vec::new();
            for (member, plan) in self.with_one_more(&case.member, &zones)? {
                if known.contains(&member.state) {
                    continue;
                }
                let with = self.case(member, enactor)?;
                if !with.notices(plan, case) || !self.notices_all(&with, enactor)? {
                    continue;
                }
                if with.member.unreferenced.len() > MOST {
                    return Err(Dependence::Searches {
                        by: enactor.to_string(),
                        place: with.place(),
                        state: self.in_words(&with.member.state),
                    });
                }
                known.insert(with.member.state);
                more.push(with);
            }
            cases.extend(more);
        }
        Ok(cases)
    }

    /// Whether each plan that nothing refers to changes an answer.
    fn notices_all(&self, case: &Case<E::Local>, enactor: EnactorId) -> Result<bool, Dependence> {
        for plan in case
            .member
            .unreferenced
            .iter()
            .filter(|plan| !case.finds(*plan))
        {
            // A search for a plan finds another one all the same.
            if !case.reads.compares_sets() {
                return Ok(false);
            }
            let without = self.case(self.without(&case.member, plan)?, enactor)?;
            if !case.notices(plan, &without) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The representative of a pattern as one of its states.
    pub(super) fn representative(&self, pattern: &Pattern<E::Local>) -> Member<E::Local> {
        let Pattern { state, remembered } = *pattern;
        let mut names = self.references(&state);
        names.generations = names.generations.union(remembered);
        Member {
            state,
            unreferenced: PlanBits::EMPTY,
            remembered,
            names,
        }
    }

    /// What an enactor may do in a state, with all that it reads.
    fn case(
        &self,
        member: Member<E::Local>,
        enactor: EnactorId,
    ) -> Result<Case<E::Local>, Dependence> {
        let state = &member.state;
        let local = &state.locals[enactor.index()];
        let mut actions = Vec::new();
        let mut steps = |holders| {
            let place = (enactor, local, holders);
            let steps = || (self.system).protocol_steps(state, place, &mut actions, None);
            reads_of(self.reads(state.newest), steps).1
        };
        let mut reads = steps(Holders::Known(self.system.held(state)));
        if self.one_of_many && reads.asks_for_holders {
            reads.add(steps(Holders::OutOfView));
        }
        let by = || enactor.to_string();
        self.permit(&reads, by, state)?;
        if let Some(action) = actions.iter().find(|action| !is_symbolic(action)) {
            return Err(Dependence::Kept {
                step: self.system.format_action(action),
                state: self.in_words(state),
            });
        }
        Ok(Case {
            member,
            actions,
            reads,
        })
    }

    /// Refuses a record of a use that patterns do not preserve.
    pub(super) fn permit(
        &self,
        reads: &Reads,
        by: impl Fn() -> String,
        state: &SystemState<E::Local>,
    ) -> Result<(), Dependence> {
        if let Some((unknown, place)) = reads.unknown {
            return Err(Dependence::Unknown {
                by: by(),
                use_: unknown.to_string(),
                place: in_words(place),
                state: self.in_words(state),
            });
        }
        if reads.largest_gap > self.gap {
            return Err(Dependence::Gap {
                by: by(),
                asked: reads.largest_gap,
                kept: self.gap,
            });
        }
        Ok(())
    }
}

impl<L: Finite> Case<L> {
    /// Whether the enactor notices `plan`, which the state of `other` does not have.
    fn notices(&self, plan: Generation, other: &Self) -> bool {
        self.mentions(plan)
            || notices(
                (&self.reads, &self.member.names),
                plan,
                (&other.reads, &other.member.names),
            )
    }

    /// Whether a search finds the plan, or a step names it.
    fn finds(&self, plan: Generation) -> bool {
        self.reads.finds(plan) || self.mentions(plan)
    }

    fn mentions(&self, plan: Generation) -> bool {
        let mentions = |action: &SystemAction<L>| mentioned(action).generations.has(plan);
        self.actions.iter().any(mentions)
    }

    /// Where one more plan can change an answer, or be remembered.
    fn zones(&self) -> Zones {
        let remembers = |action: &SystemAction<L>| {
            parts(action)
                .1
                .is_some_and(|local| References::of(local).has_sets)
        };
        match self.actions.iter().any(remembers) {
            true => Zones::EVERYWHERE,
            false => Zones::of(&self.reads),
        }
    }

    /// The place of the search that finds a plan which nothing refers to.
    pub(super) fn place(&self) -> String {
        place(&self.reads, self.member.unreferenced)
    }
}

/// Whether two records of the same questions differ, the first with `plan` and the second without it.
pub(super) fn notices(
    (with, names): (&Reads, &Known),
    plan: Generation,
    (without, fewer): (&Reads, &Known),
) -> bool {
    let rest = names.generations.difference(PlanBits::EMPTY.and(plan));
    // Under other numbers, but as many generations are older.
    let rank = |all: PlanBits, found: Generation| all.difference(all.newer(found)).len();
    let here = with.searches().map(|read| match read.fact.found() {
        Some(found) if found.index() == plan.index() => (None, u32::MAX),
        Some(found) => (None, rank(rest, found)),
        None => (Some(read.fact), 0),
    });
    let there = without.searches().map(|read| match read.fact.found() {
        Some(found) => (None, rank(fewer.generations, found)),
        None => (Some(read.fact), 0),
    });
    !here.eq(there)
}

/// The ages of plans of which one more can change an answer.
#[derive(Clone, Copy)]
pub(super) struct Zones {
    everywhere: bool,
    /// Older than this.
    older: Option<Generation>,
    /// Newer than this.
    newer: Option<Generation>,
}

impl Zones {
    const NOWHERE: Self = Self {
        everywhere: false,
        older: None,
        newer: None,
    };

    pub(super) const EVERYWHERE: Self = Self {
        everywhere: true,
        ..Self::NOWHERE
    };

    /// Where a plan can change the answer of a search.
    pub(super) fn of(reads: &Reads) -> Self {
        let mut zones = Self::NOWHERE;
        for read in reads.searches() {
            match read.fact {
                Fact::Oldest(Some(found)) => {
                    let known = zones.older.filter(|known| found.is_before(*known));
                    zones.older = known.or(Some(found));
                }
                Fact::Newest(Some(found)) => {
                    let known = zones.newer.filter(|known| known.is_before(found));
                    zones.newer = known.or(Some(found));
                }
                Fact::Oldest(None) | Fact::Newest(None) => return Self::EVERYWHERE,
                // A set that has members keeps them, and two that differ go on to differ.
                Fact::IsEmpty(true) | Fact::AreEqual(true) => return Self::EVERYWHERE,
                _ => {}
            }
        }
        zones
    }

    /// Whether a plan next below this one can be in one of them.
    pub(super) fn are_below(&self, plan: Generation) -> bool {
        self.everywhere
            || self
                .older
                .is_some_and(|older| plan.index() <= older.index())
            || self.newer.is_some_and(|newer| plan.index() > newer.index())
    }
}

/// The place of the search that finds one of these plans, or of the last search.
pub(super) fn place(reads: &Reads, plans: PlanBits) -> String {
    let finds = |read: &&Read| read.fact.found().is_some_and(|found| plans.has(found));
    let searches: Vec<&Read> = reads.searches().collect();
    let search = searches
        .iter()
        .position(finds)
        .unwrap_or(searches.len() - 1);
    // Inside an iterator the caller is the standard library: the set was taken in the protocol's text.
    let mut known = searches[..=search].iter().rev();
    let known = known.find(|read| !is_library(read.place));
    in_words(known.unwrap_or(&searches[search]).place)
}

/// Whether an enactor's step carries no generation or epoch but those that its state has.
fn is_symbolic<L: Finite>(action: &SystemAction<L>) -> bool {
    let (transaction, then) = parts(action);
    let symbolic = |transaction: &Transaction| {
        let (mut generations, mut epochs) = named_in(transaction);
        generations.all(Generation::is_symbolic) && epochs.all(Epoch::is_symbolic)
    };
    transaction.is_none_or(symbolic) && then.is_none_or(is_symbolic_local)
}

/// Whether a local state has no generation or epoch but symbolic ones.
pub(super) fn is_symbolic_local<L: Finite>(local: &L) -> bool {
    !References::of(local).names.has_numbers()
}

/// The generations and epochs that an enactor's step carries.
fn mentioned<L: Finite>(action: &SystemAction<L>) -> Known {
    let (transaction, then) = parts(action);
    let mut known = Known::NOTHING;
    if let Some(transaction) = transaction {
        known.add(&Known::to_transaction(transaction));
    }
    if let Some(local) = then {
        known.add(&Known::to_local(local));
    }
    known
}

pub(super) fn parts<L>(action: &SystemAction<L>) -> (Option<&Transaction>, Option<&L>) {
    match action {
        SystemAction::Move { to, .. } => (None, Some(to)),
        SystemAction::Commit {
            transaction, then, ..
        }
        | SystemAction::Refused {
            transaction, then, ..
        } => (Some(transaction), Some(then)),
        SystemAction::LoseAcknowledgement { transaction, .. } => (Some(transaction), None),
        _ => (None, None),
    }
}
