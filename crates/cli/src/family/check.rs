//! One variant: checked, or one of its schedules replayed.

use planwright_checker::{Cause, PropertyKind, Verdict};

use planwright_report::Story;

use crate::explain::{explain as explain_one, judged, worst};
use crate::family::chosen::Chosen;
use crate::family::claims::Claims;
use crate::family::forecast::{after_a_limit, predict};
use crate::family::mutate::{MutateQuestion, unexercised};
use crate::family::{Family, SizeOptions};
use crate::{
    CheckpointOptions, Exit, MutateOptions, Named, OutputOptions, ScheduleOptions, SearchOptions,
    VerdictOptions, preventions, replayed, say,
};

/// What is asked of one variant.
pub(super) struct Asked<'a> {
    pub(super) claims: Claims,
    pub(super) predict: bool,
    pub(super) verdicts: VerdictOptions,
    pub(super) checkpoints: &'a CheckpointOptions,
    pub(super) output: &'a OutputOptions,
    pub(super) mutate: &'a MutateOptions,
}

/// The models that a replay line is most likely of: every variant, at this size and at that of the tour.
pub(super) fn known<F: Family>(size: &F::Size) -> Vec<Named> {
    let sizes = [size.clone(), F::Size::default()];
    let named = |size| {
        let variants = F::variants().into_iter();
        variants.map(move |variant| Chosen::<F>::of(&variant, size).named())
    };
    sizes.iter().flat_map(named).collect()
}

/// The `check` command.
pub(super) fn check<F: Family>(
    chosen: &Chosen<F>,
    search: &SearchOptions,
    asked: Asked<'_>,
) -> Result<Exit, String> {
    let named = chosen.named();
    let outputs = asked.output.prepare()?;
    if asked.output.is_for_people() {
        say!("{named}");
    }
    if asked.mutate.mutate {
        let question = MutateQuestion {
            chosen,
            claims: asked.claims,
            search,
            options: asked.mutate,
        };
        return Ok(F::mutate(question));
    }
    if asked.predict {
        return Ok(predict(chosen, asked.claims, search));
    }
    let parameters = chosen.size.options().into_iter();
    let parameters = parameters.map(|(option, value)| (option.to_owned(), value.to_string()));
    let what = format!("{}, {}", F::PACKAGE, chosen.title);
    let model = chosen.model();
    let checker = asked.claims.checker::<F>(&model).action_classes();
    let checker = checker.configuration(what, parameters.collect::<Vec<_>>());
    let checker = search.apply_all(checker);
    let report = asked.checkpoints.run(checker, &named.to_string());
    let report = report.map_err(|error| error.to_string())?;
    let written = outputs.write(&named, &report, &chosen.replay);
    if !asked.output.is_for_people() {
        return Ok(asked.verdicts.exit(&report).even_if(written));
    }
    let exit = asked.verdicts.tell(&report, &named);
    let findings = report.findings();
    if findings
        .iter()
        .any(|f| f.is_violated() && f.verdict.trace().is_some())
    {
        say!("print a schedule again: {} PATH", chosen.replay);
    }
    for finding in findings {
        if finding.kind == PropertyKind::Sometimes && finding.is_violated() {
            say!(
                "warning: \"{}\" never happens at this size, so the other verdicts say little; \
                 raise a bound",
                finding.name
            );
        }
    }
    if findings
        .iter()
        .any(|f| f.verdict == Verdict::Undecided(Cause::Symmetry))
    {
        say!("undecided under --symmetry: add --safety to leave that out, or leave out --symmetry");
    }
    unexercised::<F, _>(&report);
    let found = (report.completion(), report.statistics());
    after_a_limit(chosen, asked.claims, search, found);
    Ok(exit.even_if(written))
}

/// The `explain` command. Ends as `check` does.
pub(super) fn explain<F: Family>(
    chosen: &Chosen<F>,
    claims: Claims,
    search: &SearchOptions,
) -> Exit {
    let named = chosen.named();
    say!("{named}");
    let model = chosen.model();
    let asked = || claims.checker::<F>(&model);
    let report = search.apply_all(asked()).run();
    let exit = judged(&report);
    for finding in report.findings().iter().filter(|f| f.is_violated()) {
        explain_one(&report, &named, finding);
        preventions(chosen, claims, &model, finding, search);
    }
    worst(&model, &named, asked(), search);
    exit
}

/// The `replay` command.
pub(super) fn replay<F: Family>(
    chosen: &Chosen<F>,
    size: &F::Size,
    (line, schedule): (&str, ScheduleOptions),
) -> Result<Exit, String> {
    let named = chosen.named();
    if schedule.is_for_people() {
        say!("{named}");
    }
    let model = chosen.model();
    let trace = replayed(&model, &named, line, known::<F>(size))?;
    let story = Story::of_trace(&model, &trace);
    schedule.tell(&named.told(story));
    Ok(Exit::Holds)
}
