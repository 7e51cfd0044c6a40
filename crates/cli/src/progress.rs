//! How far a search is, for people who wait.

use std::fmt;
use std::io::{IsTerminal as _, Write};
use std::time::Duration;

use bytesize::ByteSize;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use planwright_checker::{Listener, Progress};

use crate::{counted, thousands};

/// Searches that end sooner show nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// Off a terminal: when the first line is printed.
const FIRST_LINE: Duration = Duration::from_secs(10);

/// Off a terminal: lines become sparser up to this interval.
const RAREST: Duration = Duration::from_secs(300);

/// Shows the [`Progress`] of a search: one line that is rewritten on a terminal and cleared at the
/// end; elsewhere a line after 10 seconds, 20, 40, and so on, at least every five minutes.
/// Nothing in the first second.
///
/// ```
/// use planwright_checker::Checker;
/// use planwright_cli::ProgressDisplay;
/// # use planwright_checker::Model;
/// # struct Nothing;
/// # impl Model for Nothing {
/// #     type State = u8;
/// #     type Action = u8;
/// #     fn init_states(&self) -> Vec<u8> { vec![0] }
/// #     fn actions(&self, _: &u8, _: &mut Vec<u8>) {}
/// #     fn next_state(&self, _: &u8, _: u8) -> Option<u8> { None }
/// # }
/// # let model = Nothing;
///
/// let report = Checker::new(&model).listener(ProgressDisplay::on_stderr()).run();
/// ```
#[derive(Debug)]
pub struct ProgressDisplay {
    display: Display,
    /// What stands before every line.
    title: String,
}

#[derive(Debug)]
enum Display {
    Line(ProgressBar),
    Lines(Sparse<std::io::Stderr>),
}

impl ProgressDisplay {
    /// On standard error, so that results on standard output stay clean.
    pub fn on_stderr() -> Self {
        if std::io::stderr().is_terminal() {
            Self::on(ProgressDrawTarget::stderr())
        } else {
            Self::untitled(Display::Lines(Sparse::new(std::io::stderr())))
        }
    }

    fn untitled(display: Display) -> Self {
        Self {
            display,
            title: String::new(),
        }
    }

    /// Says before the numbers which of several searches this is.
    pub fn titled(mut self, title: impl fmt::Display) -> Self {
        self.title = format!("{title}: ");
        self
    }

    /// Says something else before the numbers from now on.
    pub fn retitle(&mut self, title: impl fmt::Display) {
        self.title = format!("{title}: ");
    }

    fn on(target: ProgressDrawTarget) -> Self {
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg}") {
            bar.set_style(style);
        }
        Self::untitled(Display::Line(bar))
    }
}

impl Listener for ProgressDisplay {
    fn progress(&mut self, progress: &Progress) {
        match &mut self.display {
            Display::Line(bar) => {
                if progress.elapsed >= PATIENCE {
                    bar.set_message(format!("{}{}", self.title, line(progress)));
                    bar.tick();
                }
            }
            Display::Lines(sparse) => sparse.progress(&self.title, progress),
        }
    }
}

impl Drop for ProgressDisplay {
    fn drop(&mut self) {
        if let Display::Line(bar) = &self.display {
            bar.finish_and_clear();
        }
    }
}

/// Lines that become rarer.
#[derive(Debug)]
struct Sparse<W> {
    out: W,
    due: Duration,
}

impl<W: Write> Sparse<W> {
    fn new(out: W) -> Self {
        Self {
            out,
            due: FIRST_LINE,
        }
    }

    fn progress(&mut self, title: &str, progress: &Progress) {
        if progress.elapsed < self.due {
            return;
        }
        // Nobody can be told that standard error is closed.
        let _ = writeln!(self.out, "{title}{}", line(progress));
        while self.due <= progress.elapsed {
            self.due += self.due.min(RAREST);
        }
    }
}

/// The progress in one line, what is most interesting first: terminals may be narrow.
fn line(progress: &Progress) -> String {
    let mut line = format!(
        "{}, {} a second, depth {}, frontier {}",
        counted(progress.states, "state"),
        thousands(progress.states_per_second as u64),
        thousands(progress.depth.into()),
        thousands(progress.frontier),
    );
    if let Some(bytes) = progress.memory {
        line += &format!(", {}", ByteSize::b(bytes));
    }
    let seconds = Duration::from_secs(progress.elapsed.as_secs());
    line += &format!(
        ", table {:.0} % full, {}",
        100.0 * progress.table_load,
        humantime::format_duration(seconds)
    );
    line
}

#[cfg(test)]
mod tests {
    use indicatif::InMemoryTerm;
    use planwright_checker::{Checker, Model};

    use super::*;

    /// A counter that is slow enough to be watched.
    struct Slow(u8);

    impl Model for Slow {
        type State = u8;
        type Action = ();

        fn init_states(&self) -> Vec<u8> {
            vec![0]
        }

        fn actions(&self, state: &u8, actions: &mut Vec<()>) {
            actions.extend((*state < self.0).then_some(()));
        }

        fn next_state(&self, state: &u8, (): ()) -> Option<u8> {
            std::thread::sleep(Duration::from_millis(20));
            Some(state + 1)
        }
    }

    /// What a real search tells, at a time of our choosing.
    fn told(seconds: u64) -> Progress {
        let mut told = None;
        let listener = |progress: &Progress| told = Some(progress.clone());
        let _ = Checker::new(&Slow(3))
            .always("true", |_| true)
            .listener(listener)
            .run();
        let mut progress = told.expect("the end is told");
        progress.elapsed = Duration::from_secs(seconds);
        progress.states = 1_234_567;
        progress.states_per_second = 400_000.7;
        progress.frontier = 1_000;
        progress.table_load = 0.456;
        progress.memory = Some(200 << 20);
        progress
    }

    #[test]
    fn a_line_says_what_people_wait_for() {
        assert_eq!(
            line(&told(75)),
            "1,234,567 states, 400,000 a second, depth 3, frontier 1,000, 200.0 MiB, \
             table 46 % full, 1m 15s"
        );
    }

    #[test]
    fn lines_become_rarer() {
        let mut sparse = Sparse::new(Vec::new());
        let mut at = Vec::new();
        let mut progress = told(0);
        for seconds in 0..2000 {
            let before = sparse.out.len();
            progress.elapsed = Duration::from_secs(seconds);
            sparse.progress("", &progress);
            if sparse.out.len() > before {
                at.push(seconds);
            }
        }
        assert_eq!(at, [10, 20, 40, 80, 160, 320, 620, 920, 1220, 1520, 1820]);
    }

    #[test]
    fn a_terminal_shows_one_line_after_a_second_and_is_left_clean() {
        let term = InMemoryTerm::new(4, 120);
        let target = ProgressDrawTarget::term_like(Box::new(term.clone()));
        let mut display = ProgressDisplay::on(target).titled("mutant 3 of 21");
        display.progress(&told(0));
        assert_eq!(term.contents(), "");
        display.progress(&told(2));
        let shown = term.contents();
        assert!(
            shown.contains("mutant 3 of 21: 1,234,567 states"),
            "{shown}"
        );
        assert_eq!(shown.lines().count(), 1, "{shown}");
        drop(display);
        assert_eq!(term.contents(), "");
    }
}
