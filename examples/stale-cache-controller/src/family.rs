//! The variants, and what the program shows of them.

use planwright_checker::Checker;
use planwright_checker::ablation::SafeguardSet;
use planwright_cli::{Exhibit, Family, Safeguard, Tour, Variant};

use crate::{
    Cluster, LAST_RUNS, NEVER_REMOVES_LIVE, NEVER_STOPS_LIVE, ONE_RUNS, Protocol, RECOVERS,
    REPLACED, Reads, Size, Stops, last_runs, never_removes_live, never_stops_live, one_runs,
    replaced, settled,
};

/// The family.
#[derive(Debug)]
pub struct StaleCacheController;

impl Family for StaleCacheController {
    type Protocol = Protocol;
    type Size = Size;
    type Model = Cluster;

    const PACKAGE: &'static str = "stale-cache-controller";
    const ABOUT: &'static str = "Shows how an agent that trusts its cache runs a pod twice or removes a live one, and which checks prevent it";

    fn variants() -> Vec<Variant<Protocol>> {
        vec![
            Variant::new(
                "deployed",
                "caches are taken for the store, pods go by name",
                Protocol::as_deployed(),
                &[ONE_RUNS, NEVER_REMOVES_LIVE, NEVER_STOPS_LIVE],
            ),
            Variant::new(
                "uid",
                "a removal names the uid, and the store compares",
                Protocol::naming_the_uid(),
                &[ONE_RUNS, NEVER_STOPS_LIVE],
            ),
            Variant::new(
                "fresh",
                "a restarted agent reads the store as it is",
                Protocol::fresh(),
                &[ONE_RUNS, NEVER_REMOVES_LIVE],
            ),
            Variant::new(
                "read-to-remove",
                "fresh, and agents read before a removal",
                Protocol::reading_to_remove(),
                &[ONE_RUNS, NEVER_REMOVES_LIVE],
            ),
            Variant::new(
                "patient",
                "fresh, and no agent acts on absence",
                Protocol::patient(),
                &[ONE_RUNS, NEVER_REMOVES_LIVE, RECOVERS],
            ),
            Variant::new(
                "read-to-start",
                "uid, and agents read before a start",
                Protocol::reading_to_start(),
                &[NEVER_STOPS_LIVE],
            ),
            Variant::new(
                "read-to-act",
                "uid, and agents read before a start or stop",
                Protocol::reading_to_act(),
                &[],
            ),
            Variant::new("fix", "uid and fresh", Protocol::fixed(), &[]),
        ]
    }

    fn tour() -> Tour<Size> {
        Tour {
            incident: "\
Pods of one name come one after another: the agent of a node runs a pod, stops it when it is to be
deleted, and removes it from the store; only then is the next one created, on another node maybe.
Agents read the store through caches, which lag, and after a restart may go back (Kubernetes issue
59848). Below, 2@n1 is pod 2, which node 1 is to run.",
            exhibits: &[
                Exhibit {
                    variant: "deployed",
                    property: ONE_RUNS,
                    lesson: "\
The agent has removed the pod itself. After the restart its cache shows the time before, when the pod
was to run; to the agent it is the present.",
                },
                Exhibit {
                    variant: "read-to-remove",
                    property: NEVER_REMOVES_LIVE,
                    lesson: "\
The agent has read the store, and found what it meant to remove. The request that is sent again meets
another pod of the same name. A read before the act only makes the window smaller: the store must
compare, in the step that removes.",
                },
            ],
            fix: "fix",
            larger: Size::new(3, 4, 3).restarts(1).lost(1),
            assumed: "\
Assumed: a uid is never used again, the store compares uids in the step that removes, a process goes on
while its agent restarts and the agent finds it. Not covered: nodes that are lost, removals that nobody
waits for, more names than one, time.",
        }
    }

    fn model(protocol: Protocol, size: &Size) -> Cluster {
        Cluster::new(protocol, *size)
    }

    fn checker(model: &Cluster) -> Checker<'_, Cluster> {
        checker(model)
    }

    fn safeguards() -> Vec<Safeguard> {
        SAFEGUARDS
            .map(|(name, what)| Safeguard { name, what })
            .into()
    }

    fn with_safeguards(_: Protocol, on: SafeguardSet) -> Protocol {
        with_safeguards(on)
    }
}

const SAFEGUARDS: [(&str, &str); 6] = [
    ("uid", "a removal names the uid, and the store compares"),
    ("fresh", "a restarted agent reads the store as it is"),
    ("read-to-start", "agents read the store before a start"),
    ("read-to-stop", "agents read the store before a stop"),
    (
        "read-to-remove",
        "agents read the store before they ask for a removal",
    ),
    ("patient", "no agent acts on absence"),
];

/// The protocol with these of [`SAFEGUARDS`] on.
fn with_safeguards(on: SafeguardSet) -> Protocol {
    let [
        names_uid,
        fresh_restart,
        to_start,
        to_stop,
        to_remove,
        patient,
    ] = std::array::from_fn(|place| on.contains(place));
    Protocol {
        names_uid,
        fresh_restart,
        reads: Reads {
            to_start,
            to_stop,
            to_remove,
        },
        stops: if patient {
            Stops::Marked
        } else {
            Stops::Unexpected
        },
    }
}

fn checker(cluster: &Cluster) -> Checker<'_, Cluster> {
    let pods = cluster.size.pods;
    Checker::new(cluster)
        .action_classes()
        .always(ONE_RUNS, one_runs)
        .always_step(NEVER_REMOVES_LIVE, never_removes_live)
        .always_step(NEVER_STOPS_LIVE, never_stops_live)
        .recoverable(RECOVERS, settled)
        .sometimes(REPLACED, replaced)
        .sometimes(LAST_RUNS, move |state| last_runs(state, pods))
}

/// The whole program. It is built here, so that the tests share the engine that is built for it.
pub fn program() -> planwright_cli::Exit {
    planwright_cli::run::<StaleCacheController>()
}
