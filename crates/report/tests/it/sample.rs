//! A small model to tell of: a shelf on which two clerks put labels, and which one of them forgets to clear.

use planwright_checker::Checker;
use planwright_model::{
    ActionClasses, Depict, Describe, Description, Group, Item, Model, Picture, Refusal, Remark,
    RemarkKind, Standing,
};
use planwright_report::Document;
use std::borrow::Cow;

/// Text that would be markup, a script, or the end of a string if anybody let it.
pub(crate) const HOSTILE: &str =
    "</script><img src=x onerror=\"document.title='owned'\">'\"`&amp;\\ \u{2028}<!--";

/// Two clerks add one or two to a sum; the sum breaks at 3.
pub(crate) struct Clerks {
    /// What is appended to every name.
    pub(crate) suffix: String,
}

impl Clerks {
    pub(crate) fn plain() -> Self {
        let suffix = String::new();
        Self { suffix }
    }

    pub(crate) fn hostile() -> Self {
        let suffix = HOSTILE.to_owned();
        Self { suffix }
    }

    /// A broken invariant, a lasso and a witness.
    pub(crate) fn document(&self) -> Document {
        let checker = Checker::new(self)
            .action_classes()
            .describe()
            .always(format!("the sum stays small{}", self.suffix), |sum| {
                *sum < 3
            })
            .eventually(format!("the sum gets to 4{}", self.suffix), |sum| *sum == 4)
            .sometimes(format!("the sum gets to 2{}", self.suffix), |sum| *sum == 2)
            .progress_of_all();
        let report = checker.exhaustive().run();
        Document::new(format!("clerks{}", self.suffix), &report).replay_command("clerks replay")
    }

    /// A trap: from a broken shelf on, nothing is right again.
    pub(crate) fn trapped(&self) -> Document {
        let name = format!("the sum can get to 2{}", self.suffix);
        let checker = Checker::new(self).action_classes().describe();
        let report = checker.recoverable(name, |sum| *sum == 2).run();
        Document::new("clerks", &report)
    }
}

impl Model for Clerks {
    type State = u8;
    /// Who adds, and how much; nothing is the other way round to 1.
    type Action = (usize, u8);

    fn init_states(&self) -> Vec<u8> {
        vec![0]
    }

    fn actions(&self, sum: &u8, actions: &mut Vec<(usize, u8)>) {
        if *sum < 4 {
            actions.extend([(0, 1), (1, 2), (1, 0)]);
        }
    }

    fn next_state(&self, sum: &u8, (_, more): (usize, u8)) -> Option<u8> {
        match more {
            0 => (*sum == 2).then_some(1),
            more => Some((sum + more).min(4)),
        }
    }
}

impl ActionClasses for Clerks {
    fn action_classes(&self) -> Vec<Cow<'static, str>> {
        vec![Cow::Borrowed("adds"), Cow::Borrowed("takes away")]
    }

    fn action_class(&self, (_, more): &(usize, u8)) -> usize {
        usize::from(*more == 0)
    }
}

impl Describe for Clerks {
    fn describe(&self) -> Description {
        Description {
            name: format!("clerks{}", self.suffix),
            parameters: vec![("clerks".to_owned(), "2".to_owned())],
            bounds: vec![("the sum".to_owned(), "4".to_owned())],
            assumptions: vec!["adding is one step".to_owned()],
        }
    }

    fn is_at_bound(&self, _: usize, sum: &u8) -> bool {
        *sum == 4
    }
}

impl Depict for Clerks {
    fn lanes(&self) -> Vec<String> {
        ["ann", "bob"]
            .map(|name| format!("{name}{}", self.suffix))
            .into()
    }

    fn actor(&self, (clerk, _): &(usize, u8)) -> String {
        self.lanes().swap_remove(*clerk)
    }

    fn deed(&self, (_, more): &(usize, u8)) -> String {
        match more {
            0 => format!("takes one away{}", self.suffix),
            more => format!("adds {more}{}", self.suffix),
        }
    }

    fn picture(&self, sum: &u8) -> Picture {
        let name = |name: &str| format!("{name}{}", self.suffix);
        let mut total = Item::new(name("sum"), format!("{sum}{}", self.suffix));
        total.refers_to = vec![name(if *sum < 3 { "shelf" } else { "attic" })];
        if *sum > 2 {
            total.standing = Standing::Broken;
        }
        Picture::from([
            Group::new(name("shelves"), [Item::new(name("shelf"), "there")]),
            Group::new(name("sums"), [total]),
        ])
    }

    fn refusals(&self, sum: &u8) -> Vec<Refusal> {
        let reason = format!("the shelf is broken{}", self.suffix);
        let deed = format!("takes one away{}", self.suffix);
        let refusal = Refusal::new(self.lanes().swap_remove(1), deed, reason);
        Vec::from_iter((*sum > 2).then_some(refusal))
    }

    fn remarks(&self, before: &u8, (_, more): &(usize, u8), after: &u8) -> Vec<Remark> {
        let mut remarks = Vec::new();
        if *more == 2 && *before > 0 {
            let text = format!("bob has not looked{}", self.suffix);
            let kind = RemarkKind::StaleKnowledge;
            remarks.push(Remark { kind, text });
        }
        if *after > 2 {
            let text = format!("the shelf breaks{}", self.suffix);
            let kind = RemarkKind::Damage;
            remarks.push(Remark { kind, text });
        }
        remarks
    }
}
