//! The reference model has the counts on which the checkers that know it agree.

use planwright_oracle::{Naive, Reference, stateright_unique};

/// E, P, D, K, whether fixed; states, transitions, depth, terminal, bad, first bad.
type Row = ([usize; 4], bool, [usize; 5], Option<usize>);

const ROWS: [Row; 9] = [
    ([1, 4, 2, 1], false, [79, 115, 13, 1, 0], None),
    ([1, 4, 2, 1], true, [79, 115, 13, 1, 0], None),
    ([2, 2, 1, 0], false, [179, 342, 14, 1, 12], Some(9)),
    ([2, 2, 1, 0], true, [132, 248, 11, 1, 0], None),
    ([2, 3, 1, 1], false, [385, 809, 15, 1, 8], Some(10)),
    ([2, 3, 1, 1], true, [243, 500, 12, 1, 0], None),
    ([2, 5, 3, 2], false, [11_694, 26_563, 26, 25, 389], Some(13)),
    (
        [3, 3, 2, 1],
        false,
        [18_345, 53_295, 25, 5, 1_083],
        Some(11),
    ),
    ([3, 3, 2, 1], true, [4_937, 14_292, 19, 1, 0], None),
];

#[test]
fn every_row_of_the_table() {
    for ([enactors, plans, endpoints, threshold], fixed, counts, first) in ROWS {
        let model = Reference {
            enactors,
            plans: plans as u8,
            endpoints,
            threshold: threshold as u8,
            fixed,
        };
        let naive = Naive::explore(&model);
        let bad = |state: &planwright_oracle::ReferenceState| !state.never_empty(endpoints);
        let found = [
            naive.unique(),
            naive.transitions as usize,
            naive.depth(),
            naive.terminal as usize,
            naive.count(bad),
        ];
        assert_eq!((found, naive.shortest(bad)), (counts, first), "{model:?}");
        assert_eq!(stateright_unique(model), counts[0], "{model:?}");
    }
}

#[test]
fn a_million_states() {
    let model = Reference {
        enactors: 3,
        plans: 5,
        endpoints: 3,
        threshold: 1,
        fixed: false,
    };
    assert_eq!(Naive::explore(&model).unique(), 970_029);
    assert_eq!(stateright_unique(model), 970_029);
}
