//! One thing that a question has and a sentence may have: a word, somebody, a time.

use std::collections::BTreeMap;

use crate::extract::When;

use super::period::Period;

/// The act that a question asks about, as claims tell it at one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Acted {
    /// Does one whom the question names do it?
    pub by_named: bool,
    /// Is it of something else than the question asks about?
    pub about_other: bool,
}

/// By the place of a document and of the word that a claim is told by.
pub(super) type Acts = BTreeMap<(usize, usize), Acted>;

/// What a question has that a sentence may have.
#[derive(Clone)]
pub(super) struct Term {
    pub kind: TermKind,
    /// How much it tells sentences apart.
    pub weight: f64,
    /// Is it what the question asks about: its main word?
    pub is_main: bool,
    /// Is it a noun that no text has?
    pub is_missing: bool,
}

#[derive(Clone)]
pub(super) enum TermKind {
    /// A content word and its lemma. Words of one act, or of one entry of the lexicon, do not
    /// stand for each other here: who threatens promises, but it is no answer. Words that are
    /// akin count for as much as they are.
    Word {
        form: String,
        lemma: String,
        is_name: bool,
        is_noun: bool,
        /// What the texts may have for it.
        wording: Wording,
    },
    /// Somebody, by all his names, and what part he has in what claims tell: by the place of the
    /// document and of the word that a claim is told by.
    Actor { names: Vec<Vec<String>>, parts: BTreeMap<(usize, usize), f64> },
    /// A day or a stretch of time, with its words.
    Date { day: Day, words: Vec<String> },
}

/// When a question asks about.
#[derive(Clone)]
pub(super) enum Day {
    /// ISO 8601, without a year `--03-11`.
    Dates(Vec<When>),
    Stretch(Period),
}

impl Day {
    pub(super) fn holds(&self, date: &str) -> bool {
        match self {
            Self::Dates(asked) => {
                date.parse().is_ok_and(|date| asked.iter().any(|asked| asked.is_met_by(date)))
            }
            Self::Stretch(period) => period.holds(date),
        }
    }
}

/// How much a word tells sentences apart that so many of all have: the rarer, the more.
pub(super) fn rarity(having: usize, sentences: usize) -> f64 {
    (1.0 + sentences as f64 / having.max(1) as f64).ln()
}

impl TermKind {
    /// Must a sentence have it, because it names somebody or something?
    pub(super) fn is_name(&self) -> bool {
        match self {
            Self::Word { is_name, .. } => *is_name,
            Self::Actor { .. } => true,
            Self::Date { .. } => false,
        }
    }
}

/// How far words of one entry are akin: more than by their vectors alone.
pub(super) const LISTED: f64 = 1.4;

/// What the texts may have for a word.
#[derive(Debug, Clone, Default)]
pub(super) struct Wording {
    /// Words of the texts, folded, with how far they are akin.
    pub akin: BTreeMap<String, f64>,
    /// Words that only mean it together.
    pub phrases: Vec<Vec<String>>,
}

impl Wording {
    /// How far some words have it.
    pub(super) fn most(&self, own: &[String]) -> f64 {
        let word = own.iter().filter_map(|word| self.akin.get(word));
        let together = |phrase: &Vec<String>| own.windows(phrase.len()).any(|w| w == phrase);
        let phrase = if self.phrases.iter().any(together) { LISTED } else { 0.0 };
        word.fold(phrase, |most, far| far.max(most))
    }

    /// Is there none but the word itself?
    pub(super) fn is_bare(&self) -> bool {
        self.akin.len() < 2 && self.phrases.is_empty()
    }
}
