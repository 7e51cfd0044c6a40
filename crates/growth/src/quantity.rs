//! What can grow.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Measurement;

/// What can grow.
///
/// ```
/// use planwright_growth::{Measurement, Quantity};
///
/// let measured = Measurement::new(2, 90, 200, 9, 0.5, None);
/// assert_eq!(Quantity::Transitions.of(&measured), Some(200.0));
/// assert_eq!(Quantity::Bytes.of(&measured), None);
/// assert_eq!(Quantity::Bytes.to_string(), "peak memory");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Quantity {
    /// Distinct states.
    States,
    /// Steps taken.
    Transitions,
    /// Wall-clock time.
    Seconds,
    /// The largest resident memory.
    Bytes,
}

impl Quantity {
    /// How much of it a measurement has; `None` if that was not measured.
    ///
    /// ```
    /// use planwright_growth::{Measurement, Quantity};
    ///
    /// let measured = Measurement::new(2, 90, 200, 9, 0.5, None);
    /// assert_eq!(Quantity::Seconds.of(&measured), Some(0.5));
    /// ```
    pub fn of(self, measured: &Measurement) -> Option<f64> {
        match self {
            Self::States => Some(measured.states as f64),
            Self::Transitions => Some(measured.transitions as f64),
            Self::Seconds => Some(measured.seconds),
            Self::Bytes => measured.peak_bytes.map(|bytes| bytes as f64),
        }
    }

    /// The unit, for the label of an axis.
    #[cfg(feature = "plots")]
    pub(crate) fn unit(self) -> &'static str {
        match self {
            Self::States => "states",
            Self::Transitions => "transitions",
            Self::Seconds => "seconds",
            Self::Bytes => "bytes",
        }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::States => "states",
            Self::Transitions => "transitions",
            Self::Seconds => "time",
            Self::Bytes => "peak memory",
        })
    }
}
