//! What was found out about one property.

use crate::{Lasso, PropertyKind, Rest, Trap, Verdict};

/// What was found out about one property.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding<S, A> {
    /// The property's name.
    pub name: String,
    /// What the property claims.
    pub kind: PropertyKind,
    /// The answer.
    pub verdict: Verdict<S, A>,
    /// How often the property had something to say: for an implication, in how many states its
    /// left side was true, as for `leads to`; for a property of steps, how many steps were examined. `None` for the
    /// other kinds. Once the property is violated, the count stands still.
    pub triggered: Option<u64>,
    /// Where runs may stop, if the property is about runs.
    pub may_rest: Option<Rest>,
    /// How the counterexample goes on for ever, if it does.
    pub lasso: Option<Lasso>,
    /// Where the counterexample leads, if that is a trap.
    pub trap: Option<Trap<A>>,
}

impl<S, A> Finding<S, A> {
    /// Whether the property holds only because it was never put to the test: no state made the
    /// left side of the implication true, or there was no step.
    pub fn is_vacuous(&self) -> bool {
        self.holds() && self.triggered == Some(0)
    }

    /// Whether the verdict is [`Verdict::Holds`].
    pub fn holds(&self) -> bool {
        matches!(self.verdict, Verdict::Holds { .. })
    }

    /// Whether the verdict is [`Verdict::Violated`].
    pub fn is_violated(&self) -> bool {
        matches!(self.verdict, Verdict::Violated { .. })
    }

    /// Whether the verdict is [`Verdict::Undecided`].
    pub fn is_undecided(&self) -> bool {
        matches!(self.verdict, Verdict::Undecided(_))
    }
}
