//! The builder: what to check, and how.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use planwright_model::{ActionClasses, Altered, Describe, Description, Model, Symmetric};

use crate::checkpoint::Saving;
use crate::keys::Fingerprints;
use crate::options::{Options, Tuning, asked_threads};
use crate::printed::SharedTeller;
use crate::properties::PropertiesOf;
use crate::property::{Classify, Condition, Property, PropertyOf, Role, of_model};
use crate::report::ReadBack;
use crate::run::Engine;
use crate::symmetry::{Group, Quotient};
use crate::{Checkable, Listener, Properties, PropertyKind, Storage};

/// Makes the quotient by the model's permutations.
type FormQuotient<'m, M> = for<'a> fn(&'a Altered<'m, M>) -> Box<dyn Quotient<Altered<'m, M>> + 'a>;

/// Explores every reachable state of a model and checks properties in all of them.
///
/// Breadth first on all processors. Verdicts, counts and counterexamples do not depend on the
/// number of threads, and counterexamples are shortest. The model's own Stateright properties are
/// checked as well, unless [`without_model_properties`](Self::without_model_properties) leaves
/// them out.
///
/// ```
/// use planwright_checker::{Checker, Model};
///
/// /// Two counters that go up to 3.
/// struct Counters;
///
/// impl Model for Counters {
///     type State = [u8; 2];
///     type Action = usize;
///     fn init_states(&self) -> Vec<[u8; 2]> {
///         vec![[0, 0]]
///     }
///     fn actions(&self, state: &[u8; 2], actions: &mut Vec<usize>) {
///         actions.extend((0..2).filter(|i| state[*i] < 3));
///     }
///     fn next_state(&self, state: &[u8; 2], counter: usize) -> Option<[u8; 2]> {
///         let mut next = *state;
///         next[counter] += 1;
///         Some(next)
///     }
/// }
///
/// let report = Checker::new(&Counters)
///     .always("the sum is at most 6", |s| s[0] + s[1] <= 6)
///     .always_step("nothing goes down", |s, _, t| s[0] <= t[0] && s[1] <= t[1])
///     .run();
/// report.assert_holds();
/// assert_eq!(report.statistics().states, 16);
/// ```
#[must_use = "a checker checks nothing until `.run()` is called"]
pub struct Checker<'m, M: Model> {
    pub(crate) model: Altered<'m, M>,
    pub(crate) asked: PropertiesOf<'m, M>,
    /// Whether what only the graph of all states can show is left out.
    pub(crate) local_only: bool,
    pub(crate) classes: Vec<String>,
    pub(crate) classify: Option<Box<Classify<'m, M>>>,
    pub(crate) options: Options<'m>,
    pub(crate) listener: Option<Box<dyn Listener + 'm>>,
    pub(crate) description: Description,
    pub(crate) bounds: Vec<Arc<PropertyOf<'m, M>>>,
    pub(crate) symmetry: Option<FormQuotient<'m, M>>,
    pub(crate) engine: Engine<'m, Altered<'m, M>>,
    pub(crate) storage: Storage,
    /// What a state's code gives back, in exact explorations.
    pub(crate) read_back: Option<ReadBack<M>>,
    /// Where checkpoints go, if there are any.
    pub(crate) saving: Option<Saving<'m, Altered<'m, M>>>,
    /// Words for schedules, if not tables of states.
    pub(crate) teller: Option<Box<SharedTeller<'m, M>>>,
}

impl<'m, M: Checkable> Checker<'m, M> {
    /// A checker of the model's own properties.
    ///
    /// # Panics
    ///
    /// If `Model::properties` does.
    pub fn new(model: &'m M) -> Self {
        let own = model.properties().into_iter();
        Self {
            model: Altered::of(model),
            asked: Properties {
                list: own.map(|p| Arc::new(of_model(model, &p))).collect(),
                fairness: Vec::new(),
            },
            classes: Vec::new(),
            classify: None,
            options: Options::default(),
            listener: None,
            description: Description::default(),
            bounds: Vec::new(),
            symmetry: None,
            engine: Engine::of::<Fingerprints>(),
            storage: Storage::Fingerprints,
            saving: None,
            local_only: false,
            read_back: None,
            teller: None,
        }
    }

    /// A checker of the same model that asks this, with the same storage, threads and limits of time and memory.
    pub(crate) fn asking(&self, asked: PropertiesOf<'m, M>) -> Self {
        let mut checker = Self::new(self.model());
        checker.model = self.model.clone();
        checker.asked = asked;
        checker.options = Options {
            max_states: None,
            max_depth: None,
            ..self.options.clone()
        };
        checker.engine = self.engine;
        checker.storage = self.storage;
        checker.read_back = self.read_back;
        checker
    }

    /// Starts in these states instead of the model's initial ones: what can still happen from here? They need
    /// not be reachable. The model's own properties were declared for its own initial states: see
    /// [`without_model_properties`](Self::without_model_properties).
    ///
    /// ```
    /// # use planwright_checker::{Checker, Model};
    /// # struct Countdown;
    /// # impl Model for Countdown {
    /// #     type State = u8;
    /// #     type Action = u8;
    /// #     fn init_states(&self) -> Vec<u8> { vec![9] }
    /// #     fn actions(&self, _: &u8, actions: &mut Vec<u8>) { actions.extend([1, 2]); }
    /// #     fn next_state(&self, left: &u8, by: u8) -> Option<u8> { left.checked_sub(by) }
    /// # }
    /// let report = Checker::new(&Countdown).starting_at(vec![3]).always("not 0", |left| *left > 0).run();
    /// assert_eq!(report.assert_violated("not 0").states(), [3, 2, 0]);
    /// ```
    pub fn starting_at(mut self, states: Vec<M::State>) -> Self
    where
        M::State: 'm,
    {
        self.model = self.model.starting_at(states);
        self
    }

    /// The actions in a state are those that `list` adds to the vector: some of the model's own, or others.
    /// It must be a pure function of its first two arguments, as [`Model::actions`] is.
    ///
    /// The ordinals in replay lines are then those of this list.
    pub fn listing(
        mut self,
        list: impl Fn(&M, &M::State, &mut Vec<M::Action>) + Send + Sync + 'm,
    ) -> Self {
        self.model = self.model.listing(list);
        self
    }

    /// Leaves out the actions of this class, an index into the model's
    /// [`action_classes`](ActionClasses::action_classes).
    pub fn without_class(self, class: usize) -> Self
    where
        M: ActionClasses,
    {
        self.listing(move |model, state, actions| {
            model.actions(state, actions);
            actions.retain(|action| model.action_class(action) != class);
        })
    }

    /// Leaves out the properties that the model declares itself.
    pub fn without_model_properties(mut self) -> Self {
        self.asked
            .list
            .retain(|property| property.role != Role::Own);
        self
    }

    /// Leaves out what only the graph of all states can show: recoverability and properties of runs, the
    /// model's own included. What is left, what single states and steps show, takes a third of the memory.
    pub fn without_temporal_properties(mut self) -> Self {
        self.local_only = true;
        self
    }

    /// Lets the model describe itself in the [`Claim`](crate::Claim)s of the report, and finds out which
    /// of its bounds were reached.
    pub fn describe(mut self) -> Self
    where
        M: Describe,
    {
        let model = self.model();
        let Description {
            name,
            parameters,
            bounds,
            assumptions,
        } = model.describe();
        if self.description.name.is_empty() {
            self.description.name = name;
        }
        // Before what `configuration` adds.
        self.description.parameters.splice(0..0, parameters);
        let reached = bounds.iter().enumerate().map(|(number, (name, _))| {
            Arc::new(Property {
                name: format!("bound: {name}"),
                kind: PropertyKind::Sometimes,
                condition: Condition::States(vec![Box::new(move |state| {
                    model.is_at_bound(number, state)
                })]),
                role: Role::Bound,
            })
        });
        self.bounds = reached.collect();
        self.description.bounds = bounds;
        self.description.assumptions = assumptions;
        self
    }

    /// Adds to the description: what the model is called, if that is not empty, and parameters.
    pub fn configuration(
        mut self,
        name: impl Into<String>,
        parameters: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let name = name.into();
        if !name.is_empty() {
            self.description.name = name;
        }
        self.description.parameters.extend(parameters);
        self
    }

    /// Counts how often the actions of each of the model's classes fire, so that the report names
    /// those that never do.
    pub fn action_classes(self) -> Self
    where
        M: ActionClasses,
    {
        let model = self.model();
        let names = model.action_classes().into_iter().map(String::from);
        self.count_actions(names, move |action| model.action_class(action))
    }

    /// Counts how often the actions of each named class fire; `class` gives an action's class as
    /// an index into `names`. For models that do not implement [`ActionClasses`].
    pub fn count_actions(
        mut self,
        names: impl IntoIterator<Item = impl Into<String>>,
        class: impl Fn(&M::Action) -> usize + Send + Sync + 'm,
    ) -> Self {
        self.classes = names.into_iter().map(Into::into).collect();
        self.classify = Some(Box::new(class));
        self
    }

    /// Explores one state of each orbit: states that differ only by a renaming of interchangeable
    /// parts count as one. Schedules are shown in the model's own terms all the same.
    ///
    /// Sound only if nothing tells the parts apart: initial states, steps, boundary, properties.
    /// All of it is evaluated on every renaming of a state, for all states in builds with debug
    /// assertions and for a sample of about one in 1,024 otherwise ([`Audit::symmetry`](crate::Audit::symmetry)); what is not symmetric ends the exploration as a
    /// [`Fault`](crate::Fault::NotSymmetric) that names it.
    pub fn symmetry(mut self) -> Self
    where
        M: Symmetric,
    {
        self.symmetry = Some(|model| Box::new(Group::of(model)));
        self
    }

    /// How many threads explore; by default as many as the machine has processors.
    ///
    /// # Panics
    ///
    /// If it is 0, or more than [`MAX_THREADS`](crate::MAX_THREADS).
    #[track_caller]
    pub fn threads(mut self, threads: usize) -> Self {
        self.options.threads = asked_threads(threads);
        self
    }

    /// Stops once this many states have been found. Looked at after every few thousand expanded
    /// states, at the same places for any number of threads; somewhat more states may be found.
    pub fn max_states(mut self, states: u64) -> Self {
        self.options.max_states = Some(states);
        self
    }

    /// Checks schedules of at most this many steps: states at this depth are found and checked,
    /// and not expanded.
    pub fn max_depth(mut self, steps: u32) -> Self {
        self.options.max_depth = Some(steps);
        self
    }

    /// Stops after this time; the report covers the levels that were complete by then.
    pub fn time_limit(mut self, time: Duration) -> Self {
        self.options.time_limit = Some(time);
        self
    }

    /// Stops when the process has this many bytes of resident memory, where the operating system
    /// tells (Linux); the default is four fifths of what the machine, or its control group, has.
    pub fn memory_limit(mut self, bytes: u64) -> Self {
        self.options.memory_limit = Some(bytes);
        self
    }

    /// Seeds the fingerprints. Two different states that share a fingerprint under one seed, and so
    /// are taken for one, do not under another: equal counts under two seeds are evidence that no
    /// state was missed.
    pub fn seed(mut self, seed: u64) -> Self {
        self.options.seed = seed;
        self
    }

    /// Goes on when every property is settled, so that counts cover all reachable states. By
    /// default the search stops at the end of the level that settled the last property.
    pub fn exhaustive(mut self) -> Self {
        self.options.exhaustive = true;
        self
    }

    /// Stops soon after `flag` becomes true, for example by Ctrl-C; the report covers the levels
    /// that were complete by then.
    pub fn interrupt(mut self, flag: &'m AtomicBool) -> Self {
        self.options.interrupt = Some(flag);
        self
    }

    /// Tells `listener` how far the exploration is, several times a second.
    pub fn listener(mut self, listener: impl Listener + 'm) -> Self {
        self.listener = Some(Box::new(listener));
        self
    }

    /// Sizes of the units of work; for tests that drive small models through every path of the
    /// engine. Results do not depend on it.
    #[doc(hidden)]
    pub fn tuning(mut self, block: usize, chunk: usize, together: usize) -> Self {
        self.options.tuning = Tuning {
            block: block.max(1),
            chunk: Some(chunk.max(1)),
            together,
            sharing_threshold: false,
            buckets: 1,
        };
        self
    }
}

impl<M: Model> fmt::Debug for Checker<'_, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checker")
            .field("asked", &self.asked)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
