//! The guided tour: the bug, every variant, the fix at a larger size.

use planwright_checker::{Finding, Outcome};

use crate::family::chosen::{Chosen, variant};
use crate::family::mutate::unexercised;
use crate::family::{Exhibit, Family, ProofQuestion, Sequel, Tour, Variant, verdicts::verdicts};
use crate::{
    Exit, SearchOptions, counted, interrupted, print_prose, print_table, say, table, thousands,
};

/// The program without a command. Ends well if every verdict is the one the family declares.
pub(super) fn run<F: Family>(size: &F::Size, search: &SearchOptions) -> Result<Exit, String> {
    let tour = F::tour();
    print_prose(tour.incident);
    say!("");
    say!("Every interleaving of {size}.\n");
    let mut sections = 1..;
    let mut heading = |title: &str| {
        let number = sections.next().unwrap_or_default();
        say!("{number}. {title}\n");
    };
    for exhibit in tour.exhibits {
        let variant = variant::<F>(exhibit.variant)?;
        let chosen = Chosen::<F>::of(&variant, size);
        heading(&chosen.title);
        show(exhibit, &chosen, (variant, size), search);
    }
    heading("Every variant");
    let mut judge = Judge::default();
    variants::<F>(size, search, &mut judge);
    let fix = variant::<F>(tour.fix)?;
    heading(&format!("{} at a larger size", fix.name));
    larger::<F>(&fix, &tour, search, &mut judge);
    if let Some(prove) = F::every_number().filter(|_| !interrupted()) {
        heading(&format!("{} for every number", fix.name));
        let exit = prove(ProofQuestion {
            variants: vec![fix],
            size,
            safety: true,
            fairness: None,
            search,
        });
        judge.undecided += usize::from(exit == Exit::Undecided);
        judge.unexpected += usize::from(matches!(exit, Exit::Violated | Exit::Unexpected));
        say!("");
    }
    Ok(judge.end())
}

/// Counts the verdicts that the family did not declare.
#[derive(Default)]
struct Judge {
    unexpected: usize,
    undecided: usize,
}

impl Judge {
    fn end(&self) -> Exit {
        if self.unexpected > 0 {
            say!(
                "other verdicts than this family declares for its default size: {}.",
                counted(self.unexpected as u64, "variant")
            );
            Exit::Unexpected
        } else if interrupted() {
            say!("Interrupted: the verdicts that are missing are undecided.");
            Exit::Undecided
        } else if self.undecided > 0 {
            say!(
                "Some verdicts are undecided: raise the limit that stopped them, or leave out --symmetry."
            );
            Exit::Undecided
        } else {
            say!("Every verdict is the one this family declares.");
            Exit::Holds
        }
    }
}

/// Shows one violation.
fn show<F: Family>(
    exhibit: &Exhibit,
    chosen: &Chosen<F>,
    (variant, size): (Variant<F::Protocol>, &F::Size),
    search: &SearchOptions,
) {
    let Exhibit {
        property, lesson, ..
    } = exhibit;
    let (named, model) = (chosen.named(), chosen.model());
    let report = search.apply_all(F::checker(&model)).run();
    let finding = report.finding(property);
    let trace = finding.and_then(|finding| finding.verdict.trace());
    let told = named.finding(&report, property).unwrap_or_default();
    let Some(trace) = trace else {
        match finding.is_some_and(Finding::is_undecided) {
            true => say!("{told}"),
            false => say!(
                "no schedule at this size violates \"{property}\" ({})\n",
                report.completion()
            ),
        }
        unexercised::<F, _>(&report);
        return;
    };
    say!("{told}");
    print_prose(lesson);
    say!("");
    let line = named.line(&trace.path());
    say!("print it again: {} {line}\n", chosen.replay);
    F::sequel(Sequel {
        variant,
        size,
        schedule: trace,
        search,
    });
}

/// The table of variants.
fn variants<F: Family>(size: &F::Size, search: &SearchOptions, judge: &mut Judge) {
    let mut header = vec!["variant".to_owned(), "what it does".to_owned()];
    let mut rows = Vec::new();
    for variant in F::variants() {
        if interrupted() {
            break;
        }
        let found = verdicts::<F>(variant.protocol, size, search);
        let remark = if found.agree_with(variant.violates) {
            ""
        } else if found.is_undecided() {
            judge.undecided += 1;
            "undecided"
        } else {
            judge.unexpected += 1;
            "UNEXPECTED"
        };
        if rows.is_empty() {
            header.extend(found.cells.iter().map(|(name, _)| name.clone()));
        }
        let mut row = vec![variant.name.to_owned(), variant.what.to_owned()];
        row.extend(found.cells.iter().map(|(_, cell)| cell.to_string()));
        row.extend([thousands(found.states), remark.to_owned()]);
        rows.push(row);
    }
    header.extend(["states".to_owned(), String::new()]);
    let states = header.len() - 2;
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    print_table(&table(&header, &[states], rows));
    say!("");
    print_prose(
        "NO comes with the length of the shortest schedule that breaks the property, or with \"for \
         ever\" where a run that breaks it never ends. \"in n steps\" is the shortest schedule to \
         the event without which the other columns mean little.",
    );
    say!("");
}

fn larger<F: Family>(
    fix: &Variant<F::Protocol>,
    tour: &Tour<F::Size>,
    search: &SearchOptions,
    judge: &mut Judge,
) {
    if interrupted() {
        return;
    }
    let chosen = Chosen::<F>::of(fix, &tour.larger);
    say!("{}: {}\n", fix.what, chosen.size);
    let model = chosen.model();
    let report = search.apply_all(F::checker(&model)).exhaustive().run();
    say!("{}\n", chosen.named().report(&report));
    match report.outcome() {
        Outcome::Holds => {}
        Outcome::Undecided => judge.undecided += 1,
        Outcome::Violated => judge.unexpected += 1,
    }
    print_prose(tour.assumed);
    say!("");
}
