//! Whether one variant can be rolled out while another still runs.

use std::cmp::Ordering;

use dns_outage::{DnsEnactor, FleetQuestion, Instance, SAFEGUARDS, Variant};
use planwright_checker::ablation::SafeguardSet;
use planwright_cli::mixed::{Compatibility, Mix, MixedOptions, stepping_stone};
use planwright_cli::{Exit, SearchOptions, Verdicts, interrupted, say};
use planwright_core::{Fleet, Handover, StoreRules, Version};
use planwright_report::Story;

use crate::size::in_words;

/// Safeguards that enactors have, each by itself; the store's own rule is asked apart.
const OF_ENACTORS: [&str; 5] = [
    "conditional-write",
    "recheck",
    "exists-on-write",
    "skip-in-use",
    "self-heal",
];

/// A row of the table, "fix", or safeguards with `+` between them, for those enactors that are as deployed
/// otherwise.
pub(crate) fn parse_version(text: &str) -> Result<Variant, String> {
    if let Some(variant) = Variant::by_row(text) {
        return Ok(variant);
    }
    let mut on = SafeguardSet::NONE;
    for name in ["own-age", "never-abandon"]
        .into_iter()
        .chain(text.split('+'))
    {
        let place = SAFEGUARDS
            .iter()
            .position(|safeguard| safeguard.name == name);
        let Some(place) = place else {
            let rows = Variant::all();
            let rows: Vec<_> = rows.iter().map(|variant| variant.row).collect();
            let names: Vec<_> = SAFEGUARDS.iter().map(|s| s.name).collect();
            return Err(format!(
                "`{name}` is neither a row ({}, fix) nor a safeguard ({}); several safeguards are \
                 joined by +",
                rows.join(", "),
                names.join(", ")
            ));
        };
        on = on.with(place);
    }
    Ok(Variant::with_safeguards(on))
}

/// The `mixed` command.
pub(crate) fn mixed(
    [old, new]: [&(String, Variant); 2],
    asked: &MixedOptions,
    instance: Instance,
    search: &SearchOptions,
) -> Exit {
    if instance.enactors < 2 {
        return Exit::bad_input("--enactors: a fleet of one is never mixed; ask for at least 2");
    }
    say!(
        "Can {} be rolled out while enactors of {} still run?",
        new.0,
        old.0
    );
    say!("old: {}", describe(&old.1));
    say!("new: {}", describe(&new.1));
    say!("{}\n", in_words(&instance));
    let rules = [old.1, new.1].map(|variant| variant.safeguards.store_rules());
    let orders: &[(&str, StoreRules)] = if rules[0] == rules[1] {
        &[("", rules[0])]
    } else {
        &[
            (
                "The enactors first: under the store's rules of the old version",
                rules[0],
            ),
            (
                "The store's rules first: under those of the new version",
                rules[1],
            ),
        ]
    };
    let mut exit = Exit::Holds;
    let mut always = Vec::new();
    for (title, rules) in orders {
        if interrupted() {
            break;
        }
        if !title.is_empty() {
            say!("== {title}\n");
        }
        let question = FleetQuestion {
            instance,
            rules: *rules,
            faults: instance.faults,
        };
        let (ended, found) = ask(&question, [&old.1, &new.1], asked, search);
        exit = worse(exit, ended);
        always.push(found.always());
        say!("");
    }
    if interrupted() {
        say!("Interrupted: what is missing is undecided.");
        return Exit::Undecided;
    }
    if let ([enactors_first, rules_first], true) = (&always[..], exit != Exit::Undecided) {
        say!("{}", better_order(enactors_first, rules_first));
    }
    exit
}

/// What to do first, by what holds all the time while the enactors are switched.
fn better_order(enactors_first: &[String], rules_first: &[String]) -> String {
    let names = |properties: &[String]| match properties {
        [] => "nothing".to_owned(),
        some => format!("\"{}\"", some.join("\", \"")),
    };
    let (better, kept, other) = match enactors_first.len().cmp(&rules_first.len()) {
        Ordering::Less => (
            "change the store's rules first",
            rules_first,
            enactors_first,
        ),
        Ordering::Greater => ("switch the enactors first", enactors_first, rules_first),
        Ordering::Equal => {
            return format!(
                "Either order: all the while {} is sure.",
                names(rules_first)
            );
        }
    };
    format!(
        "The better order: {better}. Then {} holds all the while; in the other order, {}.",
        names(kept),
        names(other)
    )
}

fn ask(
    question: &FleetQuestion,
    [old, new]: [&Variant; 2],
    asked: &MixedOptions,
    search: &SearchOptions,
) -> (Exit, Compatibility) {
    let Instance {
        enactors,
        cleanup_age,
        ..
    } = question.instance;
    let ways = asked.ways();
    let fleet = old.rolled_out_to(new, cleanup_age);
    let found = Compatibility::explore(&fleet, enactors, &ways, |fleet| {
        question.explore(fleet, search, Verdicts::of)
    });
    found.tell();
    if found.is_undecided() {
        return (Exit::Undecided, found);
    }
    let safe = |handover: &Handover| {
        [Version::New, Version::Old].map(|to| found.is_safe(to, *handover)) == [Some(true); 2]
    };
    if ways.iter().all(safe) {
        return (Exit::Holds, found);
    }
    show(question, &fleet, &found, search);
    let kept = found.kept().into_iter();
    let kept: Vec<String> = kept.map(|p| found.properties[p].clone()).collect();
    let candidates = stones().into_iter().map(|(name, stone)| {
        let enactor = stone.enactor(cleanup_age);
        (name, enactor)
    });
    let ends = (old.enactor(cleanup_age), new.enactor(cleanup_age));
    let stone = stepping_stone((&ends.0, &ends.1), &kept, &ways, candidates, |fleet| {
        let found = question.explore(fleet, search, Verdicts::of);
        (!interrupted() && !found.is_undecided()).then_some(found)
    });
    match stone {
        Some(stone) => {
            say!(
                "\nA stepping stone: enactors with {stone}. Switch all of them to that version, and then"
            );
            say!("all to the new one: neither switch-over breaks anything, in any of these ways.");
        }
        None => {
            say!(
                "\nNo version with any of {} is a safe",
                OF_ENACTORS.join(", ")
            );
            say!("stepping stone, in all of these ways.");
        }
    }
    (Exit::Violated, found)
}

/// Shows the shortest schedule that breaks what both versions have.
fn show(
    question: &FleetQuestion,
    fleet: &Fleet<DnsEnactor>,
    found: &Compatibility,
    search: &SearchOptions,
) {
    let broken = found.kept().into_iter().find_map(|property| {
        let name = &found.properties[property];
        let mut mixes = found.mixes.iter();
        let mix = mixes.find(|mix| mix.cells[property].is_violated() == Some(true));
        if let Some(Mix { upgraded, .. }) = mix {
            let title = format!("A fleet of which {upgraded} run the new version, for ever");
            return Some((name, title, fleet.clone().upgraded(*upgraded)));
        }
        let mut switchovers = found.switchovers.iter();
        let switchover = switchovers.find(|s| s.cells[property].is_violated() == Some(true))?;
        let (to, handover) = (switchover.to, switchover.handover);
        let title = format!("A fleet that is switched to the {to} version, {handover}");
        let upgraded = match to {
            Version::New => 0,
            Version::Old => question.instance.enactors,
        };
        Some((
            name,
            title,
            fleet.clone().upgraded(upgraded).deploying(to, handover),
        ))
    });
    let Some((name, title, fleet)) = broken else {
        return;
    };
    let story = question.explore(fleet, search, |report| {
        let finding = report.finding(name)?;
        Story::of_finding(report.model(), finding)
    });
    if let Some(mut story) = story {
        // `replay` has no options for fleets.
        story.replay.clear();
        let steps = story.steps.len();
        say!("\n{title}: \"{name}\" is violated in {steps} steps.\n");
        say!("{}", story.timeline().to_string().trim_end());
    }
}

/// Versions by their safeguards, those with few first.
fn stones() -> Vec<(String, Variant)> {
    let mut sets: Vec<Vec<&str>> = Vec::new();
    for set in 0..1_u32 << OF_ENACTORS.len() {
        let names = OF_ENACTORS.iter().enumerate();
        let names = names.filter(|(place, _)| set & (1 << place) != 0);
        sets.push(names.map(|(_, name)| *name).collect());
    }
    sets.sort_by_key(Vec::len);
    let stone = |names: Vec<&str>| match names.is_empty() {
        true => ("no safeguard".to_owned(), Variant::as_deployed()),
        false => {
            let name = names.join("+");
            let stone = parse_version(&name).expect("these are names of safeguards");
            (name, stone)
        }
    };
    sets.into_iter().map(stone).collect()
}

fn worse(a: Exit, b: Exit) -> Exit {
    let rank = |exit| match exit {
        Exit::Holds => 0,
        Exit::Undecided => 1,
        _ => 2,
    };
    if rank(b) > rank(a) { b } else { a }
}

fn describe(variant: &Variant) -> String {
    let on = variant.safeguards;
    let mut names = Vec::new();
    for (is_on, name) in [
        (on.conditional_write, "conditional write"),
        (
            on.recheck_before_write,
            "check again before each write, not atomic",
        ),
        (on.exists_on_write, "write only a plan that exists"),
        (
            on.skip_in_use != dns_outage::SkipInUse::Never,
            "clean-up spares plans in use",
        ),
        (on.self_heal, "self-heal"),
        (on.lock, "lock"),
        (on.atomic_cleanup, "last write and clean-up in one step"),
        (on.grace, "grace"),
        (
            on.referential_integrity,
            "at the store, referential integrity",
        ),
        (variant.weaknesses.abandon_writes, "writes may be given up"),
        (
            variant.weaknesses.age_from_published,
            "age from the published plan",
        ),
        (variant.weaknesses.edge_triggered, "edge-triggered"),
    ] {
        names.extend(is_on.then_some(name));
    }
    match names.is_empty() {
        true => "as deployed".to_owned(),
        false => names.join(", "),
    }
}
