//! What Stateright's Explorer shows.

use planwright_core::{
    Enactor, Endpoint, Generation, RecordStore, Steps, Transaction, UpdateSystem,
};
use planwright_model::{Model, Path};

/// Points the endpoint at the newest plan it saw.
struct Eager;

impl Enactor for Eager {
    type Local = Option<Generation>;

    fn steps(&self, picked: &Self::Local, store: &RecordStore, next: &mut Steps<Self::Local>) {
        match *picked {
            None => next.goto(store.newest_plan()),
            Some(plan) => next.commit(Transaction::point_at(Endpoint::FIRST, plan), None, None),
        }
    }
}

#[test]
fn a_path_is_drawn_as_a_timeline() {
    let system = UpdateSystem::new(Eager)
        .endpoints(1)
        .enactors(2)
        .generations(2);
    let start = system.init_states()[0];
    let (mut state, mut taken) = (start, Vec::new());
    for _ in 0..4 {
        let mut actions = Vec::new();
        system.actions(&state, &mut actions);
        let action = actions.pop().expect("something can happen");
        state = system.next_state(&state, action).expect("it does");
        taken.push(action);
    }
    let path = Path::from_actions(&system, start, &taken).expect("a path of the model");
    let svg = system.as_svg(path).expect("a drawing");
    let drawn = roxmltree::Document::parse(&svg).expect("it is XML");
    let count = |name: &str| {
        drawn
            .descendants()
            .filter(|node| node.has_tag_name(name))
            .count()
    };
    // The planner and two enactors.
    assert_eq!((count("circle"), count("line")), (4, 3), "{svg}");
    assert!(svg.contains("enactor 1"), "{svg}");
}
