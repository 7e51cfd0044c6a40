//! One variant: checked, or one of its schedules replayed.

use planwright_checker::{Checker, CheckpointError, PropertyKind, Trace};

use crate::family::{Family, FamilyModel, ModelVisitor, SizeOptions, variant};
use crate::{CheckpointOptions, Exit, SearchOptions, say};

/// The `check` command.
pub(super) fn check<F: Family>(
    name: &str,
    size: &F::Size,
    search: &SearchOptions,
    checkpoints: &CheckpointOptions,
) -> Result<Exit, String> {
    let variant = variant::<F>(name)?;
    let configuration = format!("{name}, {}: {size}", variant.what);
    say!("{configuration}");
    let check = Check {
        search,
        checkpoints,
        configuration,
        replay: replay_command::<F>(name, size),
    };
    F::visit(variant.protocol, size, check).map_err(|error| error.to_string())
}

/// What prints a schedule again, if its path is appended.
pub(super) fn replay_command<F: Family>(name: &str, size: &F::Size) -> String {
    let package = F::PACKAGE;
    let size = size.command_line();
    format!("cargo run --release -p {package} -- replay --variant {name}{size}")
}

struct Check<'a> {
    search: &'a SearchOptions,
    checkpoints: &'a CheckpointOptions,
    configuration: String,
    replay: String,
}

impl ModelVisitor for Check<'_> {
    type Output = Result<Exit, CheckpointError>;

    fn visit<'m, M: FamilyModel>(self, _: &'m M, checker: Checker<'m, M>) -> Self::Output {
        let checker = self.search.apply_all(checker);
        let report = self.checkpoints.run(checker, &self.configuration)?;
        say!("{report}");
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
        Ok(report.outcome().into())
    }
}

/// The `replay` command.
pub(super) fn replay<F: Family>(name: &str, size: &F::Size, path: &str) -> Result<Exit, String> {
    let variant = variant::<F>(name)?;
    say!("{name}, {}: {size}", variant.what);
    F::visit(variant.protocol, size, Replay(path))
}

pub(super) struct Replay<'a>(pub(super) &'a str);

impl ModelVisitor for Replay<'_> {
    type Output = Result<Exit, String>;

    fn visit<'m, M: FamilyModel>(self, model: &'m M, _: Checker<'m, M>) -> Self::Output {
        self.print(model)
    }
}

impl Replay<'_> {
    pub(super) fn print<M: FamilyModel>(self, model: &M) -> Result<Exit, String> {
        match Trace::replay(model, self.0) {
            Ok(trace) => {
                say!("{}", trace.display(model));
                Ok(Exit::Holds)
            }
            Err(error) => Err(format!(
                "{error}; give the numbers after \"replay:\" and the same variant and size options \
                 as in the run that printed them"
            )),
        }
    }
}
