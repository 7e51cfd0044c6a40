//! The guided tour: the race, what does not repair it, and what prevents it.

use planwright_checker::Checker;
use planwright_cli::{
    Cell, Exit, SearchOptions, SizeOptions as _, Verdicts, interrupted, print_prose, print_table,
    say, table, thousands,
};

use crate::program::check::{named, vacuous};
use crate::program::options::Options;
use crate::program::stuck;
use crate::{Instance, NEVER_EMPTY, NEVER_REGRESSES, RECOVERS, Variant, checker, with_recovery};

/// The columns of the table of fixes, and their properties.
const COLUMNS: [(&str, &str); 3] = [
    ("never empty", NEVER_EMPTY),
    ("never goes back", NEVER_REGRESSES),
    ("recovers", RECOVERS),
];

/// The tour without arguments. Ends well if every verdict is the one the family declares.
pub(crate) fn run(instance: Instance, options: &Options) -> Exit {
    print_prose(&format!(
        "The DynamoDB DNS outage of 19-20 October 2025, every interleaving of {instance}."
    ));
    say!("");
    let mut tour = Tour {
        instance,
        search: &options.search,
        unexpected: 0,
        undecided: 0,
    };
    heading(1, "The protocol as deployed");
    tour.deployed(&options.size.command_line());
    heading(3, "Proposed fixes, each alone unless it says otherwise");
    tour.table();
    heading(4, "The recommended fix");
    tour.recommended();
    tour.end()
}

fn heading(number: usize, title: &str) {
    say!("{number}. {title}\n");
}

struct Tour<'a> {
    instance: Instance,
    search: &'a SearchOptions,
    unexpected: usize,
    undecided: usize,
}

impl Tour<'_> {
    /// Part 1, and part 2 from where it ends; `sized` are the options of the size.
    fn deployed(&self, sized: &str) {
        let deployed = Variant::as_deployed();
        let system = deployed.system(self.instance);
        let checker = Checker::new(&system)
            .action_classes()
            .always(NEVER_EMPTY, |s| s.store.all_resolve());
        let report = self.search.apply_all(checker).run();
        let named = named(&deployed, &self.instance);
        say!("{}", named.report(&report));
        let Some(trace) = report.finding(NEVER_EMPTY).and_then(|f| f.verdict.trace()) else {
            if let Some(warning) = vacuous(&report, &self.instance) {
                say!("{warning}\n");
            }
            return;
        };
        say!(
            "print it again: cargo run --release -p dns-outage -- replay {}{sized}\n",
            named.line(&trace.path())
        );
        heading(2, "What later steps repair");
        // Enough to show that newer plans do not help, and for the race to happen once more.
        let more = usize::from(self.instance.cleanup_age) + 1;
        let mut longer = self.instance;
        longer.generations += more;
        let system = system.clone().generations(longer.generations);
        stuck::show(&system, (longer, more), trace, self.search);
    }

    /// Compares a variant's verdicts with the declared ones.
    fn judge(&mut self, variant: &Variant, verdicts: &Verdicts) -> &'static str {
        if verdicts.agree_with(variant.violates) {
            ""
        } else if verdicts.is_undecided() {
            self.undecided += 1;
            "undecided"
        } else {
            self.unexpected += 1;
            "not as expected"
        }
    }

    fn table(&mut self) {
        let mut rows = Vec::new();
        for variant in Variant::all() {
            if interrupted() {
                self.undecided += 1;
                break;
            }
            let verdicts = variant.verdicts(self.instance, self.search);
            let remark = self.judge(&variant, &verdicts);
            let mut row = vec![variant.row.to_owned(), variant.name.to_owned()];
            row.extend(COLUMNS.map(|(_, name)| {
                let cell = verdicts.cell(name).unwrap_or(Cell::Undecided);
                cell.to_string()
            }));
            row.extend([thousands(verdicts.states), remark.to_owned()]);
            rows.push(row);
        }
        let [empty, back, recovers] = COLUMNS.map(|(header, _)| header);
        let header = ["row", "fix", empty, back, recovers, "states", ""];
        print_table(&table(&header, &[5], rows));
        say!("");
        print_prose(
            "NO comes with the length of the shortest schedule that breaks the property. Two different \
             schedules empty an endpoint: write the old plan, then delete it; and delete the old plan, \
             then write it. A fix must stop both. \"Recovers\" is whether the newest plan everywhere \
             always stays possible; the steps are those into the trap.",
        );
        say!("");
    }

    fn recommended(&mut self) {
        let variant = Variant::recommended();
        print_prose(&format!(
            "{}, with every fault below and with endpoint writes that may be given up at any time.",
            variant.name
        ));
        say!("");
        print_prose(
            "Why more than row 2, which passes every column above? It rests on clean-up by the \
             cleaner's own age, on writes that are never given up and on operators who never roll back \
             past it: rows 11 to 13 take these away one by one, and it fails. Referential integrity \
             makes up for each (11c to 13c), but alone (row 6) it lets endpoints go back. Self-heal is \
             redundant beside it, as `check --variant fix --mutate` says: no endpoint is ever empty. It \
             repairs endpoints that were empty before the store had that rule.",
        );
        say!("");
        let mut larger = self.instance;
        larger.enactors += 1;
        for instance in [self.instance, larger] {
            let system = variant.system(instance);
            if interrupted() || system.validate().is_err() {
                continue;
            }
            say!("{}:", variant.size(instance));
            let checker = with_recovery(checker(&system), &system, &system);
            let report = self.search.apply_all(checker).run();
            say!("{}", named(&variant, &instance).report(&report));
            let verdicts = Verdicts::of(&report);
            self.judge(&variant, &verdicts);
        }
        print_prose(
            "Assumed: one transaction is one step at the store, a step of an enactor reads and writes \
             the store as it is, all enactors run this protocol, operators do only what is listed. Not \
             covered: more than the bounds above; content of plans; time.",
        );
        say!("");
    }

    fn end(&self) -> Exit {
        if self.unexpected > 0 {
            say!(
                "{} verdicts differ from the ones this family declares for at least 2 enactors \
                 and enough generations for a plan to be cleaned up.",
                self.unexpected
            );
            Exit::Unexpected
        } else if interrupted() {
            say!("Interrupted: the verdicts that are missing are undecided.");
            Exit::Undecided
        } else if self.undecided > 0 {
            say!("Some verdicts are undecided: raise the limit that stopped them.");
            Exit::Undecided
        } else {
            say!("Every verdict is the one this family declares.");
            Exit::Holds
        }
    }
}
