//! The sentences of the texts, as they are compared with a question.

use crate::corpus::Span;
use crate::graph::Graph;
use crate::ontology::{Ontology, WordClass};

use super::sentence::sentences;
use super::words::words;

/// Words from the start of a sentence among which a pronoun goes back to somebody before it.
const OPENING: usize = 3;
/// How many characters of the beginning of a paragraph may be the label of a turn.
const LABEL: usize = 60;

/// A sentence of a text, with how much of the question it has.
#[derive(Debug, Clone)]
pub(super) struct Passage {
    /// Place of the document in the corpus.
    pub document: usize,
    /// Place of the sentence among those of the document.
    pub number: usize,
    /// Where it stands.
    pub span: Span,
    /// Its words.
    pub sentence: String,
    /// The share of the question that it has, 0 to 1.
    pub share: f64,
    /// Are all whom the question names in it, or just before?
    pub names_all: bool,
    /// Does it say what the question asks about, or reply to a question that does?
    pub has_main: bool,
}

/// The sentences of one document.
pub(super) struct Told {
    /// With their places, in order.
    pub sentences: Vec<(Span, String)>,
    /// Folded words of each.
    pub words: Vec<Vec<String>>,
    /// What stands before each: the title, the label of the turn, the sentence before it.
    pub before: Vec<String>,
    /// Folded words of that.
    pub words_before: Vec<Vec<String>>,
    /// Does each begin with a pronoun that can go back to somebody named before?
    pub opens_back: Vec<bool>,
    /// Has each a "he", "her" that can?
    pub points_back: Vec<bool>,
}

impl Told {
    pub(super) fn new(graph: &Graph, document: usize, ontology: &Ontology) -> Self {
        let record = &graph.corpus().documents[document];
        let found = sentences(&record.text);
        let characters: Vec<char> = record.text.chars().collect();
        let mut before = Vec::new();
        let mut label = String::new();
        for (at, (span, sentence)) in found.iter().enumerate() {
            let gap = at.checked_sub(1).map(|last| found[last].0.end..span.start);
            let starts = gap.is_none_or(|gap| characters[gap].contains(&'\n'));
            let own: String = sentence.chars().take(LABEL).collect();
            if let Some((name, _)) = own.split_once(':').filter(|_| starts) {
                label = name.to_owned();
            }
            let last = at.checked_sub(1).map_or("", |last| found[last].1.as_str());
            before.push(format!("{} {label} {last}", record.title.as_deref().unwrap_or_default()));
        }
        let words_before = before.iter().map(|text| words(text)).collect();
        let words: Vec<Vec<String>> = found.iter().map(|(_, sentence)| words(sentence)).collect();
        let pronoun = |word: &String| ontology.is_personal_pronoun(word);
        // "its" is mostly of somebody in the sentence, "her" of somebody before it
        let person = |word: &String| {
            [WordClass::He, WordClass::She].iter().any(|&class| ontology.is(word, class))
        };
        let opens_back = words.iter().map(|own| own.iter().take(OPENING).any(pronoun)).collect();
        let points_back = words.iter().map(|own| own.iter().any(person)).collect();
        Self { sentences: found, words, before, words_before, opens_back, points_back }
    }
}
