//! A record of the questions a protocol asks while a system lists its steps.
//!
//! Neither a generation nor a transaction can carry a recorder: both are part of every state or action,
//! and must stay small. So the recorder belongs to the thread, for the length of one call; it is the
//! only state outside of values in this crate. The result of the call depends on its arguments alone,
//! but where a precondition is left out, which is the purpose of [`Instrument::Without`].

use std::cell::{Cell, RefCell};
use std::panic::Location;
use std::sync::Arc;

use crate::mutation::{CallSite, PreconditionKind};
use crate::plan::Names;
use crate::reads::{Fact, Read, Reads, Unknown};
use crate::{Epoch, Generation};

/// What is done with the calls that a protocol makes.
#[derive(Debug)]
pub(crate) enum Instrument {
    Off,
    /// Records every precondition and the place where it is added.
    Preconditions(Vec<(&'static Location<'static>, PreconditionKind)>),
    /// Leaves out the preconditions that are added at this place.
    Without(Arc<CallSite>),
    /// Records every fact that the protocol reads.
    Reads(Box<Reads>),
}

thread_local! {
    /// Apart from the instrument, so that a read costs one load while nothing is recorded.
    static MODE: Cell<u8> = const { Cell::new(OFF) };
    static INSTRUMENT: RefCell<Instrument> = const { RefCell::new(Instrument::Off) };
}

const OFF: u8 = 0;
const ON: u8 = 1;
const ON_SYMBOLIC: u8 = 2;

/// Whether calls are recorded on this thread.
#[inline(always)]
pub(crate) fn is_active() -> bool {
    MODE.get() != OFF
}

/// Whether the plans of the state at hand have symbolic names.
#[inline(always)]
pub(crate) fn is_symbolic() -> bool {
    MODE.get() == ON_SYMBOLIC
}

/// Records a precondition; whether it is to be left out.
#[cold]
pub(crate) fn observe_precondition(
    place: &'static Location<'static>,
    kind: PreconditionKind,
) -> bool {
    INSTRUMENT.with_borrow_mut(|instrument| match instrument {
        Instrument::Preconditions(seen) => {
            seen.push((place, kind));
            false
        }
        Instrument::Without(site) => site.is_at(place, kind),
        Instrument::Off | Instrument::Reads(_) => false,
    })
}

fn with_reads(record: impl FnOnce(&mut Reads)) {
    INSTRUMENT.with_borrow_mut(|instrument| {
        if let Instrument::Reads(reads) = instrument {
            record(reads);
        }
    });
}

/// Records a fact that was read.
#[cold]
#[track_caller]
pub(crate) fn observe(fact: Fact) {
    observe_at(fact, Location::caller(), false);
}

/// Records a fact that the store looked at, for a transaction.
#[cold]
#[track_caller]
pub(crate) fn observe_checked(fact: Fact) {
    observe_at(fact, Location::caller(), true);
}

fn observe_at(fact: Fact, place: &'static Location<'static>, checked: bool) {
    with_reads(|reads| {
        reads.facts.push(Read {
            fact,
            place,
            checked,
        });
    });
}

/// Notes a use that renaming does not preserve, if only symbolic names may be used.
#[cold]
#[track_caller]
fn note_if(wrong: bool, unknown: Unknown) {
    let place = Location::caller();
    with_reads(|reads| {
        if wrong && reads.symbolic {
            reads.note(unknown, place);
        }
    });
}

/// Records that a generation takes part in a comparison or a question.
#[cold]
#[track_caller]
pub(crate) fn observe_use(generation: Generation) {
    note_if(!generation.is_symbolic(), Unknown::Constant);
}

/// Records that two generations are compared.
#[cold]
#[track_caller]
pub(crate) fn observe_comparison(one: Generation, other: Generation) {
    observe_use(one);
    observe_use(other);
}

/// Records the question whether a generation is older by `k` than another.
#[cold]
#[track_caller]
pub(crate) fn observe_age(k: u8, one: Generation, other: Generation) {
    observe_gap(k);
    observe_comparison(one, other);
}

/// Records that a set of plans is asked a question.
#[cold]
#[track_caller]
pub(crate) fn observe_set(names: Names) {
    note_if(names.has_numbers(), Unknown::Constant);
}

/// Records that a lock epoch takes part in a comparison.
#[cold]
#[track_caller]
pub(crate) fn observe_epoch(epoch: Epoch) {
    note_if(!epoch.is_symbolic(), Unknown::Constant);
}

/// Records that something asks whether a generation is older by `k`.
#[cold]
pub(crate) fn observe_gap(k: u8) {
    with_reads(|reads| reads.largest_gap = reads.largest_gap.max(k));
}

/// Records that the local states of all enactors are looked at, not one enactor's alone.
#[cold]
#[track_caller]
pub(crate) fn observe_all_enactors() {
    let place = Location::caller();
    with_reads(|reads| {
        if reads.one_of_many {
            reads.note(Unknown::AllEnactors, place);
        }
    });
}

/// Records that a transaction asks which plans all enactors hold.
#[cold]
pub(crate) fn observe_holders() {
    with_reads(|reads| reads.asks_for_holders = true);
}

/// Records the step from a generation to its successor.
#[cold]
#[track_caller]
pub(crate) fn observe_successor(of: Generation) {
    let place = Location::caller();
    with_reads(|reads| {
        if reads.symbolic && !reads.newest.is_some_and(|newest| newest.is(of)) {
            reads.note(Unknown::Successor, place);
        }
    });
}

/// Records that the number of a generation, or of the members of a set, is looked at as such.
#[cold]
#[track_caller]
pub(crate) fn observe_number() {
    note_if(true, Unknown::Number);
}

fn set(instrument: Instrument) -> Instrument {
    MODE.set(match &instrument {
        Instrument::Off => OFF,
        Instrument::Reads(reads) if reads.symbolic => ON_SYMBOLIC,
        _ => ON,
    });
    INSTRUMENT.replace(instrument)
}

/// Calls are made with an instrument as long as this lives. Puts the earlier one back, also when the
/// protocol panics.
#[derive(Debug)]
pub(crate) struct Instrumented(Option<Instrument>);

impl Instrumented {
    pub(crate) fn new(instrument: Instrument) -> Self {
        Self(Some(set(instrument)))
    }

    /// The instrument, with what it recorded.
    pub(crate) fn end(mut self) -> Instrument {
        set(self.0.take().unwrap_or(Instrument::Off))
    }
}

impl Drop for Instrumented {
    fn drop(&mut self) {
        if let Some(earlier) = self.0.take() {
            set(earlier);
        }
    }
}

/// Makes the call and returns its result with everything it read.
pub(crate) fn reads_of<T>(reads: Reads, call: impl FnOnce() -> T) -> (T, Reads) {
    let instrumented = Instrumented::new(Instrument::Reads(Box::new(reads)));
    let result = call();
    let Instrument::Reads(reads) = instrumented.end() else {
        unreachable!("the instrument that was set");
    };
    (result, *reads)
}
