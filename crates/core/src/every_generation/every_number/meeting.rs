//! A view of one enactor, and a step of another in the same state.

use std::fmt;

use planwright_model::finite::Finite;

use super::super::cases::parts;
use super::super::references::Known;
use super::super::renaming::Renaming;
use super::super::{Dependence, Pattern, PatternStep};
use super::EveryNumber;
use super::orders::{Item, Order, orders};
use crate::plan_bits::PlanBits;
use crate::{Enactor, EnactorId, Generation, SystemAction, SystemState, Write};

const IN_VIEW: EnactorId = EnactorId(0);
const ANOTHER: EnactorId = EnactorId(1);

/// A step of an enactor out of view that can change what others see, without what the enactor remembers.
///
/// Many views have the same.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Effect<L> {
    /// The state before it, with the generations that its shared part refers to and that the step names.
    before: SystemState<L>,
    generations: PlanBits,
    /// The lock epochs likewise, as bits.
    epochs: u64,
    step: SystemAction<L>,
}

/// A step, and the view after it.
type Seen<L> = (PatternStep<L>, Pattern<L>);

/// A state, and a step that is taken there.
type Meeting<L> = (SystemState<L>, SystemAction<L>);

impl<L: fmt::Debug> fmt::Debug for Effect<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.step, f)
    }
}

/// Whether a step deletes plans that need not be in view: another enactor may refer to one.
fn deletes_unseen_plans<L>(action: &SystemAction<L>) -> bool {
    let is_unseen = |write| matches!(write, Write::DeleteOlder { .. });
    parts(action)
        .0
        .is_some_and(|transaction| transaction.writes().any(is_unseen))
}

impl<E: Enactor<Local: Finite>> EveryNumber<E> {
    /// The steps of the enactor in view that can change what others see.
    pub(super) fn effects_of(
        &self,
        view: &Pattern<E::Local>,
    ) -> Result<Vec<Effect<E::Local>>, Dependence> {
        let mut effects = Vec::new();
        let first = self.one.representative(view);
        for action in self.one.environment(&first)? {
            if action.enactor().is_some() && self.changes(&first.state, action)? {
                effects.push(self.effect(&first.state, action)?);
            }
        }
        if !view.state.automation_enabled() {
            return Ok(effects);
        }
        for case in self.one.cases(view, IN_VIEW)? {
            let state = &case.member.state;
            for action in case.actions {
                if deletes_unseen_plans(&action) || self.changes(state, action)? {
                    effects.push(self.effect(state, action)?);
                }
            }
        }
        Ok(effects)
    }

    /// A step with all that the shared part and the step name.
    fn effect(
        &self,
        state: &SystemState<E::Local>,
        step: SystemAction<E::Local>,
    ) -> Result<Effect<E::Local>, Dependence> {
        let step = step
            .renamed(|_| ANOTHER)
            .with_local(|_| E::Local::default());
        let mut before = *state;
        before.locals = Default::default();
        before.enactors = 0;
        let mut known = self.one.references(&before);
        if let Some(transaction) = parts(&step).0 {
            known.add(&Known::to_transaction(transaction));
        }
        before.store = before.store.with_only(known.generations);
        let renaming = Renaming::smallest(&known, self.largest_gap())?;
        Ok(Effect {
            before: renaming.member(&before),
            generations: renaming.plans(known.generations),
            epochs: (1 << known.epochs.count_ones()) - 1,
            step: renaming.step(&step),
        })
    }

    /// Whether a step changes anything but the local states.
    fn changes(
        &self,
        before: &SystemState<E::Local>,
        step: SystemAction<E::Local>,
    ) -> Result<bool, Dependence> {
        let after = self.one.after(before, step)?;
        Ok(after.is_some_and(|after| {
            let mut same = *before;
            same.locals = after.locals;
            same != after
        }))
    }

    /// The views after the step of another enactor, wherever the generations of both can stand.
    pub(super) fn meet(
        &self,
        view: &Pattern<E::Local>,
        effect: &Effect<E::Local>,
        seen: &mut Vec<Seen<E::Local>>,
    ) -> Result<(), Dependence> {
        let known = self.one.references(&view.state);
        let items = self.items(&view.state, known.generations);
        let others = self.items(&effect.before, effect.generations);
        for order in orders(&items, &others, self.largest_gap().into()) {
            let (before, step) = self.both((view, &known), effect, &order)?;
            if let Some(after) = self.one.after(&before, step)?
                && self.changes(&before, step)?
            {
                let local = after.locals[IN_VIEW.index()];
                let taken = PatternStep {
                    before,
                    step,
                    remembers: PlanBits::EMPTY,
                };
                seen.push((taken, self.view(&after, Some(local))?));
            }
        }
        Ok(())
    }

    /// These generations of a state, in order.
    fn items(&self, state: &SystemState<E::Local>, generations: PlanBits) -> Vec<Item> {
        let mut alone = *state;
        alone.enactors = 0;
        let shared = self.one.references(&alone).generations;
        let plans = state.store.plans().bits();
        let mut before: Option<Generation> = None;
        let item = |generation: Generation| {
            let gap = before.map_or(0, |before| generation.index() - before.index());
            before = Some(generation);
            Item {
                gap: gap.min(self.largest_gap().into()),
                shared: shared.has(generation),
                exists: plans.has(generation),
            }
        };
        generations.iter().map(item).collect()
    }

    /// A state with the generations of both in this order, and the step.
    fn both(
        &self,
        (view, known): (&Pattern<E::Local>, &Known),
        effect: &Effect<E::Local>,
        order: &Order,
    ) -> Result<Meeting<E::Local>, Dependence> {
        let others = Known {
            generations: effect.generations,
            epochs: effect.epochs,
            newest: effect.before.newest,
        };
        // The lock's epoch is the newest one. Other epochs are only compared with it, by the enactor that
        // remembers them, so that those of two enactors may fall together.
        let latest = known.epochs.count_ones().max(others.epochs.count_ones());
        let names = |known: &Known, at: &[u32]| {
            let mut gaps = at.windows(2).map(|pair| pair[1] - pair[0]);
            let gap = |_, _| gaps.next().expect("a place for each generation");
            let first = at.first().copied().unwrap_or(0);
            let later = latest - known.epochs.count_ones();
            Ok::<_, Dependence>(Renaming::spread(known, first, gap)?.later(later as u8))
        };
        let mut both = names(known, &order.one)?.member(&view.state);
        let renaming = names(&others, &order.other)?;
        let other = renaming.member(&effect.before);
        for plan in other.store.plans().bits().iter() {
            both.store.publish(plan.symbolic());
        }
        Ok((both, renaming.step(&effect.step)))
    }
}
