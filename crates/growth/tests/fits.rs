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
        for count in 3..=8u32 {
            let states: Vec<(u32, u64)> = (0..count).map(|x| (x + 3, 11 * factor.pow(x))).collect();
            let fit = Fit::of(&of_states(&states), Quantity::States).expect("a fit");
            assert!(close(fit.factor_at(9), factor as f64, 1e-9));
            assert!(fit.curvature() == 0.0, "a tie goes to the line");
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
    // x = 1..5, y = 2, 4, 5, 4, 5: the means are 3 and 4, Sxx = 10 and Sxy = 6, so y = 2.2 + 0.6x.
    // The residuals are -0.8, 0.6, 1, -0.6, -0.2: their squares sum to 2.4, and s² = 2.4 / 3 = 0.8.
    // At 6, y = 5.8 with variance 0.8 (1 + 1/5 + 3²/10) = 1.68. Tables say t(0.975, 3) = 3.182.
    // Without the last point, the line predicts 5.5 for it and the parabola 1.75: the line it is.
    let series = of_logarithms([(1, 2.0), (2, 4.0), (3, 5.0), (4, 4.0), (5, 5.0)]);
    let fit = Fit::of(&series, Quantity::Seconds).expect("a fit");
    assert!(close(fit.factor_at(1).ln(), 0.6, 1e-12));
    assert!(fit.curvature() == 0.0);
    let next = fit.predict(6);
    assert!(close(next.value.ln(), 5.8, 1e-12));
    let (low, high) = interval(next);
    let half = 3.182 * 1.68_f64.sqrt();
    assert!(close(low.ln(), 5.8 - half, 1e-3), "{}", low.ln());
    assert!(close(high.ln(), 5.8 + half, 1e-3), "{}", high.ln());
}

#[test]
fn an_interval_with_curvature_worked_out_by_hand() {
    // On x = -2..2 (here 1..5), y = x² + 0.1 (-1, 2, 0, -2, 1): the noise is orthogonal to 1, x and
    // x², so the parabola is x² and the squares sum to 0.1. s² = 0.1 / 2. Orthogonal basis: 1, x and
    // x² - 2, with norms 5, 10 and 14. At 3, y = 9 with variance 0.05 (1 + 1/5 + 9/10 + 49/14)
    // = 0.28. Tables say t(0.975, 2) = 4.303.
    let series = of_logarithms([(1, 3.9), (2, 1.2), (3, 0.0), (4, 0.8), (5, 4.1)]);
    let fit = Fit::of(&series, Quantity::Seconds).expect("a fit");
    assert!(close(fit.curvature(), 1.0, 1e-12));
    let next = fit.predict(6);
    assert!(close(next.value.ln(), 9.0, 1e-12));
    let half = 4.303 * 0.28_f64.sqrt();
    assert!(close(interval(next).0.ln(), 9.0 - half, 1e-3));
    assert!(close(interval(next).1.ln(), 9.0 + half, 1e-3));
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
    // Three points leave no choice of curve; strong curvature, or many points, make it easily.
    for share in [
        coverage(3, |x| 3.0 + 1.5 * x),
        coverage(12, |x| 3.0 + 1.5 * x),
        coverage(6, |x| 3.0 + 4.0 * x - 0.5 * x * x),
        coverage(12, |x| 3.0 + 4.0 * x - 0.5 * x * x),
    ] {
        assert!((0.92..=0.98).contains(&share), "{share}");
    }
}

#[test]
fn a_hard_choice_of_curve_costs_some_of_the_coverage() {
    for share in [
        coverage(4, |x| 3.0 + 1.5 * x),
        coverage(5, |x| 3.0 + 1.5 * x - 0.05 * x * x),
        coverage(8, |x| 3.0 + 1.5 * x - 0.05 * x * x),
    ] {
        assert!((0.87..=0.95).contains(&share), "{share}");
    }
}

/// Invented, with the shape of a fixed protocol over its generations: a bit below exponential.
const GENERATIONS: [(u32, u64); 6] = [
    (3, 5_012),
    (4, 30_480),
    (5, 171_350),
    (6, 905_200),
    (7, 4_572_000),
    (8, 22_100_000),
];

#[test]
fn growth_a_bit_below_exponential_is_a_parabola() {
    let fit = Fit::of(&of_states(&GENERATIONS), Quantity::States).expect("a fit");
    assert!(fit.curvature() < 0.0);
    assert!(fit.factor_at(8) < fit.factor_at(3));

    // The last instance, predicted from those before it.
    let before = of_states(&GENERATIONS[..5]);
    let last = Fit::of(&before, Quantity::States)
        .expect("a fit")
        .predict(8);
    assert!(close(last.value, 22_100_000.0, 0.05), "{last:?}");
    let (low, high) = interval(last);
    assert!((low..=high).contains(&22_100_000.0), "{last:?}");
}

#[test]
fn two_points_have_no_interval_and_one_no_fit() {
    let two = Fit::of(&of_states(&GENERATIONS[..2]), Quantity::States).expect("a fit");
    assert_eq!((two.predict(5).low, two.predict(5).high), (None, None));
    assert!(two.curvature() == 0.0);
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
