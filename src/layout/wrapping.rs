//! Which line breaks of a text are only there because a line was full.
//!
//! Mail, wire copy and many government pages are wrapped by hand at some seventy
//! characters; there a sentence runs over the end of a line. In other texts every line
//! is a paragraph, a heading or an item of a list.

use crate::corpus::Text;

/// A text is wrapped by hand at no fewer characters a line: shorter lines are verse,
/// addresses or columns.
const NARROWEST: usize = 50;
/// A column may be as narrow as this where a line goes on with a small letter.
const NARROWEST_COLUMN: usize = 30;
/// … and at no more: longer lines are paragraphs.
const WIDEST: usize = 110;
/// Lines, at least, from which the width of a paragraph can be told.
const FEWEST_LINES: usize = 2;
/// How far a line may stay below the width beside the word that did not fit.
const RAGGED: usize = 8;

/// The line breaks of a text that only wrap a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wrapping {
    soft: Vec<usize>,
}

impl Wrapping {
    /// Finds them. O(n).
    ///
    /// A break only wraps when the first word of the next line would not have fitted any
    /// more: the width is that of the longest line of the paragraph.
    pub fn of(text: &Text) -> Self {
        let lines = lines(text.as_str());
        let mut soft = Vec::new();
        for paragraph in lines.split(|line| line.words.is_empty()) {
            let width = paragraph.iter().map(|line| line.length).max().unwrap_or(0);
            if paragraph.len() < FEWEST_LINES {
                continue;
            }
            for pair in paragraph.windows(2) {
                let (line, next) = (&pair[0], &pair[1]);
                let wanted = line.length + 1 + next.first_word();
                let full = wanted + RAGGED > width && (NARROWEST..=WIDEST).contains(&width);
                // a narrow column: only where the sentence clearly goes on
                let column = wanted + RAGGED > width
                    && (NARROWEST_COLUMN..NARROWEST).contains(&width)
                    && next.words.starts_with(char::is_lowercase)
                    && !line.words.ends_with([':', ';']);
                if (full || column) && !next.begins_item() || line.cuts_word(next) {
                    soft.push(line.end);
                }
            }
        }
        Self { soft }
    }

    /// Offsets of the line breaks, sorted.
    pub fn breaks(&self) -> &[usize] {
        &self.soft
    }
}

struct Line<'t> {
    words: &'t str,
    /// Characters without the white space around.
    length: usize,
    /// Offset of the line break behind it.
    end: usize,
}

impl Line<'_> {
    fn first_word(&self) -> usize {
        self.words.split_whitespace().next().map_or(0, |word| word.chars().count())
    }

    /// Does it end in the middle of a word ("prom-", "ised")?
    fn cuts_word(&self, next: &Self) -> bool {
        let mut last = self.words.chars().rev();
        last.next().is_some_and(|c| ['-', '\u{2010}', '\u{ad}'].contains(&c))
            && last.next().is_some_and(char::is_alphabetic)
            && next.words.starts_with(char::is_lowercase)
    }

    /// Does it look like an item of a list, a heading, a table or a quotation in Markdown?
    fn begins_item(&self) -> bool {
        let first = self.words.split_whitespace().next().unwrap_or_default();
        let number = first.trim_start_matches('(').trim_end_matches(['.', ')']);
        let numbered = number.len() < first.len()
            && !number.is_empty()
            && (number.chars().all(|c| c.is_ascii_digit()) || number.chars().count() == 1);
        let marked = ["-", "*", "•", "–", "·", "+"].contains(&first);
        marked || numbered || self.words.starts_with(['#', '|', '>'])
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    text.split('\n')
        .map(|line| {
            let words = line.trim();
            let end = start + line.chars().count();
            start = end + 1;
            Line { words, length: words.chars().count(), end }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn paragraphs(content: &str) -> Vec<String> {
        let text = Text::new(content);
        let wrapping = Wrapping::of(&text);
        let mut found = vec![String::new()];
        for (at, c) in content.chars().enumerate() {
            match c {
                '\n' if wrapping.breaks().contains(&at) => found.last_mut().unwrap().push(' '),
                '\n' => found.push(String::new()),
                _ => found.last_mut().unwrap().push(c),
            }
        }
        found.retain(|paragraph| !paragraph.is_empty());
        found
    }

    #[test]
    fn a_sentence_runs_over_the_end_of_a_full_line() {
        let wire = "HARBOUR CITY - The delegation of the islands said on Tuesday that\n\
                    it would not sign the fisheries accord before the new quotas\n\
                    were published.\n\nA second round is planned.";
        assert_eq!(paragraphs(wire).len(), 2);
    }

    #[test]
    fn lines_that_are_paragraphs_stay_apart() {
        let long = "x".repeat(60) + &" and more words".repeat(5);
        assert_eq!(paragraphs(&format!("A headline\n{long}\n{long}")).len(), 3);
        assert_eq!(paragraphs("Roses are red\nViolets are blue\nSugar is sweet").len(), 3);
    }

    #[test]
    fn lists_headings_and_short_lines_stay_apart() {
        let list = "The two delegations have agreed on the following three points:\n\
                    - an exchange of all the prisoners that both sides still hold now\n\
                    - a joint commission\n\
                    1. another kind of item, which is written with a number and a stop";
        assert_eq!(paragraphs(list).len(), 4);
        let heading = "Fisheries\nThe delegation of the islands said on Tuesday that it would\n\
                       not sign.";
        assert_eq!(paragraphs(heading).len(), 2);
    }

    proptest! {
        #[test]
        fn every_soft_break_is_a_line_break(content in "([a-z]{1,12}[ \n]){0,60}") {
            let text = Text::new(content.clone());
            let characters: Vec<char> = content.chars().collect();
            for &at in Wrapping::of(&text).breaks() {
                prop_assert_eq!(characters[at], '\n');
            }
        }
    }
}
