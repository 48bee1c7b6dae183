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
/// Lines without the end of a sentence, after which a text is none that was wrapped by hand:
/// they stay apart, as no sentence is so long.
const LONGEST_SENTENCE: usize = 400;
/// How a line ends in which a sentence ends.
const ENDS: [char; 7] = ['.', '?', '!', '”', '"', ')', '…'];
/// The label of a turn has no more words.
const LONGEST_LABEL: usize = 8;
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
    pub(super) fn of(text: &Text) -> Self {
        let lines = lines(text.as_str());
        let mut soft = Vec::new();
        for paragraph in lines.split(|line| line.words.is_empty()) {
            let width = paragraph.iter().map(|line| line.length).max().unwrap_or(0);
            if paragraph.len() < FEWEST_LINES {
                continue;
            }
            // In verse and addresses each line begins with a capital.
            let prose =
                paragraph[1..].iter().any(|line| line.words.starts_with(char::is_lowercase));
            let mut unended = 0;
            for pair in paragraph.windows(2) {
                let (line, next) = (&pair[0], &pair[1]);
                unended = if line.ends_sentence() { 0 } else { unended + 1 };
                if unended > LONGEST_SENTENCE {
                    continue;
                }
                let wanted = line.length + 1 + next.first_word();
                let full = wanted + RAGGED > width && (NARROWEST..=WIDEST).contains(&width);
                // a narrow column: only where the sentence clearly goes on
                let goes_on = next.words.starts_with(char::is_lowercase)
                    || prose && wanted > width && !line.words.ends_with(ENDS);
                let column = wanted + RAGGED > width
                    && (NARROWEST_COLUMN..NARROWEST).contains(&width)
                    && goes_on
                    && !line.words.ends_with([':', ';']);
                let apart = next.begins_item() || line.words.ends_with(ENDS) && next.begins_turn();
                if (full || column) && !apart || line.cuts_word(next) {
                    soft.push(line.end);
                }
            }
        }
        Self { soft }
    }

    /// All breaks within paragraphs, of a text in which only those are there, but for rows of
    /// tables and items of lists. O(n).
    pub(super) fn of_paragraphs(text: &Text) -> Self {
        let lines = lines(text.as_str());
        let mut unended = 0;
        let soft = lines
            .windows(2)
            .filter(|pair| {
                unended = if pair[0].ends_sentence() { 0 } else { unended + 1 };
                unended <= LONGEST_SENTENCE
            })
            .filter(|pair| !pair[0].words.is_empty() && !pair[1].words.is_empty())
            .filter(|pair| {
                !pair[1].begins_item() && !pair.iter().any(|it| it.words.contains(" | "))
            })
            .map(|pair| pair[0].end);
        Self { soft: soft.collect() }
    }

    /// Offsets of the line breaks, sorted.
    pub(super) fn breaks(&self) -> &[usize] {
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

    /// Does a sentence end in it?
    fn ends_sentence(&self) -> bool {
        self.words.contains(['.', '!', '?', '…'])
    }

    /// Does it end in the middle of a word ("prom-", "ised")?
    fn cuts_word(&self, next: &Self) -> bool {
        let mut last = self.words.chars().rev();
        last.next().is_some_and(|c| ['-', '\u{2010}', '\u{ad}'].contains(&c))
            && last.next().is_some_and(char::is_alphabetic)
            && next.words.starts_with(char::is_lowercase)
    }

    /// Does it begin with the label of who speaks ("MR. HALE:", "Mia Lund (Ministry):")?
    fn begins_turn(&self) -> bool {
        let Some((label, _)) = self.words.split_once(':') else { return false };
        let name = label.split('(').next().unwrap_or(label);
        let capital = |word: &str| word.starts_with(char::is_uppercase) || word.len() < 4;
        label.split_whitespace().count() <= LONGEST_LABEL
            && name.starts_with(char::is_uppercase)
            && name.split_whitespace().all(capital)
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
    fn turns_with_labels_stay_apart() {
        let turns = "MR. HALE: Good afternoon. Let me start with the talks in Lindhaven.\n\
                     QUESTION: Did Norland reject the map that Sudria has brought?\n\
                     Mia Lund (Ministry of Fisheries): It did, and it will do so again.";
        assert_eq!(paragraphs(turns).len(), 3);
        let prose = "The minister, who had come from the island, said what he always says to\n\
                     Norland: that the boats are to be returned, and that no fine is to be paid.";
        assert_eq!(paragraphs(prose).len(), 1);
    }

    #[test]
    fn narrow_columns_of_prose_run_on() {
        let column = "The delegation of the islands said on\nTuesday that it would not sign before\n\
                      the new quotas were published, and that\nNorland knew this.";
        assert_eq!(paragraphs(column).len(), 1);
    }

    #[test]
    fn no_sentence_goes_on_for_ever() {
        let line = "and the envoy of Norland said to the others that he would not go home\n";
        assert!(paragraphs(&line.repeat(1_000)).len() > 500);
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
