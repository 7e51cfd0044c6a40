//! Patterns as bytes, so that an exploration can be exact.

use planwright_model::Encode;
use planwright_model::finite::Finite;

use super::{EveryGeneration, Pattern};
use crate::Enactor;
use crate::encode::Bounds;
use crate::packing::{PackReader, PackWriter};
use crate::plan_bits::PlanBits;

/// Enough for the widest store and 63 bits for each enactor.
const BYTES: usize = 72;

impl<E: Enactor<Local: Finite>> Encode for EveryGeneration<E> {
    type Code = [u8; BYTES];

    fn encode(&self, pattern: &Self::State) -> Option<Self::Code> {
        let mut to = PackWriter::widest();
        let _ = pattern.state.visit(&Bounds::WIDEST, &mut to);
        let _ = pattern.remembered.visit(&mut to);
        to.finish()
    }

    /// # Panics
    ///
    /// If nothing can have been encoded as these bytes.
    fn decode(&self, code: Self::Code) -> Self::State {
        let mut from = PackReader::widest(code, true);
        let state = self.system.start_state().visit(&Bounds::WIDEST, &mut from);
        Pattern {
            state,
            remembered: PlanBits::EMPTY.visit(&mut from),
        }
    }
}
