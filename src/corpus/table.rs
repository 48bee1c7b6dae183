//! Tables: rows of cells, written a row a line with bars between, each cell with what heads its
//! row and its column.

use super::element::{ElementKind, Written};

/// No cell reaches over more rows or columns than this, whatever it says of itself.
const WIDEST: usize = 100;

/// A cell as its page gives it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Cell {
    pub(super) words: String,
    /// Is it set as a head?
    pub(super) is_head: bool,
    /// Columns that it reaches over.
    pub(super) columns: usize,
    /// Rows that it reaches over.
    pub(super) rows: usize,
    /// Does the cell above it reach into it?
    pub(super) continues: bool,
}

/// What is known of a table while its rows are written down.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// For each column: the element that heads it.
    heads: Vec<Option<usize>>,
    /// For each column: how many more rows a cell from above reaches into, and the element if it
    /// heads those rows.
    from_above: Vec<(usize, Option<usize>)>,
    /// Has a row that is no head been written?
    has_data: bool,
}

impl Table {
    /// Writes the next row down as a line.
    pub(super) fn row(&mut self, cells: &[Cell], close: bool, written: &mut Written) {
        written.begin_line(close);
        let is_head = cells.iter().all(|cell| cell.is_head || cell.words.is_empty())
            && cells.iter().filter(|cell| cell.is_head).count() > 1;
        if is_head && self.has_data {
            self.heads.clear();
        }
        self.has_data |= !is_head;
        let mut column = 0;
        let mut of_row: Option<usize> = None;
        for (number, cell) in cells.iter().enumerate() {
            if number > 0 {
                written.say(" | ");
            }
            of_row = self.pass_reaching(&mut column).or(of_row);
            if cell.continues {
                of_row = of_row.or(self.from_above.get(column).and_then(|it| it.1));
                column += cell.columns.clamp(1, WIDEST);
                continue;
            }
            let first = number == 0 && of_row.is_none();
            let own_head = cell.is_head || first && cells.len() > 1;
            let kind = match self.heads.get(column).copied().flatten() {
                // A cell that is a row parts the table, or the table has one column.
                _ if cells.len() == 1 && cell.columns > 1 => ElementKind::Heading,
                _ if cells.len() == 1 && of_row.is_none() => ElementKind::Paragraph,
                _ if is_head || own_head => ElementKind::Head,
                head => ElementKind::Cell { row: of_row, column: head },
            };
            let element = (!cell.words.is_empty()).then(|| written.element(kind, &cell.words));
            let heads = element.filter(|_| kind == ElementKind::Head);
            let reach = column..column + cell.columns.clamp(1, WIDEST);
            self.widen(reach.end);
            for at in reach.clone() {
                if is_head {
                    self.heads[at] = heads;
                }
                let below = cell.rows.clamp(1, WIDEST) - 1;
                self.from_above[at] = (below, heads.filter(|_| !is_head));
            }
            if !is_head {
                of_row = of_row.or(heads);
            }
            column = reach.end;
        }
    }

    /// Goes past the columns that cells from above reach into; what heads this row among them.
    fn pass_reaching(&mut self, column: &mut usize) -> Option<usize> {
        let mut head = None;
        while let Some((rows, of_row)) = self.from_above.get_mut(*column).filter(|it| it.0 > 0) {
            *rows -= 1;
            head = head.or(*of_row);
            *column += 1;
        }
        head
    }

    fn widen(&mut self, columns: usize) {
        if self.heads.len() < columns {
            self.heads.resize(columns, None);
        }
        if self.from_above.len() < columns {
            self.from_above.resize(columns, (0, None));
        }
    }
}
