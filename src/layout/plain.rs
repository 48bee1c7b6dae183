//! Blocks of a text without markup: from line breaks, marks of items, and empty lines; and of one
//! whose markup has said what its stretches are, which is then not guessed.

use super::block::{Block, BlockKind, Piece};
use super::leads::{self, Level, Placed, Style, mark};
use super::signs::{self, Sign};
use super::wrapping::Wrapping;
use crate::corpus::{Element, ElementKind, Span, Text};

/// A line that is no more words than this can be a heading, or an item without a mark.
const SHORT: usize = 14;
/// Words of the caption of a picture with its credit, at most.
const LONGEST_CAPTION: usize = 60;
/// Characters, at most, of the credit of a picture behind a sentence.
const LONGEST_CREDIT: usize = 200;
/// A line as it is meant: lines that were only full run on.
#[derive(Debug, Clone)]
struct Row<'t> {
    /// Where it stands, without white space around.
    span: Span,
    words: &'t str,
    indent: usize,
    /// Places of line breaks in it.
    breaks: Vec<Break>,
    /// An empty line stands before it.
    apart: bool,
    /// It stands behind the mark of a quotation, as in mail ("> So we said").
    quoted: bool,
    /// What the markup says of it: number and kind of its element.
    said: Option<(usize, ElementKind)>,
}

#[derive(Debug, Clone, Copy)]
struct Break {
    /// Where the white space begins that is not read.
    from: usize,
    /// Where the next line's first word begins.
    to: usize,
}

pub(super) fn blocks(text: &Text, wrapping: &Wrapping) -> Vec<Block> {
    let whole = Span::new(0, text.len());
    of_rows(text, rows(text, whole, wrapping), 0)
}

/// The blocks of a text whose markup says what its elements are.
pub(super) fn of_elements(text: &Text, wrapping: &Wrapping, elements: &[Element]) -> Vec<Block> {
    let mut found: Vec<Row<'_>> = Vec::with_capacity(elements.len());
    let mut before = 0;
    for (number, element) in elements.iter().enumerate() {
        let apart = text.slice(Span::new(before, element.span.start)).matches('\n').count() > 1;
        let own = rows(text, element.span, wrapping);
        found.extend(own.into_iter().enumerate().map(|(line, row)| Row {
            apart: if line == 0 { apart } else { row.apart },
            said: Some((number, element.kind)),
            ..row
        }));
        before = element.span.end;
    }
    of_rows(text, found, elements.len())
}

/// The blocks of rows, of which the markup has named so many elements.
fn of_rows(text: &Text, rows: Vec<Row<'_>>, elements: usize) -> Vec<Block> {
    let rows: Vec<Row<'_>> = rows.into_iter().map(without_credit).collect();
    let mut placed: Vec<Placed> = Vec::with_capacity(rows.len());
    // which block is the first of each element
    let mut first: Vec<Option<usize>> = vec![None; elements];
    for (at, row) in rows.iter().enumerate() {
        if let Some((number, kind)) = row.said {
            first[number].get_or_insert(placed.len());
            let block_of = |element: Option<usize>| element.and_then(|it| first[it]);
            if let Some(said) = said(row, kind, &block_of) {
                placed.push(said);
                continue;
            }
        }
        let mark = mark(row.words);
        let bare = || unmarked_item(&rows, at).then_some(Style::Bare);
        let style = mark.map(|mark| mark.style).or_else(bare);
        let level = style.map(|style| Level { indent: row.indent, style });
        if let Some(cells) = cells(&rows, at, placed.len()) {
            let cell = |block| Placed { block, level: None, continues: false };
            placed.extend(cells.into_iter().map(cell));
            continue;
        }
        let kind = match () {
            () if is_furniture(row.words) => BlockKind::Furniture,
            () if mark.is_some() => BlockKind::Item,
            () if row.quoted => BlockKind::Quotation,
            () if row.said.is_none() && is_heading(&rows, at) => BlockKind::Heading,
            () => BlockKind::Paragraph,
        };
        let start = row.span.start + mark.map_or(0, |mark| mark.length);
        let block = Block::new(kind, row.span, pieces(start, row));
        placed.push(Placed { block, level, continues: false });
    }
    leads::joined(text, placed)
}

/// A row that is what the markup says; `None` of running text, which is looked at as if nothing
/// were known of it. `block_of` gives the block of an element that comes before.
fn said(
    row: &Row<'_>,
    kind: ElementKind,
    block_of: &dyn Fn(Option<usize>) -> Option<usize>,
) -> Option<Placed> {
    let block = |kind| Block::new(kind, row.span, pieces(row.span.start, row));
    let (block, level, continues) = match kind {
        ElementKind::Heading => (block(BlockKind::Heading), None, false),
        ElementKind::Item { .. } if is_furniture(row.words) => return None,
        ElementKind::Item { list, depth, is_first } => {
            let level = Level { indent: depth, style: Style::Markup(list) };
            let kind = if is_first { BlockKind::Item } else { BlockKind::Paragraph };
            (block(kind), is_first.then_some(level), !is_first)
        }
        ElementKind::Quotation if !is_furniture(row.words) => {
            (block(BlockKind::Quotation), None, false)
        }
        ElementKind::Head => (block(BlockKind::Head), None, false),
        ElementKind::Definition { head } => {
            let lead_in = block_of(Some(head));
            (Block { lead_in, ..block(BlockKind::Definition) }, None, false)
        }
        ElementKind::Cell { row, column } => {
            let (lead_in, column) = (block_of(row), block_of(column));
            (Block { lead_in, column, ..block(BlockKind::Cell) }, None, false)
        }
        _ => return None,
    };
    Some(Placed { block, level, continues })
}

/// "return of the boats" among at least two short lines after "Norland demands:", or lines
/// that end in semicolons.
fn unmarked_item(rows: &[Row<'_>], at: usize) -> bool {
    let led = |row: usize| rows[row].words.ends_with(':');
    let Some(first) = (0..=at).rev().take(SHORT).find(|&row| led(row)) else { return false };
    if first == at {
        return false;
    }
    let open = |words: &str| {
        let words = signs::entries(Sign::Joining)
            .fold(words.trim_end_matches(' '), |words, joining| words.trim_end_matches(joining));
        words.trim_end().ends_with([';', ','])
    };
    let items: Vec<&Row<'_>> = rows[first + 1..]
        .iter()
        .take_while(|row| mark(row.words).is_none() && !row.words.ends_with(':'))
        .take_while(|row| row.said.is_none_or(|(_, kind)| kind == ElementKind::Paragraph))
        .collect();
    let led_on = items.iter().take_while(|row| open(row.words)).count();
    if led_on > 0 {
        return at - first <= led_on + 1;
    }
    // The first may stand below an empty line.
    let fragment = |(number, row): &(usize, &&Row<'_>)| {
        (!row.apart || *number == 0)
            && row.words.split_whitespace().count() <= SHORT
            && row.words.starts_with(char::is_lowercase)
            && !row.words.ends_with(['.', '?', '!', '”', '"'])
    };
    let fragments = items.iter().enumerate().take_while(fragment).count();
    fragments > 1 && at - first <= fragments
}

fn is_furniture(words: &str) -> bool {
    let is_rule = !words.contains(char::is_alphanumeric);
    is_rule
        || words.split_whitespace().count() <= SHORT
            && (signs::begins(words, Sign::Credit) || signs::ends(words, Sign::CreditEnd))
        || words.split_whitespace().count() <= LONGEST_CAPTION && ends_in_credit(words)
}

/// "The minister leaves after the talks. (AP Photo/Ann Reed)": does a line end in the credit of a
/// picture, in brackets?
pub(super) fn ends_in_credit(words: &str) -> bool {
    let words = words.trim_end();
    let inside = words
        .strip_suffix(')')
        .and_then(|it| it.rsplit_once('('))
        .or_else(|| words.strip_suffix(']').and_then(|it| it.rsplit_once('[')));
    inside.is_some_and(|(_, credit)| {
        signs::begins(credit, Sign::CreditWithin) || signs::ends(credit, Sign::CreditWithin)
    })
}

/// A short line without an end, before a longer one.
fn is_heading(rows: &[Row<'_>], at: usize) -> bool {
    let words = without_note(rows[at].words);
    let follows = rows.get(at + 1);
    words.split_whitespace().count() <= SHORT
        && !words.ends_with(['.', '?', '!', '”', '"', ':', ';', ','])
        && follows.is_some_and(|next| next.words.len() > words.len() || next.apart)
}

/// Words without the mark of a note behind them ("[1]").
fn without_note(words: &str) -> &str {
    let Some((before, mark)) = words.strip_suffix(']').and_then(|it| it.rsplit_once('[')) else {
        return words;
    };
    let is_mark = mark.len() <= 3 && mark.chars().all(|c| c.is_ascii_alphanumeric());
    if is_mark { before } else { words }
}

/// Cells of a row of a table as the program writes tables down, "Norland | demands a zone", where
/// so many blocks stand before them.
fn cells(rows: &[Row<'_>], at: usize, before: usize) -> Option<Vec<Block>> {
    let bars = |row: &Row<'_>| row.words.matches(" | ").count();
    let here = bars(&rows[at]);
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
    let alike = beside.filter_map(|row| rows.get(row)).any(|row| bars(row) == here);
    if here == 0 || !alike {
        return None;
    }
    let row = &rows[at];
    let mut start = row.span.start;
    let cells = row.words.split(" | ").map(|cell| {
        let end = start + cell.chars().count();
        let span = Span::new(start, end);
        start = end + 3;
        Block::new(BlockKind::Cell, span, vec![Piece::Words(span)])
    });
    Some(of_row(cells.collect(), &[], before))
}

/// The cells of one row, of which the first heads it; `columns` are the blocks that head the
/// columns, and `before` blocks stand before the row.
pub(super) fn of_row(
    mut cells: Vec<Block>,
    columns: &[Option<usize>],
    before: usize,
) -> Vec<Block> {
    if cells.len() < 2 {
        return cells;
    }
    cells[0].kind = BlockKind::Head;
    let has_head = !cells[0].pieces.is_empty();
    for (number, cell) in cells.iter_mut().enumerate().skip(1) {
        cell.lead_in = has_head.then_some(before);
        cell.column = columns.get(number).copied().flatten();
    }
    cells
}

/// A row without the credit of a picture behind its last sentence ("… Credit: PA").
fn without_credit(mut row: Row<'_>) -> Row<'_> {
    // No credit is longer, so that no more of a long row is looked at.
    let tail = row.words.char_indices().rev().nth(LONGEST_CREDIT).map_or(0, |(at, _)| at);
    let ends = row.words[tail..].match_indices(['.', '”', '"', '!']);
    let credit = ends.map(|(at, c)| tail + at + c.len()).find(|&at| {
        let rest = row.words[at..].trim_start();
        rest.len() < row.words[at..].len()
            && rest.contains(':')
            && rest.split_whitespace().count() <= SHORT
            && signs::begins(rest, Sign::Credit)
    });
    if let Some(at) = credit {
        let cut = row.words[at..].chars().count();
        row.span.end -= cut;
        row.words = &row.words[..at];
        row.breaks.retain(|line| line.to < row.span.end);
    }
    row
}

/// What is read of a row from `start` on: without the line breaks in it.
fn pieces(start: usize, row: &Row<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut from = start;
    for line in &row.breaks {
        if line.from > from {
            pieces.push(Piece::Words(Span::new(from, line.from)));
        }
        pieces.push(Piece::Space(line.from));
        from = line.to;
    }
    if row.span.end > from {
        pieces.push(Piece::Words(Span::new(from, row.span.end)));
    }
    pieces
}

/// The rows of a stretch of a text.
fn rows<'t>(text: &'t Text, within: Span, wrapping: &Wrapping) -> Vec<Row<'t>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut start = within.start;
    let mut apart = true;
    let mut runs_on = false;
    for line in text.slice(within).split('\n') {
        let length = line.chars().count();
        let unquoted = line.trim_start().trim_start_matches(['>', ' ']);
        let quoted = line.trim_start().starts_with('>') && !unquoted.trim().is_empty();
        let words = if quoted { unquoted.trim() } else { line.trim() };
        // What stands before the words: white space, or marks of quotations.
        let before = words.as_ptr() as usize - line.as_ptr() as usize;
        let indent = line[..before].chars().count();
        let span = Span::new(start + indent.min(length), start + indent + words.chars().count());
        let end = start + length;
        if words.is_empty() {
            apart = true;
            runs_on = false;
        } else if let Some(row) = rows.last_mut()
            && (runs_on && row.quoted == quoted
                || quoted && row.quoted && !apart && mark(words).is_none())
        {
            row.breaks.push(Break { from: row.span.end, to: span.start });
            row.span.end = span.end;
            row.words = text.slice(row.span);
        } else {
            let breaks = Vec::new();
            rows.push(Row { span, words, indent, breaks, apart, quoted, said: None });
        }
        if !words.is_empty() {
            apart = false;
            runs_on = wrapping.breaks().binary_search(&end).is_ok();
        }
        start = end + 1;
    }
    rows
}
