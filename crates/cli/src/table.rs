//! Tables in text.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use planwright_model::Thousands;

use crate::columns;

/// Lays out rows under a header, the columns named in `right` (counted from 0) to the right. Cells are broken
/// into lines where the table would be wider than the terminal.
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
        let narrow = table_of(Some(20), &["a", "b"], &[], row());
        assert!(narrow.lines().count() > 2, "{narrow}");
        assert!(
            narrow.lines().all(|line| line.chars().count() <= 20),
            "{narrow}"
        );
    }
}
