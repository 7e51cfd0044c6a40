//! A document as one page for a browser.

use crate::Document;

const PAGE: &str = include_str!("report.html");
const SCRIPT: &str = include_str!("report.js");

/// What pages that show schedules share: how they look, and what draws a step and the picture after it.
pub mod page {
    /// A style sheet.
    pub const STYLE: &str = include_str!("report.css");
    /// A script that comes before the page's own. It sets text only, never markup.
    pub const SCRIPT: &str = include_str!("page.js");
}

impl Document {
    /// The document as a page for a browser: one file that needs no network and works from disk.
    ///
    /// It shows the verdict, steps through each schedule by keyboard (arrows, Home, End, Page Up and Page
    /// Down) and pointer, draws what there is after each step, and says what the verdict rests on. The
    /// address of the page carries the schedule and the step, so that a link shows the same. Without data
    /// it has about 30 kB.
    ///
    /// Nothing that a model says is taken for markup: data is embedded as JSON in which no tag can begin
    /// or end, the page's script sets text only, and the page's policy forbids all other scripts and every
    /// request.
    ///
    /// # Example
    ///
    /// ```
    /// # use planwright_checker::Outcome;
    /// # use planwright_report::Document;
    /// # let document = Document {
    /// #     format: Document::FORMAT.to_owned(),
    /// #     title: "nothing".to_owned(),
    /// #     replay_command: None,
    /// #     outcome: Outcome::Holds,
    /// #     claims: vec![],
    /// #     stories: vec![],
    /// #     levels: vec![1],
    /// # };
    /// let page = document.to_html();
    /// assert!(page.starts_with("<!doctype html>"));
    /// ```
    ///
    /// # Panics
    ///
    /// Never: a document is plain data with names as keys.
    pub fn to_html(&self) -> String {
        let data = serde_json::to_string(self).expect("a document is plain data");
        // In JSON these occur in strings only, where an escape means the same.
        let data = data
            .replace('<', "\\u003c")
            .replace('>', "\\u003e")
            .replace('&', "\\u0026")
            .replace('\u{2028}', "\\u2028")
            .replace('\u{2029}', "\\u2029");
        // Data last: what it contains is not looked at again.
        let (before, after) = PAGE.split_once("/*{data}*/").expect("the page has a place");
        let before = before.replace("/*{style}*/", page::STYLE);
        let after = after.replace("/*{script}*/", &[page::SCRIPT, SCRIPT].concat());
        [before, data, after].concat()
    }
}
