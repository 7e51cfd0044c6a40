use stateright::{Model, Property};

/// Peterson's mutual exclusion of two processes.
///
/// G. L. Peterson, "Myths about the mutual exclusion problem", 1981. One step for each of: leave
/// the noncritical section, raise the flag, yield the turn, wait, use the critical section, lower
/// the flag. Published for these steps in the [manifest of the TLA+
/// examples](https://github.com/tlaplus/Examples/blob/master/specifications/locks_auxiliary_vars/manifest.json):
/// 42 distinct states, 77 generated (the initial one included), 11 states deep.
///
/// A process that waits gets in if both processes are weakly fair, and may wait for ever if the
/// other one is not.
#[derive(Clone, Copy, Debug, Default)]
pub struct Peterson;

/// Where both processes are, and whose turn it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Processes {
    /// The next step of each process.
    pub at: [Label; 2],
    /// Whether a process wants in.
    pub flag: [bool; 2],
    /// The process that goes first if both want in.
    pub turn: u8,
}

/// The next step of a process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Label {
    /// Leave the noncritical section.
    #[default]
    Noncritical,
    /// Raise the flag.
    Raise,
    /// Give the turn to the other.
    Yield,
    /// Wait until the other's flag is down or the turn has come.
    Wait,
    /// Do the critical section.
    Critical,
    /// Lower the flag.
    Lower,
}

impl Processes {
    /// Whether both processes are where only one may be.
    pub fn collide(&self) -> bool {
        self.at
            .iter()
            .all(|at| matches!(at, Label::Critical | Label::Lower))
    }
}

impl Model for Peterson {
    type State = Processes;
    /// The process that takes its next step.
    type Action = u8;

    fn init_states(&self) -> Vec<Processes> {
        vec![Processes::default()]
    }

    fn actions(&self, _: &Processes, actions: &mut Vec<u8>) {
        actions.extend([0, 1]);
    }

    fn next_state(&self, last: &Processes, mover: u8) -> Option<Processes> {
        let other = 1 - mover;
        let mut next = *last;
        let me = usize::from(mover);
        next.at[me] = match last.at[me] {
            Label::Noncritical => Label::Raise,
            Label::Raise => {
                next.flag[me] = true;
                Label::Yield
            }
            Label::Yield => {
                next.turn = other;
                Label::Wait
            }
            Label::Wait if last.flag[usize::from(other)] && last.turn == other => return None,
            Label::Wait => Label::Critical,
            Label::Critical => Label::Lower,
            Label::Lower => {
                next.flag[me] = false;
                Label::Noncritical
            }
        };
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always(
            "mutual exclusion",
            |_, processes: &Processes| !processes.collide(),
        )]
    }
}
