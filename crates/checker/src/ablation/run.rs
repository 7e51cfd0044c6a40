//! Every set of safeguards, explored: how.

use std::ops::ControlFlow;

use super::crew::{self, Told};
use super::tally::Tally;
use super::{AskedProperty, Lattice, ResultFile, SafeguardSet, SetResult};
use crate::{Answer, Checkable, Checker, Completion, Limit, Outcome, Progress};

/// What a checker is asked.
pub(super) fn asked<M: Checkable>(checker: &Checker<'_, M>) -> Vec<AskedProperty> {
    let asked = checker.asked();
    let asked = asked.list.iter().map(|property| AskedProperty {
        name: property.name.clone(),
        kind: property.kind,
    });
    asked.collect()
}

/// An ablation under way.
pub(super) struct Run<'a, B, C> {
    safeguards: Vec<String>,
    properties: Vec<AskedProperty>,
    threads: usize,
    /// By set and property.
    settled: Vec<Vec<Option<Answer>>>,
    /// States and transitions, by set.
    numbers: Vec<(u64, u64)>,
    tally: Tally<'a>,
    file: Option<ResultFile>,
    not_saved: Option<String>,
    build: B,
    check: C,
}

/// One set to explore.
struct Job {
    set: SafeguardSet,
    /// The properties that are open.
    open: Vec<String>,
}

impl<'a, M, B, C> Run<'a, B, C>
where
    M: Checkable,
    B: Fn(SafeguardSet) -> M + Sync,
    C: for<'m> Fn(&'m M) -> Checker<'m, M> + Sync,
{
    pub(super) fn new(
        safeguards: Vec<String>,
        properties: Vec<AskedProperty>,
        threads: usize,
        tally: Tally<'a>,
        file: Option<ResultFile>,
        build: B,
        check: C,
    ) -> Self {
        let sets = 1 << safeguards.len();
        Self {
            settled: vec![vec![None; properties.len()]; sets],
            numbers: vec![(0, 0); sets],
            safeguards,
            properties,
            threads,
            tally,
            file,
            not_saved: None,
            build,
            check,
        }
    }

    fn open(&self, set: SafeguardSet) -> Vec<String> {
        let answers = self.settled[set.index()].iter().zip(&self.properties);
        let open = answers.filter(|(answer, _)| answer.is_none());
        open.map(|(_, property)| property.name.clone()).collect()
    }

    /// Explores all sets, smaller ones first, until it is interrupted.
    pub(super) fn explore(&mut self) {
        let sets = SafeguardSet::all(self.safeguards.len());
        let jobs = sets.map(|set| Job {
            set,
            open: self.open(set),
        });
        let mut jobs: Vec<_> = jobs.filter(|job| !job.open.is_empty()).collect();
        jobs.sort_by_key(|job| job.set.len());
        let each = (self.threads / jobs.len().max(1)).max(1);
        let (build, check, properties) = (&self.build, &self.check, &self.properties);
        let explore = |job: &Job, progress: &mut dyn FnMut(&Progress)| {
            let model = build(job.set);
            let mut checker = check(&model);
            assert!(
                asked(&checker) == *properties,
                "the properties differ from set to set of safeguards; they must be the same under all"
            );
            let is_open = |name: &str| job.open.iter().any(|open| open == name);
            checker.asked = checker.asked.only(is_open);
            let report = checker.threads(each).listener(progress).run();
            let stopped = report.completion().clone();
            (report.summary_without_places(), stopped)
        };
        let tally = &mut self.tally;
        let (file, not_saved) = (&mut self.file, &mut self.not_saved);
        let (settled, numbers) = (&mut self.settled, &mut self.numbers);
        let names = &self.safeguards;
        crew::run(self.threads, &jobs, explore, |told| match told {
            Told::Progress(worker, progress) => {
                tally.progress(worker, progress);
                ControlFlow::Continue(())
            }
            Told::Done {
                worker,
                job,
                result: (summary, completion),
            } => {
                let set = jobs[job].set;
                for finding in &summary.findings {
                    let place = properties.iter().position(|p| p.name == finding.name);
                    let place = place.expect("only what was asked is answered");
                    settled[set.index()][place] = Some(finding.answer.clone());
                }
                numbers[set.index()] = (summary.states, summary.transitions);
                tally.explored(worker, summary.states, summary.transitions);
                if let Completion::Stopped(Limit::Interrupted) = completion {
                    return ControlFlow::Break(());
                }
                let result = result(set, settled, numbers);
                save(file, not_saved, names, properties, &result);
                ControlFlow::Continue(())
            }
        });
    }

    /// Takes over what a file knows.
    pub(super) fn remember(&mut self, result: &SetResult) {
        let answers = self.settled[result.on.index()].iter_mut();
        for (settled, answer) in answers.zip(&result.answers) {
            *settled = (answer.outcome != Outcome::Undecided).then(|| answer.clone());
        }
        self.numbers[result.on.index()] = (result.states, result.transitions);
        if result.is_decided() {
            self.tally.remembered();
        }
    }

    pub(super) fn lattice(self) -> Lattice {
        let sets = SafeguardSet::all(self.safeguards.len());
        let sets = sets.map(|set| result(set, &self.settled, &self.numbers));
        Lattice {
            sets: sets.collect(),
            safeguards: self.safeguards,
            properties: self.properties,
            not_saved: self.not_saved,
        }
    }
}

fn result(on: SafeguardSet, settled: &[Vec<Option<Answer>>], numbers: &[(u64, u64)]) -> SetResult {
    let answers = settled[on.index()].iter().cloned();
    let interrupted = || Answer::undecided("interrupted before it was explored");
    let (states, transitions) = numbers[on.index()];
    SetResult {
        on,
        answers: answers.map(|a| a.unwrap_or_else(interrupted)).collect(),
        states,
        transitions,
    }
}

/// Appends a result to the file. If that fails once, it is not tried again.
fn save(
    file: &mut Option<ResultFile>,
    not_saved: &mut Option<String>,
    safeguards: &[String],
    properties: &[AskedProperty],
    result: &SetResult,
) {
    if let Some(open) = file
        && let Err(error) = open.append(safeguards, properties, result)
    {
        *not_saved = Some(error.to_string());
        *file = None;
    }
}
