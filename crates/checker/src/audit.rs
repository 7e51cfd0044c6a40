//! How much is checked of what every verdict rests on.

use crate::{Checkable, Checker};

/// How much of it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// A fixed sample: of the initial states and one in 128 of the first thousand, then about one in 1,024.
    Sample,
    /// The same, with more of the first thousand. Of encoding and symmetry, the sample.
    Denser,
    /// All of it.
    All,
}

/// How much is checked of what every verdict rests on; for [`Checker::audit`].
///
/// A fault of the model that shows in few states is found by no sample, so let all be checked once before a
/// verdict is believed, and again when the model has changed.
/// [`Statistics::checked`](crate::Statistics::checked) says how much was.
///
/// ```
/// use planwright_checker::{Audit, Checker, Model};
///
/// struct Counter;
///
/// impl Model for Counter {
///     type State = u16;
///     type Action = ();
///     fn init_states(&self) -> Vec<u16> {
///         vec![0]
///     }
///     fn actions(&self, _: &u16, actions: &mut Vec<()>) {
///         actions.push(());
///     }
///     fn next_state(&self, state: &u16, (): ()) -> Option<u16> {
///         (*state < 5_000).then_some(state + 1)
///     }
/// }
///
/// let check = || Checker::new(&Counter).always("small", |state| *state <= 5_000);
/// assert!(!check().run().statistics().checked.is_all());
/// let checked = check().audit(Audit::ALL).run().statistics().checked;
/// assert_eq!(checked.to_string(), "determinism in all 5,001 expanded states");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Audit {
    /// In which of the expanded states the model is asked twice what can happen, and what comes of it, and
    /// which states are compared with others of the same hash: does it answer the same, and does `Hash` write
    /// all that `Eq` compares?
    ///
    /// For all of them all states are kept, and it takes about three times as long; under
    /// [`Checker::symmetry`] longer, for its conditions are evaluated as well. A search that is resumed asks
    /// about the states that it expands. Of a sample, that `Hash` writes nothing that `Eq` ignores is looked
    /// at among the first sampled states, and between a sampled one and its successors.
    pub determinism: Extent,
    /// Which codes of an exact exploration are read back, so that no two states can share one unnoticed. To do
    /// so for all takes the decoding of every successor.
    pub encoding: Extent,
    /// In which states the conditions of [`Checker::symmetry`] are evaluated, on every renaming; in time
    /// proportional to the number of permutations.
    pub symmetry: Extent,
}

impl Audit {
    /// Samples.
    pub const SAMPLE: Self = Self::of(Extent::Sample);
    /// All.
    pub const ALL: Self = Self::of(Extent::All);

    const fn of(extent: Extent) -> Self {
        Self {
            determinism: extent,
            encoding: extent,
            symmetry: extent,
        }
    }
}

/// [`SAMPLE`](Audit::SAMPLE); in builds with debug assertions, a denser one for determinism, and all for
/// encoding and symmetry.
impl Default for Audit {
    fn default() -> Self {
        match cfg!(debug_assertions) {
            true => Self {
                determinism: Extent::Denser,
                ..Self::ALL
            },
            false => Self::SAMPLE,
        }
    }
}

impl<M: Checkable> Checker<'_, M> {
    /// How much is checked of what every verdict rests on: [`Audit::default`], unless told.
    ///
    /// ```
    /// use std::sync::atomic::{AtomicU32, Ordering};
    ///
    /// use planwright_checker::{Audit, Checker, Completion, Fault, Model};
    ///
    /// /// Counts to a hundred; at 70 it answers differently each time.
    /// #[derive(Default)]
    /// struct Fickle(AtomicU32);
    ///
    /// impl Model for Fickle {
    ///     type State = u32;
    ///     type Action = u32;
    ///
    ///     fn init_states(&self) -> Vec<u32> {
    ///         vec![0]
    ///     }
    ///
    ///     fn actions(&self, state: &u32, actions: &mut Vec<u32>) {
    ///         let fickle = match state {
    ///             70 => self.0.fetch_add(1, Ordering::Relaxed),
    ///             _ => 0,
    ///         };
    ///         actions.push(1 + fickle);
    ///     }
    ///
    ///     fn next_state(&self, state: &u32, by: u32) -> Option<u32> {
    ///         (state + by <= 100).then_some(state + by)
    ///     }
    /// }
    ///
    /// let model = Fickle::default();
    /// let checker = Checker::new(&model).always("at most 100", |n| *n <= 100);
    /// let report = checker.audit(Audit::ALL).run();
    /// let Completion::Faulted(Fault::NotDeterministic { path, .. }) = report.completion() else {
    ///     panic!("it is found");
    /// };
    /// let path = path.as_deref().expect("a schedule leads there");
    /// assert_eq!(path.split('/').count(), 71, "an initial state and seventy actions");
    /// ```
    pub fn audit(mut self, audit: Audit) -> Self {
        self.options.audit = audit;
        self
    }
}
