//! Patterns as bytes, so that an exploration can be exact.

use planwright_model::Encode;

use super::renaming::packed;
use super::{EveryGeneration, Pattern};
use crate::store::STORE_BYTES;
use crate::{Enactor, FaultBudget, Generation, PackLocal, PackReader, PlanSet};

/// The bytes of a code: the store, what is left of the faults, five more, and a word for each
/// enactor. There are few patterns, so bytes are spent on simplicity.
const BYTES: usize = STORE_BYTES + 5 + 6 + 8 * ENACTORS;

/// How many enactors a code has room for.
const ENACTORS: usize = 6;

impl<E: Enactor<Local: PackLocal>, const A: usize, const B: usize> Encode
    for EveryGeneration<E, A, B>
{
    type Code = [u8; BYTES];

    /// `None` with more than six enactors, or where a local state does not fit 63 bits.
    fn encode(&self, pattern: &Self::State) -> Option<Self::Code> {
        let Pattern { state, remembered } = pattern;
        let mut code = [0; BYTES];
        let (shared, locals) = code.split_at_mut(BYTES - 8 * ENACTORS);
        let (store, rest) = shared.split_at_mut(STORE_BYTES);
        store.copy_from_slice(&state.store.bytes());
        let FaultBudget {
            crashes,
            lost_acknowledgements,
            rollbacks,
            reissues,
            kill_switches,
        } = state.budget;
        let (budget, rest) = rest.split_at_mut(5);
        budget.copy_from_slice(&[
            crashes,
            lost_acknowledgements,
            rollbacks,
            reissues,
            kill_switches,
        ]);
        let (small, large) = rest.split_at_mut(2);
        small.copy_from_slice(&[Generation::byte(state.newest), state.switches.bits()]);
        large.copy_from_slice(&remembered.bits().to_le_bytes());
        if self.system.enactors > ENACTORS {
            return None;
        }
        for ((_, local), bytes) in state.enactors().zip(locals.chunks_exact_mut(8)) {
            bytes.copy_from_slice(&packed(local).finish()?.to_le_bytes());
        }
        Some(code)
    }

    /// # Panics
    ///
    /// If nothing can have been encoded as these bytes.
    fn decode(&self, code: Self::Code) -> Self::State {
        let mut state = self.system.start_state();
        let (store, rest) = code.split_first_chunk().expect("a code is longer");
        state.store = state.store.with_bytes(*store);
        let (
            [
                crashes,
                lost_acknowledgements,
                rollbacks,
                reissues,
                kill_switches,
            ],
            rest,
        ) = rest.split_first_chunk().expect("a code is longer");
        state.budget = FaultBudget {
            crashes: *crashes,
            lost_acknowledgements: *lost_acknowledgements,
            rollbacks: *rollbacks,
            reissues: *reissues,
            kill_switches: *kill_switches,
        };
        let ([newest, switches], rest) = rest.split_first_chunk().expect("a code is longer");
        state.newest = Generation::from_byte(*newest);
        state.switches = crate::state::Switches::from_bits(*switches);
        let (remembered, locals) = rest.split_first_chunk().expect("a code is longer");
        let words = locals.chunks_exact(8);
        for (local, word) in state.locals[..self.system.enactors].iter_mut().zip(words) {
            let word = u64::from_le_bytes(word.try_into().expect("eight bytes"));
            let unpacked = E::Local::unpack(&mut PackReader::widest(word));
            *local = unpacked.expect("a code that `encode` made");
        }
        Pattern {
            state,
            remembered: PlanSet::from_bits(u32::from_le_bytes(*remembered)),
        }
    }
}
