//! A table for people, with lines only where they help.

use comfy_table::{LineStyle, Table, TableStyle, presets};

/// A line under the heads and no other.
const UNDER_HEADS: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// The table written out: where each row is one line, only the heads have a line under them; where
/// cells run over several, lines tell the rows apart.
pub(crate) fn ruled(mut table: Table) -> String {
    table.load_style(UNDER_HEADS);
    let plain = table.trim_fmt();
    if plain.lines().count() <= table.row_count() + 2 {
        return plain;
    }
    table.load_style(presets::UTF8_HORIZONTAL_ONLY);
    table.trim_fmt()
}

#[cfg(test)]
mod tests {
    use comfy_table::ContentArrangement;

    use super::*;

    fn table(width: u16) -> String {
        let mut table = Table::new();
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        table.set_header(["who", "what"]);
        table.add_row(["Putin", "a ceasefire of thirty days"]);
        table.add_row(["Trump", "the same"]);
        ruled(table)
    }

    #[test]
    fn rows_have_lines_between_them_only_where_cells_are_broken() {
        let (wide, narrow) = (table(80), table(24));
        assert_eq!(wide.lines().filter(|line| line.contains('─')).count(), 1, "{wide}");
        assert!(narrow.lines().filter(|line| line.contains('─')).count() > 1, "{narrow}");
    }
}
