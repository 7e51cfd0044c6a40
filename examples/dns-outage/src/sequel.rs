//! What comes after an endpoint went empty, and what operators must do.

use std::fmt;

use itertools::Itertools as _;
use planwright_checker::{Checker, Outcome, shortest_repair};
use planwright_cli::{
    SearchOptions, TraceOf, counted, interrupted, print_prose, print_table, say, table, thousands,
};
use planwright_core::{Conflict, Endpoint, Resolution, SystemAction};
use planwright_model::Model as _;
use planwright_report::Story;

use crate::{DnsAction, DnsState, DnsSystem, Instance, NEVER_EMPTY, Protocol, RECOVERS};

/// The longest sequence of repairs that is tried.
const MOST_REPAIRS: usize = 4;

/// Explores everything that can follow the schedule, with more generations, says what repairs the empty
/// endpoints, and what operators must do.
pub(crate) fn show(
    protocol: Protocol,
    size: Instance,
    schedule: &TraceOf<DnsSystem>,
    search: &SearchOptions,
) {
    // Enough to show that newer plans do not help, and for the race to happen once more.
    let more = usize::from(size.cleanup_age) + 1;
    let instance = Instance {
        generations: size.generations + more,
        ..size
    };
    let system = &protocol.system(instance);
    say!("What later steps repair:\n");
    if let Err(error) = system.validate() {
        say!("not explored: {error}\n");
        return;
    }
    let stuck = *schedule.last_state();
    let Some(endpoint) = first_empty(&stuck) else {
        return;
    };
    let repaired = format!("{endpoint} resolves again");
    let refused = format!("a write of {endpoint} is refused");
    let checker = Checker::new(system)
        .starting_at(vec![stuck])
        .sometimes(&repaired, move |s: &DnsState| {
            !matches!(s.store.resolve(endpoint), Resolution::Empty(_))
        })
        // Violated by the first refusal, which is then the example.
        .always_step(&refused, move |_, action, _| {
            !is_refusal_at(action, endpoint)
        })
        .recoverable(RECOVERS, DnsState::converged);
    let report = search.apply(checker).run();
    let states = report.statistics().states;
    let repair = report.finding(&repaired);
    if repair.is_some_and(|f| f.is_undecided()) {
        say!("undecided: {}\n", report.completion());
    } else if let Some(trace) = repair.and_then(|f| f.verdict.trace()) {
        say!(
            "repaired for {endpoint} by {}:",
            counted(trace.len() as u64, "more step")
        );
        say!("{}\n", Story::of_trace(system, trace).timeline());
    } else {
        print_prose(&format!(
            "Nothing. From the last line on, and with {} to come, {} can be reached, and in none of them \
             does {endpoint} resolve. The enactors go on trying, so this is no deadlock, but every write \
             is refused, first after:",
            counted(more as u64, "more generation"),
            counted(states, "state")
        ));
        say!("");
        if let Some(trace) = report.finding(&refused).and_then(|f| f.verdict.trace()) {
            for action in trace.actions() {
                say!("     {}", system.format_action(action));
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
                "From none of them can the newest plan ever get everywhere, and {ends}. In the incident \
                 operators repaired it by hand."
            ));
            say!("");
        }
        operators(system, stuck, instance, search);
    }
}

/// Says what operators must do, and that it is the least.
fn operators(system: &DnsSystem, stuck: DnsState, instance: Instance, search: &SearchOptions) {
    print_prose(&format!(
        "What operators must do: of all sequences of at most {MOST_REPAIRS} repairs, the shortest that is \
         enough. A repair points an endpoint at a plan that exists, removes its record, or restarts an \
         enactor."
    ));
    say!("");
    let fixed = Protocol::recommended().system(instance);
    let goals: [(Goal, &str, &DnsSystem); 3] = [
        (Goal::Once, "as deployed", system),
        (Goal::ForGood, "as deployed", system),
        (Goal::ForGood, "the recommended fix, from now on", &fixed),
    ];
    let rows = goals.map(|(goal, protocol, system)| {
        let mut undecided = false;
        let works = |state: &DnsState| match goal.reached(system, state, search) {
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
            Some(repairs) => repairs.iter().map(|(repair, _)| repair).join(", then "),
        };
        vec![goal.to_string(), protocol.to_owned(), words]
    });
    let header = ["so that the newest plan", "with the protocol", "repair"];
    print_table(&table(&header, &[], rows));
    say!("");
}

/// What operators want.
#[derive(Clone, Copy)]
enum Goal {
    /// Every endpoint resolves, and the newest plan can get everywhere once the planner has stopped.
    Once,
    /// The latter stays possible whatever happens, and no endpoint goes empty again.
    ForGood,
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Once => "can get everywhere",
            Self::ForGood => "always can, and nothing goes empty",
        })
    }
}

impl Goal {
    /// Whether it is reached in a state, with the system going on from there.
    fn reached(self, system: &DnsSystem, state: &DnsState, search: &SearchOptions) -> Outcome {
        if interrupted() {
            return Outcome::Undecided;
        }
        if !state.store.all_resolve() {
            return Outcome::Violated;
        }
        let checker = Checker::new(system).starting_at(vec![*state]);
        let checker = match self {
            Self::Once => checker.sometimes("gets everywhere", |state| {
                system.planner_stopped(state) && state.converged()
            }),
            Self::ForGood => checker
                .always(NEVER_EMPTY, |state| state.store.all_resolve())
                .recoverable(RECOVERS, DnsState::converged),
        };
        search.apply(checker).run().outcome()
    }
}

fn first_empty(state: &DnsState) -> Option<Endpoint> {
    let store = &state.store;
    store
        .endpoints()
        .find(|endpoint| matches!(store.resolve(*endpoint), Resolution::Empty(_)))
}

fn is_refusal_at(action: &DnsAction, at: Endpoint) -> bool {
    matches!(
        action,
        SystemAction::Refused { conflict: Conflict::Dangling { endpoint, .. }, .. } if *endpoint == at
    )
}
