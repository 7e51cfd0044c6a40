//! What one instance took.

use serde::{Deserialize, Serialize};

/// What one instance took.
///
/// ```
/// use planwright_growth::Measurement;
///
/// let mut measured = Measurement::new(3, 5_012, 14_300, 21, 0.01, None);
/// measured.peak_bytes = Some(9 << 20);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Measurement {
    /// The value of the parameter.
    pub value: u32,
    /// Distinct states.
    pub states: u64,
    /// Steps taken.
    pub transitions: u64,
    /// The length of the longest of the shortest schedules.
    pub depth: u32,
    /// Wall-clock time.
    pub seconds: f64,
    /// The largest resident memory, in bytes; `None` where it is not known.
    pub peak_bytes: Option<u64>,
}

impl Measurement {
    /// A measurement. [`Series::new`](crate::Series::new) checks it.
    ///
    /// ```
    /// use planwright_growth::Measurement;
    ///
    /// let measured = Measurement::new(3, 5_012, 14_300, 21, 0.01, Some(9 << 20));
    /// assert_eq!(measured.states, 5_012);
    /// ```
    pub fn new(
        value: u32,
        states: u64,
        transitions: u64,
        depth: u32,
        seconds: f64,
        peak_bytes: Option<u64>,
    ) -> Self {
        Self {
            value,
            states,
            transitions,
            depth,
            seconds,
            peak_bytes,
        }
    }
}
