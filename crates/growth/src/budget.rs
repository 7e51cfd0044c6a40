//! Which parameter to reduce so that an instance fits into a budget.

use serde::{Deserialize, Serialize};

use crate::{Fit, Prediction, Quantity, Series};

/// How far beyond the measured values an instance is looked for. Growth that is nearly flat would
/// otherwise be followed for billions of values.
const FARTHEST: u32 = 1_000;

/// A smaller instance: one parameter reduced, the others as wanted.
///
/// ```
/// use planwright_growth::{Measurement, Reduction, Series, cheapest_way_to_fit};
///
/// let measured = |value, states| Measurement::new(value, states, states, 9, 0.1, None);
/// let faults = Series::new("faults", vec![measured(1, 100), measured(2, 1_000)])?;
/// let found: Vec<Reduction> = cheapest_way_to_fit(&[(&faults, 4)], 20_000);
/// assert_eq!(found[0].to_string(), "faults: 3 instead of 4");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reduction {
    /// The name of the parameter.
    pub parameter: String,
    /// The value that is wanted.
    pub wanted: u32,
    /// The value that fits, below the wanted one.
    pub value: u32,
    /// The states of the reduced instance: predicted, or measured, and then the interval is the
    /// one number.
    pub states: Prediction,
    /// Whether the reduced instance was measured.
    pub measured: bool,
}

impl Reduction {
    /// By how many steps the parameter is reduced.
    ///
    /// ```
    /// # use planwright_growth::{Measurement, Series, cheapest_way_to_fit};
    /// # let measured = |value, states| Measurement::new(value, states, states, 9, 0.1, None);
    /// let faults = Series::new("faults", vec![measured(1, 100), measured(2, 1_000)])?;
    /// assert_eq!(cheapest_way_to_fit(&[(&faults, 4)], 2_000)[0].steps(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn steps(&self) -> u32 {
        self.wanted - self.value
    }
}

impl std::fmt::Display for Reduction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            parameter,
            value,
            wanted,
            ..
        } = self;
        write!(f, "{parameter}: {value} instead of {wanted}")
    }
}

/// The ways to make an instance fit into a budget of states by reducing one parameter.
///
/// Each series varies one parameter of the instance, the others held, and comes with the value that
/// is wanted of it. For each, the largest smaller value is found that was measured within the
/// budget, or whose predicted upper bound is; without an interval the prediction itself counts, and
/// [`Reduction::states`] has no bounds. State spaces are taken to grow with the value: nothing
/// beyond a measurement over the budget is tried, and nothing below the smallest one measured.
///
/// The first way keeps most of the instance: the fewest steps, and of those the most states. A
/// parameter that does not help is left out.
///
/// ```
/// use planwright_growth::{Measurement, Series, cheapest_way_to_fit};
///
/// let measured = |value, states| Measurement::new(value, states, states, 9, 0.1, None);
/// let enactors = Series::new("enactors", vec![measured(1, 50), measured(2, 5_000)])?;
/// let faults = Series::new("faults", vec![measured(0, 300), measured(1, 1_200)])?;
/// let found = cheapest_way_to_fit(&[(&enactors, 4), (&faults, 4)], 100_000);
/// let words: Vec<String> = found.iter().map(ToString::to_string).collect();
/// assert_eq!(words, ["faults: 3 instead of 4", "enactors: 2 instead of 4"]);
/// assert!(found[1].measured);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn cheapest_way_to_fit(wanted: &[(&Series, u32)], budget: u64) -> Vec<Reduction> {
    let mut found: Vec<Reduction> = wanted
        .iter()
        .filter_map(|(series, wanted)| reduce(series, *wanted, budget))
        .collect();
    found.sort_by(|one, other| {
        let states = other.states.value.total_cmp(&one.states.value);
        one.steps().cmp(&other.steps()).then(states)
    });
    found
}

fn reduce(series: &Series, wanted: u32, budget: u64) -> Option<Reduction> {
    let within = |states: u64| states <= budget;
    let below = series.measurements().iter();
    let known = below
        .take_while(|measured| measured.value < wanted && within(measured.states))
        .last()?;
    let mut best = Reduction {
        parameter: series.parameter().to_owned(),
        wanted,
        value: known.value,
        states: Prediction::known(known.states as f64),
        measured: true,
    };
    let Ok(fit) = Fit::of(series, Quantity::States) else {
        return Some(best);
    };
    // Up to the wanted value or the next measurement, which is over the budget.
    let mut measurements = series.measurements().iter();
    let next = measurements.find(|measured| measured.value > known.value);
    let end = next.map_or(wanted, |next| next.value.min(wanted));
    for value in (known.value..end).skip(1).take(FARTHEST as usize) {
        let states = fit.predict(value);
        if states.at_most() > budget as f64 {
            break;
        }
        best = Reduction {
            value,
            states,
            measured: false,
            ..best
        };
    }
    Some(best)
}
