//! The steps of a state, asked of the model alone.

use planwright_model::Model;

/// An action that the model does not ignore in a state, and the state it leads to.
pub(crate) struct Step<M: Model> {
    /// The place of the action among those that the model lists.
    pub(crate) ordinal: u32,
    pub(crate) action: M::Action,
    pub(crate) next: M::State,
}

/// The steps of a state, also those that change nothing or leave the boundary.
pub(crate) fn steps<M: Model<Action: Clone>>(model: &M, state: &M::State) -> Vec<Step<M>> {
    let mut actions = Vec::new();
    model.actions(state, &mut actions);
    let step = |(ordinal, action): (u32, M::Action)| {
        let next = model.next_state(state, action.clone())?;
        Some(Step {
            ordinal,
            action,
            next,
        })
    };
    (0..).zip(actions).filter_map(step).collect()
}
