//! What is derived of a value, against lists of all values that were written by hand.

use std::collections::BTreeSet;
use std::fmt::Debug;

use planwright_model::Finite;
use planwright_model::finite::{Kind, Renaming, Visitor, from_word, to_word};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Finite)]
struct Unit;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Finite)]
enum Color {
    Red,
    Green,
    Blue,
}

const LAST: u8 = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Finite)]
struct Numbers(
    #[finite(2..=LAST)] u8,
    #[finite(0..LAST as usize)] usize,
    #[finite(5..=5)] u64,
    #[finite(7..=8)] Option<u32>,
);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Finite)]
enum Task {
    Idle,
    Run {
        color: Color,
        again: bool,
    },
    Wait(Option<Color>),
    Count(#[finite(1..=2)] [u16; 2]),
    #[allow(dead_code)]
    Nothing {},
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Finite)]
struct Pair<T, const N: usize> {
    one: T,
    others: [T; N],
}

/// A set of processes, whose visitor is written by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Members(u8);

impl Finite for Members {
    const VALUES: u64 = 8;
    const ANY: Self = Self(0);

    fn visit<V: Visitor>(self, visitor: &mut V) -> Self {
        Self(visitor.set(Kind::PROCESS, self.0.into(), 3) as u8)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Finite)]
struct Ring {
    #[finite(process < 3)]
    holder: Option<u8>,
    #[finite(per_process)]
    colors: [Option<Color>; 3],
    members: Members,
    #[finite(0..=1)]
    rounds: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Finite)]
enum Step {
    Turn(#[finite(0..3)] u8),
    Pass(#[finite(process < 3)] u8, #[finite(process < 3)] u8),
    Join(Members),
}

fn colors() -> [Color; 3] {
    [Color::Red, Color::Green, Color::Blue]
}

fn maybe<T: Copy>(all: &[T]) -> Vec<Option<T>> {
    let some = all.iter().copied().map(Some);
    some.chain([None]).collect()
}

fn tasks() -> Vec<Task> {
    let mut all = vec![Task::Idle, Task::Nothing {}];
    for color in colors() {
        for again in [false, true] {
            all.push(Task::Run { color, again });
        }
    }
    all.extend(maybe(&colors()).into_iter().map(Task::Wait));
    for one in 1..=2 {
        for other in 1..=2 {
            all.push(Task::Count([one, other]));
        }
    }
    all
}

fn numbers() -> Vec<Numbers> {
    let mut all = Vec::new();
    for first in [2, 3] {
        for second in [0, 1, 2] {
            for last in [None, Some(7), Some(8)] {
                all.push(Numbers(first, second, 5, last));
            }
        }
    }
    all
}

fn rings() -> Vec<Ring> {
    let mut all = Vec::new();
    for holder in maybe(&[0, 1, 2]) {
        for one in maybe(&colors()) {
            for two in maybe(&colors()) {
                for three in maybe(&colors()) {
                    for members in 0..8 {
                        for rounds in 0..2 {
                            all.push(Ring {
                                holder,
                                colors: [one, two, three],
                                members: Members(members),
                                rounds,
                            });
                        }
                    }
                }
            }
        }
    }
    all
}

fn steps() -> Vec<Step> {
    let mut all: Vec<Step> = (0..3).map(Step::Turn).collect();
    for one in 0..3 {
        all.extend((0..3).map(|other| Step::Pass(one, other)));
    }
    all.extend((0..8).map(|set| Step::Join(Members(set))));
    all
}

/// The values of a type are these, each has a word of its own, and no word is left over.
fn are_all<T: Finite + Debug + Ord>(all: &[T]) {
    let listed: BTreeSet<T> = all.iter().copied().collect();
    assert_eq!(listed.len(), all.len(), "the list repeats itself");
    assert_eq!(T::VALUES, all.len() as u64, "{:?}", T::ANY);
    assert!(listed.contains(&T::ANY), "{:?}", T::ANY);
    let words = all.iter().map(|value| {
        let word = to_word(*value).expect("it is within its bounds");
        assert_eq!(from_word::<T>(word), *value);
        word
    });
    let words: BTreeSet<u64> = words.collect();
    assert!(words.into_iter().eq(0..T::VALUES));
    let read: BTreeSet<T> = (0..T::VALUES).map(from_word).collect();
    assert_eq!(read, listed);
}

#[test]
fn words_number_the_values_of_a_type() {
    are_all(&[()]);
    are_all(&[Unit]);
    are_all(&[false, true]);
    are_all(&(0..=255).collect::<Vec<u8>>());
    are_all(&colors());
    are_all(&maybe(&maybe(&colors())));
    are_all(&tasks());
    are_all(&maybe(&tasks()));
    are_all(&numbers());
    are_all(&rings());
    are_all(&steps());
    let pairs = |one: Task| {
        let colors = colors().into_iter();
        colors.flat_map(move |two| [false, true].map(|three| (one, two, three)))
    };
    are_all(&tasks().into_iter().flat_map(pairs).collect::<Vec<_>>());
    let mut triples = Vec::new();
    for one in tasks() {
        for two in tasks() {
            triples.extend(tasks().into_iter().map(|three| Pair {
                one,
                others: [two, three],
            }));
        }
    }
    are_all(&triples);
}

#[test]
fn what_is_out_of_bounds_fits_no_word() {
    for wrong in [
        Numbers(1, 0, 5, None),
        Numbers(4, 0, 5, None),
        Numbers(2, 3, 5, None),
        Numbers(2, 0, 4, None),
        Numbers(2, 0, 6, None),
        Numbers(2, 0, 5, Some(6)),
        Numbers(2, 0, 5, Some(u32::MAX)),
    ] {
        assert_eq!(to_word(wrong), None, "{wrong:?}");
    }
    assert_eq!(to_word(Task::Count([1, 3])), None);
    assert_eq!(to_word(Step::Pass(0, 3)), None);
}

#[test]
#[should_panic(expected = "no value has this word")]
fn no_value_is_read_from_a_word_that_none_has() {
    let _: Color = from_word(3);
}

/// The ring with new numbers, by hand.
fn renamed(new: [u8; 3], ring: Ring) -> Ring {
    let mut colors = ring.colors;
    for old in 0..3 {
        colors[usize::from(new[old])] = ring.colors[old];
    }
    Ring {
        holder: ring.holder.map(|holder| new[usize::from(holder)]),
        colors,
        members: members(new, ring.members),
        rounds: ring.rounds,
    }
}

fn members(new: [u8; 3], members: Members) -> Members {
    let inside = (0..3).filter(|old| members.0 >> old & 1 == 1);
    Members(inside.fold(0, |set, old: u8| set | 1 << new[usize::from(old)]))
}

#[test]
fn renaming_is_what_it_is_by_hand() {
    let all = Renaming::all(3);
    let new = |renaming: &Renaming| [0, 1, 2].map(|old| renaming.number(old));
    let numbers: BTreeSet<_> = all.iter().map(new).collect();
    let expected = [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ];
    assert_eq!(numbers, BTreeSet::from(expected));
    assert_eq!(new(&all[0]), [0, 1, 2]);
    for renaming in &all {
        let new = new(renaming);
        for ring in rings() {
            assert_eq!(renaming.of(ring), renamed(new, ring));
        }
        for step in steps() {
            let expected = match step {
                Step::Turn(times) => Step::Turn(times),
                Step::Pass(from, to) => Step::Pass(new[usize::from(from)], new[usize::from(to)]),
                Step::Join(set) => Step::Join(members(new, set)),
            };
            assert_eq!(renaming.of(step), expected);
        }
    }
}

/// A group acts: the first one changes nothing, one after another is a third, and none makes two values one.
#[test]
fn renamings_act_as_a_group() {
    let all = Renaming::all(3);
    for ring in rings() {
        assert_eq!(all[0].of(ring), ring);
    }
    for one in &all {
        let images: BTreeSet<Ring> = rings().into_iter().map(|ring| one.of(ring)).collect();
        assert_eq!(images.len(), rings().len());
        for other in &all {
            let both = |process| other.number(one.number(process));
            let mut product = all
                .iter()
                .filter(|p| (0..3).all(|i| p.number(i) == both(i)));
            let product = product.next().expect("it is a permutation");
            for ring in rings() {
                assert_eq!(other.of(one.of(ring)), product.of(ring));
            }
        }
    }
}

#[test]
fn groups_of_processes_stay_apart() {
    let all = Renaming::within(&[2, 0, 3, 1]);
    let numbers: BTreeSet<[u8; 7]> = all
        .iter()
        .map(|renaming| [0, 1, 2, 3, 4, 5, 6].map(|old| renaming.number(old)))
        .collect();
    assert_eq!((all.len(), numbers.len()), (12, 12));
    for new in numbers {
        let mut sorted = new;
        sorted[..2].sort_unstable();
        sorted[2..5].sort_unstable();
        assert_eq!(sorted, [0, 1, 2, 3, 4, 5, 6], "{new:?}");
    }
}

#[test]
#[should_panic(expected = "ask for at most 16 processes")]
fn more_processes_than_can_be_renamed_are_refused() {
    let _ = Renaming::within(&[9, 8]);
}
