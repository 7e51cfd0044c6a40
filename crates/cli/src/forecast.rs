//! How large an instance is that did not fit, and what would.

use std::fmt;
use std::time::{Duration, Instant};

use bytesize::ByteSize;
use planwright_growth::{
    CostPrediction, Measurement, Prediction, Reduction, Series, cheapest_way_to_fit, predict_cost,
};

use crate::{counted, thousands};

/// So many seconds are spent in any case.
const LEAST_PATIENCE: f64 = 0.5;

/// A bound of the model that an option sets, and that could be lower.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bound {
    /// The option, without its dashes.
    pub(crate) option: &'static str,
    /// The smallest value that is worth measuring.
    pub(crate) least: u32,
    /// The value of the instance that is wanted.
    pub(crate) wanted: u32,
}

/// What smaller instances say about one that does not fit: each has one bound lowered.
#[derive(Clone, Debug)]
pub(crate) struct Forecast {
    bounds: Vec<Bound>,
    /// For each bound.
    series: Vec<Option<Series>>,
}

impl Forecast {
    /// Explores smaller instances for about `patience`, a fair share of it for each bound, and at
    /// last the wanted one, if there is time. It stops before it has taken longer than the wanted instance is
    /// predicted to take. `explore` gets the values of all bounds and the time that is left, and gives nothing if
    /// that was too short; its measurement's value does not matter.
    pub(crate) fn measure(
        bounds: Vec<Bound>,
        patience: Duration,
        mut explore: impl FnMut(&[u32], Duration) -> Option<Measurement>,
    ) -> Self {
        let wanted: Vec<u32> = bounds.iter().map(|bound| bound.wanted).collect();
        let start = Instant::now();
        let mut forecast = Self {
            series: vec![None; bounds.len()],
            bounds,
        };
        for (place, bound) in forecast.bounds.clone().into_iter().enumerate() {
            let others = (wanted.len() - place) as u32;
            let share = patience.saturating_sub(start.elapsed()) / others;
            let begun = Instant::now();
            let mut values = wanted.clone();
            let mut found = Vec::new();
            for value in bound.least..=bound.wanted {
                values[place] = value;
                let left = share.saturating_sub(begun.elapsed());
                if left.is_zero() || forecast.knows_enough(start.elapsed()) {
                    break;
                }
                // In vain, the time would be lost.
                if (forecast.seconds(place, value)).is_some_and(|s| s > left.as_secs_f64()) {
                    break;
                }
                let Some(mut measured) = explore(&values, left) else {
                    break;
                };
                measured.value = value;
                found.push(measured);
                forecast.series[place] =
                    Series::new(format!("--{}", bound.option), found.clone()).ok();
            }
            if forecast.explored().is_some() {
                break;
            }
        }
        forecast
    }

    /// Whether more measurements would take time that the wanted instance does not. With four of a series there is
    /// an interval, and half of that time is enough.
    fn knows_enough(&self, elapsed: Duration) -> bool {
        self.wanted().is_some_and(|(cost, series)| {
            let part = match series.measurements().len() {
                0..4 => 1.0,
                _ => 0.5,
            };
            elapsed.as_secs_f64() > LEAST_PATIENCE.max(part * cost.seconds.value)
        })
    }

    /// The time that an instance takes whose bound at this place is lowered, as far as is known. The wanted one is
    /// in every series.
    fn seconds(&self, place: usize, value: u32) -> Option<f64> {
        let cost = match value == self.bounds[place].wanted {
            true => self.wanted().map(|(cost, _)| cost),
            false => {
                (self.series[place].as_ref()).and_then(|series| predict_cost(series, value).ok())
            }
        };
        cost.map(|cost| cost.seconds.value)
    }

    /// The wanted instance, if it could be explored after all.
    pub(crate) fn explored(&self) -> Option<&Measurement> {
        let pairs = self.bounds.iter().zip(&self.series);
        let mut found = pairs.filter_map(|(bound, series)| {
            let last = series.as_ref()?.measurements().last()?;
            (last.value == bound.wanted).then_some(last)
        });
        found.next()
    }

    /// The wanted instance, predicted from the series that knows most about it.
    fn wanted(&self) -> Option<(CostPrediction, &Series)> {
        let pairs = self.bounds.iter().zip(&self.series);
        let predictions = pairs.filter_map(|(bound, series)| {
            let series = series.as_ref()?;
            let last = series.measurements().last()?;
            let cost = predict_cost(series, bound.wanted).ok()?;
            // With an interval first; then what reaches least beyond much that was measured.
            let reach = f64::from(bound.wanted - last.value) / series.measurements().len() as f64;
            let rank = (cost.states.low.is_none(), reach);
            Some((rank, cost, series))
        });
        let best = predictions
            .min_by(|(one, ..), (other, ..)| (one.0.cmp(&other.0)).then(one.1.total_cmp(&other.1)));
        best.map(|(_, cost, series)| (cost, series))
    }

    /// Whether enough smaller instances were explored to say something.
    pub(crate) fn is_known(&self) -> bool {
        self.explored().is_some() || self.wanted().is_some()
    }

    /// How many steps lead out of a state, in the largest instance that was explored.
    pub(crate) fn steps_per_state(&self) -> Option<f64> {
        let measurements = self.series.iter().flatten();
        let measurements = measurements.flat_map(Series::measurements);
        let largest = measurements.max_by_key(|measured| measured.states)?;
        Some(largest.transitions as f64 / largest.states as f64)
    }

    /// The prediction in words, and what would fit into a budget of `states`; the first way keeps
    /// most of the instance. With the bytes that a state takes, it predicts memory too.
    pub(crate) fn text(&self, states: u64, bytes_per_state: Option<f64>) -> String {
        if let Some(measured) = self.explored() {
            let seconds = time(measured.seconds);
            let states = counted(measured.states, "state");
            return format!("the whole model: {states}, {seconds}");
        }
        let Some((cost, series)) = self.wanted() else {
            return "no prediction: too few smaller instances could be explored in the time; \
                    lower several bounds"
                .to_owned();
        };
        let measured = series.measurements().len();
        let mut lines = vec![format!(
            "predicted: {}, from {measured} smaller values of {}",
            Cost {
                cost: &cost,
                bytes_per_state
            },
            series.parameter()
        )];
        if measured < 4 {
            lines.push("  (too few for an interval: take it as an order of magnitude)".to_owned());
        }
        if cost.states.value <= states as f64 {
            return lines.join("\n");
        }
        let wanted = self.bounds.iter().map(|bound| bound.wanted);
        let wanted: Vec<_> = self.series.iter().zip(wanted).collect();
        let wanted: Vec<_> = wanted
            .into_iter()
            .filter_map(|(series, wanted)| Some((series.as_ref()?, wanted)))
            .collect();
        let ways = cheapest_way_to_fit(&wanted, states);
        let budget = rounded(states as f64);
        lines.push(if ways.is_empty() {
            format!("no single bound makes it fit into {budget} states")
        } else {
            format!("what fits into {budget} states, most of it first:")
        });
        lines.extend(ways.iter().map(|way| format!("  {}", Way(way))));
        lines.join("\n")
    }
}

/// A prediction of what an instance takes.
struct Cost<'a> {
    cost: &'a CostPrediction,
    bytes_per_state: Option<f64>,
}

impl fmt::Display for Cost<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CostPrediction {
            states, seconds, ..
        } = self.cost;
        write!(f, "{}, {}", States(states), time(seconds.value))?;
        if let Some(bytes) = self.bytes_per_state {
            let memory = (states.value * bytes).min(1e18);
            write!(f, ", {}", ByteSize::b(memory as u64))?;
        }
        Ok(())
    }
}

fn time(seconds: f64) -> String {
    if seconds < 1.0 {
        return "under a second".to_owned();
    }
    match Duration::try_from_secs_f64(seconds.ceil()) {
        Ok(time) => humantime::format_duration(time).to_string(),
        Err(_) => "more than can be told".to_owned(),
    }
}

/// A number of states with its interval, in three digits: no more of them are known.
struct States<'a>(&'a Prediction);

impl fmt::Display for States<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Prediction {
            value, low, high, ..
        } = self.0;
        write!(f, "about {} states", rounded(*value))?;
        if let (Some(low), Some(high)) = (low, high) {
            write!(f, " ({} to {})", rounded(*low), rounded(*high))?;
        }
        Ok(())
    }
}

fn rounded(number: f64) -> String {
    if number >= 1e15 {
        return format!("{number:.2e}");
    }
    let unit = 10f64.powf((number.max(1.0).log10().floor() - 2.0).max(0.0));
    thousands(((number / unit).round() * unit) as u64)
}

struct Way<'a>(&'a Reduction);

impl fmt::Display for Way<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Reduction {
            parameter,
            wanted,
            value,
            states,
            measured,
            ..
        } = self.0;
        write!(f, "{parameter} {value} instead of {wanted}: ")?;
        if *measured {
            f.write_str(&counted(states.value as u64, "state"))
        } else {
            write!(f, "{}", States(states))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forecast() -> Forecast {
        let bound = |option, least, wanted| Bound {
            option,
            least,
            wanted,
        };
        let bounds = vec![bound("faults", 0, 3), bound("enactors", 1, 7)];
        // 3 to the faults times 8 to the enactors; more than 300,000 take too long.
        Forecast::measure(bounds, Duration::from_secs(60), |values, _| {
            let states = 3u64.pow(values[0]) * 8u64.pow(values[1]);
            let seconds = 1e-6 * states as f64;
            let measured = Measurement::new(0, states, states, 9, seconds, None);
            (states <= 300_000).then_some(measured)
        })
    }

    #[test]
    fn the_better_known_bound_predicts() {
        let text = forecast().text(5_000_000, Some(25.0));
        assert_eq!(
            text,
            "predicted: about 56,600,000 states (56,600,000 to 56,600,000), 57s, 1.3 GiB, from 4 \
             smaller values of --enactors\n\
             what fits into 5,000,000 states, most of it first:\n  \
             --enactors 5 instead of 7: about 885,000 states (885,000 to 885,000)"
        );
    }

    /// As if a state took a microsecond, and time went by.
    #[test]
    fn it_takes_no_longer_than_what_it_predicts() {
        let mut explored = Vec::new();
        let bounds = ["enactors", "endpoints", "generations"].map(|option| Bound {
            option,
            least: 1,
            wanted: 6,
        });
        // The wanted instance takes 0.8 seconds, and so do all smaller ones of the first bound.
        let forecast = Forecast::measure(bounds.into(), Duration::from_secs(60), |values, _| {
            let states = 2u64.pow(values.iter().sum()) * 3;
            let seconds = 1e-6 * states as f64;
            std::thread::sleep(Duration::from_secs_f64(seconds));
            explored.push(values.to_vec());
            Some(Measurement::new(0, states, states, 9, seconds, None))
        });
        // The other bounds would tell the same.
        assert!((4..6).contains(&explored.len()), "{explored:?}");
        assert!(forecast.is_known());
        let text = forecast.text(10_000_000, None);
        assert!(
            text.starts_with("predicted: about 786,000 states"),
            "{text}"
        );

        // What is predicted not to fit into the time is not begun.
        let mut begun = Vec::new();
        let bound = Bound {
            option: "enactors",
            least: 1,
            wanted: 9,
        };
        let forecast = Forecast::measure(vec![bound], Duration::from_secs(2), |values, left| {
            let states = 10u64.pow(values[0]);
            let seconds = 1e-4 * states as f64;
            begun.push(values[0]);
            let fits = seconds < left.as_secs_f64();
            fits.then(|| Measurement::new(0, states, states, 9, seconds, None))
        });
        assert_eq!(begun, [1, 2, 3, 4], "{}", forecast.text(10, None));
    }

    #[test]
    fn what_fits_needs_no_advice_and_what_cannot_gets_none() {
        let text = forecast().text(100_000_000, None);
        assert!(!text.contains("fits into"), "{text}");
        let text = forecast().text(10, None);
        assert!(
            text.ends_with("no single bound makes it fit into 10 states"),
            "{text}"
        );
    }

    #[test]
    fn without_any_measurement_it_says_so() {
        let bounds = vec![Bound {
            option: "faults",
            least: 0,
            wanted: 3,
        }];
        let nothing = Forecast::measure(bounds, Duration::ZERO, |_, _| None);
        assert!(nothing.text(10, None).starts_with("no prediction"));
    }
}
