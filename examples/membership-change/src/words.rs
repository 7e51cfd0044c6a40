//! Steps and states in words.

use std::fmt;

use crate::property::lost_by_election;
use crate::{Action, Entry, Log, State};

/// Who does what.
pub(crate) fn action(action: Action) -> String {
    let (who, what) = parts(action);
    format!("{who}  {what}")
}

/// Who, and what is done.
pub(crate) fn parts(action: Action) -> (String, String) {
    let (server, what) = match action {
        Action::Elect {
            leader,
            term,
            voters,
            members,
        } => (
            leader,
            format!("leads term {term}, elected by {voters} of {members}"),
        ),
        Action::Append { leader, term } => (
            leader,
            format!("appends an entry of term {term} that changes no members"),
        ),
        Action::Change {
            leader,
            server,
            members,
        } => {
            let verb = if members.contains(server) {
                "adds"
            } else {
                "removes"
            };
            (leader, format!("{verb} server {server}: appends {members}"))
        }
        Action::Follow {
            follower,
            leader,
            takes: Some(entry),
        } => (
            follower,
            format!("takes entry {entry} from server {leader}"),
        ),
        Action::Follow {
            follower,
            leader,
            takes: None,
        } => (
            follower,
            format!("learns from server {leader} of its term and commits"),
        ),
        Action::Commit {
            leader,
            length,
            holders,
            members,
        } => (
            leader,
            format!("finds entry {length} at {holders} of {members}: committed"),
        ),
    };
    (format!("server {server}"), what)
}

/// The state after a step, and below it what went wrong.
pub(crate) fn step(last: &State, action: Action, next: &State) -> String {
    let damage = damage(last, action, next).into_iter();
    let lines = damage.map(|damage| format!("\n^ {damage}"));
    format!("{next:?}{}", lines.collect::<String>())
}

/// What went wrong in a step.
pub(crate) fn damage(last: &State, action: Action, next: &State) -> Vec<String> {
    let mut damage = Vec::new();
    if let Action::Elect { leader, term, .. } = action {
        if let Some(other) = lost_by_election(last, &action) {
            damage.push(format!("LOST: server {leader} leads term {term} without what server {other} knows to be committed"));
        }
        let mut rivals = next.leaders().filter(|(other, _)| *other != leader);
        if let Some((other, _)) = rivals.find(|(_, rival)| rival.term == term) {
            damage.push(format!(
                "TWO LEADERS: servers {leader} and {other} lead term {term}"
            ));
        }
    }
    for ((number, before), (_, after)) in last.servers().zip(next.servers()) {
        if before.log.prefix(before.committed) != after.log.prefix(before.committed) {
            damage.push(format!(
                "OVERWRITTEN: server {number} gives up what it knew to be committed"
            ));
        }
    }
    damage
}

/// Of each server the term, an L if it leads it, and the log; entries that it knows to be committed
/// stand before the bar.
impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, server) in self.servers() {
            let gap = if number == 0 { "" } else { "  " };
            let role = if server.leads { "L" } else { "" };
            let term = server.term;
            let log = Bar(&server.log, server.committed);
            write!(f, "{gap}s{number} {role}{term} [{log}]")?;
        }
        Ok(())
    }
}

/// The entries of a log, those before the bar committed.
pub(crate) fn log(log: &Log, committed: u8) -> String {
    match log.entries() {
        [] => "empty".to_owned(),
        _ => Bar(log, committed).to_string(),
    }
}

/// A log with a bar behind what is committed.
struct Bar<'a>(&'a Log, u8);

impl fmt::Display for Bar<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(log, committed) = self;
        let words: Vec<String> = log.entries().iter().map(Entry::to_string).collect();
        let (before, after) = words.split_at(usize::from(*committed).min(words.len()));
        f.write_str(&before.join(" "))?;
        if *committed > 0 {
            f.write_str("|")?;
        }
        f.write_str(&after.join(" "))
    }
}

/// The term, and the members if it changes them.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.members {
            Some(members) => write!(f, "{}:{members}", self.term),
            None => write!(f, "{}", self.term),
        }
    }
}
