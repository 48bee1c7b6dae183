//! From the lines of all pages to paragraphs.

use super::page::{Line, Page};
use crate::corpus::Pages;

/// Parts of the size of a font: a first line is set in or out by at least so much.
const INDENT: f64 = 0.8;
/// Lines of one column begin no farther apart than this.
const SAME_COLUMN: f64 = 3.0;
/// A line above another by this much more than lines of a paragraph are is one of its own.
const LOOSE: f64 = 1.25;
/// Sizes that differ by less than this part are one.
const SAME_SIZE: f64 = 0.08;
/// A heading is larger than the text by this.
const HEADING: f64 = 1.15;
/// A note at the foot of a page is smaller than the text by this.
const NOTE: f64 = 0.92;
/// How many lines before and after show how wide the column is.
const NEIGHBOURS: usize = 8;
/// Words that a headline has at most.
const LONGEST_HEADLINE: usize = 30;

/// The text of all pages: lines of a paragraph one below the other, an empty line between
/// paragraphs, cells of a row between bars, notes behind everything; and where its pages are.
pub(super) fn text(pages: &[Page]) -> (String, Pages) {
    let size = body_size(pages);
    let (mut body, mut notes) = (Vec::new(), Vec::new());
    for (number, page) in pages.iter().enumerate() {
        let lowest =
            page.lines.iter().rposition(|line| line.size >= NOTE * size).map_or(0, |at| at + 1);
        for (at, line) in page.lines.iter().enumerate() {
            let place = Placed { page: number, line };
            let note = at >= lowest && line.base > page.height / 2.0 && lowest > 0;
            if note { notes.push(place) } else { body.push(place) }
        }
    }
    let mut written = Written::default();
    for lines in [body, notes] {
        let flow = Flow { leading: leading(&lines), lines, size };
        flow.write(&mut written);
    }
    (written.text, written.pages)
}

/// The text as far as it is written.
#[derive(Default)]
struct Written {
    text: String,
    /// Its length in characters.
    length: usize,
    pages: Pages,
}

impl Written {
    fn push(&mut self, words: &str) {
        self.text.push_str(words);
        self.length += words.chars().count();
    }
}

/// The first lines that are set larger than the text, if they are few.
pub(super) fn headline(pages: &[Page]) -> Option<String> {
    let size = body_size(pages);
    let lines = &pages.first()?.lines;
    let first = lines.iter().position(|line| line.size > HEADING * size)?;
    let heading = &lines[first];
    let same = lines[first..].iter().take_while(|line| is_close(line.size, heading.size));
    let words = same.map(Line::words).collect::<Vec<_>>().join(" ");
    (words.split_whitespace().count() <= LONGEST_HEADLINE).then_some(words)
}

/// The size in which most letters are set.
fn body_size(pages: &[Page]) -> f64 {
    let mut sizes: Vec<(f64, usize)> = pages
        .iter()
        .flat_map(|page| &page.lines)
        .map(|line| (line.size, line.segments.iter().map(|part| part.words.len()).sum()))
        .collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    // The median, as each letter counts.
    let half = sizes.iter().map(|(_, letters)| letters).sum::<usize>() / 2;
    let mut before = 0;
    let middle = sizes.iter().find(|(_, letters)| {
        before += letters;
        before > half
    });
    middle.map_or(0.0, |(size, _)| *size)
}

fn is_close(one: f64, other: f64) -> bool {
    (one - other).abs() <= SAME_SIZE * one.max(other)
}

#[derive(Clone, Copy)]
struct Placed<'p> {
    page: usize,
    line: &'p Line,
}

/// How far apart, in parts of their size, lines of a paragraph mostly stand.
fn leading(lines: &[Placed<'_>]) -> f64 {
    let mut steps: Vec<i64> = lines
        .windows(2)
        .filter(|pair| {
            pair[0].page == pair[1].page && is_close(pair[0].line.size, pair[1].line.size)
        })
        .map(|pair| (pair[1].line.base - pair[0].line.base) / pair[0].line.size)
        .filter(|step| (0.8..3.0).contains(step))
        // in hundredths, so that they can be counted
        .map(|step| (step * 20.0).round() as i64 * 5)
        .collect();
    steps.sort_unstable();
    let most = steps.chunk_by(|a, b| a == b).max_by_key(|same| (same.len(), -same[0]));
    most.map_or(1.2, |same| same[0] as f64 / 100.0)
}

struct Flow<'p> {
    lines: Vec<Placed<'p>>,
    leading: f64,
    /// The size of the text.
    size: f64,
}

impl Flow<'_> {
    fn write(&self, to: &mut Written) {
        for at in 0..self.lines.len() {
            let Placed { page, line } = self.lines[at];
            if !to.text.is_empty() {
                to.push(if at > 0 && self.runs_on(at - 1) { "\n" } else { "\n\n" });
            }
            to.pages.turn(to.length, page + 1);
            if self.is_row(at) {
                let cells: Vec<&str> = line.segments.iter().map(|part| part.words.trim()).collect();
                to.push(&cells.join(" | "));
            } else {
                to.push(&line.words());
            }
        }
    }

    /// Has a line cells as the one before or after it?
    fn is_row(&self, at: usize) -> bool {
        let cells = |at: usize| self.lines.get(at).map_or(0, |it| it.line.segments.len());
        let count = cells(at);
        count > 1 && (cells(at + 1) == count || at > 0 && cells(at - 1) == count)
    }

    /// Does a line end only because it is full?
    fn runs_on(&self, at: usize) -> bool {
        let (here, next) = (self.lines[at], self.lines[at + 1]);
        let (line, below) = (here.line, next.line);
        if self.is_row(at) || self.is_row(at + 1) || begins_item(&below.words()) {
            return false;
        }
        if !is_close(line.size, below.size) {
            return false;
        }
        let step = (below.base - line.base) / line.size;
        if here.page != next.page || step < 0.5 {
            // The next page, or the next column.
            return !ends_sentence(&line.words()) && self.is_full(at, line);
        }
        if step > LOOSE * self.leading {
            return false;
        }
        if line.size > HEADING * self.size {
            return true;
        }
        let inwards = (below.left() - line.left()) / line.size;
        let begins = at == 0 || !self.runs_on_quickly(at - 1);
        let hangs = begins && begins_item(&line.words());
        if inwards > INDENT && !hangs || inwards < -INDENT && !begins {
            return false;
        }
        self.is_full(at, below)
    }

    /// Does a line belong to the one before it, as far as that can be seen from where both stand?
    fn runs_on_quickly(&self, at: usize) -> bool {
        let (here, next) = (self.lines[at], self.lines[at + 1]);
        let step = (next.line.base - here.line.base) / here.line.size;
        here.page == next.page
            && is_close(here.line.size, next.line.size)
            && (0.5..=LOOSE * self.leading).contains(&step)
            && ((next.line.left() - here.line.left()) / here.line.size).abs() < INDENT
            && self.is_full(at, next.line)
    }

    /// Would the first word of the next line not have fitted any more?
    fn is_full(&self, at: usize, next: &Line) -> bool {
        let Placed { page, line } = self.lines[at];
        let around = at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(self.lines.len());
        let edge = self.lines[around]
            .iter()
            .filter(|it| {
                it.page == page
                    && is_close(it.line.size, line.size)
                    && (it.line.left() - line.left()).abs() < SAME_COLUMN * line.size
            })
            .map(|it| it.line.right())
            .fold(f64::MIN, f64::max);
        line.right() + 0.3 * line.size + next.first_word() >= edge - 0.5 * line.size
    }
}

fn ends_sentence(words: &str) -> bool {
    words.trim_end().ends_with(['.', '?', '!', ':', '”', '"'])
}

/// Does a line begin with a bullet or a number?
fn begins_item(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    if words.trim().len() == first.len() {
        return false;
    }
    let number = first.trim_start_matches('(').trim_end_matches(['.', ')']);
    let numbered = number.len() < first.len()
        && !number.is_empty()
        && (number.len() <= 2 && number.chars().all(|c| c.is_ascii_digit())
            || first.ends_with(')') && number.len() == 1);
    numbered || ["-", "•", "–", "·", "▪", "●", "○", "■", "◦", "‣", "o", "*"].contains(&first)
}
