//! The table of fixes, pinned: verdicts, state and transition counts, shortest lengths.
//!
//! The verdicts are those of the published analysis that the family follows; the counts are this
//! model's own, and were found by a naive search before the checker existed (see oracle.rs). Any
//! change of the model's semantics changes one of them.

use dns_outage::{Instance, NEVER_EMPTY, NEVER_REGRESSES, checker, variants, with_recovery};
use planwright_cli::{Cell, Verdicts};
use planwright_core::DELETES_A_PLAN;

use crate::rows;

/// Row, states, transitions, shortest schedule to an empty endpoint, and to a step back.
type Pin = (&'static str, u64, u64, Option<usize>, Option<usize>);

fn cell(steps: Option<usize>) -> Cell {
    steps.map_or(Cell::Holds, |steps| Cell::Violated { steps })
}

fn assert_table(instance: Instance, pins: &[Pin]) {
    let variants = variants();
    // The recommended variant comes last, and is left out where it would take too long.
    assert!(rows().len() <= pins.len());
    for (variant, (row, states, transitions, empty, regress)) in variants.iter().zip(pins) {
        assert_eq!(variant.name, *row);
        let system = variant.protocol.system(instance);
        let checker = with_recovery(checker(&system), &system);
        let report = checker.exhaustive().run();
        let found = Verdicts::of(&report);
        let counts = (found.states, found.transitions);
        assert_eq!(counts, (*states, *transitions), "counts of row {row}");
        for (name, steps) in [(NEVER_EMPTY, empty), (NEVER_REGRESSES, regress)] {
            assert_eq!(found.cell(name), Some(cell(*steps)), "{name}, row {row}");
        }
        assert!(found.complete, "row {row}");
        assert!(found.agree_with(variant.violates), "row {row}");
        // One enactor at these bounds deletes plans too: no verdict is vacuous.
        let mut classes = report.statistics().actions.iter();
        let deletes = classes.any(|class| class.name == DELETES_A_PLAN && class.fired > 0);
        assert!(deletes, "row {row}");
    }
}

#[test]
fn one_endpoint_two_enactors_four_generations() {
    let pins = [
        ("0", 289, 622, Some(9), Some(6)),
        ("1", 289, 622, Some(9), Some(6)),
        ("2", 190, 404, None, None),
        ("3", 534, 1165, Some(11), Some(8)),
        ("4", 301, 644, Some(9), Some(6)),
        ("4b", 537, 1122, Some(11), Some(6)),
        ("5", 289, 622, Some(9), Some(6)),
        ("6", 287, 616, None, Some(6)),
        ("7", 1861, 3795, Some(11), Some(8)),
        ("7b", 850, 1743, None, None),
        ("7c", 1849, 3765, None, Some(8)),
        ("8", 101, 216, Some(7), Some(6)),
        ("8b", 101, 216, Some(7), Some(6)),
        ("9", 269, 574, Some(9), Some(6)),
        ("9b", 267, 568, None, Some(6)),
        ("10", 30, 40, None, None),
        ("11", 277, 593, Some(7), None),
        ("11c", 281, 599, None, None),
        ("12", 523, 1530, Some(5), None),
        ("12c", 670, 1812, None, None),
        ("13", 723, 1786, Some(6), None),
        ("13b", 815, 1962, Some(10), None),
        ("13c", 801, 1934, None, None),
        ("14", 543, 1141, Some(10), Some(6)),
        ("fix", 6167, 25_193, None, None),
    ];
    assert_table(Instance::new(1, 2, 4), &pins);
}

#[test]
fn two_endpoints_two_enactors_four_generations_one_crash() {
    let pins = [
        ("0", 2147, 6052, Some(10), Some(6)),
        ("1", 2155, 6076, Some(10), Some(6)),
        ("2", 1008, 2769, None, None),
        ("3", 4614, 13_232, Some(13), Some(8)),
        ("4", 2218, 6260, Some(10), Some(6)),
        ("4b", 3292, 9396, Some(12), Some(6)),
        ("5", 2147, 6052, Some(10), Some(6)),
        ("6", 2124, 6006, None, Some(6)),
        ("7", 4328, 11_690, Some(11), Some(8)),
        ("7b", 2014, 5399, None, None),
        ("7c", 4295, 11_592, None, Some(8)),
        ("8", 958, 2682, Some(8), Some(6)),
        ("8b", 989, 2752, Some(8), Some(6)),
        ("9", 1953, 5454, Some(11), Some(6)),
        ("9b", 1932, 5408, None, Some(6)),
        ("10", 110, 175, None, None),
        ("11", 1535, 4247, Some(8), None),
        ("11c", 1487, 4111, None, None),
        ("12", 7686, 31_261, Some(6), None),
        ("12c", 9106, 35_382, None, None),
        ("13", 6177, 19_427, Some(7), None),
        ("13b", 6604, 20_614, Some(11), None),
        ("13c", 6446, 20_186, None, None),
        ("14", 3901, 10_203, Some(11), Some(6)),
        ("fix", 37_773, 184_873, None, None),
    ];
    assert_table(Instance::new(2, 2, 4).crashes(1), &pins);
}

#[test]
fn two_endpoints_three_enactors_five_generations() {
    let pins = [
        ("0", 48_780, 157_525, Some(10), Some(6)),
        ("1", 48_958, 158_197, Some(10), Some(6)),
        ("2", 11_001, 35_080, None, None),
        ("3", 172_041, 556_083, Some(13), Some(8)),
        ("4", 67_356, 214_369, Some(10), Some(6)),
        ("4b", 192_642, 605_686, Some(12), Some(6)),
        ("5", 48_276, 155_959, Some(10), Some(6)),
        ("6", 55_338, 176_907, None, Some(6)),
        ("7", 415_274, 1_280_052, Some(11), Some(8)),
        ("7b", 58_764, 179_685, None, None),
        ("7c", 429_300, 1_316_088, None, Some(8)),
        ("8", 14_278, 46_167, Some(8), Some(6)),
        ("8b", 16_195, 51_986, Some(8), Some(6)),
        ("9", 29_358, 89_944, Some(11), Some(6)),
        ("9b", 31_356, 95_557, None, Some(6)),
        ("10", 75, 110, None, None),
        ("11", 21_129, 67_463, Some(8), None),
        ("11c", 21_901, 69_286, None, None),
        ("12", 161_490, 801_416, Some(6), None),
        ("12c", 384_660, 1_699_523, None, None),
        ("13", 118_632, 404_751, Some(7), None),
        ("13b", 197_724, 650_648, Some(11), None),
        ("13c", 171_816, 569_929, None, None),
        ("14", 101_172, 314_612, Some(11), Some(6)),
    ];
    assert_table(Instance::new(2, 3, 5), &pins);
}
