use std::ops::Range;
use std::str::FromStr;

use super::deprel::Deprel;
use super::sighting::Sighting;
use crate::corpus::Span;
use crate::layout::Page;
use crate::named::named;

named! {
    /// Universal part of speech, of Universal Dependencies v2, in the order of the annotator's
    /// labels.
    pub enum Upos {
        /// Adjective.
        Adj = "ADJ",
        /// Preposition.
        Adp = "ADP",
        /// Adverb.
        Adv = "ADV",
        /// Auxiliary.
        Aux = "AUX",
        /// Coordinating conjunction.
        Cconj = "CCONJ",
        /// Determiner.
        Det = "DET",
        /// Interjection.
        Intj = "INTJ",
        /// Noun.
        Noun = "NOUN",
        /// Numeral.
        Num = "NUM",
        /// Particle.
        Part = "PART",
        /// Pronoun.
        Pron = "PRON",
        /// Proper noun.
        Propn = "PROPN",
        /// Punctuation.
        Punct = "PUNCT",
        /// Subordinating conjunction.
        Sconj = "SCONJ",
        /// Symbol.
        Sym = "SYM",
        /// Verb.
        Verb = "VERB",
        /// Anything else.
        X = "X",
    }
}

/// A name that is no part of speech.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no universal part of speech")]
pub struct UnknownUpos(pub String);

impl FromStr for Upos {
    type Err = UnknownUpos;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::named(name).ok_or_else(|| UnknownUpos(name.to_owned()))
    }
}

/// One word of a text (a token of Universal Dependencies).
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// Its characters in the document's text.
    pub span: Span,
    /// The characters as written.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag.
    pub xpos: &'static str,
    /// Index of the head word in [`Annotation::words`], in the same sentence;
    /// `None` for the root.
    pub head: Option<usize>,
    /// Universal dependency relation to the head, with subtype (`nsubj:pass`).
    pub deprel: Deprel,
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum EntityKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
    /// A named event.
    Event,
}

impl EntityKind {
    /// `PER`, `ORG`, `LOC` or `EVENT`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "PER",
            Self::Organisation => "ORG",
            Self::Place => "LOC",
            Self::Event => "EVENT",
        }
    }
}

/// A name in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Word indices, end exclusive.
    pub words: Range<usize>,
    /// What it names.
    pub kind: EntityKind,
}

/// Who says what, after PolNeAR: each part is a list of word ranges (end
/// exclusive), because parts can be discontinuous; a source can be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attribution {
    /// Who says it.
    pub source: Vec<Range<usize>>,
    /// The words that show that it is said.
    pub cue: Vec<Range<usize>>,
    /// What is said.
    pub content: Vec<Range<usize>>,
}

/// All that the annotator finds in one document.
///
/// Words are numbered over the whole document; sentences are ranges of word
/// numbers that follow each other without gap.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Annotation {
    /// The words in text order.
    pub words: Vec<Word>,
    /// Word ranges of the sentences, in order, without gap.
    pub sentences: Vec<Range<usize>>,
    /// Names, sorted, not overlapping.
    pub entities: Vec<Entity>,
    /// Attributions, sorted by their first cue word.
    pub attributions: Vec<Attribution>,
    /// For each word: is it the head of an entity mention?
    pub mention: Vec<bool>,
    /// For each mention head: the mention head before it that it goes back to,
    /// as far as the annotator sees one (good for pronouns, weak for nouns).
    pub antecedent: Vec<Option<usize>>,
    /// Claims as the network sees them, likely ones and unlikely ones, sorted by trigger
    /// and act.
    pub sightings: Vec<Sighting>,
}

impl Annotation {
    /// The sentence that holds `word`. O(log n).
    ///
    /// # Panics
    /// When there is no such word.
    pub fn sentence_of(&self, word: usize) -> usize {
        assert!(word < self.words.len(), "word {word} of {}", self.words.len());
        self.sentences.partition_point(|s| s.end <= word)
    }

    /// With the words' places in the text as written, of which `page` is the reading.
    #[must_use]
    pub fn as_written(mut self, page: &Page) -> Self {
        for word in &mut self.words {
            word.span = page.written(word.span);
        }
        self
    }

    /// The characters that a range of words covers.
    ///
    /// # Panics
    /// When the range is empty or reaches past the last word.
    pub fn span(&self, words: Range<usize>) -> Span {
        Span::new(self.words[words.start].span.start, self.words[words.end - 1].span.end)
    }
}
