//! The page in a browser. Ignored where there may be none: `cargo test -p planwright-report -- --ignored`
//! runs these with Chromium.

use std::fs;
use std::path::PathBuf;

use planwright_checker::Need;
use planwright_report::Document;
use serde_json::json;

use crate::chromium::Chromium;
use crate::sample::Clerks;

/// A folder with a page, and a browser.
struct Opened {
    browser: Chromium,
    address: String,
    folder: PathBuf,
}

impl Opened {
    fn new(name: &str, clerks: &Clerks) -> Self {
        Self::of(name, &clerks.document())
    }

    fn of(name: &str, document: &Document) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        // Of a run before this one.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder for the test");
        let page = folder.join("report.html");
        fs::write(&page, document.to_html()).expect("a page is written");
        let mut browser = Chromium::start(&folder.join("profile"));
        browser.size(1280, 900);
        Self {
            browser,
            address: format!("file://{}", page.display()),
            folder,
        }
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        // What is left over is removed by the next run.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[test]
#[ignore = "needs Chromium"]
fn a_schedule_is_stepped_through_by_keys_and_pointer() {
    let mut opened = Opened::new("steps", &Clerks::plain());
    let (browser, address) = (&mut opened.browser, opened.address.clone());
    browser.open(&address);
    assert!(
        browser
            .text("h1")
            .starts_with("Violated: the sum stays small")
    );
    assert_eq!(browser.text("#reason"), "In step 2: the shelf breaks.");
    // It opens where it breaks.
    assert_eq!(browser.text("#place"), "step 2 of 2");
    assert!(browser.text("#value").starts_with("✗ the sum stays small"));
    assert!(browser.text("#remarks").contains("! the shelf breaks"));
    assert_eq!(
        browser.evaluate("document.querySelectorAll('.dangling').length"),
        json!(1)
    );
    assert_eq!(
        browser.evaluate("document.querySelectorAll('.item.Broken').length"),
        json!(1)
    );
    let last = browser.text("#deed");

    browser.press("ArrowLeft");
    assert_eq!(browser.text("#place"), "step 1 of 2");
    assert!(browser.text("#value").starts_with('✓'));
    assert_eq!(browser.evaluate("location.hash"), json!("#story=0&step=1"));
    assert_eq!(
        browser.evaluate("document.querySelectorAll('.dangling').length"),
        json!(0)
    );
    browser.press("Home");
    assert_eq!(browser.text("#place"), "at the start");
    assert_eq!(
        browser.evaluate("document.getElementById('back').disabled"),
        json!(true)
    );
    browser.press("ArrowLeft");
    assert_eq!(browser.text("#place"), "at the start");
    browser.click("#next");
    assert_eq!(browser.text("#place"), "step 1 of 2");
    browser.click("#steps li:last-child button");
    assert_eq!(browser.text("#place"), "step 2 of 2");
    assert_eq!(browser.text("#deed"), last);
    let current =
        "document.querySelector('#steps li:last-child button').getAttribute('aria-current')";
    assert_eq!(browser.evaluate(current), json!("step"));

    // The lasso, by key, and the witness, by pointer.
    browser.press("PageDown");
    assert!(
        browser
            .text("#stories [aria-pressed=true]")
            .contains("the sum gets to 4")
    );
    assert!(browser.text(".repeats").contains("for ever"));
    browser.click("#stories button:last-child");
    assert!(
        browser
            .text("#stories [aria-pressed=true]")
            .contains("the sum gets to 2")
    );
    assert!(browser.text("#replay").starts_with("clerks replay 0/"));
}

#[test]
#[ignore = "needs Chromium"]
fn a_link_shows_the_same_step() {
    let mut opened = Opened::new("link", &Clerks::plain());
    let (browser, address) = (&mut opened.browser, opened.address.clone());
    browser.open(&format!("{address}#story=1&step=1"));
    assert!(
        browser
            .text("#stories [aria-pressed=true]")
            .contains("the sum gets to 4")
    );
    assert!(browser.text("#place").starts_with("step 1 of"));
    browser.evaluate("location.hash = '#story=0&step=0'");
    browser.wait_until("document.getElementById('place').innerText === 'at the start'");
    // What no report has is as near as possible.
    browser.open(&format!("{address}#story=99&step=nonsense"));
    assert!(
        browser
            .text("#stories [aria-pressed=true]")
            .contains("the sum gets to 2")
    );
}

#[test]
#[ignore = "needs Chromium"]
fn names_inject_nothing_and_run_nothing() {
    let mut opened = Opened::new("hostile", &Clerks::hostile());
    let (browser, address) = (&mut opened.browser, opened.address.clone());
    browser.open(&address);
    for key in ["Home", "ArrowRight", "End", "PageDown", "Home", "End"] {
        browser.press(key);
    }
    assert_eq!(
        browser.evaluate("document.querySelectorAll('img, script:not([nonce]):not(#data)').length"),
        json!(0)
    );
    let title = browser.evaluate("document.title");
    assert!(
        title
            .as_str()
            .is_some_and(|title| title.contains("onerror")),
        "{title}"
    );
    assert!(browser.text("#title").contains("</script><img src=x"));
    // A script that came in by some other way would be stopped.
    browser.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.owned = 1\">')",
    );
    browser.evaluate("new Promise((done) => setTimeout(done, 200))");
    browser.wait_until("document.images.length === 1 && document.images[0].complete");
    assert_eq!(browser.evaluate("window.owned === undefined"), json!(true));
}

#[test]
#[ignore = "needs Chromium"]
fn it_is_readable_on_a_phone_and_in_the_dark() {
    let mut opened = Opened::new("looks", &Clerks::plain());
    let (browser, address) = (&mut opened.browser, opened.address.clone());
    let paper = "getComputedStyle(document.body).backgroundColor";
    browser.prefer("light");
    browser.size(360, 740);
    browser.open(&address);
    let light = browser.evaluate(paper);
    let overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    assert_eq!(browser.evaluate(overflow), json!(0));
    assert_eq!(
        browser.evaluate("getComputedStyle(document.querySelector('.lane')).display"),
        json!("none")
    );
    assert!(browser.text("#picture").contains("→ attic ✗"));
    browser.prefer("dark");
    browser.open(&address);
    let dark = browser.evaluate(paper);
    assert_ne!(dark, light);
    browser.click("#theme");
    assert_eq!(browser.evaluate(paper), light);
}

#[test]
#[ignore = "needs Chromium"]
fn what_comes_after_a_schedule_is_shown() {
    let mut opened = Opened::of("aftermath", &Clerks::plain().trapped());
    let (browser, address) = (&mut opened.browser, opened.address.clone());
    browser.open(&address);
    assert!(
        browser
            .text("#reason")
            .contains("a trap: 2 states can follow")
    );
    let told = browser.text("#aftermath");
    for part in [
        "ann adds 1",
        "bob takes one away",
        "the shelf is broken",
        "In all, 2 states",
    ] {
        assert!(told.contains(part), "{told}");
    }
}

#[test]
#[ignore = "needs Chromium"]
fn texts_reorder_nothing_but_themselves() {
    let mut document = Clerks::plain().document();
    document.stories[0].steps[0].deed = "adds \u{202e}1".to_owned();
    let mut opened = Opened::of("directions", &document);
    let (browser, address) = (&mut opened.browser, opened.address.clone());
    browser.open(&address);
    let said = browser.text("#steps .said");
    assert!(said.contains("adds \\u{202e}1"), "{said}");
    let isolated = "document.querySelectorAll('#steps .said > bdi').length > 0";
    assert_eq!(browser.evaluate(isolated), json!(true));
}

#[test]
#[ignore = "needs Chromium"]
fn steps_that_race_or_are_not_needed_are_marked() {
    let mut document = Clerks::plain().document();
    let [first, last] = &mut document.stories[0].steps[..] else {
        panic!("two steps");
    };
    (first.need, last.need) = (Some(Need::Race), Some(Need::Necessary));
    let mut opened = Opened::of("needs", &document);
    let (browser, address) = (&mut opened.browser, opened.address.clone());
    browser.open(&address);
    let marks = "Array.from(document.querySelectorAll('.tag.need'), (tag) => tag.textContent)";
    assert_eq!(browser.evaluate(marks), json!(["race"]));
}
