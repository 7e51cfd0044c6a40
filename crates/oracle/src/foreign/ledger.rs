use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::thread;
use std::{env, fs};

use crate::{Evaluator, ExplicitGraph, ForeignChecker, Formula};

/// A graph and what is asked of it.
#[derive(Clone, Debug)]
pub struct Case {
    /// The graph, with its fairness conditions.
    pub graph: ExplicitGraph,
    /// What is asked.
    pub formulas: Vec<Formula>,
}

/// What foreign checkers said, in a file under version control: a line for each graph, fairness,
/// formula, tool, version and logic, with the verdict.
///
/// ```
/// use planwright_oracle::{Case, DieHard, ExplicitGraph, Formula, Jugs, Ledger, Pour};
///
/// let four: &dyn Fn(&Jugs) -> bool = &|jugs| jugs.big == 4;
/// let graph = ExplicitGraph::explore(&DieHard, &["pour"], |_: &Pour| 0, &[("four", four)]);
/// let graph = graph.named("die hard").progress_of_all();
/// let case = Case { graph, formulas: vec![Formula::Recoverable("four")] };
/// let ledger = Ledger::parse("die hard,16,none,can always reach four,NuSMV,2.5.4,CTL,holds\n");
/// ledger.assert_naive_agrees(&[case]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Ledger(BTreeMap<Entry, Said>);

/// What was asked: model, number of states, fairness, formula.
type Question = [String; 4];

/// What was asked, of which tool, in which logic.
type Entry = (Question, &'static str, &'static str);

/// By which version, and whether it holds.
type Said = (String, bool);

const HEADER: &str = "model,states,fairness,formula,tool,version,logic,verdict";
const TOOLS: [&str; 3] = ["NuSMV", "Spin", "TLC"];
const LOGICS: [&str; 3] = ["CTL", "LTL", "TLA"];

/// The most states of a graph that every checker judges in a moment.
const QUICK: usize = 200;

impl Ledger {
    /// Reads a file; one that is missing is empty.
    ///
    /// # Panics
    ///
    /// As [`parse`](Self::parse).
    pub fn read(path: &Path) -> Self {
        Self::parse(&fs::read_to_string(path).unwrap_or_default())
    }

    /// Reads the text of a file.
    ///
    /// # Panics
    ///
    /// If a line is not one of a ledger.
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().filter(|line| *line != HEADER);
        let entry = |line: &str| {
            let fields: Vec<&str> = line.split(',').collect();
            let [
                model,
                states,
                fairness,
                formula,
                tool,
                version,
                logic,
                verdict,
            ] = fields[..]
            else {
                panic!("not a line of a ledger: {line}");
            };
            let known = |names: [&'static str; 3], name| {
                let found = names.into_iter().find(|known| *known == name);
                found.unwrap_or_else(|| panic!("{name} is unknown: {line}"))
            };
            let question = [model, states, fairness, formula].map(str::to_owned);
            let asked = (question, known(TOOLS, tool), known(LOGICS, logic));
            (asked, (version.to_owned(), verdict == "holds"))
        };
        Self(lines.map(entry).collect())
    }

    /// Whether every recorded verdict is the naive evaluator's, and every question of the cases has
    /// one.
    ///
    /// # Panics
    ///
    /// If not.
    pub fn assert_naive_agrees(&self, cases: &[Case]) {
        let mut asked = BTreeSet::new();
        for case in cases {
            let evaluator = Evaluator::new(&case.graph);
            for formula in &case.formulas {
                let question = question(case, *formula);
                let holds = evaluator.holds(*formula);
                let said = self.0.iter().filter(|((of, ..), _)| *of == question);
                let wrong: Vec<_> = said.clone().filter(|(_, said)| said.1 != holds).collect();
                assert!(wrong.is_empty(), "naive says {holds}, not {wrong:?}");
                assert_ne!(said.count(), 0, "nobody was asked: {question:?}");
                asked.insert(question);
            }
        }
        let stray = self.0.keys().find(|(of, ..)| !asked.contains(of));
        assert_eq!(stray, None, "recorded, but no longer asked");
    }

    /// How many graphs a tool has judged.
    pub fn judged_by(&self, tool: &str) -> usize {
        let judged = self.0.keys().filter(|(_, name, _)| *name == tool);
        let models: BTreeSet<&String> = judged.map(|(question, ..)| &question[0]).collect();
        models.len()
    }

    /// Asks the checker again and compares with the record: about all graphs if `PLANWRIGHT_FOREIGN` is
    /// `all`, else about as many of the small ones as its [thrift](ForeignChecker::thrift) allows. With
    /// `PLANWRIGHT_RECORD` set, asks about all and writes the record instead.
    ///
    /// # Panics
    ///
    /// If they differ.
    pub fn assert_repeats(path: &Path, cases: &[Case], checker: &dyn ForeignChecker) {
        let record = env::var_os("PLANWRIGHT_RECORD").is_some();
        let all = env::var_os("PLANWRIGHT_FOREIGN").is_some_and(|asked| asked == "all");
        let (thrift, most) = if record || all {
            (1, usize::MAX)
        } else {
            (checker.thrift(), QUICK)
        };
        let small = cases.iter().filter(|case| case.graph.states() <= most);
        let cases: Vec<&Case> = small.step_by(thrift).collect();
        let now = Self::ask(&cases, checker).0;
        let mut ledger = Self::read(path);
        if record {
            ledger.0.retain(|(_, tool, _), _| *tool != checker.name());
            ledger.0.extend(now);
            ledger.write(path);
            return;
        }
        for (entry, (version, holds)) in now {
            let recorded = ledger.0.get(&entry).map(|said| said.1);
            assert_eq!(recorded, Some(holds), "{version}: {entry:?}");
        }
    }

    /// Asks about some cases at a time: foreign programs run on one core each.
    fn ask(cases: &[&Case], checker: &dyn ForeignChecker) -> Self {
        let version = &checker.version();
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let some = |first: usize| {
            let mut said = BTreeMap::new();
            for case in cases.iter().skip(first).step_by(workers) {
                let verdicts = checker.check(&case.graph, &case.formulas);
                for (formula, verdicts) in case.formulas.iter().zip(verdicts) {
                    let entry = |logic| (question(case, *formula), checker.name(), logic);
                    let verdicts = verdicts.into_iter();
                    said.extend(verdicts.map(|(logic, holds)| {
                        let by = version.clone();
                        (entry(logic), (by, holds))
                    }));
                }
            }
            said
        };
        thread::scope(|scope| {
            let workers: Vec<_> = (0..workers).map(|n| scope.spawn(move || some(n))).collect();
            let said = workers.into_iter().map(|worker| worker.join());
            Self(said.flat_map(|said| said.expect("a worker ends")).collect())
        })
    }

    fn write(&self, path: &Path) {
        let line = |((question, tool, logic), (version, holds)): (&Entry, &Said)| {
            let verdict = if *holds { "holds" } else { "violated" };
            format!(
                "{},{tool},{version},{logic},{verdict}\n",
                question.join(",")
            )
        };
        let lines: String = self.0.iter().map(line).collect();
        fs::write(path, format!("{HEADER}\n{lines}")).expect("the ledger is written");
    }
}

fn question(case: &Case, formula: Formula) -> Question {
    let states = case.graph.states().to_string();
    let assumption = case.graph.assumption();
    [
        case.graph.name.clone(),
        states,
        assumption,
        formula.to_string(),
    ]
}
