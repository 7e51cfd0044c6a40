//! The variants, and what the program shows of them.

use planwright_checker::Checker;
use planwright_checker::ablation::SafeguardSet;
use planwright_cli::{Exhibit, Family, Safeguard, Tour, Variant};

use crate::{
    CHANGED, COMMITTED_STAYS, ChangeRule, Cluster, LEADERS_COMPLETE, ONE_LEADER, Protocol, Quorum,
    RECOVERS, RIVALS, Size, VoteRule, changed, committed_stays, leaders_complete, one_leader,
    rivals, settled,
};

/// The family.
#[derive(Debug)]
pub struct MembershipChange;

const UNSAFE: [&str; 3] = [ONE_LEADER, LEADERS_COMPLETE, COMMITTED_STAYS];

impl Family for MembershipChange {
    type Protocol = Protocol;
    type Size = Size;
    type Model = Cluster;

    const PACKAGE: &'static str = "membership-change";
    const ABOUT: &'static str = "Shows how single-server changes of a Raft cluster lose committed entries, and what prevents it";

    fn variants() -> Vec<Variant<Protocol>> {
        vec![
            Variant::new(
                "published",
                "one change at a time, each committed before the next",
                Protocol::as_published(),
                &UNSAFE,
            ),
            Variant::new(
                "confirmed",
                "and the leader first hears from a majority",
                Protocol::confirmed(),
                &UNSAFE,
            ),
            Variant::new(
                "appended",
                "and the leader first appends an entry of its term",
                Protocol::appended(),
                &UNSAFE,
            ),
            Variant::new(
                "members-only",
                "and servers vote for members they know only",
                Protocol::members_only(),
                &UNSAFE,
            ),
            Variant::new(
                "both-commit",
                "and old and new majorities commit a change",
                Protocol::both_to_commit(),
                &[ONE_LEADER, COMMITTED_STAYS],
            ),
            Variant::new(
                "joint",
                "and old and new majorities commit and elect",
                Protocol::joint(),
                &[],
            ),
            Variant::new(
                "fix",
                "and the leader first commits an entry of its term",
                Protocol::fixed(),
                &[RIVALS],
            ),
        ]
    }

    fn tour() -> Tour<Size> {
        Tour {
            incident: "\
A Raft cluster changes its members one server at a time, so that old and new majorities share a
server. Leaders of different terms may each change the same members, and the two results differ by
two servers (Ongaro, raft-dev, 2015). Each server below is shown with its term, an L if it leads that
term, and its log: terms of entries, the members if an entry changes them, and a bar behind what the
server knows to be committed.",
            exhibits: &[
                Exhibit {
                    variant: "published",
                    property: LEADERS_COMPLETE,
                    lesson: "\
Each changed set differs by one server from the members at the start, and so each has a server in
common with all their majorities. But the two changed sets differ by two from one another, and have
majorities with no server in common.",
                },
                Exhibit {
                    variant: "appended",
                    property: LEADERS_COMPLETE,
                    lesson: "\
An entry of its own term in its own log tells a leader nothing of what rivals have done. Once such an
entry is committed, a majority knows of the term, and no rival's older change can win an election.",
                },
            ],
            fix: "fix",
            larger: Size::new(4, 0, 3, 3),
            assumed: "\
At the size of the table the fix has no room in its logs for rival changes, which the table says; at
the larger size it has. Assumed: an election, a follower's step and a commit each read the servers as
they are. Not covered: messages under way, servers that lose their logs, leaders that remove
themselves, what a new member must have before it counts, more terms, time.",
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
    (
        "confirm",
        "before a change the leader hears from a majority in its term",
    ),
    (
        "append",
        "before a change the leader appends an entry of its term (outweighs confirm)",
    ),
    (
        "commit",
        "before a change the leader commits an entry of its term (outweighs append)",
    ),
    ("members-only", "servers vote for members they know only"),
    ("both-commit", "old and new majorities commit a change"),
    (
        "joint",
        "old and new majorities commit and elect (outweighs both-commit)",
    ),
];

/// The protocol with these of [`SAFEGUARDS`] on; of several rules about one thing the strongest.
fn with_safeguards(on: SafeguardSet) -> Protocol {
    let [confirm, append, commit, members_only, both_commit, joint] =
        std::array::from_fn(|place| on.contains(place));
    Protocol {
        change: match (confirm, append, commit) {
            (_, _, true) => ChangeRule::OnceCommitted,
            (_, true, _) => ChangeRule::OnceAppended,
            (true, _, _) => ChangeRule::OnceConfirmed,
            _ => ChangeRule::OnePending,
        },
        votes: if members_only {
            VoteRule::Members
        } else {
            VoteRule::Anyone
        },
        quorum: match (both_commit, joint) {
            (_, true) => Quorum::Both,
            (true, _) => Quorum::BothToCommit,
            _ => Quorum::Newest,
        },
    }
}

fn checker(cluster: &Cluster) -> Checker<'_, Cluster> {
    Checker::new(cluster)
        .action_classes()
        .always(ONE_LEADER, one_leader)
        .always_step(LEADERS_COMPLETE, leaders_complete)
        .always_step(COMMITTED_STAYS, committed_stays)
        .recoverable(RECOVERS, |state| settled(cluster, state))
        .sometimes(CHANGED, changed)
        .sometimes(RIVALS, rivals)
}

/// The whole program. It is built here, so that the tests share the engine that is built for it.
pub fn program() -> planwright_cli::Exit {
    planwright_cli::run::<MembershipChange>()
}
