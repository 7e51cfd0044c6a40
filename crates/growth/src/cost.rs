//! Time and memory of an instance, through its states.

use serde::{Deserialize, Serialize};

use crate::{Fit, FitError, Measurement, Prediction, Quantity, Series};

/// How many of the largest instances say what a state takes.
const LARGEST: usize = 3;

/// Below so many states, the memory of a process is not that of the states.
const STATES_FOR_BYTES: u64 = 100_000;

/// What an instance is expected to take.
///
/// ```
/// use planwright_growth::{CostPrediction, Measurement, Series, predict_cost};
///
/// let series = Series::new(
///     "faults",
///     vec![
///         Measurement::new(1, 200_000, 500_000, 20, 0.5, Some(20_000_000)),
///         Measurement::new(2, 400_000, 1_000_000, 22, 1.0, Some(40_000_000)),
///     ],
/// )?;
/// let cost: CostPrediction = predict_cost(&series, 3)?;
/// assert!((cost.seconds.value - 2.0).abs() < 1e-9);
/// assert!(cost.bytes.is_some_and(|bytes| (bytes.value - 8e7).abs() < 1.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CostPrediction {
    /// Distinct states.
    pub states: Prediction,
    /// Wall-clock time.
    pub seconds: Prediction,
    /// The largest resident memory, in bytes; `None` if no instance of at least 100,000 states
    /// has been measured, because the memory of small ones is not that of their states.
    pub bytes: Option<Prediction>,
}

/// What an instance is expected to take: its predicted states, times what a state takes.
///
/// What a state takes is the median of the three largest instances, for memory of those that have
/// at least 100,000 states. The intervals are those of the states, scaled: they do not widen with
/// the doubt about what a state takes.
///
/// ```
/// use planwright_growth::{Measurement, Series, predict_cost};
///
/// let series = Series::new(
///     "faults",
///     vec![
///         Measurement::new(1, 1_000, 2_000, 20, 0.5, Some(9_000_000)),
///         Measurement::new(2, 2_000, 4_000, 22, 1.0, Some(9_500_000)),
///     ],
/// )?;
/// let cost = predict_cost(&series, 4)?;
/// assert!((cost.states.value - 8_000.0).abs() < 1e-6);
/// assert!((cost.seconds.value - 4.0).abs() < 1e-9);
/// assert_eq!(cost.bytes, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// If the states cannot be predicted.
pub fn predict_cost(series: &Series, x: u32) -> Result<CostPrediction, FitError> {
    let states = Fit::of(series, Quantity::States)?.predict(x);
    Ok(CostPrediction {
        states,
        // A series has at least one measurement, and every measurement its time.
        seconds: states.times(per_state(series, Quantity::Seconds, 1).unwrap_or(0.0)),
        bytes: per_state(series, Quantity::Bytes, STATES_FOR_BYTES)
            .map(|bytes| states.times(bytes)),
    })
}

/// The median, of the largest instances that have a quantity, of how much each state has of it.
fn per_state(series: &Series, quantity: Quantity, at_least: u64) -> Option<f64> {
    let mut known: Vec<(&Measurement, f64)> = series
        .measurements()
        .iter()
        .filter(|measured| measured.states >= at_least)
        .filter_map(|measured| Some((measured, quantity.of(measured)?)))
        .collect();
    known.sort_by_key(|(measured, _)| std::cmp::Reverse(measured.states));
    let largest = known.iter().take(LARGEST);
    median(largest.map(|(measured, amount)| amount / measured.states as f64))
}

fn median(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    let upper = numbers.get(numbers.len() / 2)?;
    let lower = numbers.get(numbers.len().saturating_sub(1) / 2)?;
    Some((lower + upper) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians() {
        assert_eq!(median([].into_iter()), None);
        assert_eq!(median([4.0].into_iter()), Some(4.0));
        assert_eq!(median([4.0, 2.0].into_iter()), Some(3.0));
        assert_eq!(median([9.0, 1.0, 2.0].into_iter()), Some(2.0));
    }

    #[test]
    fn only_the_largest_instances_say_what_a_state_takes() {
        let measured = |value, states, seconds, bytes| {
            Measurement::new(value, states, states, 9, seconds, bytes)
        };
        let series = Series::new(
            "faults",
            vec![
                measured(1, 10, 1.0, Some(9_000_000)),
                measured(2, 100_000, 100_000.0 * 4e-6, None),
                measured(3, 200_000, 200_000.0 * 2e-6, Some(200_000 * 30)),
                measured(4, 300_000, 300_000.0 * 3e-6, Some(300_000 * 40)),
            ],
        )
        .expect("a series");
        let seconds = per_state(&series, Quantity::Seconds, 1).expect("times");
        assert!((seconds - 3e-6).abs() < 1e-12);
        let bytes = per_state(&series, Quantity::Bytes, STATES_FOR_BYTES).expect("memory");
        assert!((bytes - 35.0).abs() < 1e-9);
    }
}
