//! One variant: checked, or one of its schedules replayed.

use planwright_checker::{Model, Report};
use planwright_cli::{
    CheckpointOptions, Exit, ExploreOptions, Named, OutputOptions, ScheduleOptions,
    SizeOptions as _, VerdictOptions, explain as explain_one, explore as serve, judged,
    preventions, replayed, say, worst,
};
use planwright_core::DELETES_A_PLAN;
use planwright_report::Story;

use crate::program::claims::ClaimOptions;
use crate::program::forecast;
use crate::program::options::{Options, VariantOptions};
use crate::{Instance, Variant, checker, safeguards};

/// What the `check` command is asked to do with a variant.
pub(crate) struct Asked<'a> {
    pub(crate) claims: ClaimOptions,
    pub(crate) verdicts: VerdictOptions,
    pub(crate) checkpoints: &'a CheckpointOptions,
    pub(crate) output: &'a OutputOptions,
    pub(crate) predict: bool,
}

/// The `check` command.
pub(crate) fn check(
    variant: &VariantOptions,
    asked: Asked<'_>,
    instance: Instance,
    options: &Options,
) -> Result<Exit, String> {
    let command = replay_command(variant, options);
    let variant = variant.variant();
    let named = named(&variant, &instance);
    let outputs = asked.output.prepare()?;
    if asked.output.is_for_people() {
        say!("{named}");
    }
    let (claims, search) = (asked.claims, &options.search);
    if asked.predict {
        return Ok(forecast::predict(&variant, claims, instance, search));
    }
    let system = variant.system(instance);
    let age = instance.cleanup_age.to_string();
    let name = format!("dns-outage, {}", variant.title());
    let checker = checker(&system).describe();
    let checker = checker.configuration(name, [("clean-up age".to_owned(), age)]);
    let conditions = claims.conditions(&system);
    let checker = claims.apply(checker, (&system, &system), &conditions);
    let checker = search.apply_all(checker);
    let report = asked.checkpoints.run(checker, &named.to_string());
    let report = report.map_err(|error| error.to_string())?;
    let written = outputs.write(&named, &report, &command);
    if !asked.output.is_for_people() {
        return Ok(asked.verdicts.exit(&report).even_if(written));
    }
    let exit = asked.verdicts.tell(&report, &named);
    if report.findings().iter().any(|f| f.is_violated()) {
        say!("print a schedule again: {command} PATH");
    }
    if let Some(warning) = vacuous(&report, &instance) {
        say!("{warning}");
    }
    let found = (report.completion(), report.statistics());
    forecast::explain(&variant, claims, instance, search, found);
    Ok(exit.even_if(written))
}

/// What is checked: the variant, and the size that it is checked at.
pub(crate) fn named(variant: &Variant, instance: &Instance) -> Named {
    let Variant {
        safeguards,
        weaknesses,
        ..
    } = variant;
    let size = variant.size(*instance);
    let title = format!("{}: {size}", variant.title());
    Named::new(title, &format!("{safeguards:?} {weaknesses:?} {size:?}"))
}

/// The models that a replay line is most likely of: every variant, at this size and at that of the tour.
fn known(instance: Instance) -> impl Iterator<Item = Named> {
    let sizes = [instance, Instance::default()].into_iter();
    sizes.flat_map(|size| {
        let variants = Variant::all_and_fix().into_iter();
        variants.map(move |variant| named(&variant, &size))
    })
}

/// A warning if no plan was ever deleted: then nothing that clean-up could break was tested.
pub(crate) fn vacuous<M: Model>(report: &Report<'_, M>, instance: &Instance) -> Option<String> {
    let mut classes = report.statistics().actions.iter();
    let deletes = classes.any(|class| class.name == DELETES_A_PLAN && class.fired > 0);
    (report.completion().is_complete() && !deletes).then(|| {
        format!(
            "warning: with {} generations and clean-up age {} no plan is ever deleted, so these \
             verdicts say nothing about clean-up; raise --generations or lower --cleanup-age",
            instance.generations, instance.cleanup_age
        )
    })
}

/// The `explain` command. Ends as `check` does.
pub(crate) fn explain(
    variant: &VariantOptions,
    claims: ClaimOptions,
    instance: Instance,
    options: &Options,
) -> Exit {
    let variant = variant.variant();
    let named = named(&variant, &instance);
    say!("{named}");
    let search = &options.search;
    let system = variant.system(instance);
    let conditions = claims.conditions(&system);
    let asked = || claims.apply(checker(&system), (&system, &system), &conditions);
    let report = search.apply_all(asked()).run();
    let exit = judged(&report);
    for finding in report.findings().iter().filter(|f| f.is_violated()) {
        explain_one(&report, &named, finding);
        if let Some(on) = variant.safeguard_set() {
            let build = |on| {
                let Variant {
                    safeguards,
                    weaknesses,
                    ..
                } = Variant::with_safeguards(on);
                let guarded = Variant {
                    safeguards,
                    weaknesses,
                    ..variant
                };
                guarded.system(instance)
            };
            let here = &system;
            preventions(&safeguards(), on, here, finding, search, build, checker);
        }
    }
    worst(&system, &named, asked(), search);
    exit
}

/// What prints a schedule again, if its path is appended.
fn replay_command(variant: &VariantOptions, options: &Options) -> String {
    format!(
        "cargo run --release -p dns-outage -- replay {}{}",
        variant.command_line(),
        options.size.command_line()
    )
}

/// The `explore` command.
pub(crate) fn explore(
    variant: &VariantOptions,
    instance: Instance,
    asked: &ExploreOptions,
    options: &Options,
) -> Result<Exit, String> {
    let replay = replay_command(variant, options);
    let variant = variant.variant();
    let system = variant.system(instance);
    let about = (&named(&variant, &instance), &*replay);
    let others = known(instance);
    serve(
        &system,
        checker(&system),
        &options.search,
        about,
        others,
        asked,
    )
}

/// The `replay` command.
pub(crate) fn replay(
    variant: &VariantOptions,
    instance: Instance,
    (line, schedule): (&str, ScheduleOptions),
) -> Result<Exit, String> {
    let variant = variant.variant();
    let named = named(&variant, &instance);
    if schedule.is_for_people() {
        say!("{named}");
    }
    let system = variant.system(instance);
    let trace = replayed(&system, &named, line, known(instance))?;
    let story = Story::of_trace(&system, &trace);
    schedule.tell(&named.told(story));
    Ok(Exit::Holds)
}
