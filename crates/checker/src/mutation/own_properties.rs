//! The properties that another model declares.

use std::hash::Hash;

use planwright_model::{Expectation, Model};

use crate::Checker;
use crate::property::{Condition, Property, StatePredicate, Temporal};

impl<'m, M> Checker<'m, M>
where
    M: Model + Sync,
    M::State: Clone + Hash + PartialEq + Send + Sync,
    M::Action: Clone + PartialEq + Send + Sync,
{
    /// Adds the properties that `model` declares itself, evaluated as its own. For a mutant of
    /// `model`, which has the same states and no properties.
    pub fn properties_of<N>(mut self, model: &'m N) -> Self
    where
        N: Model<State = M::State> + Sync,
    {
        for property in model.properties() {
            let holds = property.condition;
            let holds: StatePredicate<'m, M> = Box::new(move |state| holds(model, state));
            self.own.push(Property {
                name: property.name.to_owned(),
                condition: match property.expectation {
                    Expectation::Always => Condition::Always(holds),
                    Expectation::Sometimes => Condition::Sometimes(holds),
                    Expectation::Eventually => {
                        Condition::Temporal(Temporal::Eventually, vec![holds])
                    }
                },
                is_own: true,
            });
        }
        self
    }
}
