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
            Self::Waiting { plan } => {
                to.number(1, VARIANT);
                to.generation(Some(plan));
            }
            Self::Granted { token } => {
                to.number(2, VARIANT);
                to.token(token);
            }
            Self::Writing {
                plan,
                token,
                endpoint,
            } => {
                to.number(3, VARIANT);
                to.generation(Some(plan));
                to.token(token);
                to.endpoint(endpoint);
            }
            Self::Checked {
                plan,
                token,
                endpoint,
            } => {
                to.number(4, VARIANT);
                to.generation(Some(plan));
                to.token(token);
                to.endpoint(endpoint);
            }
            Self::Releasing { token } => {
                to.number(5, VARIANT);
                to.token(token);
            }
            Self::Choosing { token } => {
                to.number(6, VARIANT);
                to.token(token);
            }
        }
    }

    #[inline(always)]
    fn unpack(from: &mut PackReader) -> Option<Self> {
        Some(match from.number(VARIANT) {
            0 => Self::Idle,
            1 => Self::Waiting {
                plan: from.generation()?,
            },
            2 => Self::Granted {
                token: from.token(),
            },
            3 => Self::Writing {
                plan: from.generation()?,
                token: from.token(),
                endpoint: from.endpoint()?,
            },
            4 => Self::Checked {
                plan: from.generation()?,
                token: from.token(),
                endpoint: from.endpoint()?,
            },
            5 => Self::Releasing {
                token: from.token(),
            },
            6 => Self::Choosing {
                token: from.token(),
            },
            _ => return None,
        })
    }
}
