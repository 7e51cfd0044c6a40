//! The steps of the network.

use planwright_model::Finite;

use crate::Version;

/// A step: of the controller, of a client, or of a switch that handles a request. It says what was
/// read and what came of it, for reports; only possible ones are ever listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Finite)]
pub enum Action {
    /// The controller begins to bring a version live.
    Begin(Version),
    /// The controller replaces all rules of a switch.
    Replace(u8, Version),
    /// The controller adds the rules of a version to those that a switch holds.
    Install(u8, Version),
    /// The controller has the ingress stamp another version from now on.
    Flip(Version),
    /// The controller removes all rules older than this version from a switch.
    Remove(u8, Version),
    /// A client sends its request, which the ingress stamps with a version if there are stamps.
    Enter(#[finite(process)] u8, Option<Version>),
    /// A switch handles a request.
    Handle {
        /// The request.
        #[finite(process)]
        request: u8,
        /// The switch.
        at: u8,
        /// What comes of it.
        outcome: Handled,
    },
    /// A client notices that its request came to harm, and may send another.
    Notice(#[finite(process)] u8),
}

impl Action {
    /// Whether the controller goes on with an update that has begun. When updates begin is not its duty.
    pub fn continues_update(&self) -> bool {
        matches!(
            self,
            Self::Replace(..) | Self::Install(..) | Self::Flip(_) | Self::Remove(..)
        )
    }

    /// Whether a switch handles this request. Whether clients send any is their own affair.
    pub fn handles(&self, name: u8) -> bool {
        matches!(self, Self::Handle { request, .. } if *request == name)
    }
}

/// What comes of a request at a switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Finite)]
pub enum Handled {
    /// It goes on, or leaves the network behind the last switch.
    By(Version),
    /// Switches behind it handled it by another version than this one does.
    Mixed {
        /// The version of the switches behind it.
        before: Version,
        /// The version of this one.
        now: Version,
    },
    /// The switch has no rules for the version stamped on it.
    Dropped(Version),
}
