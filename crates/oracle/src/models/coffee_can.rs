use stateright::{Model, Property};

/// The coffee can problem: as long as two beans are left, draw two; two of a colour are replaced by
/// a black one, and of two colours the white one goes back.
///
/// David Gries, "The Science of Programming", 1981, who credits Dijkstra and Scholten. It has no
/// cycles but that of its last bean, and every filling of the can is an initial state. Published, as
/// distinct and generated states (initial ones included), in the [manifest of the TLA+
/// examples](https://github.com/tlaplus/Examples/blob/master/specifications/CoffeeCan/manifest.json):
/// 5,150 and 20,002 for up to 100 beans, 501,500 and 2,000,002 for up to 1,000.
#[derive(Clone, Copy, Debug)]
pub struct CoffeeCan {
    /// The most beans a can starts with; the fewest are one.
    pub capacity: u16,
}

/// What is in the can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Beans {
    /// How many black beans.
    pub black: u16,
    /// How many white beans.
    pub white: u16,
}

/// What was drawn from the can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draw {
    /// Two black beans.
    Black,
    /// Two white beans.
    White,
    /// One of each.
    Mixed,
    /// Nothing: one bean is left, and stays.
    Rest,
}

impl Model for CoffeeCan {
    type State = Beans;
    type Action = Draw;

    fn init_states(&self) -> Vec<Beans> {
        (1..=self.capacity)
            .flat_map(|all| {
                (0..=all).map(move |white| Beans {
                    black: all - white,
                    white,
                })
            })
            .collect()
    }

    fn actions(&self, beans: &Beans, actions: &mut Vec<Draw>) {
        if beans.black >= 2 {
            actions.push(Draw::Black);
        }
        if beans.white >= 2 {
            actions.push(Draw::White);
        }
        if beans.black >= 1 && beans.white >= 1 {
            actions.push(Draw::Mixed);
        }
        if beans.black + beans.white == 1 {
            actions.push(Draw::Rest);
        }
    }

    fn next_state(&self, &Beans { black, white }: &Beans, action: Draw) -> Option<Beans> {
        Some(match action {
            Draw::Black | Draw::Mixed => Beans {
                black: black - 1,
                white,
            },
            Draw::White => Beans {
                black: black + 1,
                white: white - 2,
            },
            Draw::Rest => Beans { black, white },
        })
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("a bean is left", |_, beans: &Beans| {
            beans.black + beans.white > 0
        })]
    }
}
