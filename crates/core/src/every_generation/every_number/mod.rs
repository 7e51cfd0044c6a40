#![doc = include_str!("README.md")]

mod meeting;
mod orders;

use std::borrow::Cow;

use itertools::Itertools;
use planwright_model::finite::Finite;
use planwright_model::{ActionClasses, Describe, Description, Model, Views};

use super::model::refuse;
use super::{Dependence, EveryGeneration, Pattern, PatternStep};
use crate::instrumentation::observe_all_enactors;
use crate::plan_bits::PlanBits;
use crate::{ConfigError, Enactor, EnactorId, SystemAction, SystemState, UpdateSystem};

pub use meeting::Effect;

/// An [`UpdateSystem`] with every number of enactors and of generations, as one of the enactors sees it.
///
/// Its states are *views*: the pattern of a state with one of its enactors. As a [`Model`] it has the steps
/// of that enactor, of the planner, of faults and of operators; as [`Views`] those of the other enactors
/// too. The module's page says why a property of all views is one of all states.
#[derive(Clone, Debug)]
#[must_use = "views are explored by a checker"]
pub struct EveryNumber<E> {
    one: EveryGeneration<E>,
}

impl<E: Enactor<Local: Finite>> UpdateSystem<E> {
    /// The same system with every number of enactors, and a planner that never runs out of generations.
    ///
    /// The number of enactors of this system and the bound of its planner are lifted; the largest gap
    /// between generations that the protocol asks about is found as for
    /// [`every_generation`](Self::every_generation), with the enactors that this system has.
    pub fn every_number(self) -> EveryNumber<E> {
        let mut one = self.without_bound(true);
        one.system.enactors = 1;
        EveryNumber { one }
    }
}

impl<E: Enactor<Local: Finite>> EveryNumber<E> {
    /// Keeps gaps between generations up to this one. Needed only if the exploration ends because the
    /// protocol, or a property, asks about a larger gap than was found.
    pub fn gaps_up_to(mut self, gap: u8) -> Self {
        self.one = self.one.gaps_up_to(gap);
        self
    }

    /// The largest gap between generations that views keep.
    pub fn largest_gap(&self) -> u8 {
        self.one.largest_gap()
    }

    /// The system with one enactor and an endless planner.
    pub fn system(&self) -> &UpdateSystem<E> {
        self.one.system()
    }

    /// Whether the system can be built.
    ///
    /// # Errors
    ///
    /// As [`UpdateSystem::validate`].
    pub fn validate(&self) -> Result<(), ConfigError> {
        self.one.validate()
    }

    /// The reason why views cannot stand for states, if there is one: exploring the steps of this view
    /// panics with it.
    pub fn dependence(&self, view: &Pattern<E::Local>) -> Option<Dependence> {
        self.one.dependence(view)
    }

    /// The view that an enactor has of a state.
    ///
    /// # Panics
    ///
    /// As [`EveryGeneration::pattern_of`]; and if the state has no such enactor.
    pub fn view_of(&self, state: &SystemState<E::Local>, enactor: EnactorId) -> Pattern<E::Local> {
        let mut members = state.members();
        let local = members.find_map(|(id, local)| (id == enactor).then_some(*local));
        let local = local.expect("the enactor is one of the state's");
        refuse(self.view(state, Some(local)))
    }

    /// The pattern of a state with this enactor only, or with none.
    fn view(
        &self,
        state: &SystemState<E::Local>,
        local: Option<E::Local>,
    ) -> Result<Pattern<E::Local>, Dependence> {
        let mut seen = *state;
        seen.locals = Default::default();
        seen.locals[0] = local.unwrap_or_default();
        seen.enactors = local.is_some().into();
        self.one.pattern(&seen, PlanBits::EMPTY)
    }

    /// Makes a property of states one of views.
    ///
    /// It holds for every number of enactors if it holds in all views, because it may read everything but
    /// the local states of enactors. For those there is [`of_each`](Self::of_each).
    ///
    /// # Panics
    ///
    /// The closure panics as that of [`EveryGeneration::property`]; and if the property looks at
    /// [`enactors`](SystemState::enactors).
    pub fn property<P>(&self, property: P) -> impl Fn(&Pattern<E::Local>) -> bool
    where
        P: Fn(&SystemState<E::Local>) -> bool,
    {
        self.one.property(property)
    }

    /// Makes a property that every enactor is to have in every state one of views.
    ///
    /// # Panics
    ///
    /// As for [`property`](Self::property).
    pub fn of_each<P>(&self, property: P) -> impl Fn(&Pattern<E::Local>) -> bool
    where
        P: Fn(&SystemState<E::Local>, &E::Local) -> bool,
    {
        (self.one).property(move |state| property(state, &state.locals[0]))
    }

    /// Makes a property of steps of the system one of steps of views.
    ///
    /// # Panics
    ///
    /// The closure panics as that of [`EveryGeneration::step_property`]; if the property looks at
    /// [`enactors`](SystemState::enactors); and if it depends on which of the enactors takes a step.
    #[expect(clippy::type_complexity, reason = "the closure that a checker takes")]
    pub fn step_property<P>(
        &self,
        property: P,
    ) -> impl Fn(&Pattern<E::Local>, &PatternStep<E::Local>, &Pattern<E::Local>) -> bool
    where
        P: Fn(&SystemState<E::Local>, &SystemAction<E::Local>, &SystemState<E::Local>) -> bool,
    {
        move |_, taken, _| self.is_true_of_step(taken, &property)
    }

    /// Whether a step of a view has a property of steps of the system.
    ///
    /// # Panics
    ///
    /// As the closure of [`step_property`](Self::step_property).
    pub fn is_true_of_step<P>(&self, taken: &PatternStep<E::Local>, property: P) -> bool
    where
        P: Fn(&SystemState<E::Local>, &SystemAction<E::Local>, &SystemState<E::Local>) -> bool,
    {
        refuse(self.one.step_value(taken, |before, step, after| {
            let value = property(before, step, after);
            let by = |other| property(before, &step.renamed(|_| EnactorId(other)), after);
            let mut others = 1..EnactorId::CAPACITY as u8;
            if step.enactor().is_some() && others.any(|other| by(other) != value) {
                observe_all_enactors();
            }
            value
        }))
    }
}

/// The steps of the enactor in view, and of the environment.
impl<E: Enactor<Local: Finite>> Model for EveryNumber<E> {
    type State = Pattern<E::Local>;
    type Action = PatternStep<E::Local>;

    /// One view for each local state in which an enactor can start.
    ///
    /// # Panics
    ///
    /// If [`validate`](EveryNumber::validate) refuses the configuration, with its text.
    fn init_states(&self) -> Vec<Self::State> {
        if let Err(error) = self.validate() {
            panic!("{error}");
        }
        let start = self.system().start_state();
        let enactors = 1..=EnactorId::CAPACITY;
        let locals = enactors.flat_map(|number| self.system().enactor.starts(number).concat());
        let views = locals.map(|local| refuse(self.view(&start, Some(local))));
        views.unique().collect()
    }

    /// # Panics
    ///
    /// If views cannot stand for the system's states, with the text of the [`Dependence`].
    fn actions(&self, view: &Self::State, actions: &mut Vec<Self::Action>) {
        self.one.actions(view, actions);
    }

    fn next_state(&self, view: &Self::State, taken: Self::Action) -> Option<Self::State> {
        self.one.next_state(view, taken)
    }

    fn format_action(&self, taken: &Self::Action) -> String {
        self.one.format_action(taken)
    }

    fn format_step(&self, view: &Self::State, taken: Self::Action) -> Option<String> {
        self.one.format_step(view, taken)
    }
}

impl<E: Enactor<Local: Finite>> ActionClasses for EveryNumber<E> {
    fn action_classes(&self) -> Vec<Cow<'static, str>> {
        self.one.action_classes()
    }

    fn action_class(&self, taken: &Self::Action) -> usize {
        self.one.action_class(taken)
    }
}

impl<E: Enactor<Local: Finite>> Describe for EveryNumber<E> {
    /// As the system describes itself, but the numbers of generations and of enactors are no bounds.
    fn describe(&self) -> Description {
        let mut description = self.one.describe();
        for (name, value) in &mut description.parameters {
            if name == "enactors" {
                *value = "every number".to_owned();
            }
        }
        description
    }

    fn is_at_bound(&self, bound: usize, view: &Self::State) -> bool {
        self.one.is_at_bound(bound, view)
    }
}

impl<E: Enactor<Local: Finite>> Views for EveryNumber<E> {
    type Shared = Pattern<E::Local>;
    type Effect = Effect<E::Local>;

    fn shared(&self, view: &Self::State) -> Self::Shared {
        refuse(self.view(&view.state, None))
    }

    fn effects(&self, view: &Self::State) -> Vec<Self::Effect> {
        refuse(self.effects_of(view))
    }

    fn affect(
        &self,
        view: &Self::State,
        effect: &Self::Effect,
        _: &dyn Fn(&Self::State) -> bool,
        seen: &mut Vec<(Self::Action, Self::State)>,
    ) {
        refuse(self.meet(view, effect, seen));
    }
}
