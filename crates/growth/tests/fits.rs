//! Fits and their intervals against examples worked out by hand, and against simulated noise.

use planwright_growth::{Fit, FitError, Measurement, Prediction, Quantity, Series, predict_cost};

fn of_states(states: &[(u32, u64)]) -> Series {
    let measured = |(value, states): &(u32, u64)| {
        Measurement::new(*value, *states, 3 * states, 9, 1e-6 * *states as f64, None)
    };
    Series::new("faults", states.iter().map(measured).collect()).expect("a series")
}

/// A series whose times have the given logarithms; times, because they need not be integers.
fn of_logarithms(logarithms: impl IntoIterator<Item = (u32, f64)>) -> Series {
    let measured = |(value, y): (u32, f64)| Measurement::new(value, 1, 1, 0, y.exp(), None);
    Series::new("faults", logarithms.into_iter().map(measured).collect()).expect("a series")
}

fn interval(prediction: Prediction) -> (f64, f64) {
    let low = prediction.low.expect("a lower end");
    (low, prediction.high.expect("an upper end"))
}

fn close(found: f64, expected: f64, relative: f64) -> bool {
    (found / expected - 1.0).abs() < relative
}

#[test]
fn exact_exponentials_give_their_factor_and_no_width() {
    for factor in [2u64, 3, 7] {
        for count in 4..=8u32 {
            let states: Vec<(u32, u64)> = (0..count).map(|x| (x + 3, 11 * factor.pow(x))).collect();
            let fit = Fit::of(&of_states(&states), Quantity::States).expect("a fit");
            assert!(close(fit.factor_at(9), factor as f64, 1e-9));
            assert!(fit.power().abs() < 1e-6);
            let next = fit.predict(count + 3);
            let (low, high) = interval(next);
            assert!(close(
                next.value,
                11.0 * (factor as f64).powi(count as i32),
                1e-9
            ));
            assert!(close(low, high, 1e-9), "{low} to {high}");
        }
    }
}

#[test]
fn gaps_between_values_do_not_matter() {
    let series = of_states(&[(1, 3), (2, 9), (5, 243), (9, 19_683)]);
    let fit = Fit::of(&series, Quantity::States).expect("a fit");
    assert!(close(fit.factor_at(100), 3.0, 1e-9));
    assert!(close(fit.predict(7).value, 2_187.0, 1e-9));
}

#[test]
fn an_interval_worked_out_by_hand() {
    // At x = 0, 1, 3, 7, which is 2^k - 1 for k = 0..3, y = 3 - 0.5x + 2k + 0.1 (-2, 5, -4, 1). The
    // noise is orthogonal to 1, x and k, so the curve is without it, and with 1 degree of freedom
    // s² = 0.01 * 46. At x = 15, k = 4, the terms are those of the points in the shares
    // (0, 2, -5, 4), less 34/46 of (-2, 5, -4, 1): their squares sum to 45 - 34²/46. So y = 3.5 with
    // variance 0.46 (46 - 34²/46) = 9.6. Tables say t(0.975, 1) = 12.706.
    let noise = [-2.0, 5.0, -4.0, 1.0];
    let points = (0..4u32).zip(noise).map(|(k, noise)| {
        let x = 2u32.pow(k) - 1;
        (
            x,
            3.0 - 0.5 * f64::from(x) + 2.0 * f64::from(k) + 0.1 * noise,
        )
    });
    let fit = Fit::of(&of_logarithms(points), Quantity::Seconds).expect("a fit");
    assert!(close(fit.power(), 2.0 / 2.0_f64.ln(), 1e-9));
    let next = fit.predict(15);
    assert!(close(next.value.ln(), 3.5, 1e-9));
    let (low, high) = interval(next);
    let half = 12.706 * 9.6_f64.sqrt();
    assert!(close(low.ln(), 3.5 - half, 1e-3), "{}", low.ln());
    assert!(close(high.ln(), 3.5 + half, 1e-3), "{}", high.ln());
}

#[test]
fn only_the_last_four_measurements_count() {
    let last = [(3, 7.0), (4, 8.1), (5, 9.4), (6, 10.4)];
    let first = [(1, 100.0), (2, 0.0)];
    let short = Fit::of(&of_logarithms(last), Quantity::Seconds).expect("a fit");
    let all = of_logarithms(first.into_iter().chain(last));
    let long = Fit::of(&all, Quantity::Seconds).expect("a fit");
    assert_eq!(long.predict(7), short.predict(7));
}

/// Normal noise from a linear congruential generator, the same on every machine.
struct Noise(u64);

impl Noise {
    fn uniform(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    /// Box and Muller.
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.uniform().ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }
}

/// The share of 2,000 next points on a noisy curve that are within the interval.
fn coverage(points: u32, curve: impl Fn(f64) -> f64) -> f64 {
    let mut noise = Noise(20_251_020);
    let mut noisy = |x: u32| (x, curve(f64::from(x)) + 0.2 * noise.normal());
    let mut within = 0;
    for _ in 0..2_000 {
        let series = of_logarithms((1..=points).map(&mut noisy));
        let next = Fit::of(&series, Quantity::Seconds)
            .expect("a fit")
            .predict(points + 1);
        let (low, high) = interval(next);
        let (_, actual) = noisy(points + 1);
        within += u32::from((low..=high).contains(&actual.exp()));
    }
    f64::from(within) / 2_000.0
}

#[test]
fn about_95_percent_of_next_points_are_within_the_interval() {
    for share in [
        coverage(4, |x| 3.0 + 1.5 * x),
        coverage(4, |x| 3.0 + 1.5 * x.ln_1p()),
        coverage(9, |x| 3.0 + 0.7 * x + 4.0 * x.ln_1p()),
    ] {
        assert!((0.93..=0.97).contains(&share), "{share}");
    }
}

/// States of dns-outage as deployed, from its pinned grid and the growth study: two endpoints, three
/// enactors, no crash, by generations; and two endpoints, four generations, by enactors.
const GENERATIONS: [(u32, u64); 8] = [
    (3, 1_976),
    (4, 12_568),
    (5, 48_780),
    (6, 144_398),
    (7, 359_224),
    (8, 790_917),
    (9, 1_589_903),
    (10, 2_977_732),
];
const ENACTORS: [(u32, u64); 5] = [(1, 40), (2, 847), (3, 12_568), (4, 156_631), (5, 1_796_834)];

#[test]
fn real_state_spaces_are_predicted_from_smaller_ones() {
    for states in [&GENERATIONS[..], &ENACTORS] {
        for count in 4..states.len() {
            let fit = Fit::of(&of_states(&states[..count]), Quantity::States).expect("a fit");
            let (value, actual) = states[count];
            let next = fit.predict(value);
            assert!(close(next.value, actual as f64, 0.08), "{value}: {next:?}");
            let (low, high) = interval(next);
            assert!((low..=high).contains(&(actual as f64)), "{value}: {next:?}");
        }
    }
}

#[test]
fn two_points_have_no_interval_and_one_no_fit() {
    let two = Fit::of(&of_states(&GENERATIONS[..2]), Quantity::States).expect("a fit");
    assert_eq!((two.predict(5).low, two.predict(5).high), (None, None));
    assert_eq!(two.power(), 0.0);
    let one = Fit::of(&of_states(&GENERATIONS[..1]), Quantity::States);
    let error = one.expect_err("one point");
    assert!(matches!(error, FitError::TooFew { found: 1, .. }));
    assert_eq!(
        error.to_string(),
        "faults: states is known of 1 value, and a fit needs 2: explore more instances"
    );
}

#[test]
fn costs_are_those_of_the_states() {
    let series = of_states(&GENERATIONS);
    let cost = predict_cost(&series, 9).expect("a cost");
    let states = Fit::of(&series, Quantity::States)
        .expect("a fit")
        .predict(9);
    assert_eq!(cost.states, states);
    assert!(close(cost.seconds.value, 1e-6 * states.value, 1e-9));
    assert!(close(
        interval(cost.seconds).1,
        1e-6 * interval(states).1,
        1e-9
    ));
    assert_eq!(cost.bytes, None, "memory was not measured");
}

#[test]
fn predictions_far_away_overflow_to_infinity() {
    let fit = Fit::of(&of_states(&[(1, 1), (2, 10), (3, 101)]), Quantity::States).expect("a fit");
    assert_eq!(fit.predict(u32::MAX).value, f64::INFINITY);
}
