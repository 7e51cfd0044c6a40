//! What may go wrong, and how often.

/// How many times each kind of fault or operator action may happen in one run.
///
/// Each is explored at every moment at which it can happen, as long as the budget lasts. The
/// default is none of them. [`ANY_NUMBER`](Self::ANY_NUMBER) of a fault is a budget that nothing spends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct FaultBudget {
    /// An enactor crashes and restarts, and its local state is lost. The store keeps everything.
    pub crashes: u8,
    /// A transaction commits, but the enactor does not learn of it and stays where it was: it
    /// retries. Where it would stay anyway, nothing is lost.
    pub lost_acknowledgements: u8,
    /// An operator points every endpoint back at an older plan that exists, in one transaction
    /// that bypasses the enactors' preconditions and the store's monotonic rule (but not its
    /// referential integrity).
    pub rollbacks: u8,
    /// An operator disables the automation everywhere, planner and enactors, and some time later
    /// enables it again; the enactors then go on where they were, with the plans they held.
    /// Operators can still roll back meanwhile.
    pub kill_switches: u8,
}

impl FaultBudget {
    /// No fault at all.
    pub const NONE: Self = Self {
        crashes: 0,
        lost_acknowledgements: 0,
        rollbacks: 0,
        kill_switches: 0,
    };

    /// A fault that may happen any number of times.
    pub const ANY_NUMBER: u8 = u8::MAX;

    /// Every kind of fault, any number of times.
    ///
    /// ```
    /// use planwright_core::FaultBudget;
    ///
    /// let no_operator = FaultBudget {
    ///     rollbacks: 0,
    ///     kill_switches: 0,
    ///     ..FaultBudget::any_number()
    /// };
    /// assert_eq!(no_operator.crashes, FaultBudget::ANY_NUMBER);
    /// ```
    pub const fn any_number() -> Self {
        Self {
            crashes: Self::ANY_NUMBER,
            lost_acknowledgements: Self::ANY_NUMBER,
            rollbacks: Self::ANY_NUMBER,
            kill_switches: Self::ANY_NUMBER,
        }
    }

    /// The budget as one word, for hashing.
    #[inline]
    pub(crate) fn word(self) -> u64 {
        u64::from_le_bytes([
            self.crashes,
            self.lost_acknowledgements,
            self.rollbacks,
            self.kill_switches,
            0,
            0,
            0,
            0,
        ])
    }
}
