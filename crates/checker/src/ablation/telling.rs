//! A lattice in words.

use std::fmt;

use super::{Counterexample, Lattice, MinimalSet, SafeguardSet, Sufficiency};
use crate::text::Count;
use crate::{Answer, Outcome};

/// How many sets, cuts or harmful safeguards are told of before the rest is only counted.
const SHOWN: usize = 8;

/// Makes of the safeguards that are on and a replay line what a reader can run.
type Replay<'l> = dyn Fn(SafeguardSet, &str) -> String + 'l;

/// What follows from a [`Lattice`], in words: a few lines for each property.
pub struct Telling<'l> {
    lattice: &'l Lattice,
    replay: Box<Replay<'l>>,
}

impl Lattice {
    /// What follows from it, in words; with the replay line of each schedule.
    pub fn tell(&self) -> Telling<'_> {
        self.tell_with(|_, path| format!("replay: {path}"))
    }

    /// The same. `replay` makes of the safeguards that are on and a replay line what a reader can run.
    pub fn tell_with<'l>(
        &'l self,
        replay: impl Fn(SafeguardSet, &str) -> String + 'l,
    ) -> Telling<'l> {
        Telling {
            lattice: self,
            replay: Box::new(replay),
        }
    }
}

impl fmt::Debug for Telling<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Telling").field(self.lattice).finish()
    }
}

impl fmt::Display for Telling<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, property) in self.lattice.sufficiency().iter().enumerate() {
            if number > 0 {
                f.write_str("\n\n")?;
            }
            self.property(property, f)?;
        }
        Ok(())
    }
}

impl Telling<'_> {
    fn property(&self, told: &Sufficiency, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", told.property, told.kind)?;
        let sets = told.holds + told.violated + told.undecided;
        write!(
            f,
            "\n  holds under {} of {}",
            told.holds,
            Count(sets as u64, "set")
        )?;
        if told.undecided > 0 {
            write!(
                f,
                ", undecided under {}: what depends on them is marked \"unknown\"",
                told.undecided
            )?;
        }
        match told.minimal.as_slice() {
            [minimal] if minimal.set.is_empty() => f.write_str("\n  needs no safeguard")?,
            [] if told.undecided == 0 => f.write_str("\n  no set of these safeguards suffices")?,
            minimal => {
                for minimal in minimal.iter().take(SHOWN) {
                    self.minimal(minimal, f)?;
                }
                self.more("sufficient set", minimal.len(), f)?;
            }
        }
        if told.minimal.is_empty() {
            self.example("with none of them", &told.unguarded, f)?;
        }
        for minimal in told.minimal.iter().filter(|m| m.set.is_empty()) {
            self.breaches(minimal, f)?;
        }
        self.sets(
            "unknown whether minimal and sufficient",
            &told.perhaps_minimal,
            f,
        )?;
        if !told.minimal.is_empty() {
            self.sets("nothing suffices without", &told.cuts, f)?;
            self.sets("unknown whether a minimal cut", &told.perhaps_cuts, f)?;
        }
        if told.minimal.iter().any(|minimal| !minimal.set.is_empty()) {
            self.names("redundant, in no minimal set", &told.redundant, f)?;
            self.names("unknown whether redundant", &told.perhaps_redundant, f)?;
        }
        for harm in &told.harmful {
            let name = &self.lattice.safeguards()[harm.safeguard];
            for on in harm.on.iter().take(1) {
                let rest = self.set(on.on.without(harm.safeguard));
                let what = format!("creates a violation: {name}, added to {rest}");
                self.example(&what, on, f)?;
            }
            self.more("smallest set that it breaks", harm.on.len() - 1 + SHOWN, f)?;
        }
        Ok(())
    }

    fn minimal(&self, minimal: &MinimalSet, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n  suffices: {}", self.set(minimal.set))?;
        for absence in &minimal.absences {
            let name = &self.lattice.safeguards()[absence.safeguard];
            self.example(&format!("  without {name}"), &absence.counterexample, f)?;
        }
        self.breaches(minimal, f)
    }

    fn breaches(&self, minimal: &MinimalSet, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if minimal.violated_above > 0 {
            let count = Count(minimal.violated_above as u64, "larger set");
            write!(
                f,
                "\n    violated all the same under {count}; the smallest:"
            )?;
        }
        for breach in minimal.breaches.iter().take(SHOWN) {
            let with = format!("    with {}", self.set(breach.added));
            self.example(&with, &breach.counterexample, f)?;
        }
        self.more("such set", minimal.breaches.len(), f)
    }

    fn example(
        &self,
        what: &str,
        shown: &Counterexample,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        write!(f, "\n  {what}: ")?;
        let Answer {
            outcome,
            steps,
            replay,
            ..
        } = &shown.answer;
        match (outcome, steps, replay) {
            (Outcome::Violated, Some(steps), Some(path)) => {
                let replay = (self.replay)(shown.on, path);
                write!(f, "{} ({replay})", Count(*steps, "step"))
            }
            (Outcome::Violated, ..) => f.write_str("it never happens"),
            (Outcome::Holds, ..) => f.write_str("it holds"),
            (Outcome::Undecided, ..) => f.write_str("unknown"),
        }
    }

    fn set(&self, set: SafeguardSet) -> String {
        format!("{{{}}}", set.names(self.lattice.safeguards()).join(", "))
    }

    fn sets(&self, what: &str, sets: &[SafeguardSet], f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if sets.is_empty() {
            return Ok(());
        }
        let shown = sets.iter().take(SHOWN).map(|set| self.set(*set));
        write!(f, "\n  {what}: {}", shown.collect::<Vec<_>>().join("  "))?;
        self.more("set", sets.len(), f)
    }

    fn names(&self, what: &str, which: &[usize], f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if which.is_empty() {
            return Ok(());
        }
        let set: SafeguardSet = which.iter().copied().collect();
        let names = set.names(self.lattice.safeguards()).join(", ");
        write!(f, "\n  {what}: {names}")
    }

    fn more(&self, what: &'static str, all: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match all.saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(
                f,
                "\n    and {}",
                Count(more as u64, &format!("more {what}"))
            ),
        }
    }
}
