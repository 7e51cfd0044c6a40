//! One variant: checked, or one of its schedules replayed.

use planwright_checker::{Cause, Checker, PropertyKind, Verdict};

use planwright_report::Story;

use crate::explain::{explain as explain_one, judged, violations, worst};
use crate::explore::explore as serve;
use crate::family::ablate::{Prevent, with_safeguards};
use crate::family::mutate::{Mutate, mutate};
use crate::family::{Family, FamilyModel, ModelVisitor, SizeOptions, Variant, variant};
use crate::growth::{growth as grow, measured, sizes};
use crate::{
    CheckpointOptions, Exit, ExploreOptions, GrowthOptions, Measurement, MutateOptions, Named,
    OutputOptions, Outputs, ScheduleOptions, SearchOptions, VerdictOptions, replayed, say,
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
    match F::safeguards_of(variant.protocol) {
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
    let check = Check {
        search,
        asked,
        outputs,
        model: format!("{}, {name}: {}", F::PACKAGE, variant.what),
        parameters: parameters.collect(),
        named,
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
    /// What claims call the model, and its size.
    model: String,
    parameters: Vec<(String, String)>,
    named: Named,
    replay: String,
}

impl ModelVisitor for Check<'_> {
    type Output = Result<Exit, String>;

    fn visit<'m, M: FamilyModel>(self, _: &'m M, checker: Checker<'m, M>) -> Self::Output {
        let checker = checker.action_classes();
        let checker = checker.configuration(self.model, self.parameters);
        let mut checker = self.search.apply_all(checker);
        let asked = self.asked;
        if asked.safety {
            checker = checker.without_temporal_properties();
        }
        let report = asked.checkpoints.run(checker, &self.named.to_string());
        let report = report.map_err(|error| error.to_string())?;
        let written = self.outputs.write(&self.named, &report, &self.replay);
        if !asked.output.is_for_people() {
            return Ok(asked.verdicts.exit(&report).even_if(written));
        }
        let exit = asked.verdicts.tell(&report, &self.named);
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
    let named = named::<F>(&variant, size);
    say!("{named}");
    let explain = Explain::<F> {
        variant: &variant,
        named: &named,
        size,
        search,
    };
    let exit = F::visit(variant.protocol, size, explain);
    F::visit(variant.protocol, size, Worst(&named, search));
    Ok(exit)
}

/// Finds the schedules that violate something, and explains them.
struct Explain<'a, F: Family> {
    variant: &'a Variant<F::Protocol>,
    named: &'a Named,
    size: &'a F::Size,
    search: &'a SearchOptions,
}

impl<F: Family> ModelVisitor for Explain<'_, F> {
    type Output = Exit;

    fn visit<'m, M: FamilyModel>(self, _: &'m M, checker: Checker<'m, M>) -> Exit {
        let report = self.search.apply_all(checker).run();
        let exit = judged(&report);
        for story in &violations(&report) {
            explain_one(&report, self.named, story);
            if let Some(on) = F::safeguards_of(self.variant.protocol) {
                let safeguards = F::safeguards();
                let prevent = Prevent {
                    safeguards,
                    on,
                    story,
                    search: self.search,
                };
                F::ablate(self.size, prevent);
            }
        }
        exit
    }
}

/// Finds the worst that can happen.
struct Worst<'a>(&'a Named, &'a SearchOptions);

impl ModelVisitor for Worst<'_> {
    type Output = ();

    fn visit<'m, M: FamilyModel>(self, model: &'m M, checker: Checker<'m, M>) {
        worst(model, self.0, checker, self.1);
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
    let named = named::<F>(&variant, size);
    say!("{named}, but for {}\n", options.option);
    let exists = |value| sized(value).is_some();
    grow(options, exists, |value| {
        let size = sized(value)?;
        F::visit(variant.protocol, &size, Measure { value, search })
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
        named: &named::<F>(&variant, size),
        others: known::<F>(size),
        replay: &replay_command::<F>(name, size),
        search,
        options,
    };
    F::visit(variant.protocol, size, walk)
}

/// Serves the model to a browser.
struct Explore<'a> {
    named: &'a Named,
    others: Vec<Named>,
    replay: &'a str,
    search: &'a SearchOptions,
    options: &'a ExploreOptions,
}

impl ModelVisitor for Explore<'_> {
    type Output = Result<Exit, String>;

    fn visit<'m, M: FamilyModel>(self, model: &'m M, checker: Checker<'m, M>) -> Self::Output {
        let Self {
            named,
            others,
            replay,
            search,
            options,
        } = self;
        serve(model, checker, search, (named, replay), others, options)
    }
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
    F::visit(variant.protocol, size, replay)
}

/// A schedule to be told again.
pub(super) struct Replay<'a> {
    line: &'a str,
    schedule: ScheduleOptions,
    named: Named,
    others: Vec<Named>,
}

impl ModelVisitor for Replay<'_> {
    type Output = Result<Exit, String>;

    fn visit<'m, M: FamilyModel>(self, model: &'m M, _: Checker<'m, M>) -> Self::Output {
        self.print(model)
    }
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
