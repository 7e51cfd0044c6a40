//! Saving a search between two levels, and going on from there.
//!
//! README.md, "Checkpoints", has the format.

use std::fs::File;
use std::io::{self, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::ancestry::Ancestry;
use super::chunk::{Evidence, Tally};
use super::level::Level;
use super::sealed::{Reader, Writer};
use super::search::Search;
use super::suspicion::panic_message;
use super::visited::VisitedSet;
use crate::checkpoint::{Identity, Saving};
use crate::keys::Keys;
use crate::{Checkable, CheckpointError, Extent};

/// The first line of a checkpoint; the number changes with the format.
const MAGIC: &[u8] = b"planwright checkpoint 3\n";

/// A checkpoint may take this share of the time: one part in so many.
const SHARE: u32 = 10;

/// Keys that are read at a time.
const BATCH: usize = 4096;

/// The small parts of a search, in one line of JSON.
#[derive(Serialize, Deserialize)]
struct Head {
    identity: Identity,
    initial: (bool, bool),
    levels: Vec<u64>,
    committed: Tally,
    evidence: Vec<Option<Evidence>>,
    elapsed: Duration,
    /// Of the level to be expanded.
    first: u32,
    sampled: Vec<usize>,
}

impl<'m, M: Checkable, K: Keys<M>> Search<'_, 'm, M, K> {
    fn identity(&self, saving: &Saving<'_, M>) -> Identity {
        let properties = self.job.properties.iter();
        Identity {
            properties: properties
                .map(|property| format!("{} ({})", property.name, property.kind))
                .collect(),
            fairness: (self.job.fairness.iter())
                .map(|condition| format!("{} ({})", condition.name, condition.strength))
                .collect(),
            action_classes: self.job.classes,
            seed: self.job.options.seed,
            exact: K::EXACT,
            symmetry: self.job.symmetry.is_some(),
            altered: self.job.altered,
            ..Identity::new(&saving.checkpoints)
        }
    }

    /// Saves the search if it is time to.
    pub(super) fn save_if_due(&mut self, level: &Level<K::Kept>) {
        if self.job.saving.is_some() && Instant::now() >= self.saver.due {
            self.save(level);
        }
    }

    /// Saves the search before `level` is expanded. If that fails, the search goes on, and the
    /// report says so.
    pub(super) fn save(&mut self, level: &Level<K::Kept>) {
        let Some(saving) = self.job.saving else {
            return;
        };
        let begun = Instant::now();
        let written = catch_unwind(AssertUnwindSafe(|| self.write(saving, level)));
        let written = written.unwrap_or_else(|payload| {
            Err(CheckpointError::State {
                detail: panic_message(&*payload),
            })
        });
        self.saver.error = written.err();
        let interval = saving.checkpoints.interval;
        let pause = begun.elapsed() * (SHARE - 1);
        self.saver.due = Instant::now();
        if !interval.is_zero() {
            self.saver.due += interval.max(pause);
        }
    }

    fn write(&self, saving: &Saving<'_, M>, level: &Level<K::Kept>) -> Result<(), CheckpointError> {
        let unfinished = saving.checkpoints.unfinished();
        let failed = |error| CheckpointError::Io {
            path: unfinished.clone(),
            error,
        };
        let mut to = Writer::create(&unfinished).map_err(failed)?;
        to.put(MAGIC).map_err(failed)?;
        let head = Head {
            identity: self.identity(saving),
            initial: self.initial,
            levels: self.levels.clone(),
            committed: self.committed.clone(),
            evidence: self.evidence.clone(),
            elapsed: self.elapsed(),
            first: level.first,
            sampled: level.sampled.clone(),
        };
        let head = serde_json::to_vec(&head).map_err(|error| failed(error.into()))?;
        to.put_block(&head).map_err(failed)?;
        self.visited.write(&mut to).map_err(failed)?;
        self.ancestry.write(&mut to).map_err(failed)?;
        if let Some(recorder) = &self.recorder {
            recorder.write(&mut to).map_err(failed)?;
        }
        let mut bytes = Vec::new();
        let mut state = |to: &mut Writer, state: &M::State| {
            bytes.clear();
            let written = saving.codec.write(self.job.model, state, &mut bytes);
            written.map_err(|detail| CheckpointError::State { detail })?;
            to.put_block(&bytes).map_err(failed)
        };
        to.put_u64(level.len() as u64).map_err(failed)?;
        for kept in level.slices(0..level.len()).flatten() {
            state(&mut to, &self.keys.state(self.job.model, kept))?;
        }
        let (known, pairwise) = self.audit.parts();
        to.put_u64(known.len() as u64).map_err(failed)?;
        for (spread, known) in known {
            to.put_u64(*spread).map_err(failed)?;
            state(&mut to, known)?;
        }
        to.put_u64(pairwise.len() as u64).map_err(failed)?;
        for spread in pairwise {
            to.put_u64(*spread).map_err(failed)?;
        }
        to.seal().map_err(failed)?;
        saving.checkpoints.finish().map_err(failed)
    }

    /// Makes the search what it was when it was saved, and gives the level to be expanded.
    pub(super) fn restore(
        &mut self,
        saving: &Saving<'_, M>,
    ) -> Result<Level<K::Kept>, CheckpointError> {
        let path = saving.checkpoints.file();
        let damaged = |detail: &str| CheckpointError::Damaged {
            path: path.clone(),
            detail: detail.to_owned(),
        };
        let unreadable = |error: io::Error| match error.kind() {
            io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData => {
                damaged("it does not have the expected parts")
            }
            _ => CheckpointError::Io {
                path: path.clone(),
                error,
            },
        };
        if !begins_with_magic(&path).map_err(unreadable)? {
            return Err(CheckpointError::NotACheckpoint { path });
        }
        let from = Reader::open(&path).map_err(unreadable)?;
        let mut from = from.ok_or_else(|| damaged("its checksum is wrong"))?;
        let level = self.read(saving, &mut from).map_err(|error| match error {
            Unreadable::Io(error) => unreadable(error),
            Unreadable::Foreign(what, there, here) => CheckpointError::Foreign {
                path: path.clone(),
                what,
                there,
                here,
            },
        })?;
        let retraced = catch_unwind(AssertUnwindSafe(|| self.retrace(&level)));
        let retraced = retraced
            .unwrap_or_else(|payload| Err(format!("it panicked: {}", panic_message(&*payload))));
        retraced.map_err(|detail| CheckpointError::Mismatch { path, detail })?;
        Ok(level)
    }

    fn read(
        &mut self,
        saving: &Saving<'_, M>,
        from: &mut Reader,
    ) -> Result<Level<K::Kept>, Unreadable> {
        from.take(&mut [0; MAGIC.len()])?;
        let mut bytes = Vec::new();
        from.take_block(&mut bytes)?;
        let head: Head = serde_json::from_slice(&bytes).map_err(|_| invalid())?;
        if let Some((what, there, here)) = head.identity.difference(&self.identity(saving)) {
            return Err(Unreadable::Foreign(what, there, here));
        }
        self.visited = VisitedSet::read(from)?;
        self.ancestry = Ancestry::read(from)?;
        if let Some(recorder) = &mut self.recorder {
            recorder.read(from)?;
        }
        let mut state = |from: &mut Reader| {
            from.take_block(&mut bytes)?;
            let state = saving.codec.read(self.job.model, &bytes);
            state.ok_or_else(invalid)
        };
        let mut level = Level::new(head.first);
        let mut left = from.take_count(8)?;
        let mut kept = Vec::new();
        while left > 0 {
            let batch = left.min(BATCH);
            for _ in 0..batch {
                if !self.keys.keep(self.job.model, state(from)?, &mut kept) {
                    return Err(invalid().into());
                }
            }
            level.append(&mut kept, 0);
            left -= batch;
        }
        level.sampled = match self.job.options.audit.determinism {
            Extent::All => (0..level.len()).collect(),
            _ => head.sampled,
        };
        for _ in 0..from.take_count(16)? {
            let spread = from.take_u64()?;
            self.audit.remember(spread, state(from)?);
        }
        for _ in 0..from.take_count(8)? {
            self.audit.remember_pairwise(from.take_u64()?);
        }
        let expected = head.levels.iter().sum::<u64>();
        let is_whole = from.is_at_end()?
            && head.levels.last() == Some(&(level.len() as u64))
            && head.committed.states == expected
            && self.visited.len() == expected + head.committed.cut
            && u64::from(head.first) + level.len() as u64 == expected
            && self.ancestry.has(expected, head.first.into())
            && (self.recorder.iter()).all(|recorder| recorder.has(expected, head.first.into()));
        if !is_whole {
            return Err(invalid().into());
        }
        self.initial = head.initial;
        self.levels = head.levels;
        // The search counts the level that it is given.
        self.levels.pop();
        self.committed = head.committed;
        self.evidence = head.evidence;
        self.before = head.elapsed;
        Ok(level)
    }
}

fn begins_with_magic(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    let file = File::open(path)?;
    file.take(MAGIC.len() as u64).read_to_end(&mut start)?;
    Ok(start == MAGIC)
}

/// Why a checkpoint cannot be read.
enum Unreadable {
    Io(io::Error),
    Foreign(&'static str, String, String),
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

fn invalid() -> io::Error {
    io::ErrorKind::InvalidData.into()
}
