use stateright::{Model, Property};

/// Dijkstra's self-stabilising token ring: whatever counters its machines start with, it ends up
/// with one privilege that goes round.
///
/// E. W. Dijkstra, "Self-stabilizing systems in spite of distributed control", 1974 (EWD 426), the
/// solution with K-state machines. Every state is initial: `values` to the power of `machines`.
/// Published for 6 machines of 6 values in the [manifest of the TLA+
/// examples](https://github.com/tlaplus/Examples/blob/master/specifications/ewd426/manifest.json):
/// 46,656 distinct states, 248,832 generated (initial ones included).
///
/// It stabilises for any schedule if there are at least as many values as machines less one, and
/// may go on with several privileges for ever if there are fewer.
#[derive(Clone, Copy, Debug)]
pub struct TokenRing {
    /// How many machines form the ring.
    pub machines: usize,
    /// How many values a machine's counter takes.
    pub values: u8,
}

impl TokenRing {
    /// Whether a machine may move: the first if its counter equals its predecessor's, another if it
    /// does not.
    pub fn privileged(counters: &[u8], machine: usize) -> bool {
        match machine {
            0 => counters.first() == counters.last(),
            _ => counters[machine] != counters[machine - 1],
        }
    }

    /// How many machines may move.
    pub fn privileges(counters: &[u8]) -> usize {
        (0..counters.len())
            .filter(|&machine| Self::privileged(counters, machine))
            .count()
    }
}

impl Model for TokenRing {
    /// The machines' counters.
    type State = Vec<u8>;
    /// The machine that moves.
    type Action = usize;

    fn init_states(&self) -> Vec<Vec<u8>> {
        (0..self.machines).fold(vec![vec![]], |prefixes, _| {
            let longer = |prefix: Vec<u8>| {
                (0..self.values).map(move |value| prefix.iter().copied().chain([value]).collect())
            };
            prefixes.into_iter().flat_map(longer).collect()
        })
    }

    fn actions(&self, counters: &Vec<u8>, actions: &mut Vec<usize>) {
        actions.extend((0..self.machines).filter(|&machine| Self::privileged(counters, machine)));
    }

    fn next_state(&self, counters: &Vec<u8>, machine: usize) -> Option<Vec<u8>> {
        let mut next = counters.clone();
        next[machine] = match machine {
            0 => (counters[0] + 1) % self.values,
            _ => counters[machine - 1],
        };
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always(
            "a privilege exists",
            |_, counters: &Vec<u8>| Self::privileges(counters) > 0,
        )]
    }
}
