//! Blocks of a text without markup: from line breaks, marks of items, and empty lines.

use super::block::{Block, BlockKind, Piece};
use super::signs::{self, Sign};
use super::wrapping::Wrapping;
use crate::corpus::{Span, Text};

/// A line that is no more words than this can be a heading, or an item without a mark.
const SHORT: usize = 14;
/// Words of the caption of a picture with its credit, at most.
const LONGEST_CAPTION: usize = 60;
/// Characters, at most, of the credit of a picture behind a sentence.
const LONGEST_CREDIT: usize = 200;
/// A body that speaks in the operative paragraphs of a resolution has no more words.
const LONGEST_BODY: usize = 9;
/// Signs before an item, letters aside.
const BULLETS: [&str; 13] = ["-", "*", "•", "–", "—", "·", "+", "‣", "◦", "▪", "●", "○", "■"];
/// Small Roman digits that items are numbered with.
const ROMAN: [char; 3] = ['i', 'v', 'x'];

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
}

#[derive(Debug, Clone, Copy)]
struct Break {
    /// Where the white space begins that is not read.
    from: usize,
    /// Where the next line's first word begins.
    to: usize,
}

pub(super) fn blocks(text: &Text, wrapping: &Wrapping) -> Vec<Block> {
    let rows: Vec<Row<'_>> = rows(text, wrapping).into_iter().map(without_credit).collect();
    let mut blocks: Vec<Block> = Vec::with_capacity(rows.len());
    // blocks that lead in what follows, with the indent of their items
    let mut open: Vec<(usize, Option<usize>)> = Vec::new();
    let mut body: Option<usize> = None;
    for (at, row) in rows.iter().enumerate() {
        let mark = mark(row.words);
        let listed = mark.is_some() || unmarked_item(&rows, at, blocks.last().map(|b| b.kind));
        let operative = body.filter(|_| is_operative(row.words));
        if !listed && operative.is_none() {
            open.clear();
        }
        let lead_in =
            operative.or_else(|| listed.then(|| lead_in(&mut open, row.indent)).flatten());
        let start = row.span.start + mark.unwrap_or(0);
        if let Some(cells) = cells(&rows, at) {
            blocks.extend(cells);
            continue;
        }
        let kind = match () {
            () if is_furniture(row.words) => BlockKind::Furniture,
            () if mark.is_some() || lead_in.is_some() => BlockKind::Item,
            () if row.quoted => BlockKind::Quotation,
            () if is_heading(&rows, at) => BlockKind::Heading,
            () => BlockKind::Paragraph,
        };
        if row.words.ends_with(':') {
            open.push((blocks.len(), None));
        }
        if is_body(row.words) {
            body = Some(blocks.len());
        }
        let pieces = pieces(start, row);
        blocks.push(Block { kind, span: row.span, pieces, lead_in });
    }
    blocks
}

/// The block that leads in an item of that indent: the innermost whose items stand there.
fn lead_in(open: &mut Vec<(usize, Option<usize>)>, indent: usize) -> Option<usize> {
    while open.len() > 1 && open.last().is_some_and(|(_, of)| of.is_some_and(|of| indent < of)) {
        open.pop();
    }
    let (block, of) = open.last_mut()?;
    of.get_or_insert(indent);
    Some(*block)
}

/// "return of the boats" among at least two short lines after "Norland demands:", or lines
/// that end in semicolons.
fn unmarked_item(rows: &[Row<'_>], at: usize, before: Option<BlockKind>) -> bool {
    let led = |row: usize| rows[row].words.ends_with(':');
    let Some(first) = (0..=at).rev().take(SHORT).find(|&row| led(row)) else { return false };
    if first == at || before.is_none() {
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
        .collect();
    let led_on = items.iter().take_while(|row| open(row.words)).count();
    if led_on > 0 {
        return at - first <= led_on + 1;
    }
    let fragment = |row: &&&Row<'_>| {
        !row.apart
            && row.words.split_whitespace().count() <= SHORT
            && row.words.starts_with(char::is_lowercase)
            && !row.words.ends_with(['.', '?', '!', '”', '"'])
    };
    let fragments = items.iter().take_while(fragment).count();
    fragments > 1 && at - first <= fragments
}

/// "The Security Council,": a body whose decisions follow, each a paragraph that begins with
/// its verb.
fn is_body(words: &str) -> bool {
    let Some(name) = words.strip_suffix(',') else { return false };
    let names = name.split_whitespace().skip(1);
    name.starts_with(char::is_uppercase)
        && signs::begins(name, Sign::Article)
        && name.split_whitespace().count() <= LONGEST_BODY
        && names.clone().next().is_some_and(|word| word.starts_with(char::is_uppercase))
        && !name.contains(['.', ':', '“', '"'])
}

/// "Calls upon all parties …": does a paragraph of a resolution begin with its verb?
fn is_operative(words: &str) -> bool {
    let words = &words[mark(words).map_or(0, |length| byte_of(words, length))..];
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let mut first = words.split_whitespace().map(plain);
    let (Some(one), two) = (first.next(), first.next().unwrap_or_default()) else { return false };
    let ends = |word: &str, sign| signs::entries(sign).any(|ending| word.ends_with(ending));
    let verb = |word: &str| {
        word.len() > 4 && ends(word, Sign::OperativeVerbEnd) && !ends(word, Sign::OperativeVerbNot)
    };
    let adverb = |word: &str| {
        signs::is(word, Sign::OperativeAdverb)
            || ends(word, Sign::OperativeAdverbEnd) && word.len() > 4
    };
    one.starts_with(char::is_uppercase)
        && (verb(&one) && two.starts_with(char::is_lowercase) || adverb(&one) && verb(&two))
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

/// Cells of a row of a table as the program writes tables down: "Norland | demands a zone".
fn cells(rows: &[Row<'_>], at: usize) -> Option<Vec<Block>> {
    let bars = |row: &Row<'_>| row.words.matches(" | ").count();
    let here = bars(&rows[at]);
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
    let alike = beside.filter_map(|row| rows.get(row)).any(|row| bars(row) == here);
    if here == 0 || !alike {
        return None;
    }
    let row = &rows[at];
    let mut start = row.span.start;
    let cells: Vec<Span> = row
        .words
        .split(" | ")
        .map(|cell| {
            let end = start + cell.chars().count();
            let span = Span::new(start, end);
            start = end + 3;
            span
        })
        .collect();
    Some(of_row(row.span, &cells.iter().map(|&cell| vec![Piece::Words(cell)]).collect::<Vec<_>>()))
}

/// The cells of one row, each read after the first one.
pub(super) fn of_row(span: Span, cells: &[Vec<Piece>]) -> Vec<Block> {
    let Some((first, rest)) = cells.split_first() else { return Vec::new() };
    let block = |pieces| Block { kind: BlockKind::Cell, span, pieces, lead_in: None };
    if rest.is_empty() {
        return vec![block(first.clone())];
    }
    let behind = |pieces: &[Piece]| match pieces.last() {
        Some(Piece::Words(span)) => span.end,
        Some(Piece::Space(at) | Piece::Line(at)) => *at,
        None => span.start,
    };
    rest.iter()
        .filter(|cell| !cell.is_empty())
        .map(|cell| {
            let mut pieces = first.clone();
            pieces.push(Piece::Space(behind(first)));
            pieces.extend(cell);
            block(pieces)
        })
        .collect()
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

fn rows<'t>(text: &'t Text, wrapping: &Wrapping) -> Vec<Row<'t>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut start = 0;
    let mut apart = true;
    let mut runs_on = false;
    for line in text.as_str().split('\n') {
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
            rows.push(Row { span, words, indent, breaks: Vec::new(), apart, quoted });
        }
        if !words.is_empty() {
            apart = false;
            runs_on = wrapping.breaks().binary_search(&end).is_ok();
        }
        start = end + 1;
    }
    rows
}

/// How many characters of a line are the mark of an item and the space after it; `None` where
/// it begins with none.
fn mark(words: &str) -> Option<usize> {
    let first = words.split_whitespace().next()?;
    let length = || {
        let after = &words[first.len()..];
        first.chars().count() + after.chars().take_while(|c| c.is_whitespace()).count()
    };
    if first.len() == words.len() {
        return None;
    }
    if BULLETS.contains(&first) || signs::is(first, Sign::LetterBullet) {
        return Some(length());
    }
    let stripped = first.strip_suffix(['.', ')', ':']).or_else(|| first.strip_suffix(".)"))?;
    let number = stripped.strip_prefix('(').unwrap_or(stripped);
    let digits = number.len() <= 3 && number.chars().all(|c| c.is_ascii_digit() || c == '.');
    let letter = number.len() == 1
        && number.chars().all(|c| c.is_ascii_lowercase())
        && (first.ends_with(')') || first.ends_with('.') && !number.starts_with(ROMAN[0]));
    let roman = first.ends_with(')') && number.chars().all(|c| ROMAN.contains(&c));
    let numbered = !number.is_empty() && (digits || letter || roman) && !first.ends_with(':');
    numbered.then(length)
}

fn byte_of(words: &str, characters: usize) -> usize {
    words.char_indices().nth(characters).map_or(words.len(), |(at, _)| at)
}
