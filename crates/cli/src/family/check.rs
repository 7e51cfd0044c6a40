//! One variant: checked, or one of its schedules replayed.

use planwright_checker::{Cause, PropertyKind, Verdict};

use planwright_report::Story;

use crate::explain::{explain as explain_one, judged, violations, worst};
use crate::explore::explore as serve;
use crate::family::ablate::{prevent, with_safeguards};
use crate::family::mutate::{Mutate, mutate};
use crate::family::{Family, FamilyModel, SizeOptions, Variant, safeguards_of, variant};
use crate::growth::{growth as grow, measured, sizes};
use crate::{
    CheckpointOptions, Exit, ExploreOptions, GrowthOptions, MutateOptions, Named, OutputOptions,
    ScheduleOptions, SearchOptions, VerdictOptions, replayed, say,
};

/// What is asked of one variant.
pub(super) struct Asked<'a> {
    /// Only what single states and steps can show.
    pub(super) safety: bool,
    pub(super) verdicts: VerdictOptions,
    pub(super) checkpoints: &'a CheckpointOptions,
    pub(super) output: &'a OutputOptions,
    pub(super) mutate: &'a MutateOptions,
}

/// A variant by name.
pub(super) fn named<F: Family>(variant: &Variant<F::Protocol>, size: &F::Size) -> Named {
    let Variant { name, what, .. } = variant;
    let title = format!("{name}, {what}: {size}");
    // One model, also where it is named by its safeguards.
    match safeguards_of::<F>(variant.protocol) {
        Some(on) => with_safeguards::<F>(on, size).titled(title),
        None => {
            let identity = format!("{} {name}: {:?}", F::PACKAGE, size.options());
            Named::new(title, &identity)
        }
    }
}

/// The models that a replay line is most likely of: every variant, at this size and at that of the tour.
pub(super) fn known<F: Family>(size: &F::Size) -> Vec<Named> {
    let sizes = [size.clone(), F::Size::default()];
    let sizes = sizes.iter();
    let named = |size| F::variants().into_iter().map(move |v| named::<F>(&v, size));
    sizes.flat_map(named).collect()
}

/// The `check` command.
pub(super) fn check<F: Family>(
    name: &str,
    size: &F::Size,
    search: &SearchOptions,
    asked: Asked<'_>,
) -> Result<Exit, String> {
    let variant = variant::<F>(name)?;
    let named = named::<F>(&variant, size);
    let outputs = asked.output.prepare()?;
    if asked.output.is_for_people() {
        say!("{named}");
    }
    if asked.mutate.mutate {
        let mutants = Mutate {
            safety: asked.safety,
            search,
            options: asked.mutate,
        };
        return Ok(mutate::<F>(&variant, size, mutants));
    }
    let parameters = size.options().into_iter();
    let parameters = parameters.map(|(option, value)| (option.to_owned(), value.to_string()));
    let what = format!("{}, {name}: {}", F::PACKAGE, variant.what);
    let model = F::model(variant.protocol, size);
    let checker = F::checker(&model).action_classes();
    let checker = checker.configuration(what, parameters.collect::<Vec<_>>());
    let mut checker = search.apply_all(checker);
    let replay = replay_command::<F>(name, size);
    if asked.safety {
        checker = checker.without_temporal_properties();
    }
    let report = asked.checkpoints.run(checker, &named.to_string());
    let report = report.map_err(|error| error.to_string())?;
    let written = outputs.write(&named, &report, &replay);
    if !asked.output.is_for_people() {
        return Ok(asked.verdicts.exit(&report).even_if(written));
    }
    let exit = asked.verdicts.tell(&report, &named);
    let findings = report.findings();
    if findings
        .iter()
        .any(|f| f.is_violated() && f.verdict.trace().is_some())
    {
        say!("print a schedule again: {replay} PATH");
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
    Ok(exit.even_if(written))
}

/// What prints a schedule again, if its path is appended.
pub(super) fn replay_command<F: Family>(name: &str, size: &F::Size) -> String {
    let package = F::PACKAGE;
    let size = size.command_line();
    format!("cargo run --release -p {package} -- replay --variant {name}{size}")
}

/// The `explain` command. Ends as `check` does.
pub(super) fn explain<F: Family>(
    name: &str,
    size: &F::Size,
    search: &SearchOptions,
) -> Result<Exit, String> {
    let variant = variant::<F>(name)?;
    let named = named::<F>(&variant, size);
    say!("{named}");
    let model = F::model(variant.protocol, size);
    let report = search.apply_all(F::checker(&model)).run();
    let exit = judged(&report);
    for story in &violations(&report) {
        explain_one(&report, &named, story);
        if let Some(on) = safeguards_of::<F>(variant.protocol) {
            prevent::<F>(on, size, story, search);
        }
    }
    worst(&model, &named, F::checker(&model), search);
    Ok(exit)
}

/// The `growth` command.
pub(super) fn growth<F: Family>(
    name: &str,
    size: &F::Size,
    search: &SearchOptions,
    options: &GrowthOptions,
) -> Result<Exit, String> {
    let variant = variant::<F>(name)?;
    let sized = sizes::<F::Size>(&size.options(), &options.option)?;
    let named = named::<F>(&variant, size);
    say!("{named}, but for {}\n", options.option);
    let exists = |value| sized(value).is_some();
    grow(options, exists, |value| {
        let model = F::model(variant.protocol, &sized(value)?);
        // What runs do is not what grows, and takes memory.
        let checker = search
            .apply_all(F::checker(&model))
            .without_temporal_properties();
        measured(value, &checker.exhaustive().run())
    })
}

/// The `explore` command.
pub(super) fn explore<F: Family>(
    name: &str,
    size: &F::Size,
    search: &SearchOptions,
    options: &ExploreOptions,
) -> Result<Exit, String> {
    let variant = variant::<F>(name)?;
    let named = named::<F>(&variant, size);
    let replay = replay_command::<F>(name, size);
    let model = F::model(variant.protocol, size);
    let checker = F::checker(&model);
    serve(
        &model,
        checker,
        search,
        (&named, &replay),
        known::<F>(size),
        options,
    )
}

/// The `replay` command.
pub(super) fn replay<F: Family>(
    name: &str,
    size: &F::Size,
    (line, schedule): (&str, ScheduleOptions),
) -> Result<Exit, String> {
    let variant = variant::<F>(name)?;
    let named = named::<F>(&variant, size);
    let replay = Replay::new::<F>(line, named, size, schedule);
    replay.print(&F::model(variant.protocol, size))
}

/// A schedule to be told again.
pub(super) struct Replay<'a> {
    line: &'a str,
    schedule: ScheduleOptions,
    named: Named,
    others: Vec<Named>,
}

impl<'a> Replay<'a> {
    /// Begins with the name of the model, for people.
    pub(super) fn new<F: Family>(
        line: &'a str,
        named: Named,
        size: &F::Size,
        schedule: ScheduleOptions,
    ) -> Self {
        if schedule.is_for_people() {
            say!("{named}");
        }
        Self {
            line,
            schedule,
            named,
            others: known::<F>(size),
        }
    }

    pub(super) fn print<M: FamilyModel>(self, model: &M) -> Result<Exit, String> {
        let trace = replayed(model, &self.named, self.line, self.others)?;
        let story = Story::of_trace(model, &trace);
        self.schedule.tell(&self.named.told(story));
        Ok(Exit::Holds)
    }
}
