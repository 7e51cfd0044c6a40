//! One variant: checked, or one of its schedules replayed.

use planwright_checker::{Model, Report};
use planwright_cli::{
    CheckpointOptions, Exit, ExploreOptions, Named, OutputOptions, Outputs, ScheduleOptions,
    SearchOptions, SizeOptions as _, VerdictOptions, explain as explain_one, explore as serve,
    judged, preventions, replayed, say, violations, worst,
};
use planwright_core::DELETES_A_PLAN;
use planwright_report::Story;

use crate::program::claims::ClaimOptions;
use crate::program::forecast;
use crate::program::options::{Options, VariantOptions};
use crate::{DnsSystem, Instance, Variant, checker, safeguards};

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
) -> Exit {
    let command = replay_command(variant, options);
    let variant = variant.variant();
    let named = named(&variant, &instance);
    let outputs = match asked.output.prepare() {
        Ok(outputs) => outputs,
        Err(error) => return Exit::bad_input(error),
    };
    if asked.output.is_for_people() {
        say!("{named}");
    }
    if asked.predict {
        return forecast::predict(&variant, asked.claims, instance, &options.search);
    }
    let visitor = Check {
        variant,
        asked,
        outputs,
        options,
        named,
        command,
        instance,
    };
    visitor.run(variant.system(instance))
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
        let variants = Variant::all().into_iter();
        let variants = variants.chain([Variant::recommended()]);
        variants.map(move |variant| named(&variant, &size))
    })
}

struct Check<'a> {
    variant: Variant,
    asked: Asked<'a>,
    outputs: Outputs,
    options: &'a Options,
    named: Named,
    command: String,
    instance: Instance,
}

impl Check<'_> {
    fn run(self, system: DnsSystem) -> Exit {
        let age = self.instance.cleanup_age.to_string();
        let name = format!("dns-outage, {}", self.variant.title());
        let checker = checker(&system).describe();
        let checker = checker.configuration(name, [("clean-up age".to_owned(), age)]);
        let conditions = self.asked.claims.conditions(&system);
        let models = (&system, &system);
        let checker = self.asked.claims.apply(checker, models, &conditions);
        let checker = self.options.search.apply_all(checker);
        let report = match self.asked.checkpoints.run(checker, &self.named.to_string()) {
            Ok(report) => report,
            Err(error) => return Exit::bad_input(error),
        };
        let written = self.outputs.write(&self.named, &report, &self.command);
        let verdicts = self.asked.verdicts;
        if !self.asked.output.is_for_people() {
            return verdicts.exit(&report).even_if(written);
        }
        let exit = verdicts.tell(&report, &self.named);
        let replayable = report.findings().iter().any(|f| f.is_violated());
        if replayable {
            say!("print a schedule again: {} PATH", self.command);
        }
        if let Some(warning) = vacuous(&report, &self.instance) {
            say!("{warning}");
        }
        let found = (report.completion(), report.statistics());
        let (claims, search) = (self.asked.claims, &self.options.search);
        forecast::explain(&self.variant, claims, self.instance, search, found);
        exit.even_if(written)
    }
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
    let explain = Explain {
        variant: &variant,
        named: &named,
        instance,
        claims,
        search: &options.search,
    };
    explain.run(variant.system(instance))
}

struct Explain<'a> {
    variant: &'a Variant,
    named: &'a Named,
    instance: Instance,
    claims: ClaimOptions,
    search: &'a SearchOptions,
}

impl Explain<'_> {
    fn run(self, system: DnsSystem) -> Exit {
        let conditions = self.claims.conditions(&system);
        let asked = || {
            self.claims
                .apply(checker(&system), (&system, &system), &conditions)
        };
        let report = self.search.apply_all(asked()).run();
        let exit = judged(&report);
        for story in violations(&report) {
            explain_one(&report, self.named, &story);
            if let Some(on) = self.variant.safeguard_set() {
                let build = |on| -> DnsSystem {
                    let Variant {
                        safeguards,
                        weaknesses,
                        ..
                    } = Variant::with_safeguards(on);
                    let guarded = Variant {
                        safeguards,
                        weaknesses,
                        ..*self.variant
                    };
                    guarded.system(self.instance)
                };
                preventions(&safeguards(), on, &story, self.search, build, checker);
            }
        }
        worst(&system, self.named, asked(), self.search);
        exit
    }
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
) -> Exit {
    let protocol = variant.variant();
    let walk = Explore {
        named: named(&protocol, &instance),
        instance,
        replay: replay_command(variant, options),
        asked,
        search: &options.search,
    };
    let served = walk.run(protocol.system(instance));
    served.unwrap_or_else(Exit::bad_input)
}

struct Explore<'a> {
    named: Named,
    instance: Instance,
    replay: String,
    asked: &'a ExploreOptions,
    search: &'a SearchOptions,
}

impl Explore<'_> {
    fn run(self, system: DnsSystem) -> Result<Exit, String> {
        let about = (&self.named, &*self.replay);
        let checker = checker(&system);
        let others = known(self.instance);
        serve(&system, checker, self.search, about, others, self.asked)
    }
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
    let replay = Replay {
        line,
        schedule,
        named,
        instance,
    };
    replay.run(variant.system(instance))
}

struct Replay<'a> {
    line: &'a str,
    schedule: ScheduleOptions,
    named: Named,
    instance: Instance,
}

impl Replay<'_> {
    fn run(self, system: DnsSystem) -> Result<Exit, String> {
        let trace = replayed(&system, &self.named, self.line, known(self.instance))?;
        let story = Story::of_trace(&system, &trace);
        self.schedule.tell(&self.named.told(story));
        Ok(Exit::Holds)
    }
}
