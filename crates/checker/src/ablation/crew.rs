//! Sets of safeguards explored side by side.

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::mpsc;

use crate::Progress;

/// What a worker tells.
pub(super) enum Told<R> {
    /// How far the exploration is that this worker is at.
    Progress(usize, Progress),
    /// What came of the job with this number.
    Done {
        worker: usize,
        job: usize,
        result: R,
    },
}

/// Does every job on one of `workers` threads and tells the calling thread, which may stop: no other jobs
/// begin then, and those that have begun are done and told.
///
/// Small explorations gain nothing from the engine's own threads, so they share the processors with one
/// another. Each result depends on its job alone; `tell` must not depend on the order in which they come.
pub(super) fn run<J: Sync, R: Send>(
    workers: usize,
    jobs: &[J],
    work: impl Fn(&J, &mut dyn FnMut(&Progress)) -> R + Sync,
    mut tell: impl FnMut(Told<R>) -> ControlFlow<()>,
) {
    let left = Mutex::new(0..jobs.len());
    let take = || left.lock().expect("nothing panics while it counts").next();
    let (sender, told) = mpsc::channel();
    std::thread::scope(|scope| {
        for worker in 0..workers.min(jobs.len()) {
            let sender = sender.clone();
            let (take, work) = (&take, &work);
            scope.spawn(move || {
                while let Some(job) = take() {
                    let mut progress = |progress: &Progress| {
                        // The receiver outlives every worker.
                        let _ = sender.send(Told::Progress(worker, progress.clone()));
                    };
                    let result = work(&jobs[job], &mut progress);
                    let _ = sender.send(Told::Done {
                        worker,
                        job,
                        result,
                    });
                }
            });
        }
        drop(sender);
        for message in told {
            if tell(message).is_break() {
                *left.lock().expect("nothing panics while it counts") = 0..0;
            }
        }
    });
}
