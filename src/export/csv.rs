//! The table of claims as CSV.

use std::io::{self, Write};

use super::of_csv;
use super::table::{COLUMNS, Cell, Table};
use crate::escaped::inert;
use crate::graph::Graph;

/// Writes the table of claims; for a `spreadsheet` no cell is a formula.
pub(super) fn write(graph: &Graph, spreadsheet: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(COLUMNS.map(|it| it.name)).map_err(of_csv)?;
    for row in Table::new(graph.corpus()).rows() {
        let cells = COLUMNS.iter().map(|column| match column.cell(&row) {
            Cell::Empty => String::new(),
            Cell::Text(words) => inert(words.into_owned(), spreadsheet),
            Cell::Integer(number) => number.to_string(),
            Cell::Number(number) => number.to_string(),
        });
        csv.write_record(cells).map_err(of_csv)?;
    }
    csv.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn every_claim_has_a_row_with_its_quote() {
        let graph = Graph::new(fixture::corpus(), &fixture::ontology());
        let mut out = Vec::new();
        write(&graph, false, &mut out).unwrap();
        let mut table = csv::Reader::from_reader(&out[..]);
        let quote = table.headers().unwrap().iter().position(|it| it == "quote").unwrap();
        let rows: Vec<_> = table.records().map(Result::unwrap).collect();
        let claims = &graph.corpus().claims;
        assert!(rows.iter().map(|row| &row[quote]).eq(claims.iter().map(|it| it.quote.as_str())));
    }
}
