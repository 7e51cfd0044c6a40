//! How enactors are switched.

use planwright_core::{Course, Handover};

/// What becomes of an enactor's memory when it is switched, and how far switching goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Switching {
    /// What becomes of its memory.
    pub handover: Handover,
    /// The widest course that is explored: [`Course::BackAndForth`], in which enactors are switched without
    /// end, unless that makes the fleet's states endless as well.
    pub widest: Course,
}

impl Switching {
    /// Every handover, and every course.
    pub const ALL: [Self; 3] = [
        Self::back_and_forth(Handover::ALL[0]),
        Self::back_and_forth(Handover::ALL[1]),
        Self::back_and_forth(Handover::ALL[2]),
    ];

    /// Every course with this handover.
    pub const fn back_and_forth(handover: Handover) -> Self {
        Self {
            handover,
            widest: Course::BackAndForth,
        }
    }

    /// Whether a course is explored.
    pub(super) fn includes(self, course: Course) -> bool {
        course != Course::BackAndForth || self.widest == course
    }
}
