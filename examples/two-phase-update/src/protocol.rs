//! How the controller brings a version live.

/// How the controller brings a version live.
///
/// The rules cite Reitblatt et al., "Abstractions for Network Update" (SIGCOMM 2012), as R, and
/// Sukapuram and Barua, "PPCU" (arXiv 1609.00126), as S.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// Each switch's rules are replaced by the new ones, requests or not (R, section 1: even when
    /// both configurations are correct, what is in between may not be).
    InPlace(Order),
    /// The ingress lets nothing in, the network drains, and the rules are replaced then.
    Paused,
    /// The new rules are installed next to the old ones, the ingress stamps the new version, and
    /// the old rules are removed (R, section on two-phase update).
    TwoPhase {
        /// When the ingress stamps the new version.
        flip: Flip,
        /// When a switch's old rules are removed.
        removal: Removal,
    },
}

/// In which order switches are updated in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Whichever comes first.
    Any,
    /// The last on the way first, so that no request meets old rules after new ones.
    LastFirst,
}

/// When the ingress stamps the new version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flip {
    /// At any time once the update has begun.
    AnyTime,
    /// Once every switch has acknowledged the new rules.
    OnceInstalled,
}

/// When a switch's old rules are removed, after the ingress stamps the new version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// At once: nothing new will need them.
    AtOnce,
    /// When no request with an old stamp waits at that very switch.
    OnceUnusedThere,
    /// When no request at all is in the network.
    OnceEmpty,
    /// When no request with an old stamp is anywhere in the network (R: packets carrying the old
    /// version must have left; S discusses how a controller can know).
    OnceDrained,
}

impl Protocol {
    /// As deployed: in place, in any order.
    pub fn in_place() -> Self {
        Self::InPlace(Order::Any)
    }

    /// In place, from the last switch on the way to the first.
    pub fn last_first() -> Self {
        Self::InPlace(Order::LastFirst)
    }

    /// Two phases, but the ingress does not wait for the switches.
    pub fn flip_early() -> Self {
        Self::TwoPhase {
            flip: Flip::AnyTime,
            removal: Removal::OnceDrained,
        }
    }

    fn with_removal(removal: Removal) -> Self {
        Self::TwoPhase {
            flip: Flip::OnceInstalled,
            removal,
        }
    }

    /// Two phases, and the old rules go as soon as nothing new will need them.
    pub fn remove_at_once() -> Self {
        Self::with_removal(Removal::AtOnce)
    }

    /// Two phases, and each switch gives its old rules up when it has no use for them itself.
    pub fn remove_unused() -> Self {
        Self::with_removal(Removal::OnceUnusedThere)
    }

    /// Two phases, and the old rules go when the network is empty.
    pub fn remove_when_empty() -> Self {
        Self::with_removal(Removal::OnceEmpty)
    }

    /// In place, while nothing is in the network.
    pub fn paused() -> Self {
        Self::Paused
    }

    /// The fix: two phases, and the old rules go when nothing that is stamped with them is left.
    pub fn two_phase() -> Self {
        Self::with_removal(Removal::OnceDrained)
    }

    /// Whether requests carry a stamp.
    pub fn stamps(self) -> bool {
        matches!(self, Self::TwoPhase { .. })
    }
}
