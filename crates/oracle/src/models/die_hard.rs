use stateright::{Model, Property};

/// Two jugs, of three and five gallons, and the task to measure four: the puzzle of the film Die
/// Hard with a Vengeance, used by Lamport to introduce TLA+.
///
/// TLC prints 97 states generated, 16 of them distinct, and a search 8 states deep, when it is not
/// asked to stop at the solution. Its generated states include the initial one.
#[derive(Clone, Copy, Debug, Default)]
pub struct DieHard;

/// The gallons in each jug.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Jugs {
    /// In the jug that holds three.
    pub small: u8,
    /// In the jug that holds five.
    pub big: u8,
}

/// What one can do with jugs without marks, whether or not it changes anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pour {
    /// Fill the small jug from the tap.
    FillSmall,
    /// Fill the big jug from the tap.
    FillBig,
    /// Empty the small jug.
    EmptySmall,
    /// Empty the big jug.
    EmptyBig,
    /// Pour from the small jug until it is empty or the big one full.
    SmallToBig,
    /// Pour from the big jug until it is empty or the small one full.
    BigToSmall,
}

impl Model for DieHard {
    type State = Jugs;
    type Action = Pour;

    fn init_states(&self) -> Vec<Jugs> {
        vec![Jugs::default()]
    }

    fn actions(&self, _: &Jugs, actions: &mut Vec<Pour>) {
        use Pour::*;
        actions.extend([
            FillSmall, FillBig, EmptySmall, EmptyBig, SmallToBig, BigToSmall,
        ]);
    }

    fn next_state(&self, &Jugs { small, big }: &Jugs, action: Pour) -> Option<Jugs> {
        let (small, big) = match action {
            Pour::FillSmall => (3, big),
            Pour::FillBig => (small, 5),
            Pour::EmptySmall => (0, big),
            Pour::EmptyBig => (small, 0),
            Pour::SmallToBig => {
                let poured = small.min(5 - big);
                (small - poured, big + poured)
            }
            Pour::BigToSmall => {
                let poured = big.min(3 - small);
                (small + poured, big - poured)
            }
        };
        Some(Jugs { small, big })
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::sometimes("four gallons", |_, jugs: &Jugs| {
            jugs.big == 4
        })]
    }
}
