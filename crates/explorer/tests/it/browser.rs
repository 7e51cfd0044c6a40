//! The page in a browser. Ignored where there may be none: `cargo test -p planwright-explorer -- --ignored`
//! runs these with Chromium.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use crate::chromium::Chromium;
use crate::sample::Clerks;
use crate::served;

/// Opens the page of the served clerks.
fn browsed(name: &str, clerks: &Clerks, act: impl FnOnce(&mut Chromium, &str)) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    // Of a run before this one.
    let _ = fs::remove_dir_all(&folder);
    served(clerks, |address| {
        let mut browser = Chromium::start(&folder);
        browser.size(1280, 900);
        browser.open(address);
        act(&mut browser, address);
    });
    let _ = fs::remove_dir_all(&folder);
}

#[test]
#[ignore = "needs Chromium"]
fn any_schedule_is_walked_by_keys_and_pointer() {
    browsed("walk", &Clerks::plain(), |browser, address| {
        browser.wait_until("document.querySelectorAll('#choices .row').length === 2");
        assert_eq!(browser.text("#title"), "clerks");
        assert_eq!(browser.text("#place"), "at the start");
        assert!(browser.text("#refusals").contains("bob takes one away"));
        assert!(
            browser
                .text("#refusals")
                .contains("the model ignores it here")
        );

        browser.press("1");
        browser.wait_until("document.querySelectorAll('#steps .row').length === 1");
        assert!(browser.text("#deed").contains("ann adds 1"));
        assert_eq!(browser.evaluate("location.hash"), json!("#path=0/0&step=1"));
        // The other choice breaks something, and says so.
        assert!(
            browser
                .text("#choices li:nth-child(2)")
                .contains("✗ breaks “the sum stays small”")
        );
        browser.click("#choices li:nth-child(1) .row");
        browser.wait_until("document.querySelectorAll('#steps .row').length === 2");
        assert!(
            browser
                .text("#choices li:nth-child(3)")
                .contains("back to step 1")
        );

        // Back along the walk: what was chosen is still there.
        browser.press("ArrowLeft");
        browser.wait_until("document.getElementById('place').textContent === 'step 1 of 2'");
        browser.press("Home");
        browser.wait_until("document.getElementById('place').textContent === 'at the start'");
        browser.press("End");
        browser.wait_until("document.getElementById('place').textContent === 'step 2 of 2'");
        // The browser's own way back too.
        browser.evaluate("history.back()");
        browser.wait_until("document.getElementById('place').textContent === 'at the start'");

        // A link leads to the same place.
        assert_eq!(
            browser.text("#link"),
            format!("{address}#path=0/0/0&step=0")
        );
        browser.open(&format!("{address}#path=0/1/1&step=1"));
        browser.wait_until("document.querySelectorAll('#steps .row').length === 2");
        assert_eq!(browser.text("#place"), "step 1 of 2");
        assert_eq!(browser.text("#replay"), "clerks replay 0/1");
    });
}

#[test]
#[ignore = "needs Chromium"]
fn the_nearest_violation_is_jumped_to() {
    browsed("jump", &Clerks::plain(), |browser, address| {
        browser.wait_until("document.querySelectorAll('#readings button').length === 3");
        browser.click("#readings li:nth-child(1) button");
        browser.wait_until(
            "document.getElementById('found').textContent.startsWith('In 2 more steps')",
        );
        assert_eq!(browser.text("#place"), "step 2 of 2");
        assert!(
            browser
                .text("#readings li:nth-child(1)")
                .contains("false here")
        );
        assert!(browser.text("#remarks").contains("! the shelf breaks"));
        browser.click("#readings li:nth-child(3) button");
        browser.wait_until("document.getElementById('found').textContent.startsWith('From here on there is nothing like it')");

        // A place that is none is told, and what was there stays.
        browser.open(&format!("{address}#path=0/7&step=1"));
        browser.wait_until("!document.getElementById('error').hidden");
        assert!(browser.text("#error").contains('7'));
    });
}

#[test]
#[ignore = "needs Chromium"]
fn nothing_that_a_model_says_is_markup_and_a_phone_shows_it_all() {
    browsed("hostile", &Clerks::hostile(), |browser, _| {
        browser.wait_until("document.querySelectorAll('#choices .row').length === 2");
        browser.press("1");
        browser.wait_until("document.querySelectorAll('#steps .row').length === 1");
        assert_ne!(browser.evaluate("document.title"), json!("owned"));
        assert_eq!(
            browser.evaluate("document.querySelectorAll('img').length"),
            json!(0)
        );
        assert!(browser.text("#title").contains("</script><img src=x"));
        browser.size(375, 800);
        let overflow = "document.documentElement.scrollWidth <= innerWidth";
        assert_eq!(browser.evaluate(overflow), json!(true));
    });
}
