//! The page as text.

use planwright_report::Document;

use crate::sample::Clerks;

/// The data in a page, as a browser would find it: up to the first end of a script.
fn embedded(page: &str) -> &str {
    let start = "id=\"data\">";
    let from = page.find(start).expect("the page has data") + start.len();
    let length = page[from..].find("</script").expect("the data ends");
    &page[from..from + length]
}

#[test]
fn a_page_contains_the_document() {
    for clerks in [Clerks::plain(), Clerks::hostile()] {
        let document = clerks.document();
        let page = document.to_html();
        let found: Document = serde_json::from_str(embedded(&page)).expect("the data is JSON");
        assert_eq!(found, document);
    }
}

/// No name of a model adds a tag to the page.
#[test]
fn names_cannot_become_markup() {
    let tags = |page: &str| page.matches('<').count();
    let plain = Clerks::plain().document().to_html();
    let hostile = Clerks::hostile().document().to_html();
    assert_eq!(tags(&hostile), tags(&plain));
    assert!(!hostile.contains("<img"));
}

#[test]
fn a_page_needs_no_network_and_little_room() {
    let page = Clerks::plain().document().to_html();
    let without_data = page.len() - embedded(&page).len();
    assert!(without_data < 60_000, "{without_data} bytes");
    let addresses = page.matches("http").count();
    // The name of a vocabulary, which is fetched by nobody, and the policy's own header.
    let known =
        page.matches("http://www.w3.org/2000/svg").count() + page.matches("http-equiv").count();
    assert_eq!(addresses, known);
    for forbidden in ["src=", "@import", "url(", "fetch(", "innerHTML", "eval("] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}
