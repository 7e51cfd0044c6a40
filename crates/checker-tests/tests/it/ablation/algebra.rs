//! Random lattices, against the definitions spelled out.

use std::collections::BTreeSet;

use planwright_checker::Outcome::{self, Holds, Undecided, Violated};
use planwright_checker::ablation::{SafeguardSet, TruthTable};
use proptest::prelude::*;

type Sets = BTreeSet<u32>;

fn is_subset(a: u32, b: u32) -> bool {
    a & b == a
}

/// The minimal ones among these sets, by comparing each with each.
fn minimal(sets: &Sets) -> Sets {
    let least = |a: &&u32| !sets.iter().any(|b| b != *a && is_subset(*b, **a));
    sets.iter().filter(least).copied().collect()
}

fn sets(count: usize, which: impl Fn(u32) -> bool) -> Sets {
    (0..count as u32).filter(|set| which(*set)).collect()
}

/// What a fully decided table says, by definition.
fn by_definition(table: &[Outcome]) -> (Sets, Sets, Sets) {
    let all = table.len() as u32 - 1;
    let suffices = |set: u32| table[set as usize] == Holds;
    let sufficient = sets(table.len(), suffices);
    let minimal_sets = minimal(&sufficient);
    // A cut: no set of what is left suffices.
    let cuts = sets(table.len(), |cut| {
        (0..=all).all(|set| set & cut != 0 || !suffices(set))
    });
    let redundant = (0..all.count_ones()).map(|bit| 1 << bit);
    let redundant = redundant.filter(|one| !minimal_sets.iter().any(|set| set & one != 0));
    let redundant = redundant.collect();
    (minimal_sets, minimal(&cuts), redundant)
}

fn numbers(sets: &[SafeguardSet]) -> Sets {
    sets.iter().map(|set| set.index() as u32).collect()
}

/// Every way in which the undecided sets may turn out.
fn completions(table: &[Outcome]) -> Vec<Vec<Outcome>> {
    let mut all = vec![Vec::new()];
    for outcome in table {
        let ways: &[Outcome] = match outcome {
            Undecided => &[Holds, Violated],
            decided => std::slice::from_ref(decided),
        };
        all = all
            .into_iter()
            .flat_map(|done| {
                ways.iter().map(move |way| {
                    let mut done = done.clone();
                    done.push(*way);
                    done
                })
            })
            .collect();
    }
    all
}

fn decided(safeguards: u32) -> impl Strategy<Value = Vec<Outcome>> {
    let sets = 1_usize << safeguards;
    proptest::collection::vec(prop_oneof![1 => Just(Holds), 2 => Just(Violated)], sets)
}

fn partly_decided() -> impl Strategy<Value = Vec<Outcome>> {
    let cell = prop_oneof![2 => Just(Holds), 4 => Just(Violated), 1 => Just(Undecided)];
    (0_u32..=3).prop_flat_map(move |k| proptest::collection::vec(cell.clone(), 1_usize << k))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn decided_tables_are_read_as_defined(table in (0_u32..=5).prop_flat_map(decided)) {
        let (minimal_sets, cuts, redundant) = by_definition(&table);
        let read = TruthTable::new(table.clone());
        prop_assert_eq!(numbers(&read.minimal_sets().certain), minimal_sets);
        prop_assert_eq!(numbers(&read.minimal_cuts().certain), cuts);
        prop_assert_eq!(numbers(&read.redundant().certain), redundant);
        let unknown = [read.minimal_sets(), read.minimal_cuts(), read.redundant()];
        prop_assert!(unknown.iter().all(|claimed| claimed.unknown.is_empty()));
        for set in read.sets() {
            let here = set.index() as u32;
            let violated = |t: u32| is_subset(here, t) && table[t as usize] == Violated;
            let above = sets(table.len(), violated);
            prop_assert_eq!(read.violated_above(set), above.len());
            let breaches = if table[set.index()] == Holds { minimal(&above) } else { Sets::new() };
            prop_assert_eq!(numbers(&read.breaches(set)), breaches);
        }
        for safeguard in 0..read.safeguards() {
            let bit = 1 << safeguard;
            let broken = sets(table.len(), |set| {
                set & bit == 0
                    && table[set as usize] == Holds
                    && table[(set | bit) as usize] == Violated
            });
            prop_assert_eq!(numbers(&read.broken_by(safeguard)), minimal(&broken));
        }
    }

    /// Whatever the undecided sets turn out to be, what is certain is true, and what is neither certain
    /// nor unknown is false.
    #[test]
    fn undecided_sets_are_neither_safe_nor_failing(table in partly_decided()) {
        let read = TruthTable::new(table.clone());
        let claims = [read.minimal_sets(), read.minimal_cuts(), read.redundant()];
        let completed: Vec<_> = completions(&table).iter().map(|t| by_definition(t)).collect();
        for (number, claimed) in claims.iter().enumerate() {
            let truths: Vec<&Sets> = completed.iter().map(|(minimal, cuts, redundant)| {
                [minimal, cuts, redundant][number]
            }).collect();
            let always = truths.iter().skip(1).fold(truths[0].clone(), |a, b| &a & b);
            let ever = truths.iter().fold(Sets::new(), |a, b| &a | b);
            prop_assert_eq!(&numbers(&claimed.certain), &always);
            let may_be = &numbers(&claimed.certain) | &numbers(&claimed.unknown);
            prop_assert!(ever.is_subset(&may_be), "{:?} beyond {:?}", ever, may_be);
        }
    }
}

#[test]
fn ends_of_the_scale() {
    let nothing_suffices = TruthTable::new(vec![Violated; 8]);
    assert_eq!(nothing_suffices.minimal_sets().certain, []);
    assert_eq!(
        nothing_suffices.minimal_cuts().certain,
        [SafeguardSet::NONE]
    );
    let none_needed = TruthTable::new(vec![Holds; 8]);
    assert_eq!(none_needed.minimal_sets().certain, [SafeguardSet::NONE]);
    assert_eq!(none_needed.minimal_cuts().certain, []);
    assert_eq!(none_needed.redundant().certain.len(), 3);
}

#[test]
#[should_panic(expected = "one for each set")]
fn a_table_has_a_verdict_for_each_set() {
    let _ = TruthTable::new(vec![Holds; 3]);
}
