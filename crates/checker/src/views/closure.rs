//! The least set of views that contains the initial ones and is closed under all steps.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};
use planwright_model::Views;

use super::ViewSearch;
use super::report::{Derived, End, Judged, ViewReport};
use crate::PropertyKind;
use crate::property::Property;

struct Closure<V: Views> {
    views: IndexSet<V::State>,
    derived: Vec<Derived<V::Action>>,
    by_shared: HashMap<V::Shared, WithSame<V>>,
    meetings: u64,
    /// For each property the first view that fails it.
    failing: Vec<Option<u32>>,
}

/// Whether views decide such a property.
pub(crate) fn is_decided(kind: PropertyKind) -> bool {
    matches!(
        kind,
        PropertyKind::Always | PropertyKind::AlwaysImplies | PropertyKind::AlwaysStep
    )
}

/// The views with the same shared part that were expanded.
struct WithSame<V: Views> {
    views: Vec<u32>,
    /// The steps of their processes that others see, each with the first view that has it.
    effects: IndexMap<V::Effect, u32>,
}

impl<V: Views> Default for WithSame<V> {
    fn default() -> Self {
        Self {
            views: Vec::new(),
            effects: IndexMap::new(),
        }
    }
}

pub(super) fn run<V: Views>(search: ViewSearch<'_, V>) -> ViewReport<V> {
    let mut closure = Closure {
        views: IndexSet::new(),
        derived: Vec::new(),
        by_shared: HashMap::new(),
        meetings: 0,
        failing: vec![None; search.asked.list.len()],
    };
    let end = catch_unwind(AssertUnwindSafe(|| closure.close(&search)));
    let end = end.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        End::Refused(text.unwrap_or_else(|| "a panic without a message".to_owned()))
    });
    let properties = search.asked.list.iter().zip(closure.failing);
    let judged = |(property, failing): (&Arc<Property<'_, _, _>>, _)| Judged {
        name: property.name.clone(),
        kind: property.kind,
        failing,
    };
    ViewReport {
        shared: closure.by_shared.len(),
        meetings: closure.meetings,
        properties: properties.map(judged).collect(),
        views: closure.views,
        derived: closure.derived,
        end,
    }
}

impl<V: Views> Closure<V> {
    fn close(&mut self, search: &ViewSearch<'_, V>) -> End {
        for view in search.model.init_states() {
            self.add(view, Derived::Start);
        }
        for next in 0.. {
            let Some(view) = self.views.get_index(next).cloned() else {
                return End::Closed;
            };
            if self.views.len() > search.most {
                return End::TooMany;
            }
            if (search.stop)() {
                return End::Stopped;
            }
            let index = number(next);
            self.check_view(search, &view, index);
            self.own_steps(search, &view, index);
            self.meet_all(search, &view, index);
            let asked = search.asked.list.iter().zip(&self.failing);
            let mut asked = asked
                .filter(|(property, _)| is_decided(property.kind))
                .peekable();
            if asked.peek().is_some() && asked.all(|(_, failing)| failing.is_some()) {
                return End::Decided;
            }
        }
        End::Closed
    }

    fn add(&mut self, view: V::State, derived: Derived<V::Action>) {
        if self.views.insert(view) {
            self.derived.push(derived);
        }
    }

    fn check_view(&mut self, search: &ViewSearch<'_, V>, view: &V::State, index: u32) {
        for (property, failing) in search.asked.list.iter().zip(&mut self.failing) {
            if is_decided(property.kind)
                && failing.is_none()
                && property.observe(view).is_some_and(|found| found.settles)
            {
                *failing = Some(index);
            }
        }
    }

    /// Steps of the processes in view, and of the environment.
    fn own_steps(&mut self, search: &ViewSearch<'_, V>, view: &V::State, index: u32) {
        let mut actions = Vec::new();
        search.model.actions(view, &mut actions);
        for action in actions {
            let Some(after) = search.model.next_state(view, action.clone()) else {
                continue;
            };
            for (property, failing) in search.asked.list.iter().zip(&mut self.failing) {
                if failing.is_none() && property.is_violated_by(view, &action, &after) {
                    *failing = Some(index);
                }
            }
            self.add(
                after,
                Derived::InView {
                    from: index,
                    action,
                },
            );
        }
    }

    /// The steps of this view's processes beside each view, and those of each view's beside this one.
    fn meet_all(&mut self, search: &ViewSearch<'_, V>, view: &V::State, index: u32) {
        let with_same = self.by_shared.entry(search.model.shared(view)).or_default();
        let known = with_same.effects.len();
        with_same.views.push(index);
        for effect in search.model.effects(view) {
            with_same.effects.entry(effect).or_insert(index);
        }
        let is_known = |view: &V::State| self.views.contains(view);
        let (mut seen, mut found) = (Vec::new(), Vec::new());
        for (number, (effect, other)) in with_same.effects.iter().enumerate() {
            let views = match number < known {
                true => &[index],
                false => &*with_same.views,
            };
            for from in views {
                self.meetings += 1;
                let view = &self.views[*from as usize];
                search.model.affect(view, effect, &is_known, &mut seen);
                let news = seen.drain(..).filter(|(_, after)| !is_known(after));
                found.extend(news.map(|(action, after)| (*from, *other, action, after)));
            }
        }
        for (from, other, action, after) in found {
            let derived = Derived::OutOfView {
                from,
                other,
                action,
            };
            self.add(after, derived);
        }
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).expect("fewer views than 2^32 fit into memory")
}
