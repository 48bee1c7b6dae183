//! Words to WordPiece ids, and the letter case that an uncased vocabulary loses.

use std::borrow::Cow;
use std::collections::HashMap;

use rten_text::models::{Model as _, WordPiece, WordPieceOptions};
use rten_text::normalizers::{Bert as Normaliser, BertOptions, Normalizer as _};
use rten_text::pre_tokenizers::{Bert as Splitter, PreTokenizer as _};

use super::tokens::plain;

/// Id of `[UNK]`, the piece of what the vocabulary cannot spell.
const UNKNOWN: u32 = 100;
/// Pieces of a word that the encoder sees; the rest of the word is left out.
const MOST_PIECES: usize = 16;
/// Characters of a word that are looked at, far more than [`MOST_PIECES`] need.
const LONGEST_WORD: usize = 256;

/// Spells words in pieces of the encoder's vocabulary (uncased BERT WordPiece).
pub(super) struct Pieces {
    normaliser: Normaliser,
    splitter: Splitter,
    vocabulary: WordPiece,
}

impl Pieces {
    /// The embedded vocabulary, 30,522 pieces; a piece's id is its line.
    pub(super) fn embedded() -> Self {
        let vocabulary: HashMap<String, u32> = (0..)
            .zip(include_str!("../../models/vocab.txt").lines())
            .map(|(id, p)| (p.to_owned(), id))
            .collect();
        Self {
            normaliser: Normaliser::new(BertOptions { lowercase: true, strip_accents: true }),
            splitter: Splitter::new(),
            vocabulary: WordPiece::from_vocab(vocabulary, WordPieceOptions::default()),
        }
    }

    /// Ids of the pieces of a word: at least one, at most 16.
    pub(super) fn encode(&self, word: &str) -> Vec<u32> {
        let mut ids = Vec::with_capacity(2);
        let clean = clean(word);
        // Neither step can fail: they have no patterns that could be wrong.
        let normal =
            self.normaliser.normalize(&clean).map_or_else(|_| clean.to_string(), |(s, _)| s);
        for chunk in self.splitter.pre_tokenize(&normal).unwrap_or_default() {
            let before = ids.len();
            let spelt = self.vocabulary.encode_with_offsets(chunk, &mut |_, id| ids.push(id));
            // BERT gives one [UNK] for a chunk that it cannot spell to its end,
            // rten-text the pieces up to there as well.
            if spelt.is_err() || ids[before..].contains(&UNKNOWN) {
                ids.truncate(before);
                ids.push(UNKNOWN);
            }
            if ids.len() >= MOST_PIECES {
                break;
            }
        }
        ids.truncate(MOST_PIECES);
        if ids.is_empty() {
            ids.push(UNKNOWN);
        }
        ids
    }
}

/// What BERT does before it lowers: plain quotes and dashes, no control
/// characters, Chinese characters as words of their own; and quotation marks of
/// two characters as one.
fn clean(word: &str) -> Cow<'_, str> {
    if matches!(word, "''" | "``") {
        return Cow::Borrowed("\""); // the one mark that the network was shown
    }
    if word.is_ascii() && word.len() <= LONGEST_WORD {
        return Cow::Borrowed(word);
    }
    let mut clean = String::with_capacity(word.len());
    for c in word.chars().take(LONGEST_WORD).map(plain) {
        if is_cjk(c) {
            clean.extend([' ', c, ' ']);
        } else if c != '\u{fffd}' && !c.is_control() {
            clean.push(c);
        }
    }
    Cow::Owned(clean)
}

/// The blocks of Chinese characters that BERT's normaliser parts.
fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{2a6df}'
        | '\u{2a700}'..='\u{2b81f}' | '\u{2b820}'..='\u{2ceaf}'
        | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}

/// Letter-case class of a word, the encoder's token type: 0 lower case or no
/// letters, 1 capitalised, 2 all capitals, 3 mixed, 4 with a digit.
pub(super) fn letter_case(word: &str) -> i32 {
    if word.chars().any(char::is_numeric) {
        return 4;
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return 0 };
    let rest_lower = letters.clone().all(char::is_lowercase);
    if first.is_lowercase() && rest_lower {
        0
    } else if first.is_uppercase()
        && letters.all(char::is_uppercase)
        && word.chars().nth(1).is_some()
    {
        2
    } else if first.is_uppercase() && rest_lower {
        1
    } else {
        3
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spell(word: &str) -> Vec<String> {
        let pieces = Pieces::embedded();
        pieces
            .encode(word)
            .into_iter()
            .filter_map(|id| pieces.vocabulary.get_token_str(id))
            .collect()
    }

    #[test]
    fn spells_lower_case_without_accents() {
        assert_eq!(spell("Zelenskyy"), ["ze", "##len", "##sky", "##y"]);
        assert_eq!(spell("Élysée"), ["ely", "##see"]);
        assert_eq!(spell("n’t"), ["n", "'", "t"]);
    }

    #[test]
    fn what_cannot_be_spelt_is_one_unknown() {
        assert_eq!(spell("\u{e000}"), ["[UNK]"]);
        assert_eq!(spell("\u{fffd}"), ["[UNK]"]);
        assert_eq!(spell("abc\u{1f995}"), ["[UNK]"]);
        assert_eq!(spell(&"x".repeat(1000)), ["[UNK]"]);
    }

    #[test]
    fn chinese_characters_are_pieces() {
        assert_eq!(spell("中国"), ["中", "国"]);
    }

    #[test]
    fn letter_case_classes() {
        let cases = [
            ("the", 0),
            ("-", 0),
            ("Kyiv", 1),
            ("I", 1),
            ("UN", 2),
            ("U.S.", 2),
            ("iPhone", 3),
            ("McCain", 3),
            ("30", 4),
            ("F-16", 4),
            ("Élysée", 1),
            ("中", 3),
        ];
        for (word, class) in cases {
            assert_eq!(letter_case(word), class, "{word}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4))]
        #[test]
        fn every_word_has_one_to_sixteen_pieces(words in prop::collection::vec("\\PC{0,40}", 64)) {
            let pieces = Pieces::embedded();
            for word in words {
                let n = pieces.encode(&word).len();
                prop_assert!((1..=MOST_PIECES).contains(&n));
            }
        }
    }
}
