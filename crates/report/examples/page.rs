//! Makes a page of a document: reads JSON, writes HTML.
//!
//! `cargo run -p planwright-report --example page < report.json > report.html`

use std::error::Error;
use std::io;

use planwright_report::Document;

fn main() -> Result<(), Box<dyn Error>> {
    let document: Document = serde_json::from_reader(io::stdin().lock())?;
    print!("{}", document.to_html());
    Ok(())
}
