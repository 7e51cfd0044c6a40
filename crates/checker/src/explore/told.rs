//! What the graph says about properties, with schedules from the start.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::conclude::not_unfolded;
use super::explored::Told;
use super::recorder;
use super::search::Search;
use super::visited::VisitedSet;
use crate::Checkable;
use crate::keys::Keys;
use crate::liveness::{Answer, Conditions, Graph, Patience, Route, WaysBack, decide, ways_back};
use crate::property::{Property, PropertyOf, Role};
use crate::{Completion, Limit, PropertyKind, Rest};

impl<M: Checkable, K: Keys<M>> Search<'_, '_, M, K> {
    /// Decides the properties that are about the graph, if all of it was found.
    pub(super) fn tell_of_graph(&mut self, completion: &Completion) -> Vec<Option<Told>> {
        let properties = self.job.properties;
        let nothing = || properties.iter().map(|_| None).collect();
        let Some(recorder) = self.recorder.take() else {
            return nothing();
        };
        if !completion.is_complete() {
            return nothing();
        }
        // It is not needed any more, and this is.
        self.visited = VisitedSet::new(1);
        let graph = recorder::finished(recorder, &self.levels);
        if graph.len() == 0 {
            return nothing();
        }
        let initial_outside = self.is_initial_state_outside();
        let mut predicate = 0;
        let told = properties.iter().map(|property| {
            let first = predicate;
            predicate += property.predicates().len();
            let is_recorded = self.job.is_recorded(property);
            is_recorded.then(|| match self.tell_of(property, &graph, first) {
                // A run that starts outside owes from its start on.
                Told::Holds if initial_outside && owes_from_the_start(property) => Told::Cut,
                told => told,
            })
        });
        told.collect()
    }

    fn is_initial_state_outside(&self) -> bool {
        let model = self.job.model;
        let outside = || {
            let initial = model.init_states();
            !initial.iter().all(|state| model.within_boundary(state))
        };
        // A panic here is one that did not happen during the search.
        catch_unwind(AssertUnwindSafe(outside)).unwrap_or(true)
    }

    fn tell_of(&self, property: &PropertyOf<'_, M>, graph: &Graph, predicate: usize) -> Told {
        // Of what is not about runs, no run is asked for.
        let rest = property.may_rest(self.job.fairness);
        let conditions = Conditions::of(self.job.fairness, rest.unwrap_or(Rest::Anywhere));
        let to = |state| self.ancestry.to_state(state + 1);
        let stopped = || self.watch.look_at_memory(0);
        let patience = Patience::new(&stopped);
        if property.role == Role::WaysBack {
            let WaysBack { longest, never } = ways_back((graph, &patience), predicate);
            return match patience.is_over() {
                true => Told::Stopped(self.watch.limit().unwrap_or(Limit::Interrupted)),
                false => Told::WaysBack(
                    longest.map(|Route { start, steps }| (to(start), steps)),
                    never.map(to),
                ),
            };
        }
        match decide((graph, &patience), conditions, property.kind, predicate) {
            Answer::Stopped => Told::Stopped(self.watch.limit().unwrap_or(Limit::Interrupted)),
            Answer::Holds => Told::Holds,
            Answer::Cut => Told::Cut,
            Answer::Lasso(Route { start, steps }, cycle) => Told::Lasso(to(start), steps, cycle),
            Answer::Route(Route { start, steps }) => Told::Route(to(start), steps),
            Answer::Trap(entry, region) => match self.unfolded(to(entry), None) {
                Some(path) => Told::Trap(path, region),
                None => Told::Fault(not_unfolded()),
            },
        }
    }
}

/// Whether what the property asks of a run begins at its first state.
fn owes_from_the_start<S, A>(property: &Property<'_, S, A>) -> bool {
    use PropertyKind::{Eventually, EventuallyAlways, Until};
    matches!(property.kind, Eventually | EventuallyAlways | Until)
}
