//! Patterns as bytes, so that an exploration can be exact.

use planwright_model::Encode;

use super::renaming::packed;
use super::{EveryGeneration, Pattern};
use crate::plan_bits::PlanBits;
use crate::store::STORE_BYTES;
use crate::{Enactor, EnactorId, FaultBudget, Generation, PackLocal, PackReader};

/// The bytes of a code: the store, what is left of the faults, six more, and a word for each enactor.
/// There are few patterns, so bytes are spent on simplicity.
const BYTES: usize = STORE_BYTES + 4 + 6 + 8 * EnactorId::CAPACITY;

impl<E: Enactor<Local: PackLocal>> Encode for EveryGeneration<E> {
    type Code = [u8; BYTES];

    /// `None` where a local state does not fit 63 bits.
    fn encode(&self, pattern: &Self::State) -> Option<Self::Code> {
        let Pattern { state, remembered } = pattern;
        let FaultBudget {
            crashes,
            lost_acknowledgements,
            rollbacks,
            kill_switches,
        } = state.budget;
        let mut code = [0; BYTES];
        let (shared, locals) = code.split_at_mut(BYTES - 8 * EnactorId::CAPACITY);
        let (store, rest) = shared.split_at_mut(STORE_BYTES);
        store.copy_from_slice(&state.store.bytes());
        let (small, large) = rest.split_at_mut(6);
        small.copy_from_slice(&[
            crashes,
            lost_acknowledgements,
            rollbacks,
            kill_switches,
            Generation::byte(state.newest),
            state.switches.bits(),
        ]);
        large.copy_from_slice(&remembered.word().to_le_bytes());
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
        state.store = state.store.with_bytes(*store).symbolic();
        let (small, rest) = rest.split_first_chunk().expect("a code is longer");
        let [
            crashes,
            lost_acknowledgements,
            rollbacks,
            kill_switches,
            newest,
            switches,
        ] = *small;
        state.budget = FaultBudget {
            crashes,
            lost_acknowledgements,
            rollbacks,
            kill_switches,
        };
        state.newest = Generation::from_byte(newest).map(Generation::symbolic);
        state.switches = crate::state::Switches::from_bits(switches);
        let (remembered, locals) = rest.split_first_chunk().expect("a code is longer");
        let words = locals.chunks_exact(8);
        for (local, word) in state.locals[..self.system.enactors].iter_mut().zip(words) {
            let word = u64::from_le_bytes(word.try_into().expect("eight bytes"));
            let unpacked = E::Local::unpack(&mut PackReader::widest(word, true));
            *local = unpacked.expect("a code that `encode` made");
        }
        Pattern {
            state,
            remembered: PlanBits::from_word(u32::from_le_bytes(*remembered)),
        }
    }
}
