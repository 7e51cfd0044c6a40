//! What can follow a schedule of the tour, and what operators must do.

use std::fmt;

use planwright_checker::{Checker, Outcome, PropertyKind, shortest_repair};
use planwright_core::{Conflict, Enactor, SystemAction, SystemState, UpdateSystem};
use planwright_model::{Depict as _, Model as _, Standing};
use planwright_report::Story;

use crate::family::chosen::variant;
use crate::family::{Family, TraceOf, Variant};
use crate::{SearchOptions, counted, interrupted, print_prose, print_table, say, table, thousands};

/// The longest sequence of repairs that is tried.
const MOST_REPAIRS: usize = 4;

/// That from every state some schedule leads to the newest plan everywhere.
const RECOVERS: &str = "the newest plan can always get everywhere";

/// A schedule that the tour has shown, and that something can follow.
#[derive(Debug)]
pub struct Sequel<'a, F: Family> {
    pub(super) variant: Variant<F::Protocol>,
    /// The size that the tour is given.
    pub size: &'a F::Size,
    pub(super) schedule: &'a TraceOf<F::Model>,
    pub(super) search: &'a SearchOptions,
}

impl<F: Family> Sequel<'_, F> {
    /// Explores everything that can follow the schedule at a longer size, with so many generations more, if
    /// something is broken at its end: says what mends that, and what operators must do.
    pub fn of_system<E>(&self, longer: &F::Size, more: u64)
    where
        F: Family<Model = UpdateSystem<E>>,
        E: Enactor + Sync,
    {
        let protocol = self.variant.protocol;
        let system = &F::model(protocol, &F::sized(protocol, longer));
        let stuck = *self.schedule.last_state();
        let broken = |state: &SystemState<E::Local>| -> Vec<String> {
            let picture = system.picture(state);
            let broken = picture.items().filter(|i| i.standing == Standing::Broken);
            broken.map(|item| item.name.clone()).collect()
        };
        let Some(item) = broken(&stuck).into_iter().next() else {
            return;
        };
        say!("What later steps repair:\n");
        if let Err(error) = system.validate() {
            say!("not explored: {error}\n");
            return;
        }
        let mended = format!("{item} is mended");
        let refused = format!("a write of {item} is refused");
        let checker = Checker::new(system)
            .starting_at(vec![stuck])
            .sometimes(&mended, |state| !broken(state).contains(&item))
            // Violated by the first refusal, which is then the example.
            .always_step(&refused, |_, action, _| !is_refusal_at::<E>(action, &item))
            .recoverable(RECOVERS, SystemState::converged);
        let report = self.search.apply(checker).run();
        let states = report.statistics().states;
        let repair = report.finding(&mended);
        if repair.is_some_and(|f| f.is_undecided()) {
            say!("undecided: {}\n", report.completion());
            return;
        }
        if let Some(trace) = repair.and_then(|f| f.verdict.trace()) {
            let steps = counted(trace.len() as u64, "more step");
            say!("{item} is mended by {steps}:");
            let mut story = Story::of_trace(system, trace);
            // It begins where the other ended, where no replay line can begin.
            story.replay.clear();
            say!("{}\n", story.timeline());
            return;
        }
        let refusal = report.finding(&refused).and_then(|f| f.verdict.trace());
        let nothing = format!(
            "Nothing. From the last line on, and with {} to come, {} can be reached, and {item} is broken in \
             all of them.",
            counted(more, "more generation"),
            counted(states, "state")
        );
        match refusal {
            None => print_prose(&nothing),
            Some(trace) => {
                print_prose(&format!(
                    "{nothing} The enactors go on trying, so this is no deadlock, but every write of {item} \
                     is refused, first after:"
                ));
                say!("");
                for action in trace.actions() {
                    say!("     {}", system.format_action(action));
                }
            }
        }
        let trap = report.finding(RECOVERS).and_then(|f| f.trap.as_ref());
        if let Some(trap) = trap.filter(|trap| trap.states == states) {
            let ends = match trap.terminal {
                0 => "there is always a step left to take".to_owned(),
                terminal => format!(
                    "in {} of them nothing can happen any more",
                    thousands(terminal)
                ),
            };
            say!("");
            print_prose(&format!(
                "From none of them can the newest plan ever get everywhere, and {ends}."
            ));
        }
        say!("");
        self.operators(system, stuck, longer);
    }

    /// Says what operators must do, and that it is the least.
    fn operators<E>(&self, system: &UpdateSystem<E>, stuck: SystemState<E::Local>, longer: &F::Size)
    where
        F: Family<Model = UpdateSystem<E>>,
        E: Enactor + Sync,
    {
        let Ok(fix) = variant::<F>(F::tour().fix) else {
            return;
        };
        print_prose(&format!(
            "What operators must do: of all sequences of at most {MOST_REPAIRS} repairs, the shortest that is \
             enough. A repair points an endpoint at a plan that exists, removes its record, or restarts an \
             enactor."
        ));
        say!("");
        let fixed = F::model(fix.protocol, &F::sized(fix.protocol, longer));
        let here = format!("variant {}", self.variant.name);
        let then = format!("variant {}, from now on", fix.name);
        let goals = [
            (Goal::Once, &here, system),
            (Goal::ForGood, &here, system),
            (Goal::ForGood, &then, &fixed),
        ];
        let rows = goals.map(|(goal, protocol, system)| {
            let mut undecided = false;
            let works = |state: &_| match self.reaches(goal, system, state, fix.violates) {
                Outcome::Holds => true,
                Outcome::Violated => false,
                Outcome::Undecided => {
                    undecided = true;
                    false
                }
            };
            let found = shortest_repair(stuck, MOST_REPAIRS, |state| system.repairs(state), works);
            let words = match found {
                _ if undecided => "undecided".to_owned(),
                None => "none of them".to_owned(),
                Some(repairs) => {
                    let repairs = repairs.iter().map(|(repair, _)| repair.to_string());
                    repairs.collect::<Vec<_>>().join(", then ")
                }
            };
            vec![goal.to_string(), protocol.clone(), words]
        });
        let header = ["so that the newest plan", "with the protocol", "repair"];
        print_table(&table(&header, &[], rows));
        say!("");
    }

    /// Whether a goal is reached in a state, with the system going on from there. Properties that the fix violates do
    /// not count, nor what must be reachable.
    fn reaches<E>(
        &self,
        goal: Goal,
        system: &UpdateSystem<E>,
        state: &SystemState<E::Local>,
        violates: &[&str],
    ) -> Outcome
    where
        F: Family<Model = UpdateSystem<E>>,
        E: Enactor + Sync,
    {
        if interrupted() {
            return Outcome::Undecided;
        }
        let picture = system.picture(state);
        if picture.items().any(|i| i.standing == Standing::Broken) {
            return Outcome::Violated;
        }
        match goal {
            Goal::Once => {
                let everywhere = |state: &SystemState<E::Local>| {
                    system.planner_stopped(state) && state.converged()
                };
                let checker = Checker::new(system).sometimes("gets everywhere", everywhere);
                let checker = checker.starting_at(vec![*state]);
                self.search.apply(checker).run().outcome()
            }
            Goal::ForGood => {
                let checker = F::checker(system).starting_at(vec![*state]);
                let checker = checker.recoverable(RECOVERS, SystemState::converged);
                let report = self.search.apply(checker).exhaustive().run();
                let findings = report.findings().iter();
                let kept = findings
                    .filter(|f| f.kind != PropertyKind::Sometimes && !violates.contains(&&*f.name));
                let kept: Vec<_> = kept.collect();
                match () {
                    () if kept.iter().any(|f| f.is_violated()) => Outcome::Violated,
                    () if kept.iter().any(|f| f.is_undecided()) => Outcome::Undecided,
                    () => Outcome::Holds,
                }
            }
        }
    }
}

/// What operators want.
#[derive(Clone, Copy)]
enum Goal {
    /// Nothing is broken, and the newest plan can get everywhere once the planner has stopped.
    Once,
    /// The latter stays possible whatever happens, and no property breaks.
    ForGood,
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Once => "can get everywhere",
            Self::ForGood => "always can, and no property breaks",
        })
    }
}

fn is_refusal_at<E: Enactor>(action: &SystemAction<E::Local>, at: &str) -> bool {
    matches!(
        action,
        SystemAction::Refused { conflict: Conflict::Dangling { endpoint, .. }, .. }
            if endpoint.to_string() == at
    )
}
