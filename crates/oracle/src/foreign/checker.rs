use std::env;
use std::fmt::Debug;
use std::path::PathBuf;

use crate::{ExplicitGraph, Formula, NuSmv, Spin, Tlc};

/// A model checker that is not ours and shares no code with ours.
pub trait ForeignChecker: Debug + Sync {
    /// What records call it.
    fn name(&self) -> &'static str;

    /// The version it says it is.
    fn version(&self) -> String;

    /// Of how many graphs it is asked about one when tests run: it may take a second to start.
    fn thrift(&self) -> usize;

    /// Its verdicts, each with the logic that it was asked in; none for a formula that it has no
    /// words for.
    fn check(&self, graph: &ExplicitGraph, formulas: &[Formula]) -> Vec<Vec<(&'static str, bool)>>;
}

/// The foreign checkers that are installed; says on the standard error which are not.
///
/// NuSMV and Spin are looked for on the path, `tla2tools.jar` (for Java, on the path) nowhere but
/// where `PLANWRIGHT_TLC` says. `PLANWRIGHT_NUSMV` and `PLANWRIGHT_SPIN` name them elsewhere.
///
/// ```
/// for checker in planwright_oracle::installed() {
///     assert!(!checker.version().is_empty());
/// }
/// ```
pub fn installed() -> Vec<Box<dyn ForeignChecker>> {
    let mut found: Vec<Box<dyn ForeignChecker>> = vec![];
    let mut add = |name: &str, checker: Option<Box<dyn ForeignChecker>>| match checker {
        Some(checker) => found.push(checker),
        None => eprintln!("skipped: {name} is not installed"),
    };
    let boxed = |checker| Box::new(checker) as Box<dyn ForeignChecker>;
    add("NuSMV", NuSmv::find().map(boxed));
    let boxed = |checker| Box::new(checker) as Box<dyn ForeignChecker>;
    add("Spin", Spin::find().map(boxed));
    let boxed = |checker| Box::new(checker) as Box<dyn ForeignChecker>;
    add("TLC", Tlc::find().map(boxed));
    found
}

/// Where a program is: where the variable says, else on the path.
pub(super) fn program(variable: &str, name: &str) -> Option<PathBuf> {
    if let Some(named) = env::var_os(variable) {
        return Some(named.into());
    }
    let path = env::var_os("PATH")?;
    let mut places = env::split_paths(&path).map(|folder| folder.join(name));
    places.find(|place| place.is_file())
}
