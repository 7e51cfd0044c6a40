//! Which of a family's safeguards suffice.

use planwright_checker::ablation::{Ablation, Lattice};

use crate::ablate::Question;
use crate::family::Family;
use crate::family::chosen::{Chosen, replay_command, without_safeguards};
use crate::{AblateOptions, Exit, SearchOptions, print_table, say};

/// The `ablate` command.
pub(super) fn ablate<F: Family>(
    options: &AblateOptions,
    size: &F::Size,
    search: &SearchOptions,
) -> Result<Exit, String> {
    let safeguards = F::safeguards();
    if safeguards.is_empty() {
        return Err(without_safeguards::<F>());
    }
    let varied = options.varied(&safeguards, safeguards.len())?;
    say!("{}: {size}", F::PACKAGE);
    print_table(&varied.legend());
    say!("");
    let chosen = |on| Chosen::<F>::with_safeguards(on, size);
    let question = Question {
        configuration: &format!("{}: {size}", F::PACKAGE),
        out: options.out.as_deref(),
        replay: &replay_command::<F>("", size),
        line: &|on, path| {
            let chosen = chosen(on);
            format!("{}{}", chosen.options, chosen.named().line(path))
        },
    };
    let json = options.json.prepare()?;
    let found = varied.ablate(search, question, |on| chosen(on).model(), F::checker)?;
    Ok(found.exit().even_if(json.write(&found)))
}

/// Explores a family under every set of its [`safeguards`](Family::safeguards); `None` if it names none.
pub fn lattice<F: Family>(size: &F::Size) -> Option<Lattice> {
    let safeguards = F::safeguards();
    if safeguards.is_empty() {
        return None;
    }
    let ablation = Ablation::new(safeguards.iter().map(|s| s.name));
    let build = |on| Chosen::<F>::with_safeguards(on, size).model();
    let lattice = ablation.run(build, F::checker);
    Some(lattice.expect("only a file of results can be refused, and there is none"))
}
