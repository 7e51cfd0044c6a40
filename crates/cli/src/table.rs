//! Tables in text.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

/// Lays out rows under a header, the columns named in `right` (counted from 0) to the right.
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
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(header);
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
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    groups.join(",")
}
