//! Properties and protocols that look at more enactors than one are refused by name.

use planwright_core::{
    Course, Enactor, EnactorId, Endpoint, FaultBudget, Finite, Fleet, Generation, Handover,
    RecordStore, Steps, SystemAction, Transaction, UpdateSystem, never_regresses,
};
use planwright_model::{Describe, Model};

use super::super::prove::Property;
use super::{Rules, holds, views};

/// Picks the newest plan and writes it, if newer only when it is careful. Nothing is deleted.
#[derive(Clone, Copy)]
struct Writer {
    careful: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Finite)]
struct Picked(Option<Generation>);

impl Enactor for Writer {
    type Local = Picked;

    fn steps(&self, picked: &Picked, store: &RecordStore, next: &mut Steps<Picked>) {
        let Some(plan) = picked.0 else {
            return next.goto(Picked(store.newest_plan()));
        };
        let write = Transaction::point_at(Endpoint::FIRST, plan);
        let write = if self.careful {
            write.only_if_newer()
        } else {
            write
        };
        next.commit(write, Picked(None), Picked(None));
    }
}

const CAREFUL: Writer = Writer { careful: true };
const CARELESS: Writer = Writer { careful: false };

fn answer<E: Enactor<Local: Finite>>(
    system: UpdateSystem<E>,
    property: Property<'_, E>,
) -> Result<bool, String> {
    let every = system.every_number();
    let views = views(&every, Rules::All, usize::MAX).expect("there is no limit")?;
    holds(&every, &views, property)
}

#[test]
fn a_careful_writer_never_regresses_and_a_careless_one_does() {
    assert_eq!(
        answer(UpdateSystem::new(CAREFUL), &never_regresses),
        Ok(true)
    );
    assert_eq!(
        answer(UpdateSystem::new(CARELESS), &never_regresses),
        Ok(false)
    );
    // Alone it does not: nobody else can write between its steps.
    let every = UpdateSystem::new(CARELESS).every_number();
    let alone = views(&every, Rules::Alone, usize::MAX)
        .expect("no limit")
        .expect("views");
    assert_eq!(holds(&every, &alone, &never_regresses), Ok(true));
}

/// A view shows one enactor, so that of two in the same place nothing can be said.
#[test]
fn a_property_of_all_enactors_is_refused() {
    let at_most_one: Property<'_, Writer> = &|_, _, after| {
        let holding = after.enactors().filter(|(_, picked)| picked.0.is_some());
        holding.count() <= 1
    };
    let reason = answer(UpdateSystem::new(CAREFUL), at_most_one).expect_err("refused");
    assert!(reason.contains("looks at all enactors at once"), "{reason}");
    assert!(reason.contains("refused.rs"), "{reason}");
}

#[test]
fn a_property_of_one_enactor_by_its_number_is_refused() {
    let not_the_second: Property<'_, Writer> =
        &|_, action, _| action.enactor().is_none_or(|enactor| enactor.index() != 1);
    let reason = answer(UpdateSystem::new(CAREFUL), not_the_second).expect_err("refused");
    assert!(reason.contains("looks at all enactors at once"), "{reason}");
    let writes: Property<'_, Writer> =
        &|_, action, _| !matches!(action, SystemAction::Commit { .. });
    assert_eq!(answer(UpdateSystem::new(CAREFUL), writes), Ok(false));
}

#[test]
fn a_property_of_each_enactor_is_one_of_views() {
    let every = UpdateSystem::new(CAREFUL).every_number();
    let all = views(&every, Rules::All, usize::MAX)
        .expect("no limit")
        .expect("views");
    let newest_or_older = every.of_each(|state, picked| picked.0 <= state.newest_published());
    assert!(all.iter().all(newest_or_older));
    let never_picks = every.of_each(|_, picked| picked.0.is_none());
    assert!(!all.iter().all(never_picks));
}

/// Any number of each version: one that is not careful is enough.
#[test]
fn a_fleet_has_any_number_of_each_version() {
    let fleet = |old, new| UpdateSystem::new(Fleet::new(old, new).upgraded(1)).enactors(2);
    assert_eq!(answer(fleet(CAREFUL, CAREFUL), &never_regresses), Ok(true));
    assert_eq!(
        answer(fleet(CARELESS, CAREFUL), &never_regresses),
        Ok(false)
    );
    let every = fleet(CARELESS, CAREFUL).every_number();
    assert_eq!(every.init_states().len(), 2);
}

/// A switch over a third version waits until no enactor runs the first one any more.
#[test]
fn a_deployment_that_looks_at_all_enactors_is_refused() {
    let deploying = |fleet: Fleet<Writer>| {
        let fleet = fleet.deploying(Course::Rollout, Handover::Restart);
        answer(UpdateSystem::new(fleet), &never_regresses)
    };
    assert_eq!(deploying(Fleet::new(CAREFUL, CAREFUL)), Ok(true));
    assert_eq!(deploying(Fleet::new(CAREFUL, CARELESS)), Ok(false));
    let reason = deploying(Fleet::new(CAREFUL, CAREFUL).over(CAREFUL)).expect_err("refused");
    assert!(reason.contains("looks at all enactors at once"), "{reason}");
}

#[test]
fn faults_of_any_number_are_no_bound() {
    let crashes = |crashes| FaultBudget {
        crashes,
        ..FaultBudget::NONE
    };
    let found = |crashes_at_most| {
        let system = UpdateSystem::new(CAREFUL).faults(crashes(crashes_at_most));
        let every = system.every_number();
        let found = views(&every, Rules::All, usize::MAX)
            .expect("no limit")
            .expect("views");
        let description = every.describe();
        (found.len(), description)
    };
    let (one, _) = found(1);
    let (any, description) = found(FaultBudget::ANY_NUMBER);
    assert!(
        any < one,
        "a budget that nothing spends is one value: {any}, {one}"
    );
    let every_number = ("enactors".to_owned(), "every number".to_owned());
    assert!(description.parameters.contains(&every_number));
    let any_number = ("crashes".to_owned(), "any number".to_owned());
    assert!(description.parameters.contains(&any_number));
    assert_eq!(description.bounds, []);
}

#[test]
fn the_view_of_each_enactor_is_its_own() {
    let system = UpdateSystem::new(CAREFUL).enactors(2);
    let every = system.clone().every_number();
    let start = system.init_states().remove(0);
    let picks = system.next_states(&start).into_iter();
    let mut picks = picks.filter(|state| state.enactors().any(|(_, picked)| picked.0.is_some()));
    let picked = picks.next().expect("an enactor picks");
    let ids: Vec<EnactorId> = picked.enactors().map(|(id, _)| id).collect();
    assert_ne!(
        every.view_of(&picked, ids[0]),
        every.view_of(&picked, ids[1])
    );
}
