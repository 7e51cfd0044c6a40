//! How much is checked of what every verdict rests on.

use std::hash::Hash;

use planwright_model::Model;

use crate::Checker;
use crate::options::Audited;

impl<'m, M> Checker<'m, M>
where
    M: Model + Sync,
    M::State: Clone + Hash + PartialEq + Send + Sync,
    M::Action: Clone + PartialEq + Send + Sync,
{
    /// Whether all is checked that verdicts rest on, and not only a sample of it:
    /// [`check_determinism`](Self::check_determinism), [`check_encoding`](Self::check_encoding) and
    /// [`check_symmetry`](Self::check_symmetry) together. A fault of the model that shows in few states is found
    /// by no sample, so do this once before a verdict is believed, and again when the model has changed.
    /// [`Statistics::checked`](crate::Statistics::checked) says how much was.
    ///
    /// ```
    /// use planwright_checker::{Checker, Model};
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
    /// let checked = check().check_model(true).run().statistics().checked;
    /// assert_eq!(checked.to_string(), "determinism in all 5,001 expanded states");
    /// ```
    pub fn check_model(self, all: bool) -> Self {
        self.check_determinism(all)
            .check_encoding(all)
            .check_symmetry(all)
    }

    /// Whether the model is asked twice what can happen in every state that is expanded, and what comes of
    /// it, and whether all states with one hash are compared: does it answer the same, and does `Hash`
    /// write all that `Eq` compares? All states are kept for that, and it takes about three times as long;
    /// under [`symmetry`](Self::symmetry) longer, for its conditions are evaluated as well. A search that
    /// is resumed asks about the states that it expands.
    ///
    /// If `false`, the model is asked about the initial states, one in 128 of the first thousand, then one in
    /// 1,024, and the first 16, one in 64 of the first thousand and one in 1,024 are compared; unless told,
    /// builds with debug assertions do more of both at first. That `Hash` writes nothing that `Eq` ignores is
    /// looked at among the first sampled states, and between a sampled one and its successors.
    ///
    /// ```
    /// use std::sync::atomic::{AtomicU32, Ordering};
    ///
    /// use planwright_checker::{Checker, Completion, Fault, Model};
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
    /// let report = checker.check_determinism(true).run();
    /// let Completion::Faulted(Fault::NotDeterministic { path, .. }) = report.completion() else {
    ///     panic!("it is found");
    /// };
    /// let path = path.as_deref().expect("a schedule leads there");
    /// assert_eq!(path.split('/').count(), 71, "an initial state and seventy actions");
    /// ```
    pub fn check_determinism(mut self, all: bool) -> Self {
        self.options.audited = if all { Audited::All } else { Audited::Few };
        self
    }

    /// Whether every code of an exact exploration is read back, so that no two states can share one
    /// unnoticed; at the price of decoding every successor. By default in builds with debug
    /// assertions; otherwise a sample of about one in 1,024 is.
    pub fn check_encoding(mut self, all: bool) -> Self {
        self.options.check_codes = all;
        self
    }

    /// Whether the conditions of [`symmetry`](Self::symmetry) are evaluated in every state, on
    /// every renaming; in time proportional to the number of permutations. Has no effect without
    /// `symmetry()`.
    pub fn check_symmetry(mut self, all: bool) -> Self {
        self.options.check_orbits = all;
        self
    }
}
