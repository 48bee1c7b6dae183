//! The bare words of a question in a sentence, names word by word: what is met of them, itself
//! or by words that are akin, and which stand together in both.

use super::Asking;
use super::term::{Wording, rarity};
use super::told::{Told, kin};
use super::words::{alike, words};

/// How far words must be akin to stand for each other.
pub(super) const LEAST_AKIN: f64 = 0.35;
/// How many words apart two words stand together.
const TOGETHER: usize = 3;

/// The words of a question that say what it is about.
pub(super) struct Plain {
    words: Vec<PlainWord>,
    whole: f64,
}

struct PlainWord {
    form: String,
    lemma: String,
    /// The rarer in the texts, the more.
    weight: f64,
    wording: Wording,
}

/// What a sentence has of them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Measured {
    /// The share of their weight that the sentence has, 0 to 1.
    pub share: f64,
    /// The same with words that are akin.
    pub akin: f64,
    /// The weight of the word that is missed most, of all.
    pub missed: f64,
    /// The share of neighbours in the question that stand together in the sentence.
    pub pairs: f64,
    /// The share by the length of the sentence.
    pub dense: f64,
}

impl PlainWord {
    fn is(&self, word: &str) -> bool {
        alike(word, &self.form) || alike(word, &self.lemma)
    }

    /// How far a sentence of such words has it, 0 to 1.
    fn met(&self, own: &[String]) -> f64 {
        if own.iter().any(|word| self.is(word)) {
            return 1.0;
        }
        kin(own, &self.wording)
    }
}

impl Plain {
    /// Of a question, among the sentences of the texts.
    pub(super) fn of(asking: &Asking<'_>, told: &[Told]) -> Self {
        let mut found: Vec<PlainWord> = Vec::new();
        let sentences: usize = told.iter().map(|t| t.sentences.len()).sum();
        for at in 0..asking.form.words.len() {
            if !asking.is_content(at) {
                continue;
            }
            let lemma = asking.form.lemma(at);
            for form in words(&asking.form.words[at].form) {
                if found.iter().any(|known| known.form == form) {
                    continue;
                }
                let wording = asking.wording(at, &form, told, LEAST_AKIN);
                let mut word = PlainWord { form, lemma: lemma.clone(), weight: 0.0, wording };
                let all = told.iter().flat_map(|of_document| &of_document.words);
                let having = all.filter(|own| own.iter().any(|w| word.is(w))).count();
                word.weight = rarity(having, sentences);
                found.push(word);
            }
        }
        let whole = found.iter().map(|word| word.weight).sum();
        Self { words: found, whole }
    }

    /// What a sentence of these words has of them.
    pub(super) fn measure(&self, own: &[String]) -> Measured {
        if self.words.is_empty() {
            return Measured::default();
        }
        let mut found = Measured::default();
        for word in &self.words {
            let met = word.met(own);
            found.akin += word.weight * met / self.whole;
            if met == 1.0 {
                found.share += word.weight / self.whole;
            } else {
                found.missed = found.missed.max(word.weight * (1.0 - met) / self.whole);
            }
        }
        let together = |pair: &&[PlainWord]| {
            (0..own.len()).any(|at| {
                let near = own.iter().skip(at + 1).take(TOGETHER);
                pair[0].is(&own[at]) && near.into_iter().any(|word| pair[1].is(word))
            })
        };
        let pairs = self.words.windows(2).filter(together).count();
        found.pairs = pairs as f64 / self.words.len().saturating_sub(1).max(1) as f64;
        found.dense = found.akin / (1.0 + (1.0 + own.len() as f64).ln());
        found
    }
}
