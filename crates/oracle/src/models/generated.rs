use stateright::Model;

use crate::{ExplicitGraph, Fairness, NamedPredicate, Strength};

/// A small graph made from a number: steps to other states, to the same one, and actions that do
/// nothing; cycles, joins, terminal states, unreachable parts, one or two initial states.
///
/// It is a [`Model`], so that any checker can run it, and has two predicates and up to three conditions
/// of any strength; in every other graph, progress of everything besides.
///
/// ```
/// use planwright_oracle::{Evaluator, Formula, Generated};
///
/// let graph = Generated::new(7).graph();
/// assert!(graph.states() <= Generated::MOST_STATES);
/// let evaluator = Evaluator::new(&graph);
/// // What can always be reached can be reached.
/// assert!(evaluator.holds(Formula::Reachable("p")) || !evaluator.holds(Formula::Recoverable("p")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    initial: Vec<u8>,
    /// From each state, the actions by label, with where they lead, if anywhere.
    actions: Vec<Vec<(usize, Option<u8>)>>,
    holds: [u16; 2],
    fairness: Vec<Fairness>,
}

impl Generated {
    /// No graph has more states.
    pub const MOST_STATES: usize = 8;

    /// The labels of actions.
    pub const LABELS: [&'static str; 4] = ["a", "b", "c", "d"];

    /// The graph with this number, always the same.
    pub fn new(number: u64) -> Self {
        let mut dice = Dice(number);
        let states = 2 + dice.below(Self::MOST_STATES as u64 - 1);
        let any = |dice: &mut Dice| dice.below(states) as u8;
        let initial = (0..1 + dice.below(2)).map(|_| any(&mut dice)).collect();
        // In half of the graphs anything leads anywhere. In the others two processes run side by side,
        // one with labels a and b and four places, one with c and d and two: there fairness matters.
        let side_by_side = states == 8 || number & 4 == 0;
        let states = if side_by_side { 8 } else { states };
        let (least, more) = (dice.below(3), 1 + dice.below(3));
        let action = |state: u64, dice: &mut Dice| {
            let label = dice.below(Self::LABELS.len() as u64);
            let leads = dice.below(8) != 0;
            let target = match (side_by_side, label < 2) {
                (false, _) => dice.below(states),
                (true, true) => state / 4 * 4 + dice.below(4),
                (true, false) => dice.below(2) * 4 + state % 4,
            };
            (label as usize, leads.then_some(target as u8))
        };
        let from = |state| {
            let actions = 0..least + dice.below(more);
            actions.map(|_| action(state, &mut dice)).collect()
        };
        let actions = (0..states).map(from).collect();
        // Each holds in half of the states.
        let mut bits = || dice.below(1 << 16) as u16;
        let holds = [bits(), bits()];
        let condition = |process| {
            let labels = match process {
                // Of half of the graphs, one of the process's two steps.
                0 if side_by_side => 0b0011 >> (number >> 4 & 1),
                1 if side_by_side => 0b1100,
                _ => 1 + dice.below(15),
            };
            let labels = (0..Self::LABELS.len()).filter(|label| labels >> label & 1 == 1);
            let labels: Vec<usize> = labels.collect();
            let strengths = [Strength::Progress, Strength::Weak, Strength::Strong];
            let strength = strengths[dice.below(3) as usize];
            Fairness::new(format!("{labels:?}"), labels, strength)
        };
        let conditions = number % 4;
        let all = || Fairness::new("all", 0..Self::LABELS.len(), Strength::Progress);
        let all = (number & 8 == 0).then(all);
        let fairness = (0..conditions).map(condition).chain(all).collect();
        Self {
            initial,
            actions,
            holds,
            fairness,
        }
    }

    /// Whether the predicate `p` holds in a state.
    pub fn p(&self, state: u8) -> bool {
        self.holds[0] >> state & 1 == 1
    }

    /// Whether the predicate `q` holds in a state.
    pub fn q(&self, state: u8) -> bool {
        self.holds[1] >> state & 1 == 1
    }

    /// The fairness conditions, by label.
    pub fn fairness(&self) -> &[Fairness] {
        &self.fairness
    }

    /// The explicit graph of what is reachable, with the predicates `p` and `q`.
    pub fn graph(&self) -> ExplicitGraph {
        let predicates: [NamedPredicate<'_, u8>; 2] = [
            ("p", &|state| self.p(*state)),
            ("q", &|state| self.q(*state)),
        ];
        let label = |&(label, _): &(usize, Option<u8>)| label;
        let graph = ExplicitGraph::explore(self, &Self::LABELS, label, &predicates);
        graph.named("generated").fair(self.fairness.clone())
    }
}

impl Model for Generated {
    type State = u8;
    /// The label, and where the action leads.
    type Action = (usize, Option<u8>);

    fn init_states(&self) -> Vec<u8> {
        self.initial.clone()
    }

    fn actions(&self, state: &u8, actions: &mut Vec<Self::Action>) {
        actions.extend(&self.actions[usize::from(*state)]);
    }

    fn next_state(&self, _: &u8, (_, leads_to): Self::Action) -> Option<u8> {
        leads_to
    }
}

/// Numbers that look random and are the same everywhere: the finaliser of the SplitMix generator (G.
/// L. Steele, D. Lea and C. H. Flood, "Fast splittable pseudorandom number generators", 2014) on a
/// counter.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ mixed >> 31) % bound
    }
}
