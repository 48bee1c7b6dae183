//! The form of a question: its words as they stand, for what a claim with a hole does
//! not show.

use std::sync::LazyLock;

use regex::Regex;

use crate::annotate::{Deprel, Upos, Word};
use crate::extract::{Lexicon, Question};

use super::period::Period;
use super::words::words;
use crate::ontology::WordClass;

/// A question as it was read.
pub(super) struct Form {
    /// Its claims with a hole, actors and words.
    pub question: Question,
    /// Its words with their tree.
    pub words: Vec<Word>,
    /// The stretch of time that it names.
    pub period: Option<Period>,
    /// Have slips of the pen been put right in it?
    pub is_corrected: bool,
}

/// "No 10", "No. 4": a number, and no negation.
static NUMBERED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\bNo\.? ?(\d+)\b").expect("the pattern is fixed"));

impl Form {
    /// The word that says what is asked about: the main verb, else the root.
    pub(super) fn main_word(&self) -> Option<&Word> {
        let root = self.words.iter().find(|w| w.head.is_none());
        let verb = || self.words.iter().find(|w| w.upos == Upos::Verb);
        root.filter(|w| w.upos == Upos::Verb).or_else(verb).or(root)
    }

    /// All its words, folded.
    pub(super) fn folded(&self) -> Vec<String> {
        self.words.iter().flat_map(|word| words(&word.form)).collect()
    }

    /// The lemma of a word, in lower case.
    pub(super) fn lemma(&self, at: usize) -> String {
        self.words[at].lemma.to_lowercase()
    }

    /// How the word of a lemma is written, in lower case.
    pub(super) fn written(&self, lemma: &str) -> String {
        let word = self.words.iter().find(|w| w.lemma == lemma);
        word.map_or_else(String::new, |w| w.form.to_lowercase())
    }

    /// Does it ask for what was done ("did", "has", "rejected"), and not for what is or
    /// will be?
    pub(super) fn is_past(&self, lexicon: &Lexicon<'_>) -> bool {
        let finite = |word: &&Word| matches!(word.upos, Upos::Verb | Upos::Aux);
        let Some(verb) = self.words.iter().find(finite) else { return false };
        matches!(verb.xpos, "VBD" | "VBN")
            || verb.upos == Upos::Aux && lexicon.is(&verb.lemma, WordClass::PerfectAuxiliary)
    }

    /// Does a modal say that something must, or may, be done?
    pub(super) fn is_obliging(&self, lexicon: &Lexicon<'_>) -> bool {
        let phrase = |at: usize| {
            let next = self.words.get(at + 1).map_or("", |w| w.form.as_str());
            format!("{} {}", self.lemma(at), next.to_lowercase())
        };
        (0..self.words.len()).any(|w| {
            lexicon.is(&self.lemma(w), WordClass::AsksDuty)
                || lexicon.is(&phrase(w), WordClass::AsksDuty)
        })
    }

    /// Is the verb of this lemma in the passive ("What was the union offered?"), so that
    /// its subject is the one to whom?
    pub(super) fn is_passive(&self, lemma: &str) -> bool {
        let verb = self.words.iter().position(|w| w.lemma == lemma && w.xpos == "VBN");
        verb.is_some_and(|verb| {
            self.words.iter().any(|w| w.head == Some(verb) && w.deprel == Deprel::AuxPass)
        })
    }

    /// The words of the subject of the first verb whose lemma is meant, unless it is asked for.
    pub(super) fn subject(
        &self,
        is_meant: impl Fn(&str) -> bool,
        lexicon: &Lexicon<'_>,
    ) -> Option<Vec<usize>> {
        let is_verb = |w: &Word| w.upos == Upos::Verb && is_meant(&w.lemma);
        let verb = self.words.iter().position(is_verb)?;
        let asks = |w: usize| {
            let lemma = self.lemma(w);
            [WordClass::AsksActor, WordClass::AsksThing, WordClass::AsksMeasure]
                .iter()
                .any(|&c| lexicon.is(&lemma, c))
        };
        let nouns = [Upos::Noun, Upos::Propn];
        let subject = (0..self.words.len()).find(|&w| {
            self.words[w].head == Some(verb)
                && self.words[w].deprel.is(Deprel::Nsubj)
                && nouns.contains(&self.words[w].upos)
        })?;
        let words = self.under(subject);
        (!words.iter().any(|&w| asks(w))).then_some(words)
    }

    /// The words of whose something is: "the commission's position".
    pub(super) fn owner(&self, is_meant: impl Fn(&str) -> bool) -> Option<Vec<usize>> {
        let noun = (0..self.words.len()).find(|&w| is_meant(&self.lemma(w)))?;
        let owner = (0..self.words.len()).find(|&w| {
            self.words[w].head == Some(noun)
                && self.words[w].deprel == Deprel::NmodPoss
                && matches!(self.words[w].upos, Upos::Noun | Upos::Propn)
        })?;
        let mark = |w: &usize| self.words[*w].deprel == Deprel::Case;
        Some(self.under(owner).into_iter().filter(|w| !mark(w)).collect())
    }

    /// The words that hang on one, itself among them.
    fn under(&self, top: usize) -> Vec<usize> {
        let under = |w: usize| {
            let mut at = Some(w);
            let ups = std::iter::from_fn(|| {
                let here = at?;
                at = self.words[here].head;
                Some(here)
            });
            ups.take(self.words.len()).any(|up| up == top)
        };
        (0..self.words.len()).filter(|&w| under(w)).collect()
    }

    /// Words as they are written, one beside the other.
    pub(super) fn text(&self, words: &[usize]) -> String {
        let forms: Vec<&str> = words.iter().map(|&w| self.words[w].form.as_str()).collect();
        forms.join(" ").replace(" '", "'").replace(" ’", "’")
    }

    /// Where the words of an actor begin, if they stand in it.
    pub(super) fn position(&self, text: &str) -> Option<usize> {
        let text = words(text);
        let first = text.first()?;
        self.words.iter().position(|w| words(&w.form).first() == Some(first))
    }
}

/// A question in the words in which it can be read like a sentence of a text: numbers
/// without "No", lists as questions; `known` gives the label of a numbered name.
pub(super) fn plain(
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
    let is = |word: &str, class: WordClass| {
        lexicon.is(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase(), class)
    };
    if words.len() < 2 || !is(words[0], WordClass::AsksList) {
        return None;
    }
    words.remove(0);
    while words.len() > 1 && is(words[0], WordClass::ListFiller) {
        words.remove(0);
    }
    let relative = words.iter().position(|w| is(w, WordClass::ListRelative));
    let rest = |words: &[&str]| words.join(" ").trim_end_matches(['.', '?', '!']).to_owned();
    Some(match relative {
        Some(at) if at > 0 => {
            format!("Which {} {}?", words[..at].join(" "), rest(&words[at + 1..]))
        }
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
