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
            Self::Idle => to.number(0, VARIANT),
            Self::Chosen { plan } => {
                to.number(1, VARIANT);
                to.generation(Some(plan));
            }
            Self::Locking { plan, epoch } => {
                to.number(2, VARIANT);
                to.generation(Some(plan));
                to.epoch(epoch);
            }
            Self::Writing {
                plan,
                endpoint,
                rechecked,
            } => {
                to.number(3, VARIANT);
                to.generation(Some(plan));
                to.endpoint(endpoint);
                to.flag(rechecked);
            }
            Self::Recording { plan } => {
                to.number(4, VARIANT);
                to.generation(Some(plan));
            }
            Self::Cleaning { plan, after } => {
                to.number(5, VARIANT);
                to.generation(Some(plan));
                to.generation(after);
            }
            Self::Deleting { plan, victim } => {
                to.number(6, VARIANT);
                to.generation(Some(plan));
                to.generation(Some(victim));
            }
        }
    }

    #[inline(always)]
    fn unpack(from: &mut PackReader) -> Option<Self> {
        Some(match from.number(VARIANT) {
            0 => Self::Idle,
            1 => Self::Chosen {
                plan: from.generation()?,
            },
            2 => Self::Locking {
                plan: from.generation()?,
                epoch: from.epoch(),
            },
            3 => Self::Writing {
                plan: from.generation()?,
                endpoint: from.endpoint()?,
                rechecked: from.flag(),
            },
            4 => Self::Recording {
                plan: from.generation()?,
            },
            5 => Self::Cleaning {
                plan: from.generation()?,
                after: from.generation(),
            },
            6 => Self::Deleting {
                plan: from.generation()?,
                victim: from.generation()?,
            },
            _ => return None,
        })
    }
}
