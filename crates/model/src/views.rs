//! Any number of interchangeable processes around a shared part, as few of them see it.

use std::fmt::Debug;
use std::hash::Hash;
use std::panic::resume_unwind;

use stateright::Model;

/// A model of a few out of any number of interchangeable processes around a shared part.
///
/// A state is a *view*: the shared part with those few processes. The steps of the model are those of the
/// processes in view and of their environment; [`affect`](Self::affect) adds those of a process
/// out of view. The least set of views that contains the initial ones and is closed under both
/// contains every view of every reachable state, for every number of processes (thread-modular checking:
/// Flanagan and Qadeer, 2003; view abstraction: Abdulla, Haziza and Holík, 2013).
pub trait Views: Model<State: Clone + Eq + Hash, Action: Clone> {
    /// What a view shares with the views of other processes.
    type Shared: Eq + Hash;

    /// A step of a process in view, as processes of other views see it.
    type Effect: Eq + Hash;

    /// The shared part of a view.
    fn shared(&self, view: &Self::State) -> Self::Shared;

    /// The steps of the processes in view that can change what other views with the same shared part show.
    fn effects(&self, view: &Self::State) -> Vec<Self::Effect>;

    /// Adds what `view` becomes by a step of a process of another view with the same shared part, in every
    /// state that has both views. Of states with processes of both, those do not occur that have a view
    /// which `is_known` does not know.
    fn affect(
        &self,
        view: &Self::State,
        effect: &Self::Effect,
        is_known: &dyn Fn(&Self::State) -> bool,
        seen: &mut Vec<(Self::Action, Self::State)>,
    );
}

/// A model whose states are a shared part and any number of interchangeable processes.
///
/// A step must be one of a process, and depend on the shared part and that process alone, or one of the
/// environment, and depend on the shared part alone. [`ViewsOf`] compares the steps of a process alone
/// with those it has beside others, and refuses a model in which they differ.
///
/// ```
/// use planwright_model::{Model, SharedState};
///
/// /// Processes that take a lock and give it back.
/// struct Lock;
///
/// #[derive(Clone, Debug, PartialEq, Eq, Hash)]
/// struct State {
///     taken: bool,
///     inside: Vec<bool>,
/// }
///
/// impl Model for Lock {
///     type State = State;
///     type Action = usize;
///     fn init_states(&self) -> Vec<State> {
///         vec![State { taken: false, inside: vec![false; 3] }]
///     }
///     fn actions(&self, state: &State, actions: &mut Vec<usize>) {
///         actions.extend((0..state.inside.len()).filter(|i| state.inside[*i] || !state.taken));
///     }
///     fn next_state(&self, state: &State, process: usize) -> Option<State> {
///         let mut next = state.clone();
///         next.inside[process] = !next.inside[process];
///         next.taken = next.inside[process];
///         Some(next)
///     }
/// }
///
/// impl SharedState for Lock {
///     type Shared = bool;
///     type Process = bool;
///     fn split(&self, state: &State) -> (bool, Vec<bool>) {
///         (state.taken, state.inside.clone())
///     }
///     fn join(&self, taken: &bool, inside: Vec<bool>) -> State {
///         State { taken: *taken, inside }
///     }
///     fn taken_by(&self, process: &usize) -> Option<usize> {
///         Some(*process)
///     }
/// }
/// ```
pub trait SharedState: Model<State: Clone + Eq + Hash + Debug, Action: Clone> {
    /// All of a state but the processes.
    type Shared: Clone + Eq + Hash + Debug;

    /// The local state of one process.
    type Process: Clone + Eq + Ord + Hash + Debug;

    /// A state's shared part and processes.
    fn split(&self, state: &Self::State) -> (Self::Shared, Vec<Self::Process>);

    /// The state of a shared part and processes.
    fn join(&self, shared: &Self::Shared, processes: Vec<Self::Process>) -> Self::State;

    /// The place of the process that takes a step; `None` for the environment.
    fn taken_by(&self, action: &Self::Action) -> Option<usize>;
}

/// The [`Views`] of as many processes at once of a model with a [`SharedState`].
///
/// Views of one process are the fewest. Views of two decide more: who holds a lock that does not name its
/// holder is seen only beside the process that believes it does.
#[derive(Clone, Debug)]
pub struct ViewsOf<'m, M> {
    model: &'m M,
    processes: usize,
}

impl<'m, M: SharedState> ViewsOf<'m, M> {
    /// Views of this number of processes.
    ///
    /// # Panics
    ///
    /// If it is 0.
    pub fn new(model: &'m M, processes: usize) -> Self {
        assert!(processes > 0, "a view shows at least one process");
        Self { model, processes }
    }

    /// The view of these processes, which have no order.
    fn view(&self, shared: &M::Shared, mut processes: Vec<M::Process>) -> M::State {
        processes.sort_unstable();
        self.model.join(shared, processes)
    }

    /// The steps in a state.
    fn steps(&self, state: &M::State) -> Vec<Step<M>> {
        let mut actions = Vec::new();
        self.model.actions(state, &mut actions);
        let step = |action: M::Action| {
            let after = self.model.next_state(state, action.clone())?;
            let (shared, processes) = self.model.split(&after);
            let by = self.model.taken_by(&action);
            Some(Step {
                action,
                by,
                shared,
                processes,
            })
        };
        actions.into_iter().filter_map(step).collect()
    }
}

impl<M: SharedState> Model for ViewsOf<'_, M> {
    type State = M::State;
    type Action = M::Action;

    /// Every choice of processes with which the model can start.
    fn init_states(&self) -> Vec<M::State> {
        let mut views = Vec::new();
        for state in self.model.init_states() {
            let (shared, mut processes) = self.model.split(&state);
            processes.sort_unstable();
            processes.dedup();
            // Any number of processes may start as each of them does.
            for chosen in multisets(&processes, self.processes) {
                views.push(self.view(&shared, chosen));
            }
        }
        views
    }

    fn actions(&self, view: &M::State, actions: &mut Vec<M::Action>) {
        self.model.actions(view, actions);
    }

    fn next_state(&self, view: &M::State, action: M::Action) -> Option<M::State> {
        let after = self.model.next_state(view, action)?;
        let (shared, processes) = self.model.split(&after);
        Some(self.view(&shared, processes))
    }
}

impl<M: SharedState> Views for ViewsOf<'_, M> {
    type Shared = M::Shared;
    type Effect = Vec<M::Process>;

    fn shared(&self, view: &M::State) -> M::Shared {
        self.model.split(view).0
    }

    /// All processes: those that change nothing shared, too, are compared with how they act alone.
    fn effects(&self, view: &M::State) -> Vec<Vec<M::Process>> {
        let (_, mut processes) = self.model.split(view);
        processes.dedup();
        vec![processes]
    }

    /// # Panics
    ///
    /// If a process has other steps beside others than alone, or the environment beside one more process.
    fn affect(
        &self,
        view: &M::State,
        others: &Vec<M::Process>,
        is_known: &dyn Fn(&M::State) -> bool,
        seen: &mut Vec<(M::Action, M::State)>,
    ) {
        let (shared, processes) = self.model.split(view);
        for another in others {
            let with = |mut processes: Vec<M::Process>| {
                processes.push(another.clone());
                processes
            };
            let occurs = (0..processes.len()).all(|left_out| {
                let mut others = processes.clone();
                others.remove(left_out);
                is_known(&self.view(&shared, with(others)))
            });
            if occurs {
                let beside = self.steps(&self.model.join(&shared, with(processes.clone())));
                self.compare(&shared, &processes, another, &beside);
                let steps = beside
                    .into_iter()
                    .filter(|step| step.by == Some(processes.len()));
                let changes = steps.filter(|step| step.shared != shared);
                seen.extend(
                    changes.map(|step| (step.action, self.view(&step.shared, processes.clone()))),
                );
            }
        }
    }
}

impl<M: SharedState> ViewsOf<'_, M> {
    /// Compares the steps of `another` beside `processes` with those it has alone, and the environment's with
    /// those it has without `another`.
    fn compare(
        &self,
        shared: &M::Shared,
        processes: &[M::Process],
        another: &M::Process,
        beside: &[Step<M>],
    ) {
        let place = processes.len();
        let alone = self.steps(&self.model.join(shared, vec![another.clone()]));
        let without = self.steps(&self.model.join(shared, processes.to_vec()));
        let own = |steps: &[Step<M>], place: usize| -> Vec<_> {
            let own = steps.iter().filter(|step| step.by == Some(place));
            own.map(|step| (step.shared.clone(), step.processes[place].clone()))
                .collect()
        };
        let is_by_another = |step: &&Step<M>| step.by == Some(place);
        let mut steps = beside.iter().filter(is_by_another);
        let leaves_others = steps.all(|step| step.processes[..place] == *processes);
        if !leaves_others || !are_equal(&own(beside, place), &own(&alone, 0)) {
            refuse(format!(
                "a process in {another:?} has other steps beside processes in {processes:?} than alone, or \
                 changes them, where the shared part is {shared:?}: views do not show that"
            ));
        }
        let environment = |steps: &[Step<M>]| -> Vec<_> {
            let steps = steps.iter().filter(|step| step.by.is_none());
            steps
                .map(|step| (step.shared.clone(), step.processes[..place].to_vec()))
                .collect()
        };
        let keeps_another = |step: &Step<M>| step.by.is_some() || step.processes[place] == *another;
        let same = are_equal(&environment(beside), &environment(&without));
        if !beside.iter().all(keeps_another) || !same {
            refuse(format!(
                "the environment has other steps with a process in {another:?} than without it, or changes \
                 it, where the shared part is {shared:?}: views do not show that"
            ));
        }
    }
}

/// Ends the exploration with the reason. The message of a panic would be printed although a checker reports
/// the reason, so none is.
fn refuse(reason: String) -> ! {
    resume_unwind(Box::new(reason))
}

/// A step, and the parts of the state after it.
struct Step<M: SharedState> {
    action: M::Action,
    by: Option<usize>,
    shared: M::Shared,
    processes: Vec<M::Process>,
}

/// Whether each has the members of the other.
fn are_equal<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    one.iter().all(|x| other.contains(x)) && other.iter().all(|x| one.contains(x))
}

/// Every choice of `number` members, each as often as one likes.
fn multisets<T: Clone>(of: &[T], number: usize) -> Vec<Vec<T>> {
    let Some(fewer) = number.checked_sub(1) else {
        return vec![Vec::new()];
    };
    let mut all = Vec::new();
    for (place, member) in of.iter().enumerate() {
        for mut rest in multisets(&of[place..], fewer) {
            rest.push(member.clone());
            all.push(rest);
        }
    }
    all
}
