//! One variant: checked, or one of its schedules replayed.

use dns_outage::{DnsEnactor, DnsSystem, Instance, Variant, Verdicts, checker};
use planwright_checker::Trace;
use planwright_cli::{CheckpointOptions, Exit, say};
use planwright_core::SystemVisitor;

use crate::forecast;
use crate::options::{ClaimOptions, Options, VariantOptions, in_words};

/// The `check` command.
pub(crate) fn check(
    (variant, claims): (&VariantOptions, ClaimOptions),
    checkpoints: &CheckpointOptions,
    predict: bool,
    instance: Instance,
    options: &Options,
) -> Exit {
    let command = format!(
        "cargo run --release -p dns-outage -- replay {}{}",
        variant.command_line(),
        options.size.command_line()
    );
    let variant = variant.variant();
    let configuration = heading(&variant, &instance);
    say!("{configuration}");
    if predict {
        forecast::predict(&variant, instance, &options.search);
        return Exit::Undecided;
    }
    let visitor = Check {
        variant,
        claims,
        options,
        checkpoints,
        configuration,
        command,
        instance,
    };
    variant.system(instance).at_smallest_capacity(visitor)
}

fn heading(variant: &Variant, instance: &Instance) -> String {
    format!(
        "row {}, {}: {}",
        variant.row,
        variant.name,
        in_words(instance)
    )
}

struct Check<'a> {
    variant: Variant,
    claims: ClaimOptions,
    options: &'a Options,
    checkpoints: &'a CheckpointOptions,
    configuration: String,
    command: String,
    instance: Instance,
}

impl SystemVisitor<DnsEnactor> for Check<'_> {
    type Output = Exit;

    fn visit<const A: usize, const B: usize>(self, system: DnsSystem<A, B>) -> Exit {
        let checker = self.claims.apply(checker(&system), &system);
        let checker = self.options.search.apply_all(checker);
        let report = match self.checkpoints.run(checker, &self.configuration) {
            Ok(report) => report,
            Err(error) => return Exit::bad_input(error),
        };
        say!("{report}");
        let replayable = report.findings().iter().any(|f| f.is_violated());
        if replayable {
            say!("print a schedule again: {} PATH", self.command);
        }
        if let Some(warning) = vacuous(&Verdicts::of(&report), &self.instance) {
            say!("{warning}");
        }
        let found = (report.completion(), report.statistics());
        forecast::explain(&self.variant, self.instance, &self.options.search, found);
        report.outcome().into()
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

/// The `replay` command.
pub(crate) fn replay(variant: &VariantOptions, instance: Instance, path: &str) -> Exit {
    let variant = variant.variant();
    say!("{}", heading(&variant, &instance));
    variant
        .system(instance)
        .at_smallest_capacity(Replay { path })
}

struct Replay<'a> {
    path: &'a str,
}

impl SystemVisitor<DnsEnactor> for Replay<'_> {
    type Output = Exit;

    fn visit<const A: usize, const B: usize>(self, system: DnsSystem<A, B>) -> Exit {
        match Trace::replay(&system, self.path) {
            Ok(trace) => {
                say!("{}", trace.display(&system));
                Exit::Holds
            }
            Err(error) => Exit::bad_input(format_args!(
                "{error}; give the numbers after \"replay:\" and the same variant and size options \
                 as in the run that printed them"
            )),
        }
    }
}
