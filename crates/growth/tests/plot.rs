//! Drawings, read back.

use planwright_growth::{Measurement, PlotError, Quantity, Series, to_svg};

fn series(parameter: &str, states: &[(u32, u64)]) -> Series {
    let measured = |(value, states): &(u32, u64)| {
        let bytes = (*states >= 1_000).then_some(40 * states + 9_000_000);
        Measurement::new(*value, *states, 3 * states, 9, 1e-6 * *states as f64, bytes)
    };
    Series::new(parameter, states.iter().map(measured).collect()).expect("a series")
}

fn three() -> [Series; 3] {
    [
        series(
            "generations",
            &[
                (3, 5_012),
                (4, 30_480),
                (5, 171_350),
                (6, 905_200),
                (7, 4_572_000),
            ],
        ),
        series(
            "enactors",
            &[(1, 900), (2, 12_000), (3, 171_350), (4, 2_300_000)],
        ),
        series("faults < & \"late\"", &[(0, 40_200), (1, 171_350)]),
    ]
}

const COLOURS: [&str; 3] = ["#0072B2", "#D55E00", "#009E73"];

/// How many elements of a kind have all the attributes.
fn count(svg: &roxmltree::Document<'_>, tag: &str, attributes: &[(&str, &str)]) -> usize {
    svg.descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", tag)))
        .filter(|node| {
            let has = |(name, value): &(&str, &str)| node.attribute(*name) == Some(*value);
            attributes.iter().all(has)
        })
        .count()
}

fn texts<'a>(svg: &'a roxmltree::Document<'_>) -> Vec<&'a str> {
    svg.descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")))
        .filter_map(|node| node.text().map(str::trim))
        .collect()
}

#[test]
fn every_series_has_a_line_its_markers_and_a_dashed_prediction() {
    let all = three();
    let text = to_svg(&all, Quantity::States).expect("a drawing");
    let svg = roxmltree::Document::parse(&text).expect("well-formed");
    for (series, colour) in all.iter().zip(COLOURS) {
        let lines = count(
            &svg,
            "polyline",
            &[("stroke", colour), ("stroke-width", "2")],
        );
        assert_eq!(lines, 1, "the line of {}", series.parameter());
        let markers = count(&svg, "polygon", &[("fill", colour), ("opacity", "1")]);
        let expected = series.measurements().len() + 1;
        assert_eq!(markers, expected, "markers, and one in the legend");
        let dashes = count(
            &svg,
            "polyline",
            &[("stroke", colour), ("stroke-width", "1")],
        );
        assert!(dashes > 1, "dashes of {}", series.parameter());
        assert!(texts(&svg).contains(&series.parameter()), "the legend");
    }
    let shades = |colour| count(&svg, "polygon", &[("fill", colour), ("opacity", "0.2")]);
    assert_eq!(
        COLOURS.map(shades),
        [1, 1, 0],
        "two points have no interval"
    );
    let texts = texts(&svg);
    assert!(texts.contains(&"states (logarithmic)") && texts.contains(&"value of the parameter"));
    assert!(
        texts
            .iter()
            .any(|text| text.starts_with("Growth of states with one parameter"))
    );
    assert!(texts.contains(&"1,000,000"), "{texts:?}");
    let values = ["0", "1", "2", "3", "4", "5", "6", "7", "8"];
    assert!(
        values.iter().all(|value| texts.contains(value)),
        "{texts:?}"
    );
}

#[test]
fn a_shade_that_is_cut_says_so() {
    let near = series(
        "faults",
        &[(1, 1_000), (2, 10_100), (3, 100_000), (4, 1_000_000)],
    );
    let rough = series("faults", &[(1, 10), (2, 2_000), (3, 9_000), (4, 800_000)]);
    for (series, end) in [
        (near, "shaded: 95 % interval)"),
        (rough, "shaded: 95 % interval, cut at ×10)"),
    ] {
        let text = to_svg(&[series], Quantity::States).expect("a drawing");
        let svg = roxmltree::Document::parse(&text).expect("well-formed");
        assert!(texts(&svg).iter().any(|text| text.ends_with(end)), "{end}");
    }
}

#[test]
fn every_quantity_and_one_measurement_can_be_drawn() {
    for quantity in [
        Quantity::States,
        Quantity::Transitions,
        Quantity::Seconds,
        Quantity::Bytes,
    ] {
        let text = to_svg(&three(), quantity).expect("a drawing");
        roxmltree::Document::parse(&text).expect("well-formed");
    }
    let alone = series("faults", &[(u32::MAX, 1)]);
    let text = to_svg(std::slice::from_ref(&alone), Quantity::States).expect("a drawing");
    let svg = roxmltree::Document::parse(&text).expect("well-formed");
    assert!(texts(&svg).contains(&"Growth of states with faults"));
    assert!(texts(&svg).contains(&u32::MAX.to_string().as_str()));
}

#[test]
fn neighbours_have_different_shapes() {
    let same = |name: &str| series(name, &[(1, 10)]);
    let all: Vec<Series> = ["a", "b", "c", "d", "e"].map(same).to_vec();
    let text = to_svg(&all, Quantity::States).expect("a drawing");
    let svg = roxmltree::Document::parse(&text).expect("well-formed");
    // All markers are at one place, so that equal shapes would have equal corners.
    let mut corners: Vec<&str> = svg
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "polygon")))
        .filter_map(|node| node.attribute("points"))
        .collect();
    assert_eq!(corners.len(), 10, "five markers, and five in the legend");
    corners.sort_unstable();
    corners.dedup();
    assert_eq!(corners.len(), 10);
}

#[test]
fn what_cannot_be_drawn_is_refused_by_name() {
    let small = series("faults", &[(1, 10)]);
    assert!(matches!(
        to_svg(&[small], Quantity::Bytes),
        Err(PlotError::NotMeasured { .. })
    ));
    let still = Series::new("faults", vec![Measurement::new(0, 1, 0, 0, 0.0, None)]);
    let error = to_svg(&[still.expect("a series")], Quantity::Seconds).expect_err("refused");
    assert_eq!(
        error.to_string(),
        "faults = 0 has no time, and a logarithmic axis has no 0: leave this instance out"
    );
}
