//! What a system says of itself.

use planwright_model::{Describe, Description};

use crate::{Enactor, FaultBudget, LeaseTerm, StoreRule, UpdateSystem};

/// The parts of a fault budget, by name.
fn parts(budget: FaultBudget) -> [(&'static str, u8); 4] {
    [
        ("crashes", budget.crashes),
        ("lost acknowledgements", budget.lost_acknowledgements),
        ("operator rollbacks", budget.rollbacks),
        ("kill switches", budget.kill_switches),
    ]
}

impl<E: Enactor> Describe for UpdateSystem<E> {
    /// Parameters: endpoints, enactors, rules of the store. Bounds: generations, then each fault. A
    /// fault that cannot happen is an assumption.
    fn describe(&self) -> Description {
        let name = std::any::type_name::<E>();
        let pair = |name: &str, value: usize| (name.to_owned(), value.to_string());
        let mut parameters = vec![
            pair("endpoints", self.endpoints),
            pair("enactors", self.enactors),
        ];
        let rules = self.rules;
        for (rule, on) in [
            ("monotonic", rules.monotonic),
            ("referential integrity", rules.referential_integrity),
        ] {
            if on {
                parameters.push(("store rule".to_owned(), rule.to_owned()));
            }
        }
        if let Some(changed) = self.rules_change {
            let on = StoreRule::ALL.into_iter().filter(|rule| changed.has(*rule));
            let on = on.map(|rule| rule.to_string()).collect::<Vec<_>>();
            let on = match on.is_empty() {
                true => "none".to_owned(),
                false => on.join(", "),
            };
            parameters.push(("the store's rules may change to".to_owned(), on));
        }
        let generations = match self.planner.generations() {
            Some(bound) => bound.to_string(),
            None => "without bound".to_owned(),
        };
        let mut bounds = vec![("generations".to_owned(), generations)];
        let mut never = Vec::new();
        for (fault, most) in parts(self.faults) {
            match most {
                0 => never.push(fault),
                FaultBudget::ANY_NUMBER => {
                    parameters.push((fault.to_owned(), "any number".to_owned()));
                }
                most => bounds.push(pair(fault, usize::from(most))),
            }
        }
        if let Some(LeaseTerm::Limited { early }) = self.lease {
            bounds.push(pair(
                "grants of the lease that may expire early",
                early.into(),
            ));
        }
        let mut assumptions = vec![
            "a transaction is one step at the store".to_owned(),
            "a step of an enactor reads the store as it is".to_owned(),
            self.enactor.assumption(),
        ];
        if !never.is_empty() {
            assumptions.push(format!("no {}", never.join(", no ")));
        }
        if self.lease == Some(LeaseTerm::Unlimited) {
            assumptions.push("a lease never expires".to_owned());
        }
        Description {
            name: name.rsplit("::").next().unwrap_or(name).to_owned(),
            parameters,
            bounds,
            assumptions,
        }
    }

    fn is_at_bound(&self, bound: usize, state: &Self::State) -> bool {
        match bound.checked_sub(1) {
            None => self.planner_stopped(state),
            Some(fault) => {
                let bounded = parts(self.faults).into_iter().zip(parts(state.budget));
                let mut bounded =
                    bounded.filter(|((_, most), _)| (1..FaultBudget::ANY_NUMBER).contains(most));
                match (bounded.nth(fault), self.lease) {
                    (Some((_, (_, left))), _) => left == 0,
                    (None, Some(LeaseTerm::Limited { early })) => {
                        state.store.lease().newest_token().byte() > early
                    }
                    (None, _) => false,
                }
            }
        }
    }
}
