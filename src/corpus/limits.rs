//! How much one document may hold. Far more than any text that people write, and little
//! enough that no document can stop a build: what is over a limit is told and left out.

use super::error::{ReadErrorKind, TooMuch};

/// The most bytes that one document may have: 64 MiB, of a file, or of a line of
/// JSON Lines.
pub const MAX_DOCUMENT_BYTES: usize = 64 << 20;

/// The most bytes that a line of a text may have: 1 MiB.
pub const MAX_LINE_BYTES: usize = 1 << 20;

/// The most words that a document may have.
pub const MAX_WORDS: usize = 1_000_000;

/// The most words and signs that a line may have without the end of a sentence.
pub const MAX_SENTENCE: usize = 5_000;

/// The most bytes that a compressed file may hold once it is unpacked: 256 MiB, of a part of it
/// or of all its parts together.
pub const MAX_INFLATED_BYTES: usize = 256 << 20;

/// The most pages that a PDF may have.
pub const MAX_PAGES: usize = 5_000;

/// The most letters, lines and frames that may be drawn on the pages of a PDF.
pub const MAX_DRAWN: usize = 20_000_000;

/// The most entries of a feed that are read.
pub const MAX_ENTRIES: usize = 10_000;

/// The most characters that an id or a title may have.
pub const MAX_NAME: usize = 1_000;

/// Why a text is too much to read, if it is.
pub(super) fn objection(text: &str) -> Option<ReadErrorKind> {
    let at_line = |at, what, limit| ReadErrorKind::TooMuch { what, limit, line: Some(at + 1) };
    let mut words = 0;
    for (at, line) in text.split('\n').enumerate() {
        if line.len() > MAX_LINE_BYTES {
            return Some(at_line(at, TooMuch::LineBytes, MAX_LINE_BYTES));
        }
        if longest_sentence(line) > MAX_SENTENCE {
            return Some(at_line(at, TooMuch::Sentence, MAX_SENTENCE));
        }
        words += line.split_whitespace().count();
    }
    (words > MAX_WORDS).then(|| ReadErrorKind::too_much(TooMuch::Words, MAX_WORDS))
}

/// Words and signs of the longest stretch of a line in which no sentence ends.
fn longest_sentence(line: &str) -> usize {
    let (mut longest, mut pieces) = (0, 0);
    let (mut in_word, mut ended) = (false, false);
    for c in line.chars() {
        if c.is_whitespace() {
            in_word = false;
            if ended {
                longest = longest.max(pieces);
                pieces = 0;
            }
            continue;
        }
        let letter = c.is_alphanumeric();
        pieces += usize::from(!(letter && in_word));
        in_word = letter;
        ended = matches!(c, '.' | '!' | '?' | '…') || (ended && !letter);
    }
    longest.max(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(text: &str) -> Option<TooMuch> {
        match objection(text)? {
            ReadErrorKind::TooMuch { what, .. } => Some(what),
            other => panic!("{other}"),
        }
    }

    #[test]
    fn sentences_are_counted_in_words_and_signs() {
        assert_eq!(longest_sentence("He agreed. They, he said, did not."), 8);
        assert_eq!(longest_sentence("a-b"), 3);
        assert_eq!(longest_sentence("“So.” And 1.5 more"), 5);
    }

    #[test]
    fn what_people_write_is_within_all_limits() {
        let paragraph = "The minister did not agree, he said. ".repeat(200);
        assert_eq!(what(&format!("{paragraph}\n\n").repeat(200)), None);
        assert_eq!(what(&format!("Putin {}.", "and Trump agreed ".repeat(1000))), None);
    }

    #[test]
    fn what_nobody_writes_is_over_one() {
        assert_eq!(what(&"a-".repeat(100_000)), Some(TooMuch::Sentence));
        assert_eq!(what(&"👩\u{200d}".repeat(100_000)), Some(TooMuch::Sentence));
        assert_eq!(what(&"a. ".repeat(400_000)), Some(TooMuch::LineBytes));
        assert_eq!(what(&"a b c d e f\n".repeat(200_000)), Some(TooMuch::Words));
    }
}
