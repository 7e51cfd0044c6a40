//! Which knowledge a step rests on is out of date.
//!
//! An enactor *knows* an answer of the store from the last of its steps that read it, as that step left it,
//! until it writes what the answer is about, has nothing under way ([`Enactor::is_drained`]), or remembers the
//! same again as before that step.
//!
//! A step that commits a transaction rests on *stale knowledge* if
//!
//! - its enactor knows an answer from an earlier step that is not the answer any more,
//! - neither the step itself nor a precondition, write or rule that is checked with it looks again, and
//! - the answer is about what the transaction does: [`Question::matters`].
//!
//! It is stale since the step after which the answer was never again the one that was read. That step is another
//! process's, or a commit of which the enactor did not learn. Whether the protocol would decide otherwise now is not
//! asked: it would have to be run in states that there never were.

use crate::enactor::Holders;
use crate::instrumentation::reads_of;
use crate::reads::{Fact, Read, Reads};
use crate::{
    Enactor, EnactorId, Endpoint, Generation, SystemAction, SystemState, Transaction, UpdateSystem,
    Write,
};

/// A step of a schedule: the state before it, and the action.
type Step<'s, L> = (&'s SystemState<L>, &'s SystemAction<L>);

/// A question that a store has an answer to at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    /// Whether the lease is taken, and by which grant.
    Lease,
    Lock,
    Exists(Generation),
    Applied(Endpoint),
    Rollback,
    Observed,
    /// The newest of all plans.
    Newest,
}

impl<E: Enactor> UpdateSystem<E> {
    /// The knowledge on which the last step of a schedule rests and which is stale, in words. Of several answers
    /// the one that tells most ([`Question::rank`]), of several of that kind the one read last.
    pub(crate) fn stale_knowledge(&self, schedule: &[Step<'_, E::Local>]) -> Option<String> {
        let (now, action) = schedule.last()?;
        let (SystemAction::Commit {
            enactor,
            transaction,
            ..
        }
        | SystemAction::LoseAcknowledgement {
            enactor,
            transaction,
        }) = action
        else {
            return None;
        };
        let remembered = self.remembered(schedule, *enactor);
        let mut done_with = self.asked(now, *enactor);
        done_with.extend(self.checked(now, transaction));
        let mut stale: Option<(Question, usize)> = None;
        for step in (1..schedule.len()).rev() {
            let ((before, did), (after, _)) = (schedule[step - 1], schedule[step]);
            if did.taken_by() != Some(*enactor) {
                continue;
            }
            if remembered.contains(&step) {
                let asked = self.asked(before, *enactor);
                for question in asked.iter().filter(|asked| !done_with.contains(asked)) {
                    let tells_more = stale.is_none_or(|(told, _)| question.rank() < told.rank());
                    if tells_more
                        && !question.has_one_answer(after, now)
                        && question.matters(after, transaction, now)
                    {
                        stale = Some((*question, step));
                    }
                }
                done_with.extend(asked);
            }
            if let SystemAction::Commit { transaction, .. } = did {
                done_with.extend(written(before, transaction, after));
            }
        }
        let (question, read_in) = stale?;
        let read = schedule[read_in].0;
        let is_so = |(state, _): &Step<'_, E::Local>| question.has_one_answer(read, state);
        let since = schedule.iter().rposition(is_so)? + 1;
        let answer = question.answer(read);
        Some(format!(
            "decided in step {read_in} with {answer}; step {since} changed it"
        ))
    }

    /// The steps, counted from 1, from which an enactor remembers something at the end: those that led to what
    /// it remembers, without detours over the same memory, since it had nothing under way.
    fn remembered(&self, schedule: &[Step<'_, E::Local>], enactor: EnactorId) -> Vec<usize> {
        let local = |state: &SystemState<E::Local>| state.locals[enactor.index()];
        let mut path: Vec<(E::Local, usize)> = Vec::new();
        for (step, pair) in (1..).zip(schedule.windows(2)) {
            let (before, after) = (local(pair[0].0), local(pair[1].0));
            path.push((before, step));
            if self.enactor.is_drained(&after) {
                path.clear();
            } else if let Some(detour) = path.iter().position(|(known, _)| *known == after) {
                path.truncate(detour);
            }
        }
        path.into_iter().map(|(_, step)| step).collect()
    }

    /// What the protocol reads of a state before it tells the steps that an enactor may take, in words.
    pub(crate) fn answers(&self, state: &SystemState<E::Local>, enactor: EnactorId) -> Vec<String> {
        let asked = self.asked(state, enactor).into_iter();
        // Whatever names a plan that is there says so.
        let is_there = |question: &Question| match question {
            Question::Exists(plan) => state.store.plans().contains(*plan),
            _ => false,
        };
        let telling = asked.filter(|question| !is_there(question));
        telling.map(|question| question.answer(state)).collect()
    }

    /// What the protocol asks before it tells the steps that an enactor may take.
    fn asked(&self, state: &SystemState<E::Local>, enactor: EnactorId) -> Vec<Question> {
        let local = state.locals[enactor.index()];
        let (holders, mut offered) = (Holders::Known(self.held(state)), Vec::new());
        let ((), reads) = reads_of(Reads::new(false, state.newest), || {
            self.protocol_steps(state, (enactor, &local, holders), &mut offered, None);
        });
        questions(reads.facts.iter().filter(|read| !read.checked), state)
    }

    /// What is asked so that a transaction may commit.
    fn checked(&self, state: &SystemState<E::Local>, transaction: &Transaction) -> Vec<Question> {
        let (rules, held) = (self.rules_in(state), self.held(state));
        let (_, reads) = reads_of(Reads::new(false, state.newest), || {
            state.store.check(transaction, rules, held)
        });
        questions(reads.facts.iter(), state)
    }
}

/// The questions that were asked, each once.
fn questions<'r, L>(
    reads: impl Iterator<Item = &'r Read>,
    state: &SystemState<L>,
) -> Vec<Question> {
    let store = &state.store;
    let mut questions = Vec::new();
    // A search does not tell which plans it went through. It counts where all plans were at hand and searching
    // them gives the same.
    let mut has_plans = false;
    for read in reads {
        let question = match read.fact {
            Fact::Applied(endpoint, _) => Question::Applied(endpoint),
            Fact::Exists(plan, _) => Question::Exists(plan),
            Fact::Contains(plan, found) if has_plans && found == store.plans().contains(plan) => {
                Question::Exists(plan)
            }
            Fact::Newest(found) if has_plans && found == store.newest_plan() => Question::Newest,
            Fact::Rollback(_) => Question::Rollback,
            Fact::Observed(_) => Question::Observed,
            Fact::Lock(_) => Question::Lock,
            Fact::Lease(_) => Question::Lease,
            Fact::Plans => {
                has_plans = true;
                continue;
            }
            Fact::Contains(..)
            | Fact::Newest(_)
            | Fact::Oldest(_)
            | Fact::IsEmpty(_)
            | Fact::AreEqual(_) => continue,
        };
        if !questions.contains(&question) {
            questions.push(question);
        }
    }
    questions
}

/// The questions whose answers a transaction has set.
fn written<L>(
    before: &SystemState<L>,
    transaction: &Transaction,
    after: &SystemState<L>,
) -> Vec<Question> {
    let points = transaction.points();
    let mut written: Vec<_> = points
        .flat_map(|(endpoints, _)| endpoints.iter().map(Question::Applied))
        .collect();
    let plans = before.store.plans().union(after.store.plans());
    let others = [
        Question::Lease,
        Question::Lock,
        Question::Rollback,
        Question::Observed,
        Question::Newest,
    ];
    let others = others.into_iter().chain(plans.iter().map(Question::Exists));
    written.extend(others.filter(|question| !question.has_one_answer(before, after)));
    written
}

impl Question {
    /// Smaller, the more it tells if the answer has changed: who may write at all, then what the transaction
    /// refers to, then what it overwrites. Plans are published all the time, so that there is a newer one tells
    /// least.
    fn rank(self) -> u8 {
        match self {
            Self::Lease => 0,
            Self::Lock => 1,
            Self::Exists(_) => 2,
            Self::Applied(_) => 3,
            Self::Rollback => 4,
            Self::Observed => 5,
            Self::Newest => 6,
        }
    }

    /// Whether the answer is the same in both states.
    fn has_one_answer<L>(self, one: &SystemState<L>, other: &SystemState<L>) -> bool {
        let (one, other) = (&one.store, &other.store);
        match self {
            Self::Lease => {
                let (one, other) = (one.lease(), other.lease());
                (one.is_taken(), one.newest_token()) == (other.is_taken(), other.newest_token())
            }
            Self::Lock => one.lock() == other.lock(),
            Self::Exists(plan) => one.plans().contains(plan) == other.plans().contains(plan),
            Self::Applied(endpoint) => one.applied(endpoint) == other.applied(endpoint),
            Self::Rollback => one.rollback() == other.rollback(),
            Self::Observed => one.observed() == other.observed(),
            Self::Newest => one.newest_plan() == other.newest_plan(),
        }
    }

    /// Whether the answer, read in one state, is about what the transaction does in another: points the endpoint,
    /// points at the plan, or at (or records as handled) the plan that was the newest, writes the rollback pointer,
    /// or deletes the plan that is the answer now. The lock and the lease are about everything, and the record
    /// of what is handled is about every endpoint.
    fn matters<L>(
        self,
        read: &SystemState<L>,
        transaction: &Transaction,
        now: &SystemState<L>,
    ) -> bool {
        let points_at = |plan| transaction.points().any(|(_, pointed)| pointed == plan);
        let writes = |wanted: fn(Write) -> bool| transaction.writes().any(wanted);
        let deletes = |plan: Option<Generation>| {
            let deletions = now.store.deletions(transaction);
            plan.is_some_and(|plan| deletions.has(plan))
        };
        match self {
            Self::Lease | Self::Lock => true,
            Self::Exists(plan) => points_at(plan),
            Self::Applied(endpoint) => {
                let mut pointed = transaction.points().map(|(endpoints, _)| endpoints);
                pointed.any(|endpoints| endpoints.contains(endpoint))
                    || deletes(now.store.applied(endpoint))
            }
            Self::Rollback => {
                writes(|write| matches!(write, Write::SaveRollback | Write::SaveRollbackOrNone))
                    || deletes(now.store.rollback())
            }
            Self::Observed => transaction.points().next().is_some(),
            Self::Newest => read.store.newest_plan().is_some_and(|plan| {
                let mut writes = transaction.writes();
                points_at(plan) || writes.any(|write| write == Write::Observe(plan))
            }),
        }
    }

    /// The answer, to stand after "with".
    fn answer<L>(self, state: &SystemState<L>) -> String {
        let store = &state.store;
        match self {
            Self::Lease if store.lease().is_taken() => {
                format!("the lease of {}", store.lease().newest_token())
            }
            Self::Lease => "the lease free".to_owned(),
            Self::Lock => format!("the lock at {}", store.lock()),
            Self::Exists(plan) if store.plans().contains(plan) => format!("{plan} there"),
            Self::Exists(plan) => format!("{plan} gone"),
            Self::Applied(endpoint) => match store.applied(endpoint) {
                Some(plan) => format!("{endpoint} at {plan}"),
                None => format!("{endpoint} unset"),
            },
            Self::Rollback => match store.rollback() {
                Some(plan) => format!("the rollback pointer at {plan}"),
                None => "no rollback pointer".to_owned(),
            },
            Self::Observed => match store.observed() {
                Some(plan) => format!("{plan} recorded as handled"),
                None => "nothing recorded as handled".to_owned(),
            },
            Self::Newest => match store.newest_plan() {
                Some(plan) => format!("{plan} the newest"),
                None => "no plan there".to_owned(),
            },
        }
    }
}
