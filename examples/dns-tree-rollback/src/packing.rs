//! Phases in a few bits, for exact exploration.
//!
//! Inlined: a search does it for every step, and what the writer notes for proofs is then left out.

use planwright_core::{PackLocal, PackReader, PackWriter};

use crate::Phase;

/// Bits of the variant.
const VARIANT: u32 = 3;

impl PackLocal for Phase {
    #[inline(always)]
    fn pack(&self, to: &mut PackWriter) {
        match *self {
            Self::Idle { done } => {
                to.number(0, VARIANT);
                to.generation(done);
            }
            Self::Chosen { plan } => {
                to.number(1, VARIANT);
                to.generation(Some(plan));
            }
            Self::Synced { plan, epoch } => {
                to.number(2, VARIANT);
                to.generation(Some(plan));
                to.epoch(epoch);
            }
            Self::Cleaning { plan } => {
                to.number(3, VARIANT);
                to.generation(Some(plan));
            }
            Self::Locking { plan, epoch } => {
                to.number(4, VARIANT);
                to.generation(Some(plan));
                to.epoch(epoch);
            }
            Self::Deleting { plan, victim } => {
                to.number(5, VARIANT);
                to.generation(Some(plan));
                to.generation(Some(victim));
            }
        }
    }

    #[inline(always)]
    fn unpack(from: &mut PackReader) -> Option<Self> {
        Some(match from.number(VARIANT) {
            0 => Self::Idle {
                done: from.generation(),
            },
            1 => Self::Chosen {
                plan: from.generation()?,
            },
            2 => Self::Synced {
                plan: from.generation()?,
                epoch: from.epoch(),
            },
            3 => Self::Cleaning {
                plan: from.generation()?,
            },
            4 => Self::Locking {
                plan: from.generation()?,
                epoch: from.epoch(),
            },
            5 => Self::Deleting {
                plan: from.generation()?,
                victim: from.generation()?,
            },
            _ => return None,
        })
    }
}
