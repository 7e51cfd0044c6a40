//! One instance of a model, named so that another process can explore it.

use std::fmt;
use std::str::FromStr;
use std::time::Instant;

use dns_outage::{DnsSystem, NEVER_EMPTY, Protocol, checker};
use planwright_checker::{Checker, Completion, Statistics, Storage};
use planwright_growth::Measurement;
use planwright_oracle::Reference;

/// A model with its bounds.
///
/// ```
/// use planwright_benches::growth::Instance;
///
/// let instance: Instance = "reference/2/3/1/1".parse()?;
/// assert_eq!(instance.to_string(), "reference/2/3/1/1");
/// assert_eq!(instance.measure(2, 1).states, 385);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instance {
    /// dns-outage as deployed.
    DnsOutage {
        /// How many endpoints.
        endpoints: usize,
        /// How many enactors.
        enactors: usize,
        /// How many generations in all.
        generations: usize,
        /// How many crashes at most.
        crashes: u8,
    },
    /// The reference model as deployed.
    Reference {
        /// How many enactors.
        enactors: usize,
        /// How many generations after the installed one.
        plans: u8,
        /// How many endpoints.
        endpoints: usize,
        /// The threshold of clean-up.
        threshold: u8,
    },
}

impl fmt::Display for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DnsOutage {
                endpoints,
                enactors,
                generations,
                crashes,
            } => write!(
                f,
                "dns-outage/{endpoints}/{enactors}/{generations}/{crashes}"
            ),
            Self::Reference {
                enactors,
                plans,
                endpoints,
                threshold,
            } => write!(f, "reference/{enactors}/{plans}/{endpoints}/{threshold}"),
        }
    }
}

/// A text that names no instance.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` names no instance; write for example `dns-outage/2/2/4/1` or `reference/3/3/2/1`")]
pub struct ParseInstanceError(String);

impl FromStr for Instance {
    type Err = ParseInstanceError;

    fn from_str(text: &str) -> Result<Self, ParseInstanceError> {
        let refused = || ParseInstanceError(text.to_owned());
        let mut parts = text.split('/');
        let family = parts.next();
        let numbers: Result<Vec<u8>, _> = parts.map(str::parse).collect();
        match (family, numbers.as_deref()) {
            (Some("dns-outage"), Ok(&[endpoints, enactors, generations, crashes])) => {
                Ok(Self::DnsOutage {
                    endpoints: endpoints.into(),
                    enactors: enactors.into(),
                    generations: generations.into(),
                    crashes,
                })
            }
            (Some("reference"), Ok(&[enactors, plans, endpoints, threshold])) => {
                Ok(Self::Reference {
                    enactors: enactors.into(),
                    plans,
                    endpoints: endpoints.into(),
                    threshold,
                })
            }
            _ => Err(refused()),
        }
    }
}

impl Instance {
    /// Explores the instance to the end, states stored whole, and says what it took. The memory is
    /// that of the process, so a process should measure only one instance.
    ///
    /// # Panics
    ///
    /// If the exploration is cut short: there is no such instance, or not enough memory.
    pub fn measure(&self, value: u32, threads: usize) -> Measurement {
        let start = Instant::now();
        let found = match *self {
            Self::DnsOutage {
                endpoints,
                enactors,
                generations,
                crashes,
            } => {
                let size = dns_outage::Instance::new(endpoints, enactors, generations);
                let system = Protocol::as_deployed().system(size.crashes(crashes));
                explore(&system, threads)
            }
            Self::Reference {
                enactors,
                plans,
                endpoints,
                threshold,
            } => {
                let model = Reference {
                    enactors,
                    plans,
                    endpoints,
                    threshold,
                    fixed: false,
                };
                let checker = Checker::new(&model).exhaustive();
                let report = checker.threads(threads).storage(Storage::Exact).run();
                whole(report.completion(), report.statistics())
            }
        };
        let seconds = start.elapsed().as_secs_f64();
        let (states, transitions, depth, peak) = found;
        Measurement::new(value, states, transitions, depth, seconds, peak)
    }
}

impl Instance {
    /// How many patterns the instance has with every number of generations, whatever its own number, if
    /// it is one of dns-outage.
    ///
    /// ```
    /// use planwright_benches::growth::Instance;
    ///
    /// let [few, many]: [Instance; 2] = ["dns-outage/1/2/3/0".parse()?, "dns-outage/1/2/9/0".parse()?];
    /// assert_eq!(few.every_generation(1), many.every_generation(1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    ///
    /// As [`measure`](Self::measure).
    pub fn every_generation(&self, threads: usize) -> Option<u64> {
        let Self::DnsOutage {
            endpoints,
            enactors,
            generations,
            crashes,
        } = *self
        else {
            return None;
        };
        let size = dns_outage::Instance::new(endpoints, enactors, generations);
        let system = Protocol::as_deployed().system(size.crashes(crashes));
        Some(explore_patterns(system, threads))
    }
}

/// States, transitions, depth, peak memory.
type Found = (u64, u64, u32, Option<u64>);

fn whole(completion: &Completion, statistics: &Statistics) -> Found {
    assert!(completion.is_complete(), "cut short: {completion}");
    (
        statistics.states,
        statistics.transitions,
        statistics.depth,
        statistics.peak_memory,
    )
}

fn explore_patterns(system: DnsSystem, threads: usize) -> u64 {
    let every = system.every_generation();
    let checker = Checker::new(&every);
    let checker = checker.always(NEVER_EMPTY, |pattern| {
        pattern.representative().store.all_resolve()
    });
    let report = checker
        .exhaustive()
        .threads(threads)
        .storage(Storage::Exact)
        .run();
    whole(report.completion(), report.statistics()).0
}

fn explore(system: &DnsSystem, threads: usize) -> Found {
    let checker = checker(system).exhaustive().threads(threads);
    let report = checker.storage(Storage::ExactIfItFits).run();
    whole(report.completion(), report.statistics())
}
