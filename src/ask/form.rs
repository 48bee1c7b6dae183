//! The form of a question: its words as they stand, for what a claim with a hole does
//! not show.

use std::sync::LazyLock;

use regex::Regex;

use crate::annotate::{Upos, Word};
use crate::extract::{Lexicon, Question};

use super::period::Period;

/// A question as it was read.
pub struct Form {
    /// Its claims with a hole, actors and words.
    pub question: Question,
    /// Its words with their tree.
    pub words: Vec<Word>,
    /// The stretch of time that it names.
    pub period: Option<Period>,
}

/// "No 10", "No. 4": a number, and no negation.
static NUMBERED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\bNo\.? ?(\d+)\b").expect("the pattern is fixed"));

impl Form {
    /// The lemma of a word, in lower case.
    pub fn lemma(&self, at: usize) -> String {
        self.words[at].lemma.to_lowercase()
    }

    /// How the word of a lemma is written, in lower case.
    pub fn written(&self, lemma: &str) -> String {
        let word = self.words.iter().find(|w| w.lemma == lemma);
        word.map_or_else(String::new, |w| w.form.to_lowercase())
    }

    /// Is one of its words of a class?
    pub fn has(&self, lexicon: &Lexicon<'_>, class: &str) -> bool {
        (0..self.words.len()).any(|w| lexicon.is(&self.lemma(w), class))
    }

    /// Does its first word, or the first after a preposition, belong to a class?
    pub fn begins_with(&self, lexicon: &Lexicon<'_>, class: &str) -> bool {
        let first = self.words.iter().position(|w| !matches!(w.upos, Upos::Adp | Upos::Punct));
        first.is_some_and(|first| lexicon.is(&self.lemma(first), class))
    }

    /// Does it ask for what was done ("did", "has", "rejected"), and not for what is or
    /// will be?
    pub fn is_past(&self) -> bool {
        let finite = |word: &&Word| matches!(word.upos, Upos::Verb | Upos::Aux);
        let Some(verb) = self.words.iter().find(finite) else { return false };
        matches!(verb.xpos, "VBD" | "VBN") || verb.lemma == "have" && verb.upos == Upos::Aux
    }

    /// Does a modal say that something must, or may, be done?
    pub fn is_obliging(&self, lexicon: &Lexicon<'_>) -> bool {
        let phrase = |at: usize| {
            let next = self.words.get(at + 1).map_or("", |w| w.form.as_str());
            format!("{} {}", self.lemma(at), next.to_lowercase())
        };
        (0..self.words.len()).any(|w| {
            lexicon.is(&self.lemma(w), "asks-duty") || lexicon.is(&phrase(w), "asks-duty")
        })
    }

    /// The subject of a passive that leaves a thing asked for: "What was the union
    /// offered?" has the union as the one to whom.
    pub fn is_given(&self, lemma: &str) -> bool {
        self.words.iter().enumerate().any(|(at, word)| {
            let subject = word.deprel == "nsubj:pass" || word.deprel == "nsubj";
            let head = word.head.map(|h| &self.words[h]);
            subject
                && head.is_some_and(|head| {
                    head.xpos == "VBN" && head.lemma == lemma
                })
                && self.words[..at].iter().any(|w| w.upos == Upos::Aux && w.lemma == "be")
        })
    }

    /// Where the words of an actor begin, if they stand in it.
    pub fn position(&self, text: &str) -> Option<usize> {
        let first = text.split_whitespace().next()?;
        self.words.iter().position(|w| w.form.eq_ignore_ascii_case(first))
    }
}

/// A question in the words in which it can be read like a sentence of a text: numbers
/// without "No", lists as questions; `known` gives the label of a numbered name.
pub fn plain(
    question: &str,
    lexicon: &Lexicon<'_>,
    known: impl Fn(&str) -> Option<String>,
) -> String {
    let text = question.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = NUMBERED.replace_all(&text, |found: &regex::Captures<'_>| {
        known(&format!("No {}", &found[1])).unwrap_or_else(|| format!("number {}", &found[1]))
    });
    listing(&text, lexicon).unwrap_or_else(|| text.into_owned())
}

/// "List the parties that signed" as "Which parties signed?", "Name the demands of Iran"
/// as "What are the demands of Iran?".
fn listing(text: &str, lexicon: &Lexicon<'_>) -> Option<String> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let is = |word: &str, class: &str| {
        lexicon.is(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase(), class)
    };
    if words.len() < 2 || !is(words[0], "asks-list") {
        return None;
    }
    words.remove(0);
    while words.len() > 1 && is(words[0], "list-filler") {
        words.remove(0);
    }
    let relative = words.iter().position(|w| is(w, "list-relative"));
    let rest = |words: &[&str]| words.join(" ").trim_end_matches(['.', '?', '!']).to_owned();
    Some(match relative {
        Some(at) if at > 0 => format!("Which {} {}?", words[..at].join(" "), rest(&words[at + 1..])),
        _ => format!("What are the {}?", rest(&words)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Ontology;

    #[test]
    fn a_number_is_no_negation_and_a_list_a_question() {
        let ontology = Ontology::shipped().unwrap();
        let lexicon = Lexicon::new(&ontology);
        let known = |name: &str| (name == "No 10").then(|| "Downing Street".to_owned());
        for (question, expected) in [
            ("What did No 10 say?", "What did Downing Street say?"),
            ("Who closed berth No. 4?", "Who closed berth number 4?"),
            ("List the demands of Iran", "What are the demands of Iran?"),
            ("Name all parties that signed the deal.", "Which parties signed the deal?"),
            ("Did no party sign?", "Did no party sign?"),
        ] {
            assert_eq!(plain(question, &lexicon, known), expected);
        }
    }
}
