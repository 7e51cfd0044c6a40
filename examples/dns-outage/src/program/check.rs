//! One variant: checked, or one of its schedules replayed.

use planwright_cli::{
    CheckpointOptions, Exit, ExploreOptions, OutputOptions, Outputs, ScheduleOptions,
    SearchOptions, VerdictOptions, explain as explain_one, explore as serve, preventions, replayed,
    say, violations, worst,
};
use planwright_core::SystemVisitor;
use planwright_report::{Story, timelines};

use crate::program::claims::ClaimOptions;
use crate::program::forecast;
use crate::program::options::{Options, VariantOptions};
use crate::program::size::in_words;
use crate::{DnsEnactor, DnsSystem, Instance, SAFEGUARDS, Variant, Verdicts, checker};

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
    let configuration = heading(&variant, &instance);
    let outputs = match asked.output.prepare() {
        Ok(outputs) => outputs,
        Err(error) => return Exit::bad_input(error),
    };
    if asked.output.is_for_people() {
        say!("{configuration}");
    }
    if asked.predict {
        forecast::predict(&variant, instance, &options.search);
        return Exit::Undecided;
    }
    let visitor = Check {
        variant,
        asked,
        outputs,
        options,
        configuration,
        command,
        instance,
    };
    variant.system(instance).at_smallest_capacity(visitor)
}

pub(crate) fn heading(variant: &Variant, instance: &Instance) -> String {
    format!(
        "row {}, {}: {}",
        variant.row,
        variant.name,
        in_words(instance)
    )
}

struct Check<'a> {
    variant: Variant,
    asked: Asked<'a>,
    outputs: Outputs,
    options: &'a Options,
    configuration: String,
    command: String,
    instance: Instance,
}

impl SystemVisitor<DnsEnactor> for Check<'_> {
    type Output = Exit;

    fn visit<const A: usize, const B: usize>(self, system: DnsSystem<A, B>) -> Exit {
        let age = self.instance.cleanup_age.to_string();
        let name = format!(
            "dns-outage, row {}: {}",
            self.variant.row, self.variant.name
        );
        let checker = checker(&system).describe();
        let checker = checker.configuration(name, [("clean-up age".to_owned(), age)]);
        let conditions = self.asked.claims.conditions(&system);
        let models = (&system, &system);
        let checker = self.asked.claims.apply(checker, models, &conditions);
        let checker = self.options.search.apply_all(checker);
        let report = match self.asked.checkpoints.run(checker, &self.configuration) {
            Ok(report) => report,
            Err(error) => return Exit::bad_input(error),
        };
        let written = self
            .outputs
            .write(&self.configuration, &report, &self.command);
        let verdicts = self.asked.verdicts;
        if !self.asked.output.is_for_people() {
            return verdicts.exit(&report).even_if(written);
        }
        let exit = verdicts.tell(&report, &timelines(&system));
        let replayable = report.findings().iter().any(|f| f.is_violated());
        if replayable {
            say!("print a schedule again: {} PATH", self.command);
        }
        if let Some(warning) = vacuous(&Verdicts::of(&report), &self.instance) {
            say!("{warning}");
        }
        let found = (report.completion(), report.statistics());
        forecast::explain(&self.variant, self.instance, &self.options.search, found);
        exit.even_if(written)
    }
}

/// A warning if no plan was ever deleted: then nothing that clean-up could break was tested.
pub(crate) fn vacuous(verdicts: &Verdicts, instance: &Instance) -> Option<String> {
    (verdicts.complete && verdicts.deletions == 0).then(|| {
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
    say!("{}", heading(&variant, &instance));
    let explain = Explain {
        variant: &variant,
        instance,
        claims,
        search: &options.search,
    };
    variant.system(instance).at_smallest_capacity(explain)
}

struct Explain<'a> {
    variant: &'a Variant,
    instance: Instance,
    claims: ClaimOptions,
    search: &'a SearchOptions,
}

impl SystemVisitor<DnsEnactor> for Explain<'_> {
    type Output = Exit;

    fn visit<const A: usize, const B: usize>(self, system: DnsSystem<A, B>) -> Exit {
        let conditions = self.claims.conditions(&system);
        let asked = || {
            self.claims
                .apply(checker(&system), (&system, &system), &conditions)
        };
        let report = self.search.apply_all(asked()).run();
        for story in violations(&report) {
            explain_one(&system, &asked(), &story);
            if let Some(on) = self.variant.safeguard_set() {
                let build = |on| -> DnsSystem<A, B> {
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
                    guarded.system(self.instance).with_capacity()
                };
                preventions(&SAFEGUARDS, on, &story, build, checker);
            }
        }
        worst(&system, asked(), self.search);
        report.outcome().into()
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
        title: heading(&protocol, &instance),
        replay: replay_command(variant, options),
        asked,
        search: &options.search,
    };
    let served = protocol.system(instance).at_smallest_capacity(walk);
    served.unwrap_or_else(Exit::bad_input)
}

struct Explore<'a> {
    title: String,
    replay: String,
    asked: &'a ExploreOptions,
    search: &'a SearchOptions,
}

impl SystemVisitor<DnsEnactor> for Explore<'_> {
    type Output = Result<Exit, String>;

    fn visit<const A: usize, const B: usize>(self, system: DnsSystem<A, B>) -> Self::Output {
        let about = (&*self.title, &*self.replay);
        serve(&system, checker(&system), self.search, about, self.asked)
    }
}

/// The `replay` command.
pub(crate) fn replay(
    variant: &VariantOptions,
    instance: Instance,
    (path, schedule): (&str, ScheduleOptions),
) -> Result<Exit, String> {
    let variant = variant.variant();
    if schedule.is_for_people() {
        say!("{}", heading(&variant, &instance));
    }
    variant
        .system(instance)
        .at_smallest_capacity(Replay { path, schedule })
}

struct Replay<'a> {
    path: &'a str,
    schedule: ScheduleOptions,
}

impl SystemVisitor<DnsEnactor> for Replay<'_> {
    type Output = Result<Exit, String>;

    fn visit<const A: usize, const B: usize>(self, system: DnsSystem<A, B>) -> Self::Output {
        let trace = replayed(&system, self.path)?;
        self.schedule.tell(&Story::of_trace(&system, &trace));
        Ok(Exit::Holds)
    }
}
