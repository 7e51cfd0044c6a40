#![doc = include_str!("README.md")]

mod closure;
mod report;

use std::fmt;

use planwright_model::Views;

use crate::properties::PropertiesOf;

pub(crate) use closure::is_decided;
pub use report::{Derivation, DerivedStep, ViewReport, ViewVerdict};

/// Explores the views of a model: what holds in all of them holds for every number of processes.
///
/// Invariants and properties of steps are decided; no other kind survives the abstraction.
///
/// ```
/// use planwright_checker::{Properties, ViewSearch, ViewVerdict};
/// use planwright_model::{Model, SharedState, ViewsOf};
///
/// /// Processes that take a lock which names no holder, and give it back.
/// struct Lock;
///
/// impl Model for Lock {
///     /// Whether the lock is taken, and who is inside.
///     type State = (bool, Vec<bool>);
///     type Action = usize;
///     fn init_states(&self) -> Vec<(bool, Vec<bool>)> {
///         vec![(false, vec![false; 2])]
///     }
///     fn actions(&self, (taken, inside): &(bool, Vec<bool>), actions: &mut Vec<usize>) {
///         actions.extend((0..inside.len()).filter(|i| inside[*i] || !taken));
///     }
///     fn next_state(&self, (_, inside): &(bool, Vec<bool>), process: usize) -> Option<(bool, Vec<bool>)> {
///         let mut inside = inside.clone();
///         inside[process] = !inside[process];
///         Some((inside[process], inside))
///     }
/// }
///
/// impl SharedState for Lock {
///     type Shared = bool;
///     type Process = bool;
///     fn split(&self, (taken, inside): &(bool, Vec<bool>)) -> (bool, Vec<bool>) {
///         (*taken, inside.clone())
///     }
///     fn join(&self, taken: &bool, inside: Vec<bool>) -> (bool, Vec<bool>) {
///         (*taken, inside)
///     }
///     fn taken_by(&self, process: &usize) -> Option<usize> {
///         Some(*process)
///     }
/// }
///
/// // "Whoever is inside, the lock is taken": seen by one process, another may have given it back.
/// let inside_locked = |(taken, inside): &(bool, Vec<bool>)| *taken || !inside.contains(&true);
/// let one = ViewsOf::new(&Lock, 1);
/// let asked = Properties::new().always("locked", inside_locked);
/// let report = ViewSearch::new(&one, &asked).run();
/// assert!(matches!(report.verdict("locked"), Some(ViewVerdict::Reached(_))));
///
/// // Views of two processes show that there is no other.
/// let two = ViewsOf::new(&Lock, 2);
/// let report = ViewSearch::new(&two, &asked).run();
/// assert!(matches!(report.verdict("locked"), Some(ViewVerdict::Holds)));
/// ```
#[must_use = "a search is run: .run()"]
pub struct ViewSearch<'m, V: Views> {
    model: &'m V,
    asked: PropertiesOf<'m, V>,
    most: usize,
    stop: Box<dyn Fn() -> bool + 'm>,
}

impl<'m, V: Views> ViewSearch<'m, V> {
    /// A search through all views of a model.
    ///
    /// Invariants are asked of all views, and properties of steps of all steps of the processes in view and
    /// of the environment: a step of every process is in view somewhere. Properties of other kinds stay
    /// undecided.
    pub fn new(model: &'m V, asked: &PropertiesOf<'m, V>) -> Self {
        Self {
            model,
            asked: asked.clone(),
            most: usize::MAX,
            stop: Box::new(|| false),
        }
    }

    /// Stops, undecided, at more than this number of views.
    pub fn max_views(mut self, most: usize) -> Self {
        self.most = most;
        self
    }

    /// Stops, undecided, once this is true. It is asked before each view is expanded.
    pub fn stop_when(mut self, stop: impl Fn() -> bool + 'm) -> Self {
        self.stop = Box::new(stop);
        self
    }

    /// Explores until no view is new, or every property is decided.
    ///
    /// Takes time in the number of pairs of views with the same shared part, and memory for two copies of
    /// every view.
    pub fn run(self) -> ViewReport<V> {
        closure::run(self)
    }
}

impl<V: Views> fmt::Debug for ViewSearch<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.asked, f)
    }
}
