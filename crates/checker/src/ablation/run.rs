//! Every set of safeguards, explored: how.

use std::collections::BTreeMap;
use std::hash::Hash;
use std::ops::ControlFlow;

use planwright_model::Model;

use super::crew::{self, Told};
use super::inclusion::{is_inherited, that_add_nothing};
use super::lattice::Answer;
use super::tally::Tally;
use super::{AskedProperty, Lattice, ResultFile, SafeguardSet, SetResult};
use crate::{Checker, Completion, Limit, Outcome, Progress, PropertyKind};

/// What a checker is asked.
pub(super) fn asked<M: Model>(checker: &Checker<'_, M>) -> Vec<AskedProperty> {
    let properties = checker.own.iter().chain(&checker.added);
    let asked = properties.map(|property| AskedProperty {
        name: property.name.clone(),
        kind: property.kind(),
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
    /// Safeguards that were found to add a step to some set.
    adds_steps: SafeguardSet,
    interrupted: bool,
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

/// One set to explore once more, for the sake of larger ones.
struct Inheritance {
    set: SafeguardSet,
    /// Each with the properties that it would inherit.
    larger: Vec<(SafeguardSet, Vec<String>)>,
}

impl<'a, M, B, C> Run<'a, B, C>
where
    M: Model + Sync,
    M::State: Clone + Hash + PartialEq + Send + Sync,
    M::Action: Clone + PartialEq + Send + Sync,
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
            adds_steps: SafeguardSet::NONE,
            interrupted: false,
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

    /// Explores all sets, smaller ones first.
    pub(super) fn explore(&mut self, prune: bool) {
        for size in 0..=self.safeguards.len() {
            self.explore_sets_of(size);
            if prune {
                self.inherit_from_sets_of(size);
            }
        }
    }

    fn sets_of(&self, size: usize) -> impl Iterator<Item = SafeguardSet> + use<'a, M, B, C> {
        SafeguardSet::all(self.safeguards.len()).filter(move |set| set.len() == size)
    }

    fn open(&self, set: SafeguardSet) -> Vec<String> {
        let answers = self.settled[set.index()].iter().zip(&self.properties);
        let open = answers.filter(|(answer, _)| answer.is_none());
        open.map(|(_, property)| property.name.clone()).collect()
    }

    fn explore_sets_of(&mut self, size: usize) {
        let jobs = self.sets_of(size).map(|set| Job {
            set,
            open: self.open(set),
        });
        let jobs: Vec<_> = jobs.filter(|job| !job.open.is_empty()).collect();
        if self.interrupted || jobs.is_empty() {
            return;
        }
        let each = (self.threads / jobs.len()).max(1);
        let (build, check, properties) = (&self.build, &self.check, &self.properties);
        let explore = |job: &Job, progress: &mut dyn FnMut(&Progress)| {
            let model = build(job.set);
            let mut checker = check(&model);
            assert!(
                asked(&checker) == *properties,
                "the properties differ from set to set of safeguards; they must be the same under all"
            );
            checker.own.retain(|p| job.open.contains(&p.name));
            checker.added.retain(|p| job.open.contains(&p.name));
            let report = checker.threads(each).listener(progress).run();
            let stopped = report.completion().clone();
            (report.summary(), stopped)
        };
        let tally = &mut self.tally;
        let (file, not_saved) = (&mut self.file, &mut self.not_saved);
        let (settled, numbers) = (&mut self.settled, &mut self.numbers);
        let names = &self.safeguards;
        let flow = crew::run(self.threads, &jobs, explore, |told| match told {
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
                    settled[set.index()][place] = Some(Answer::found(finding));
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
        self.interrupted = flow.is_break();
    }

    /// Lets sets with one safeguard more than this inherit what they can. Each looks at the set below it
    /// with the fewest states, since every one of those is looked at. A safeguard that has once added a
    /// step is not tried again: it would mostly be in vain.
    fn inherit_from_sets_of(&mut self, size: usize) {
        let mut heirs: BTreeMap<SafeguardSet, Vec<(SafeguardSet, Vec<String>)>> = BTreeMap::new();
        for larger in self.sets_of(size + 1) {
            let below = larger
                .iter()
                .filter(|added| !self.adds_steps.contains(*added));
            let below = below.map(|safeguard| larger.without(safeguard));
            let below = below.map(|set| (self.would_inherit(set, larger), set));
            let below = below.filter(|(properties, _)| !properties.is_empty());
            let least = |(_, set): &(_, SafeguardSet)| (self.numbers[set.index()].0, *set);
            if let Some((properties, set)) = below.min_by_key(least) {
                heirs.entry(set).or_default().push((larger, properties));
            }
        }
        let jobs = heirs
            .into_iter()
            .map(|(set, larger)| Inheritance { set, larger });
        let jobs: Vec<_> = jobs.collect();
        if self.interrupted || jobs.is_empty() {
            return;
        }
        let (build, check) = (&self.build, &self.check);
        let look = |job: &Inheritance, progress: &mut dyn FnMut(&Progress)| {
            let larger = job.larger.iter();
            let larger: Vec<_> = larger
                .map(|(set, properties)| (*set, build(*set), properties.clone()))
                .collect();
            that_add_nothing(&build(job.set), &larger, check, progress)
        };
        let (mut heirs, mut adds_steps) = (Vec::new(), Vec::new());
        let tally = &mut self.tally;
        let _ = crew::run(self.threads, &jobs, look, |told| {
            match told {
                Told::Progress(worker, progress) => tally.progress(worker, progress),
                Told::Done {
                    worker,
                    job,
                    result,
                } => {
                    tally.looked(worker);
                    let inherits = |(set, _): &&(SafeguardSet, _)| result.contains(set);
                    let larger = jobs[job].larger.iter().filter(inherits);
                    let from = jobs[job].set;
                    for (set, _) in &jobs[job].larger {
                        if !result.contains(set) {
                            adds_steps.extend(set.minus(from).iter());
                        }
                    }
                    heirs.extend(larger.map(|(set, names)| (*set, names.clone(), from)));
                }
            }
            ControlFlow::Continue(())
        });
        self.adds_steps = self.adds_steps.iter().chain(adds_steps).collect();
        for (set, names, from) in heirs {
            let answers = self.settled[set.index()].iter_mut().zip(&self.properties);
            for (answer, property) in answers {
                if answer.is_none() && names.contains(&property.name) {
                    *answer = Some(Answer::inherited(from));
                }
            }
            if self.open(set).is_empty() {
                self.tally.inherited();
                let result = result(set, &self.settled, &self.numbers);
                save(
                    &mut self.file,
                    &mut self.not_saved,
                    &self.safeguards,
                    &self.properties,
                    &result,
                );
            }
        }
    }

    /// What a larger set could inherit from one that was explored; nothing if all of its states must be
    /// visited anyway, for the sake of other properties.
    fn would_inherit(&self, set: SafeguardSet, larger: SafeguardSet) -> Vec<String> {
        let answers = self.settled[set.index()].iter();
        let answers = answers.zip(&self.settled[larger.index()]);
        let (mut inherits, mut rest) = (Vec::new(), false);
        for ((smaller, answer), property) in answers.zip(&self.properties) {
            let holds =
                |answer: &Answer| answer.outcome == Outcome::Holds && answer.inherited.is_none();
            match answer {
                Some(_) => {}
                None if is_inherited(property.kind) && smaller.as_ref().is_some_and(holds) => {
                    inherits.push(property.name.clone());
                }
                None => {
                    let witness = property.kind == PropertyKind::Sometimes;
                    rest |= !is_inherited(property.kind) && !witness;
                }
            }
        }
        if rest { Vec::new() } else { inherits }
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
