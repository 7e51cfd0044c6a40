//! The same questions about another model.

use std::hash::Hash;

use planwright_model::Model;

use crate::Checker;
use crate::liveness::Fairness;
use crate::property::{Condition, Property, PropertyOf};

impl<M> Checker<'_, M>
where
    M: Model + Sync,
    M::State: Clone + Hash + PartialEq + Send + Sync,
    M::Action: Clone + PartialEq + Send + Sync,
{
    /// A checker of another model with the same states and actions, such as a mutant: it has this one's
    /// properties, the model's own among them, its conditions on runs and its classes of actions. Limits,
    /// listeners and all else are those of a new checker.
    ///
    /// ```
    /// use planwright_checker::{Checker, Model};
    ///
    /// struct Counter;
    ///
    /// impl Model for Counter {
    ///     type State = u8;
    ///     type Action = u8;
    ///     fn init_states(&self) -> Vec<u8> {
    ///         vec![0]
    ///     }
    ///     fn actions(&self, _: &u8, actions: &mut Vec<u8>) {
    ///         actions.extend([1, 2]);
    ///     }
    ///     fn next_state(&self, state: &u8, by: u8) -> Option<u8> {
    ///         (*state < 9).then_some(state + by)
    ///     }
    /// }
    ///
    /// let checker = Checker::new(&Counter).always("below 10", |state| *state < 10);
    /// let by_one = checker.of_another(&Counter).listing(|_, _, actions| actions.push(1));
    /// assert!(by_one.run().outcome() == planwright_checker::Outcome::Holds);
    /// assert!(checker.of_another(&Counter).run().outcome() != planwright_checker::Outcome::Holds);
    /// ```
    pub fn of_another<'n, N>(&'n self, model: &'n N) -> Checker<'n, N>
    where
        N: Model<State = M::State, Action = M::Action> + Sync,
    {
        let mut checker = Checker::new(model).without_model_properties();
        checker.own = self.own.iter().map(borrowed::<M, N>).collect();
        checker.added = self.added.iter().map(borrowed::<M, N>).collect();
        let fairness = self.fairness.iter().map(|condition| Fairness {
            name: condition.name.clone(),
            strength: condition.strength,
            covers: Box::new(&*condition.covers),
        });
        checker.fairness = fairness.collect();
        match &self.classify {
            Some(classify) => checker.count_actions(self.classes.clone(), &**classify),
            None => checker,
        }
    }
}

fn borrowed<'n, M, N>(property: &'n PropertyOf<'_, M>) -> PropertyOf<'n, N>
where
    M: Model,
    N: Model<State = M::State, Action = M::Action>,
{
    let condition = match &property.condition {
        Condition::Always(holds) => Condition::Always(Box::new(holds)),
        Condition::Implies { when, then } => Condition::Implies {
            when: Box::new(when),
            then: Box::new(then),
        },
        Condition::Step(holds) => Condition::Step(Box::new(holds)),
        Condition::Sometimes(holds) => Condition::Sometimes(Box::new(holds)),
        Condition::Bound(reached) => Condition::Bound(Box::new(reached)),
        Condition::NoDeadlock { is_final } => Condition::NoDeadlock {
            is_final: Box::new(is_final),
        },
        Condition::Temporal(claim, predicates) => {
            let predicates = predicates.iter();
            let predicates = predicates.map(|holds| Box::new(holds) as Box<_>);
            Condition::Temporal(*claim, predicates.collect())
        }
    };
    Property {
        name: property.name.clone(),
        condition,
        is_own: property.is_own,
    }
}
