//! The table of claims as a workbook.

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::table::{COLUMNS, Cell, Kind, Table};
use crate::graph::Graph;

/// The most rows below the first that a sheet has.
const ROWS: usize = (1 << 20) - 1;
/// The most characters of a cell, counted in UTF-16.
const CELL: usize = 32_767;

/// Writes one sheet: names of columns that stay in sight and filter, then a row a claim. Words are
/// kept as words, also where they look like a formula. The workbook carries no time of its making.
pub(super) fn write(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    let table = Table::new(graph.corpus());
    if table.len() > ROWS {
        let claims = table.len();
        return Err(io::Error::other(format!(
            "{claims} claims, and a sheet has {ROWS} rows at most; write csv or parquet"
        )));
    }
    let mut book = Workbook::new();
    fill(&mut book, &table).map_err(of_xlsx)?;
    out.write_all(&book.save_to_buffer().map_err(of_xlsx)?)
}

fn fill(book: &mut Workbook, table: &Table<'_>) -> Result<(), XlsxError> {
    let never = ExcelDateTime::from_ymd(1980, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&never));
    // Rows are kept on disk until they are packed: a large graph need not fit twice.
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name("claims")?.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    for (at, column) in (0..).zip(&COLUMNS) {
        let width = match (column.name, column.kind) {
            ("quote", _) => 60.0,
            ("what" | "title", _) => 30.0,
            (_, Kind::Text) => 16.0,
            _ => 10.0,
        };
        sheet.set_column_width(at, width)?;
        sheet.write_string_with_format(0, at, column.name, &bold)?;
    }
    for (line, row) in (1..).zip(table.rows()) {
        for (at, column) in (0..).zip(&COLUMNS) {
            match column.cell(&row) {
                Cell::Empty => {}
                Cell::Text(words) => {
                    sheet.write_string(line, at, cut(&words))?;
                }
                Cell::Integer(number) => {
                    sheet.write_number(line, at, number as f64)?;
                }
                Cell::Number(number) => {
                    sheet.write_number(line, at, number)?;
                }
            }
        }
    }
    let last_row = u32::try_from(table.len()).unwrap_or(u32::MAX);
    sheet.autofilter(0, 0, last_row, COLUMNS.len() as u16 - 1)?;
    Ok(())
}

/// The words as a cell can hold them, with "…" where they are cut.
fn cut(words: &str) -> String {
    if words.encode_utf16().count() <= CELL {
        return words.to_owned();
    }
    let mut length = 0;
    let fits = |c: &char| {
        length += c.len_utf16();
        length < CELL
    };
    words.chars().take_while(fits).chain(['…']).collect()
}

fn of_xlsx(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn a_workbook_is_the_same_each_time() {
        let graph = Graph::new(fixture::corpus(), &fixture::ontology());
        let written = || {
            let mut out = Vec::new();
            write(&graph, &mut out).unwrap();
            out
        };
        let first = written();
        assert!(first.starts_with(b"PK"));
        assert!(first == written(), "two workbooks of one graph differ");
    }

    #[test]
    fn a_cell_that_is_too_long_is_cut() {
        assert_eq!(cut("words"), "words");
        let cut = cut(&"𝄞".repeat(20_000));
        assert!(cut.ends_with('…') && cut.encode_utf16().count() <= CELL);
    }
}
