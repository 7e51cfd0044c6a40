//! Interchangeable parts.

use std::fmt::Debug;

use stateright::Model;

/// A model some of whose parts are interchangeable: renaming them by a permutation turns behaviours
/// into behaviours.
///
/// A checker may then explore one state of each orbit, its canonical form (Ip and Dill, "Better
/// Verification Through Symmetry", 1996; Murphi calls such parts a scalarset). That is sound only
/// if the initial states, the boundary and the properties do not tell the parts apart either, which
/// a checker can test on the states that it meets.
///
/// ```
/// use planwright_model::{Model, Symmetric, smallest_of_orbit};
///
/// /// Two counters that go up to 3.
/// struct Counters;
///
/// impl Model for Counters {
///     type State = [u8; 2];
///     type Action = usize;
///     fn init_states(&self) -> Vec<[u8; 2]> {
///         vec![[0, 0]]
///     }
///     fn actions(&self, state: &[u8; 2], actions: &mut Vec<usize>) {
///         actions.extend((0..2).filter(|i| state[*i] < 3));
///     }
///     fn next_state(&self, state: &[u8; 2], counter: usize) -> Option<[u8; 2]> {
///         let mut next = *state;
///         next[counter] += 1;
///         Some(next)
///     }
/// }
///
/// impl Symmetric for Counters {
///     /// Whether the counters are exchanged.
///     type Permutation = bool;
///     fn permutations(&self) -> Vec<bool> {
///         vec![false, true]
///     }
///     fn permute(&self, exchanged: &bool, &[a, b]: &[u8; 2]) -> [u8; 2] {
///         if *exchanged { [b, a] } else { [a, b] }
///     }
///     fn permute_action(&self, exchanged: &bool, counter: &usize) -> usize {
///         if *exchanged { 1 - counter } else { *counter }
///     }
///     fn canonical(&self, state: &[u8; 2]) -> [u8; 2] {
///         smallest_of_orbit(self, state)
///     }
/// }
///
/// assert_eq!(Counters.canonical(&[3, 1]), [1, 3]);
/// ```
pub trait Symmetric: Model<State: PartialEq> {
    /// A renaming of the interchangeable parts.
    type Permutation: Debug + Send + Sync;

    /// All of them, the one that changes nothing included. Used for checks, not for the search.
    fn permutations(&self) -> Vec<Self::Permutation>;

    /// The state after the renaming.
    fn permute(&self, permutation: &Self::Permutation, state: &Self::State) -> Self::State;

    /// The action after the renaming: what it does to a renamed state is the renamed result.
    fn permute_action(
        &self,
        permutation: &Self::Permutation,
        action: &Self::Action,
    ) -> Self::Action;

    /// One state of the orbit, the same for all its members.
    ///
    /// Where only one kind of part is interchangeable and nothing refers to it by name, sorting the
    /// parts' whole local states does it. With two kinds, take the smallest over the permutations of
    /// one kind, each followed by a sort of the other. Sorting by a part of the local state does
    /// not: states that tie are told apart by their order, and some orbits are explored repeatedly.
    fn canonical(&self, state: &Self::State) -> Self::State;
}

/// A canonical form for small groups: the smallest state of the orbit, found by trying all
/// permutations. Takes time proportional to their number.
pub fn smallest_of_orbit<M: Symmetric<State: Ord>>(model: &M, state: &M::State) -> M::State
where
    M::State: Clone,
{
    let permutations = model.permutations();
    let orbit = permutations.iter().map(|p| model.permute(p, state));
    orbit.min().unwrap_or_else(|| state.clone())
}
