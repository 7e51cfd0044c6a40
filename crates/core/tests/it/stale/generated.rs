//! Random schedules, and a bookkeeper who goes through them forward.

use planwright_core::{EnactorId, FaultBudget, Generation, Planner, SystemAction, UpdateSystem};
use planwright_model::{Depict, Model, RemarkKind};

use super::table::{Ask, Deed, Memory, Need, Table, endpoint};
use crate::every_generation::Random;

const RUNS: u64 = 4_000;
const STEPS: usize = 40;

type System = UpdateSystem<Table>;
type State = <System as Model>::State;
type Action = <System as Model>::Action;

/// Something that can be so, in words, and whether it is; in the order in which changes of it are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    Lock,
    Exists(Generation),
    Applied(usize),
    Rollback,
    Observed,
    Newest,
}

impl Known {
    fn words(self, state: &State) -> String {
        let store = &state.store;
        let or = |plan: Option<Generation>, none: &str, some: &dyn Fn(Generation) -> String| {
            plan.map_or(none.to_owned(), some)
        };
        match self {
            Self::Lock => format!("the lock at {}", store.lock()),
            Self::Exists(plan) => match store.plans().iter().any(|known| known == plan) {
                true => format!("{plan} there"),
                false => format!("{plan} gone"),
            },
            Self::Applied(place) => {
                let at = store.applied(endpoint(place)).expect("it is installed");
                format!("e{place} at {at}")
            }
            Self::Rollback => or(store.rollback(), "no rollback pointer", &|plan| {
                format!("the rollback pointer at {plan}")
            }),
            Self::Observed => or(store.observed(), "nothing recorded as handled", &|plan| {
                format!("{plan} recorded as handled")
            }),
            Self::Newest => or(store.plans().iter().last(), "no plan there", &|plan| {
                format!("{plan} the newest")
            }),
        }
    }

    fn order(self) -> usize {
        match self {
            Self::Lock => 0,
            Self::Exists(_) => 1,
            Self::Applied(_) => 2,
            Self::Rollback => 3,
            Self::Observed => 4,
            Self::Newest => 5,
        }
    }
}

/// What one enactor has read and written, and in which step.
#[derive(Clone, Default)]
struct Notes {
    /// Each step that is not forgotten: its number, what was remembered before it, and what was read in it.
    steps: Vec<(usize, Memory, Vec<Known>)>,
    written: Vec<(Known, usize)>,
}

/// Goes through a schedule forward, and says what each step should be told to rest on.
struct Bookkeeper<'s> {
    system: &'s System,
    notes: Vec<Notes>,
}

impl Bookkeeper<'_> {
    fn memory(state: &State, enactor: EnactorId) -> Memory {
        let mut enactors = state.enactors();
        *enactors.find(|(id, _)| *id == enactor).expect("it runs").1
    }

    fn asked(&self, memory: &Memory) -> Vec<Known> {
        let asks = &self.system.enactor().rule(memory).asks;
        let known = |ask: &Ask| match ask {
            Ask::Exists => memory.plan.map(Known::Exists),
            Ask::Applied(place) => Some(Known::Applied(*place)),
            Ask::Rollback => Some(Known::Rollback),
            Ask::Observed => Some(Known::Observed),
            Ask::Newest => Some(Known::Newest),
            Ask::Lock => Some(Known::Lock),
        };
        asks.iter().filter_map(known).collect()
    }

    /// Whether the store looks at it so that the step of this memory may commit.
    fn is_checked(&self, known: Known, memory: &Memory, state: &State) -> bool {
        let rule = self.system.enactor().rule(memory);
        let (deed, needs) = rule.deed.as_ref().expect("it commits");
        let pointed: &[usize] = match deed {
            Deed::Point(place) => std::slice::from_ref(place),
            Deed::PointBoth => &[0, 1],
            _ => &[],
        };
        let observes = *deed == Deed::Observe && known == Known::Observed;
        observes
            || needs.iter().any(|need| match (need, known) {
                (Need::Newer, Known::Applied(place)) => pointed.contains(&place),
                (Need::Exists, Known::Exists(plan)) => {
                    !pointed.is_empty() && memory.plan == Some(plan)
                }
                (Need::Resolves, Known::Exists(plan)) => pointed
                    .iter()
                    .any(|place| state.store.applied(endpoint(*place)) == Some(plan)),
                (Need::LockAsRead, Known::Lock) => memory.epoch.is_some(),
                _ => false,
            })
    }

    /// Whether the step of this memory is about it.
    fn is_about(&self, known: Known, memory: &Memory, read: &State, state: &State) -> bool {
        let rule = self.system.enactor().rule(memory);
        let (deed, _) = rule.deed.as_ref().expect("it commits");
        let plan = memory.plan;
        let points = matches!(deed, Deed::Point(_) | Deed::PointBoth);
        let exists = plan.is_some_and(|plan| state.store.plans().contains(plan));
        let deletes = |at| *deed == Deed::Delete && exists && at == plan;
        match known {
            Known::Lock => true,
            Known::Exists(known) => points && plan == Some(known),
            Known::Applied(place) => {
                let pointed = *deed == Deed::Point(place) || *deed == Deed::PointBoth;
                pointed || deletes(state.store.applied(endpoint(place)))
            }
            Known::Rollback => *deed == Deed::SaveRollback || deletes(state.store.rollback()),
            Known::Observed => points,
            Known::Newest => {
                let newest = read.store.plans().iter().last();
                (points || *deed == Deed::Observe) && newest.is_some() && newest == plan
            }
        }
    }

    /// What is expected of the last step, and by which kind of knowledge; then notes what it does.
    fn step(&mut self, states: &[State], actions: &[Action]) -> Option<(String, Known)> {
        let [.., before, after] = states else {
            panic!("a step has two states")
        };
        let (number, action) = (actions.len(), actions.last().expect("a step"));
        let expected = self.expected(states, actions);
        if let Some(enactor) = action.enactor() {
            let memory = Self::memory(before, enactor);
            let asked = self.asked(&memory);
            let notes = &mut self.notes[enactor.index()];
            let (now, own) = (Self::memory(after, enactor), action.taken_by().is_some());
            if now != memory {
                let read = if own { asked } else { Vec::new() };
                notes.steps.push((number, memory, read));
            }
            if let SystemAction::Commit { .. } = action {
                let plan = memory.plan.expect("it takes one");
                let (deed, _) = self
                    .system
                    .enactor()
                    .rule(&memory)
                    .deed
                    .as_ref()
                    .expect("one");
                let written = match deed {
                    Deed::Point(place) => vec![Known::Applied(*place)],
                    Deed::PointBoth => vec![Known::Applied(0), Known::Applied(1)],
                    Deed::Delete => vec![Known::Exists(plan), Known::Newest],
                    Deed::Observe => vec![Known::Observed],
                    Deed::SaveRollback => vec![Known::Rollback],
                    Deed::AdvanceLock => vec![Known::Lock],
                };
                let set = |known: &Known| {
                    matches!(known, Known::Applied(_)) || known.words(before) != known.words(after)
                };
                let written = written.into_iter().filter(set);
                notes.written.extend(written.map(|known| (known, number)));
            }
            // It remembers nothing, or the same as before some steps.
            while notes.steps.iter().any(|(_, memory, _)| *memory == now) {
                notes.steps.pop();
            }
            if now == Memory::default() {
                notes.steps.clear();
            }
        }
        expected
    }

    fn expected(&self, states: &[State], actions: &[Action]) -> Option<(String, Known)> {
        let (SystemAction::Commit { enactor, .. }
        | SystemAction::LoseAcknowledgement { enactor, .. }) = actions.last()?
        else {
            return None;
        };
        let now = &states[states.len() - 2];
        let memory = Self::memory(now, *enactor);
        let Notes { steps, written } = &self.notes[enactor.index()];
        let asked = self.asked(&memory);
        let mut told: Option<(Known, usize)> = None;
        // The last reading of each, the later first; of one step in the order in which it was read.
        let later_first = steps.iter().rev();
        let latest =
            later_first.flat_map(|(step, _, read)| read.iter().map(move |known| (*known, *step)));
        let latest: Vec<_> = latest.collect();
        for (place, (known, step)) in latest.iter().enumerate() {
            let newer = latest[..place].iter().any(|(other, _)| other == known);
            let was_written = written
                .iter()
                .any(|(other, at)| other == known && at > step);
            let read = &states[*step];
            let is_stale = known.words(read) != known.words(now);
            if !newer
                && !was_written
                && !asked.contains(known)
                && is_stale
                && !self.is_checked(*known, &memory, now)
                && self.is_about(*known, &memory, read, now)
                && told.is_none_or(|(best, _)| known.order() < best.order())
            {
                told = Some((*known, *step));
            }
        }
        let (known, step) = told?;
        let was = known.words(&states[step]);
        let mut since = step;
        let before = states.iter().enumerate().take(states.len() - 1);
        for (at, state) in before.skip(step) {
            if known.words(state) == was {
                since = at + 1;
            }
        }
        assert_ne!(actions[since - 1].taken_by(), Some(*enactor));
        let text = format!("decided in step {step} with {was}; step {since} changed it");
        Some((text, known))
    }
}

#[test]
fn what_is_told_of_random_schedules_is_what_a_bookkeeper_notes() {
    let (mut told, mut silent) = ([0_usize; 6], 0);
    for seed in 0..RUNS {
        let mut random = Random(seed);
        let table = Table::random(&mut random);
        let some = |random: &mut Random| random.below(2) as u8;
        let faults = FaultBudget {
            crashes: some(&mut random),
            lost_acknowledgements: some(&mut random),
            rollbacks: some(&mut random),
            kill_switches: 0,
        };
        let system = UpdateSystem::new(table)
            .endpoints(2)
            .planner(Planner::bounded(6))
            .faults(faults);
        let mut keeper = Bookkeeper {
            system: &system,
            notes: vec![Notes::default(); 2],
        };
        let mut states = system.init_states();
        let mut actions = Vec::new();
        while actions.len() < STEPS {
            let mut possible = Vec::new();
            system.actions(states.last().expect("one"), &mut possible);
            if possible.is_empty() {
                break;
            }
            let action = possible[random.below(possible.len() as u64) as usize];
            let next = system.next_state(states.last().expect("one"), action);
            states.push(next.expect("it is possible"));
            actions.push(action);
            let expected = keeper.step(&states, &actions);
            let steps: Vec<_> = states.iter().zip(&actions).collect();
            let remarks = system.remarks_on_last(&steps, states.last().expect("one"));
            let mut stale = remarks.into_iter();
            let stale = stale.find(|remark| remark.kind == RemarkKind::StaleKnowledge);
            let stale = stale.map(|remark| remark.text);
            let words = expected.as_ref().map(|(text, _)| text.clone());
            let schedule: Vec<_> = actions.iter().map(|a| system.format_action(a)).collect();
            assert_eq!(
                stale,
                words,
                "seed {seed}: {:?}: {schedule:#?}",
                system.enactor()
            );
            match expected {
                Some((_, known)) => told[known.order()] += 1,
                None => silent += 1,
            }
        }
    }
    println!("told, by what was read: {told:?}; of {silent} steps nothing");
    assert!(told.iter().all(|told| *told > 20), "{told:?}");
}
