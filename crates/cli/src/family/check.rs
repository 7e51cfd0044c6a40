//! One variant: checked, or one of its schedules replayed.

use planwright_checker::{Cause, Checker, PropertyKind, Verdict};

use planwright_report::{Story, timelines};

use crate::explain::{explain as explain_one, violations, worst};
use crate::explore::explore as serve;
use crate::family::ablate::Prevent;
use crate::family::{Family, FamilyModel, ModelVisitor, SizeOptions, Variant, variant};
use crate::growth::{growth as grow, measured, sizes};
use crate::{
    CheckpointOptions, Exit, ExploreOptions, GrowthOptions, Measurement, OutputOptions, Outputs,
    ScheduleOptions, SearchOptions, replayed, say,
};

/// What is asked of one variant.
pub(super) struct Asked<'a> {
    /// Only what single states and steps can show.
    pub(super) safety: bool,
    pub(super) checkpoints: &'a CheckpointOptions,
    pub(super) output: &'a OutputOptions,
}

/// The `check` command.
pub(super) fn check<F: Family>(
    name: &str,
    size: &F::Size,
    search: &SearchOptions,
    asked: Asked<'_>,
) -> Result<Exit, String> {
    let variant = variant::<F>(name)?;
    let configuration = format!("{name}, {}: {size}", variant.what);
    let outputs = asked.output.prepare()?;
    if asked.output.is_for_people() {
        say!("{configuration}");
    }
    let check = Check {
        search,
        asked,
        outputs,
        configuration,
        replay: replay_command::<F>(name, size),
    };
    F::visit(variant.protocol, size, check)
}

/// What prints a schedule again, if its path is appended.
pub(super) fn replay_command<F: Family>(name: &str, size: &F::Size) -> String {
    let package = F::PACKAGE;
    let size = size.command_line();
    format!("cargo run --release -p {package} -- replay --variant {name}{size}")
}

struct Check<'a> {
    search: &'a SearchOptions,
    asked: Asked<'a>,
    outputs: Outputs,
    configuration: String,
    replay: String,
}

impl ModelVisitor for Check<'_> {
    type Output = Result<Exit, String>;

    fn visit<'m, M: FamilyModel>(self, model: &'m M, checker: Checker<'m, M>) -> Self::Output {
        let mut checker = self.search.apply_all(checker);
        let asked = self.asked;
        if asked.safety {
            checker = checker.without_temporal_properties();
        }
        let report = asked.checkpoints.run(checker, &self.configuration);
        let report = report.map_err(|error| error.to_string())?;
        let written = self
            .outputs
            .write(&self.configuration, &report, &self.replay);
        let exit = Exit::from(report.outcome());
        if !asked.output.is_for_people() {
            return Ok(exit.even_if(written));
        }
        say!("{}", report.told_by(&timelines(model)));
        let findings = report.findings();
        if findings
            .iter()
            .any(|f| f.is_violated() && f.verdict.trace().is_some())
        {
            say!("print a schedule again: {} PATH", self.replay);
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
            say!(
                "undecided under --symmetry: add --safety to leave that out, or leave out --symmetry"
            );
        }
        Ok(exit.even_if(written))
    }
}

/// The `explain` command. Ends as `check` does.
pub(super) fn explain<F: Family>(
    name: &str,
    size: &F::Size,
    search: &SearchOptions,
) -> Result<Exit, String> {
    let variant = variant::<F>(name)?;
    say!("{name}, {}: {size}", variant.what);
    let (violations, exit) = F::visit(variant.protocol, size, Find(search));
    if violations.is_empty() {
        say!("no schedule at this size violates a property");
    }
    let explain = Explain::<F> {
        variant: &variant,
        size,
        violations: &violations,
        search,
    };
    F::visit(variant.protocol, size, explain);
    Ok(exit)
}

/// Finds the schedules that violate something.
struct Find<'a>(&'a SearchOptions);

impl ModelVisitor for Find<'_> {
    type Output = (Vec<Story>, Exit);

    fn visit<'m, M: FamilyModel>(self, _: &'m M, checker: Checker<'m, M>) -> Self::Output {
        let report = self.0.apply_all(checker).run();
        (violations(&report), report.outcome().into())
    }
}

/// Explains these schedules, and the worst.
struct Explain<'a, F: Family> {
    variant: &'a Variant<F::Protocol>,
    size: &'a F::Size,
    violations: &'a [Story],
    search: &'a SearchOptions,
}

impl<F: Family> ModelVisitor for Explain<'_, F> {
    type Output = ();

    fn visit<'m, M: FamilyModel>(self, model: &'m M, checker: Checker<'m, M>) {
        for story in self.violations {
            explain_one(model, &checker, story);
            if let Some(on) = F::safeguards_of(self.variant.protocol) {
                let safeguards = F::safeguards();
                let prevent = Prevent {
                    safeguards,
                    on,
                    story,
                };
                F::ablate(self.size, prevent);
            }
        }
        worst(model, checker, self.search);
    }
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
    say!(
        "{name}, {}: {size}, but for {}\n",
        variant.what,
        options.option
    );
    grow(options, |value| {
        let size = sized(value)?;
        Some(F::visit(variant.protocol, &size, Measure { value, search }))
    })
}

/// Explores a model to the end.
struct Measure<'a> {
    value: u32,
    search: &'a SearchOptions,
}

impl ModelVisitor for Measure<'_> {
    type Output = Option<Measurement>;

    fn visit<'m, M: FamilyModel>(self, _: &'m M, checker: Checker<'m, M>) -> Self::Output {
        // What runs do is not what grows, and takes memory.
        let checker = self.search.apply_all(checker).without_temporal_properties();
        measured(self.value, &checker.exhaustive().run())
    }
}

/// The `explore` command.
pub(super) fn explore<F: Family>(
    name: &str,
    size: &F::Size,
    search: &SearchOptions,
    options: &ExploreOptions,
) -> Result<Exit, String> {
    let variant = variant::<F>(name)?;
    let walk = Explore {
        title: &format!("{name}, {}: {size}", variant.what),
        replay: &replay_command::<F>(name, size),
        search,
        options,
    };
    F::visit(variant.protocol, size, walk)
}

/// Serves the model to a browser.
struct Explore<'a> {
    title: &'a str,
    replay: &'a str,
    search: &'a SearchOptions,
    options: &'a ExploreOptions,
}

impl ModelVisitor for Explore<'_> {
    type Output = Result<Exit, String>;

    fn visit<'m, M: FamilyModel>(self, model: &'m M, checker: Checker<'m, M>) -> Self::Output {
        serve(
            model,
            checker,
            self.search,
            (self.title, self.replay),
            self.options,
        )
    }
}

/// The `replay` command.
pub(super) fn replay<F: Family>(
    name: &str,
    size: &F::Size,
    (path, schedule): (&str, ScheduleOptions),
) -> Result<Exit, String> {
    let variant = variant::<F>(name)?;
    if schedule.is_for_people() {
        say!("{name}, {}: {size}", variant.what);
    }
    F::visit(variant.protocol, size, Replay(path, schedule))
}

pub(super) struct Replay<'a>(pub(super) &'a str, pub(super) ScheduleOptions);

impl ModelVisitor for Replay<'_> {
    type Output = Result<Exit, String>;

    fn visit<'m, M: FamilyModel>(self, model: &'m M, _: Checker<'m, M>) -> Self::Output {
        self.print(model)
    }
}

impl Replay<'_> {
    pub(super) fn print<M: FamilyModel>(self, model: &M) -> Result<Exit, String> {
        let trace = replayed(model, self.0)?;
        self.1.tell(&Story::of_trace(model, &trace));
        Ok(Exit::Holds)
    }
}
