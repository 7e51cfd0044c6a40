//! Tables in text.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use planwright_model::Thousands;
use textwrap::core::display_width;
use textwrap::{Options, fill};

use crate::columns;

/// How wide a header is in any case.
const HEADER: usize = 12;

/// Lays out rows under a header, the columns named in `right` (counted from 0) to the right. A header is no wider than
/// what stands below it, or a dozen letters. Cells are broken into lines where the table would be wider than the
/// terminal.
///
/// ```
/// let text = planwright_cli::table(&["fix", "steps"], &[1], [vec!["none".into(), "9".into()]]);
/// assert_eq!(text, " fix   steps\n none      9");
/// ```
pub fn table(
    header: &[&str],
    right: &[usize],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> String {
    table_of(columns(), header, right, rows)
}

/// The same, in so many columns if that is asked.
fn table_of(
    columns: Option<usize>,
    header: &[&str],
    right: &[usize],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> String {
    let rows: Vec<_> = rows.into_iter().collect();
    let broken = header.iter().enumerate().map(|(place, words)| {
        let cells = rows.iter().filter_map(|row| row.get(place));
        let widest = cells.map(|cell| display_width(cell)).max();
        let width = widest.unwrap_or_default().max(HEADER);
        fill(words, Options::new(width).break_words(false))
    });
    let header: Vec<_> = broken.collect();
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(header);
    if let Some(columns) = columns {
        let columns = columns.try_into().unwrap_or(u16::MAX);
        table
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(columns);
    }
    for row in rows {
        table.add_row(row);
    }
    for column in right {
        if let Some(column) = table.column_mut(*column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}

/// An integer with thousands separators.
///
/// ```
/// assert_eq!(planwright_cli::thousands(1234567), "1,234,567");
/// ```
pub fn thousands(number: u64) -> String {
    Thousands(number).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_fits_where_it_has_to() {
        let row = || [vec!["one".to_owned(), "two three four five six".to_owned()]];
        let wide = table_of(None, &["a", "b"], &[], row());
        assert_eq!(wide.lines().count(), 2);
        assert_eq!(table_of(Some(80), &["a", "b"], &[], row()), wide);
        let long = ["a", "every endpoint resolves"];
        let below = [vec!["one".to_owned(), "NO, 10 steps".to_owned()]];
        assert_eq!(
            table_of(None, &long, &[], below),
            " a    every\n      endpoint\n      resolves\n one  NO, 10 steps"
        );
        let narrow = table_of(Some(20), &["a", "b"], &[], row());
        assert!(narrow.lines().count() > 2, "{narrow}");
        assert!(
            narrow.lines().all(|line| line.chars().count() <= 20),
            "{narrow}"
        );
    }
}
