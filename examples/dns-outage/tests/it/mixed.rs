//! Fleets of two variants: against judges that share no code with the checker, and the answers that a
//! designer gets.

use dns_outage::{
    DnsEnactor, FleetQuestion, Instance, NEVER_EMPTY, NEVER_REGRESSES, Protocol, RECOVERS,
    Replacement, Safeguards, SkipInUse, safeguards,
};
use itertools::Itertools as _;
use planwright_cli::mixed::{
    Advice, Compatibility, Findings, Shared, SteppingStone, Switching, Versions as _,
    stepping_stone,
};
use planwright_cli::{Cell, SearchOptions, Verdicts};
use planwright_core::{Course, Fleet, Handover, never_regresses};
use planwright_oracle::{Naive, stateright_unique};

use crate::row;

/// Deployed, with these safeguards of enactors.
fn with(safeguards: Safeguards) -> Protocol {
    Protocol {
        safeguards,
        ..Protocol::as_deployed()
    }
}

fn conditional() -> Protocol {
    row("2")
}

fn exists_and_skip() -> Protocol {
    with(Safeguards {
        exists_on_write: true,
        skip_in_use: SkipInUse::Atomically,
        ..Safeguards::default()
    })
}

fn all_three() -> Protocol {
    with(Safeguards {
        conditional_write: true,
        ..exists_and_skip().safeguards
    })
}

fn question(instance: Instance, rules_of: &Protocol) -> FleetQuestion {
    FleetQuestion {
        instance,
        rules: rules_of.safeguards.store_rules(),
        changing: None,
    }
}

fn compatibility(question: FleetQuestion, old: &Protocol, new: &Protocol) -> Compatibility {
    let fleet = old.rolled_out_to(new, question.instance.cleanup_age);
    let search = SearchOptions::default();
    let enactors = question.instance.enactors;
    Compatibility::explore(&fleet, enactors, &Switching::ALL, |fleet| {
        question.explore(fleet, &search, Verdicts::of)
    })
}

/// As [`compatibility`], by a naive search, with Stateright's count; but for recoverability.
fn judged(question: FleetQuestion, old: &Protocol, new: &Protocol) -> Compatibility {
    let fleet = old.rolled_out_to(new, question.instance.cleanup_age);
    Compatibility::explore(
        &fleet,
        question.instance.enactors,
        &Switching::ALL,
        |fleet| {
            let system = question.system(fleet);
            let naive = Naive::explore(&system);
            let cell =
                |steps: Option<usize>| steps.map_or(Cell::Holds, |steps| Cell::Violated { steps });
            let empty = naive.shortest(|s| !s.store.all_resolve());
            let back = naive.shortest_step(&system, |s, a, t| !never_regresses(s, a, t));
            let trap = naive.shortest_trap(&system, |s| s.converged());
            assert_eq!(stateright_unique(system), naive.unique());
            Verdicts {
                cells: [("empty", empty), ("back", back), ("recovers", trap)]
                    .map(|(name, steps)| (name.to_owned(), cell(steps)))
                    .into(),
                states: naive.unique() as u64,
                transitions: naive.transitions,
                complete: true,
            }
        },
    )
}

/// Two protocols that are right, and wrong together.
#[test]
fn every_mix_and_switch_over_is_judged_alike() {
    let instance = Instance::new(1, 2, 4).crashes(1);
    let pairs = [
        (conditional(), exists_and_skip()),
        (Protocol::as_deployed(), Protocol::recommended()),
        (row("2"), row("7b")),
    ];
    for (old, new) in pairs {
        let question = question(instance, &new);
        let found = compatibility(question, &old, &new);
        let judged = judged(question, &old, &new);
        assert_eq!(found.mixes, judged.mixes);
        assert_eq!(found.switchovers, judged.switchovers);
    }
}

#[test]
fn two_fixes_that_suffice_do_not_suffice_side_by_side() {
    let instance = Instance::default();
    let question = question(instance, &Protocol::as_deployed());
    let found = compatibility(question, &conditional(), &exists_and_skip());
    let never_empty = found.properties.iter().position(|name| name == NEVER_EMPTY);
    let never_empty = never_empty.expect("it is asked");
    assert!(found.kept().contains(&never_empty));
    let cells: Vec<_> = found
        .mixes
        .iter()
        .map(|mix| mix.cells[never_empty])
        .collect();
    assert_eq!(
        cells,
        [Cell::Holds, Cell::Violated { steps: 10 }, Cell::Holds]
    );
    for (course, handover) in Course::ALL.into_iter().cartesian_product(Handover::ALL) {
        assert_eq!(found.is_safe(course, handover), Some(false));
    }
    // A version with all three stands beside either, both ways.
    for end in [conditional(), exists_and_skip()] {
        let found = compatibility(question, &end, &all_three());
        for (course, handover) in Course::ALL.into_iter().cartesian_product(Handover::ALL) {
            assert_eq!(found.is_safe(course, handover), Some(true));
        }
    }
}

/// The search for a stone takes the first that is safe, and says that there is none where there is none.
#[test]
fn a_stepping_stone_is_found_if_it_is_among_the_candidates() {
    let instance = Instance::default();
    let question = question(instance, &Protocol::as_deployed());
    let enactor = |variant: &Protocol| variant.enactor(instance.cleanup_age);
    let fleet = conditional().rolled_out_to(&exists_and_skip(), instance.cleanup_age);
    let kept = [NEVER_EMPTY.to_owned()];
    let search = SearchOptions::default();
    let stone = |candidates: &[(&'static str, Protocol)]| {
        let candidates = candidates
            .iter()
            .map(|(name, stone)| (*name, enactor(stone)));
        stepping_stone(
            &fleet,
            &kept,
            &Switching::ALL,
            candidates,
            |fleet: Fleet<DnsEnactor>| question.explore(fleet, &search, Verdicts::of),
        )
    };
    let deployed = ("as deployed", Protocol::as_deployed());
    let first = ("the first end", conditional());
    assert_eq!(stone(&[deployed, first]), SteppingStone::None);
    assert_eq!(
        stone(&[deployed, ("all three", all_three()), first]),
        SteppingStone::Found("all three")
    );
}

/// Whatever the new enactors do, one old one undoes it, unless they know what it holds; a rule of the store
/// binds that one too.
#[test]
fn beside_an_unguarded_enactor_only_the_store_helps() {
    let instance = Instance::new(1, 2, 4);
    let search = SearchOptions::default();
    let never_empty = |rules_of: &Protocol, new: &Protocol| {
        let fleet = Protocol::as_deployed().rolled_out_to(new, instance.cleanup_age);
        let question = question(instance, rules_of);
        question.explore(fleet.upgraded(1), &search, |report| {
            report
                .finding(NEVER_EMPTY)
                .is_some_and(|finding| finding.holds())
        })
    };
    let plain = Protocol::as_deployed();
    let named = |set: &[&str]| {
        let place = |name: &&str| safeguards().into_iter().position(|s| s.name == *name);
        let places = set.iter().map(|name| place(name).expect("a safeguard"));
        Protocol::as_deployed().with_safeguards(places.collect())
    };
    let names = safeguards().into_iter().map(|safeguard| safeguard.name);
    let of_store_or_on = ["referential-integrity", "own-age", "never-abandon"];
    let varied = names.filter(|name| !of_store_or_on.contains(name));
    let sets = varied.powerset().map(|mut set| {
        set.extend(["own-age", "never-abandon"]);
        set
    });
    let helpful: Vec<_> = sets
        .filter(|set| never_empty(&plain, &named(set)))
        .collect();
    // Grace stands for knowing what the old enactor holds.
    let ideal = [
        "conditional-write",
        "skip-in-use",
        "grace",
        "own-age",
        "never-abandon",
    ];
    assert!(
        helpful.iter().all(|set| set.contains(&"grace")),
        "{helpful:?}"
    );
    assert!(helpful.contains(&ideal.to_vec()), "{helpful:?}");
    // Two old enactors race with each other, whatever the new one knows.
    let three = Instance::new(1, 3, 4);
    let fleet = plain
        .rolled_out_to(&named(&ideal), three.cleanup_age)
        .upgraded(1);
    let holds = question(three, &plain).explore(fleet, &search, |report| {
        report
            .finding(NEVER_EMPTY)
            .is_some_and(|finding| finding.holds())
    });
    assert!(!holds);

    assert!(never_empty(&row("6"), &plain));
}

/// A switch that may never come repairs nothing: while old enactors can still trap the fleet, it is no
/// answer that the new ones would get it out.
#[test]
fn what_stays_possible_does_not_rest_on_a_switch() {
    let (old, new) = (Protocol::as_deployed(), Protocol::recommended());
    let question = question(Instance::new(1, 2, 4), &old);
    let found = compatibility(question, &old, &new);
    let place = found.properties.iter().position(|name| name == RECOVERS);
    let place = place.expect("it is asked");
    let trapped = |cells: &[Cell]| cells[place].is_violated() == Some(true);
    assert!(trapped(&found.mixes[0].cells));
    assert!(!trapped(&found.mixes[2].cells));
    assert!(found.switchovers.iter().all(|s| trapped(&s.cells)));
}

/// The outage's own fix. Its rule of the store may come while old enactors are half-way through their
/// work: from then on no endpoint goes empty, whatever else is switched.
#[test]
fn the_rule_of_the_store_works_from_the_moment_on_at_which_it_comes() {
    let versions = Replacement {
        old: Protocol::as_deployed(),
        new: Protocol::recommended(),
        instance: Instance::new(1, 2, 4).crashes(1),
    };
    let findings = Findings::explore(&versions, &Handover::ALL, &SearchOptions::default(), |_| {});
    assert_eq!(findings.all_safe(), Some(true));
    assert_eq!(findings.advice(), Some(Advice::SharedFirst));
    assert_eq!(findings.from_the_change_on(), [NEVER_EMPTY, RECOVERS]);

    for change in &findings.changing {
        let fleet = versions
            .fleet()
            .deploying(Course::BackAndForth, change.handover);
        let system = versions.model(fleet, Shared::Changing);
        let naive = Naive::explore(&system);
        let empty = naive.shortest(|s| s.rules_have_changed() && !s.store.all_resolve());
        let back = naive.shortest_step(&system, |s, a, t| {
            s.rules_have_changed() && !never_regresses(s, a, t)
        });
        let trap = naive.shortest_trap(&system, |s| !s.rules_have_changed() || s.converged());
        assert!(naive.shortest(|s| s.rules_have_changed()).is_some());
        assert_eq!(change.states, naive.unique() as u64);
        assert_eq!(stateright_unique(system), naive.unique());
        let judged = [
            (NEVER_EMPTY, empty),
            (NEVER_REGRESSES, back),
            (RECOVERS, trap),
        ];
        let judged = judged.map(|(name, steps)| {
            let cell = steps.map_or(Cell::Holds, |steps| Cell::Violated { steps });
            (name.to_owned(), cell)
        });
        assert_eq!(change.cells, judged);
    }

    let data = serde_json::to_string(&findings).expect("plain data");
    let read: Findings = serde_json::from_str(&data).expect("as it was written");
    assert_eq!(read, findings);
}

/// A violation that was found stands, and a limit leaves the rest undecided; neither reads as safe.
#[test]
fn a_limit_makes_nothing_safe() {
    let versions = Replacement {
        old: conditional(),
        new: exists_and_skip(),
        instance: Instance::default(),
    };
    let search = SearchOptions {
        max_states: Some(500),
        ..SearchOptions::default()
    };
    let findings = Findings::explore(&versions, &[Handover::Restart], &search, |_| {});
    assert_eq!(findings.all_safe(), None);
    assert!(findings.is_undecided());
    assert_eq!(findings.advice(), None);
    // Enough for either fleet of one version, and for a bad schedule, but not for a switch-over.
    let search = SearchOptions {
        max_states: Some(3_000),
        ..SearchOptions::default()
    };
    let findings = Findings::explore(&versions, &[Handover::Restart], &search, |_| {});
    assert_eq!(findings.all_safe(), Some(false));
    assert!(findings.is_undecided());
}

#[test]
fn symmetry_changes_no_verdict() {
    let instance = Instance::new(1, 3, 4);
    let (old, new) = (conditional(), exists_and_skip());
    let question = question(instance, &old);
    let fleet = old.rolled_out_to(&new, instance.cleanup_age);
    let explore = |symmetry| {
        let search = SearchOptions {
            symmetry,
            ..SearchOptions::default()
        };
        Compatibility::explore(&fleet, 3, &Switching::ALL, |fleet| {
            question.explore(fleet, &search, Verdicts::of)
        })
    };
    let (plain, reduced) = (explore(false), explore(true));
    for (plain, reduced) in plain.mixes.iter().zip(&reduced.mixes) {
        assert_eq!(plain.cells, reduced.cells);
        assert!(reduced.states < plain.states);
    }
    for (plain, reduced) in plain.switchovers.iter().zip(&reduced.switchovers) {
        assert_eq!(plain.cells, reduced.cells);
        assert!(reduced.states * 4 < plain.states);
    }
}
