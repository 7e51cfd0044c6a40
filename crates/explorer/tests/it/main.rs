//! What is seen of a walk, who may see it, and the page in a browser.

mod browser;
mod refused;
mod views;

// The same model and browser as the tests of the report, which shares the page's style and drawing.
#[allow(dead_code, reason = "those tests need more of it")]
#[path = "../../../report/tests/it/chromium.rs"]
mod chromium;
#[allow(dead_code, reason = "those tests need more of it")]
#[path = "../../../report/tests/it/sample.rs"]
mod sample;

use std::sync::atomic::{AtomicBool, Ordering};

use planwright_checker::Checker;
use planwright_explorer::{About, Server, Walk};
use sample::Clerks;

/// The properties of the clerks that a place of a walk can say something of.
pub(crate) fn checker(clerks: &Clerks) -> Checker<'_, Clerks> {
    let suffix = &clerks.suffix;
    Checker::new(clerks)
        .always(format!("the sum stays small{suffix}"), |sum| *sum < 3)
        .always_step(format!("one at a time{suffix}"), |_, (_, more), _| {
            *more < 2
        })
        .sometimes(format!("the sum gets to 2{suffix}"), |sum| *sum == 2)
        .eventually(format!("the sum gets to 4{suffix}"), |sum| *sum == 4)
}

/// Serves the clerks while something is done with the address.
pub(crate) fn served<T>(clerks: &Clerks, act: impl FnOnce(&str) -> T) -> T {
    struct Stop<'a>(&'a AtomicBool);
    impl Drop for Stop<'_> {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    let server = Server::bind(0).expect("a port is free");
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let (server, over) = (&server, &over);
        scope.spawn(move || {
            let checker = checker(clerks);
            let about = About {
                title: format!("clerks{}", clerks.suffix),
                replay_command: "clerks replay".to_owned(),
                path: "0".to_owned(),
            };
            let walk = Walk::new(clerks, &checker, about);
            let ended = server.serve(&walk, || over.load(Ordering::Relaxed));
            ended.expect("requests can be received");
        });
        // Even if an assertion fails.
        let _stop = Stop(over);
        act(&format!("http://{}/", server.address()))
    })
}
