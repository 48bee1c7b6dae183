//! Where sentences end: at line breaks, at closing punctuation before a capital,
//! and at a few abbreviations; where nothing ends them, after so many words as nobody writes.

use std::ops::Range;
use std::sync::OnceLock;

use super::orthography::Orthography;
use super::tokens;
use crate::corpus::{Span, Text};

/// The most words of a sentence: who is meant and who speaks is sought in all of it, at every word.
const MOST_WORDS: usize = 500;

/// Splits words into sentences: word ranges in order, without gap, none empty.
///
/// `plain` are the text's characters in plain type (see [`super::tokens`]).
pub(super) fn sentences(
    plain: &[char],
    words: &[Span],
    orthography: &Orthography,
) -> Vec<Range<usize>> {
    let splitter = Splitter { plain, words, orthography };
    let mut sentences = Vec::new();
    let mut first = 0;
    let mut word = 0;
    while word < words.len() {
        match splitter.end_after(word) {
            Some(end) => {
                sentences.push(first..end);
                first = end;
                word = end;
            }
            None if word + 1 - first == MOST_WORDS => {
                word += 1;
                sentences.push(first..word);
                first = word;
            }
            None => word += 1,
        }
    }
    if first < words.len() {
        sentences.push(first..words.len());
    }
    sentences
}

/// The sentences of a text with their places, as the annotator parts them before it reads any.
///
/// In text order; none is empty, none crosses a line break, and what stands between them is white
/// space. O(n).
#[must_use]
pub fn sentence_spans(text: &Text) -> Vec<Span> {
    static ORTHOGRAPHY: OnceLock<Orthography> = OnceLock::new();
    let orthography = ORTHOGRAPHY.get_or_init(Orthography::embedded);
    let plain = tokens::plain_characters(text);
    let words = tokens::words(text, &plain, orthography);
    let whole = |sentence: Range<usize>| words[sentence.start].cover(words[sentence.end - 1]);
    sentences(&plain, &words, orthography).into_iter().map(whole).collect()
}

/// The sentence in which `words` stand, or all of those that they reach into, as bytes of the text.
///
/// Only the lines around the words are looked at: no sentence crosses a line break.
#[must_use]
pub fn sentence_around(text: &str, words: Range<usize>) -> Range<usize> {
    let start = text[..words.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[words.end..].find('\n').map_or(text.len(), |at| words.end + at);
    let lines = Text::new(&text[start..end]);
    let bytes = |span: Span| start + lines.byte(span.start)..start + lines.byte(span.end);
    sentence_spans(&lines)
        .into_iter()
        .map(bytes)
        .filter(|sentence| sentence.start < words.end && words.start < sentence.end)
        .fold(words.clone(), |all, one| all.start.min(one.start)..all.end.max(one.end))
}

struct Splitter<'a> {
    plain: &'a [char],
    words: &'a [Span],
    orthography: &'a Orthography,
}

impl Splitter<'_> {
    /// If a sentence ends with `word`, one past the last word that belongs to it
    /// (closing quotes and brackets do).
    fn end_after(&self, word: usize) -> Option<usize> {
        if self.line_breaks_after(word) {
            return Some(word + 1);
        }
        let form = self.form(word);
        let stop = is_stop(form);
        let abbreviation = form.len() > 1 && form.ends_with(&['.']) && form[0].is_alphanumeric();
        if !stop && !abbreviation {
            return None;
        }
        let mut end = word + 1;
        while end < self.words.len() && is_closing(self.form(end)) && self.touches(end) {
            end += 1;
        }
        if self.line_breaks_after(end - 1) {
            return Some(end);
        }
        if self.touches(end) {
            return None;
        }
        let mut next = end;
        while next + 1 < self.words.len() && is_opening(self.form(next)) {
            next += 1;
        }
        let begins = self.form(next);
        let capital = begins[0].is_uppercase() || begins[0].is_numeric();
        let ends = if stop {
            // "?" and "!" stand inside sentences too ("Yahoo! said"), so that a
            // letter without case is needed where there is no capital.
            let caseless = begins[0].is_alphanumeric() && !begins[0].is_lowercase();
            capital || (form.len() == 1 && end == word + 1 && caseless)
        } else {
            capital
                && form.len() > 2
                && !self.orthography.titles.contains(&*lower(form))
                && self.orthography.starters.contains(&*lower(begins))
        };
        ends.then_some(end)
    }

    fn form(&self, word: usize) -> &[char] {
        let span = self.words[word];
        &self.plain[span.start..span.end]
    }

    /// Does no space stand before `word`?
    fn touches(&self, word: usize) -> bool {
        self.words[word - 1].end == self.words[word].start
    }

    /// Is `word` the last one of its line (or of the text)?
    fn line_breaks_after(&self, word: usize) -> bool {
        let Some(next) = self.words.get(word + 1) else { return true };
        self.plain[self.words[word].end..next.start].contains(&'\n')
    }
}

fn lower(form: &[char]) -> String {
    form.iter().flat_map(|c| c.to_lowercase()).collect()
}

/// Only full stops, or only question and exclamation marks.
fn is_stop(form: &[char]) -> bool {
    form.iter().all(|c| *c == '.') || form.iter().all(|c| "!?".contains(*c))
}

fn is_closing(form: &[char]) -> bool {
    matches!(form, ['"' | '\'' | ')' | ']' | '}'] | ['\'', '\''])
}

fn is_opening(form: &[char]) -> bool {
    matches!(form, ['"' | '\'' | '(' | '[' | '{' | '-' | '*'] | ['`', '`'] | ['\'', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(content: &str) -> Vec<String> {
        let text = Text::new(content);
        let plain = tokens::plain_characters(&text);
        let orthography = Orthography::embedded();
        let words = tokens::words(&text, &plain, &orthography);
        sentences(&plain, &words, &orthography)
            .into_iter()
            .map(|s| text.slice(words[s.start].cover(words[s.end - 1])).to_owned())
            .collect()
    }

    #[test]
    fn closing_quotes_belong_to_the_sentence_before() {
        assert_eq!(
            split("“We agree.” He left. “No!” she said. (Fine.) Then?"),
            ["“We agree.”", "He left.", "“No!” she said.", "(Fine.)", "Then?"]
        );
    }

    #[test]
    fn a_sentence_is_found_around_words() {
        let text = "Élysée.\nHe said no. Mr. Smith met Mr. Jones in Oman. He left.\nThen?";
        let around = |words: &str| {
            let at = text.find(words).unwrap();
            &text[sentence_around(text, at..at + words.len())]
        };
        assert_eq!(around("Jones"), "Mr. Smith met Mr. Jones in Oman.");
        assert_eq!(around("no. Mr"), "He said no. Mr. Smith met Mr. Jones in Oman.");
        assert_eq!(around("Then"), "Then?");
        assert_eq!(sentence_around(text, text.len()..text.len()), text.len()..text.len());
    }

    #[test]
    fn two_apostrophes_open_as_well_as_close() {
        assert_eq!(
            split("''We agree,'' he said. ''We will sign.'' They left."),
            ["''We agree,'' he said.", "''We will sign.''", "They left."]
        );
    }

    #[test]
    fn titles_and_abbreviations_rarely_end_a_sentence() {
        assert_eq!(
            split("Mr. Trump of the U.S. Senate left."),
            ["Mr. Trump of the U.S. Senate left."]
        );
        assert_eq!(
            split("He lives in the U.S. The rest left."),
            ["He lives in the U.S.", "The rest left."]
        );
    }

    #[test]
    fn every_line_break_ends_a_sentence() {
        assert_eq!(split("A headline\nThe text\n\nmore"), ["A headline", "The text", "more"]);
    }

    #[test]
    fn what_never_ends_is_cut() {
        let lengths: Vec<usize> =
            split(&"word ".repeat(1_250)).iter().map(|s| s.split(' ').count()).collect();
        assert_eq!(lengths, [500, 500, 250]);
    }

    #[test]
    fn a_small_letter_goes_on() {
        assert_eq!(split("What? he asked."), ["What? he asked."]);
        assert_eq!(
            split("It rose 3.5 percent ... and fell."),
            ["It rose 3.5 percent ... and fell."]
        );
    }

    proptest! {
        #[test]
        fn sentences_follow_without_gap(content in "(\\PC|[A-Za-z.!?\"'() \n]){0,80}") {
            let text = Text::new(content);
            let plain = tokens::plain_characters(&text);
            let orthography = Orthography::embedded();
            let words = tokens::words(&text, &plain, &orthography);
            let mut next = 0;
            for sentence in sentences(&plain, &words, &orthography) {
                prop_assert_eq!(sentence.start, next);
                prop_assert!(sentence.end > sentence.start);
                next = sentence.end;
            }
            prop_assert_eq!(next, words.len());
        }
    }
}
