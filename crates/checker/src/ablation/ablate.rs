//! Every set of safeguards, explored: what to ask.

use std::collections::HashSet;
use std::fmt;

use super::digest::digest;
use super::run::{Run, asked};
use super::tally::{Listening, Tally};
use super::{AblationProgress, Lattice, ResultFile, ResultFileError, SafeguardSet};
use crate::options::asked_threads;
use crate::{Checkable, Checker};

/// Explores a model under every set of its safeguards.
///
/// The safeguards have names; what they do is up to the model, which is built anew for each set. See the
/// [module](super) for an example.
#[must_use = "an ablation explores nothing until `.run(..)` is called"]
pub struct Ablation<'a> {
    safeguards: Vec<String>,
    threads: usize,
    listener: Option<Listening<'a>>,
    file: Option<ResultFile>,
}

impl<'a> Ablation<'a> {
    /// An ablation of the safeguards with these names.
    ///
    /// # Panics
    ///
    /// If there are more than [`SafeguardSet::CAPACITY`], or two have one name.
    #[track_caller]
    pub fn new(safeguards: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let safeguards: Vec<String> = safeguards.into_iter().map(Into::into).collect();
        assert!(
            safeguards.len() <= SafeguardSet::CAPACITY,
            "{} safeguards have too many sets; name at most {}, and fix the others",
            safeguards.len(),
            SafeguardSet::CAPACITY
        );
        let mut seen = HashSet::new();
        for name in &safeguards {
            assert!(
                seen.insert(name),
                "two safeguards are called `{name}`; rename one"
            );
        }
        Self {
            safeguards,
            threads: crate::options::processors(),
            listener: None,
            file: None,
        }
    }

    /// How many threads explore; by default as many as the machine has processors. Sets are explored side
    /// by side, each on one thread, while there are enough of them.
    ///
    /// # Panics
    ///
    /// If it is 0, or more than [`MAX_THREADS`](crate::MAX_THREADS).
    #[track_caller]
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = asked_threads(threads);
        self
    }

    /// Tells how far it is, from the thread that called [`run`](Self::run).
    pub fn listener(mut self, listener: impl FnMut(&AblationProgress) + 'a) -> Self {
        self.listener = Some(Box::new(listener));
        self
    }

    /// Appends results to this file as they come, and does not explore what it has decided.
    pub fn results(mut self, file: ResultFile) -> Self {
        self.file = Some(file);
        self
    }

    /// Explores. `build` makes the model under a set of safeguards, and `check` a checker of it, with
    /// properties and limits; the properties must be the same under every set. Limits hold for each set.
    /// Listeners and numbers of threads that `check` sets are replaced.
    ///
    /// Sets come by size. Once one is interrupted, those that have not begun are undecided.
    ///
    /// # Errors
    ///
    /// If the file of results is of another ablation, or is damaged. Nothing has been explored then.
    ///
    /// # Panics
    ///
    /// If the properties differ from set to set, and as [`Checker::run`].
    pub fn run<M>(
        self,
        build: impl Fn(SafeguardSet) -> M + Sync,
        check: impl for<'m> Fn(&'m M) -> Checker<'m, M> + Sync,
    ) -> Result<Lattice, ResultFileError>
    where
        M: Checkable,
    {
        let Self {
            safeguards,
            threads,
            listener,
            mut file,
        } = self;
        let bare = build(SafeguardSet::NONE);
        let checker = check(&bare);
        let properties = asked(&checker);
        let known = match &mut file {
            Some(file) => file.begin(&safeguards, &properties, digest(&checker))?,
            None => Vec::new(),
        };
        drop(checker);
        let tally = Tally::new(1 << safeguards.len(), listener);
        let mut run = Run::new(safeguards, properties, threads, tally, file, build, check);
        for result in known {
            run.remember(&result);
        }
        run.explore();
        Ok(run.lattice())
    }
}

impl fmt::Debug for Ablation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ablation")
            .field("safeguards", &self.safeguards)
            .field("threads", &self.threads)
            .finish_non_exhaustive()
    }
}
