//! The proposal that a text speaks of before an "it" or "the motion", where no claim is made of it:
//! "First, the Landsman offer. We turned it down."

use std::ops::Range;

use super::knowledge::Knowledge;
use super::words::words;
use crate::annotate::sentence_around;
use crate::corpus::byte_of;
use crate::ontology::WordClass;

/// Words before the noun of a proposal, its determiner among them.
const BEFORE: usize = 5;
/// Words behind the noun of a proposal that say what it is.
const BEHIND: usize = 6;
/// Bytes before "the motion" in which it is looked for: some ten sentences.
const REACH: usize = 1500;

/// A proposal that a text speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spoken {
    /// Where its words start, in characters.
    pub start: usize,
    /// One past where they end.
    pub end: usize,
    /// The words, from the determiner to the noun.
    pub words: String,
}

/// The last proposal in the sentence before a place, given in characters, else in the sentence before
/// that one. O(n) in the text.
pub(super) fn spoken_of(text: &str, at: usize, knowledge: &Knowledge<'_>) -> Option<Spoken> {
    let at = byte_of(text, at);
    let here = sentence_around(text, at..at + text[at..].chars().next()?.len_utf8());
    let head = text[..here.start].trim_end();
    let last = |before: &str| Some(before.char_indices().next_back()?.0);
    let before = last(head).map(|last| sentence_around(text, last..head.len()));
    let found = proposal_in(&text[here.start..at], knowledge).map(|it| (here.start, it));
    let (from, words) = found.or_else(|| {
        let before = before?;
        Some((before.start, proposal_in(&text[before.clone()], knowledge)?))
    })?;
    Some(Spoken::of(text, from + words.start..from + words.end))
}

/// What "the motion" is as the text has introduced it last: "a motion of no confidence". The place is
/// given in characters. O(n) in the text.
pub(super) fn introduced(
    text: &str,
    at: usize,
    noun: &str,
    knowledge: &Knowledge<'_>,
) -> Option<Spoken> {
    let at = byte_of(text, at);
    let mut from = at.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let tokens = tokens(&text[from..at]);
    let is = |token: &str, class| knowledge.is_word(token, class);
    (0..tokens.len()).rev().find_map(|head| {
        let named = |token: &str| matches!(&words(token)[..], [one] if one.stem == noun);
        if is_open(tokens[head].1) || !named(tokens[head].1) {
            return None;
        }
        // from the preposition to the next, or to a comma
        let mark = tokens.get(head + 1).filter(|it| is(it.1, WordClass::MatterBreak))?;
        let ends = |token: &str| {
            [WordClass::MatterBreak, WordClass::MatterAside, WordClass::MatterFinite]
                .iter()
                .any(|&class| is(token, class))
        };
        let mut last = *mark;
        for &token in tokens[head + 2..].iter().take(BEHIND) {
            if is_open(last.1) || ends(token.1) {
                break;
            }
            last = token;
        }
        let end = last.0 + last.1.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        let told = last.0 > mark.0 && !is(last.1, WordClass::MatterFiller);
        told.then(|| Spoken::of(text, from + tokens[head].0..from + end))
    })
}

impl Spoken {
    fn of(text: &str, bytes: Range<usize>) -> Self {
        let start = text[..bytes.start].chars().count();
        let words = text[bytes].to_owned();
        Self { start, end: start + words.chars().count(), words }
    }
}

/// The words between spaces, with their places in bytes.
fn tokens(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    for token in text.split_inclusive(char::is_whitespace) {
        if !token.trim_end().is_empty() {
            found.push((at, token.trim_end()));
        }
        at += token.len();
    }
    found
}

/// Does a mark stand behind the word?
fn is_open(token: &str) -> bool {
    token.ends_with(|c: char| !c.is_alphanumeric())
}

/// Where the last proposal stands in the words, in bytes: "the Landsman offer".
fn proposal_in(text: &str, knowledge: &Knowledge<'_>) -> Option<Range<usize>> {
    let tokens = tokens(text);
    let is = |token: &str, class| knowledge.is_word(token, class);
    (1..tokens.len()).rev().find_map(|head| {
        let (at, noun) = tokens[head];
        if !is(noun, WordClass::ProposalNoun) {
            return None;
        }
        let end = at + noun.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        for &(start, token) in tokens[..head].iter().rev().take(BEFORE) {
            if is_open(token) {
                return None;
            }
            if is(token, WordClass::MatterDefinite) {
                return Some(start..end);
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::tests::shipped;

    /// The proposal that "it" stands for in the text.
    fn it(text: &str) -> Option<String> {
        let knowledge = Knowledge::new(shipped());
        let at = text.rfind(" it ").unwrap() + 1;
        spoken_of(text, text[..at].chars().count(), &knowledge).map(|it| it.words)
    }

    #[test]
    fn it_is_the_proposal_last_spoken_of() {
        for (text, words) in [
            ("First, the Landsman offer. We met and turned it down.", "the Landsman offer"),
            ("The plan – read twice – was bad, so we turned it down.", "The plan"),
        ] {
            assert_eq!(it(text).as_deref(), Some(words), "{text}");
        }
        for text in [
            "Landsman came. We met and turned it down.",
            "The Landsman offer came. They went. We met and turned it down.",
            "We have an offer. We met and turned it down.",
        ] {
            assert_eq!(it(text), None, "{text}");
        }
    }

    #[test]
    fn a_motion_is_what_the_text_has_called_one() {
        let knowledge = Knowledge::new(shipped());
        let motion = |text: &str| {
            introduced(text, text.chars().count(), "motion", &knowledge).map(|it| it.words)
        };
        let text = "It survived a motion of no confidence in parliament. Dunn tabled ";
        assert_eq!(motion(text).as_deref(), Some("motion of no confidence"));
        for text in ["It survived a motion. Dunn tabled ", "A motion, of course. Dunn tabled "] {
            assert_eq!(motion(text), None, "{text}");
        }
    }
}
