//! Sentences of the texts by how much of a question they have.

use crate::annotate::Upos;
use crate::extract::Hole;
use crate::ontology::WordClass;

use super::need::Need;
use super::told::{Passage, Told};
use super::words::{alike, words};
use super::{Asking, cast};

/// The share of a question that a sentence must have to be looked at.
const LEAST: f64 = 0.34;
/// What a word counts for that stands before the sentence: in the one before, in the label of
/// the turn, in the title.
const BESIDE: f64 = 0.5;
/// What a word counts for, of its weight, that no text has.
const NOWHERE: f64 = 0.5;

/// What a question has that a sentence may have.
struct Term {
    kind: TermKind,
    /// How much it tells sentences apart.
    weight: f64,
    /// Is it what the question asks about: its main word?
    is_main: bool,
}

enum TermKind {
    /// A content word and its lemma.
    Word { form: String, lemma: String, is_name: bool },
    /// Somebody, by all his names.
    Actor { names: Vec<Vec<String>> },
}

impl TermKind {
    /// Must a sentence have it, because it names somebody or something?
    fn is_name(&self) -> bool {
        match self {
            Self::Word { is_name, .. } => *is_name,
            Self::Actor { .. } => true,
        }
    }
}

impl Asking<'_> {
    /// The sentences of every document, in the order of the corpus.
    pub(super) fn told(&self) -> Result<&[Told], Need> {
        let documents = &self.graph.corpus().documents;
        self.held.texts(documents.iter().map(|d| d.id.clone()).collect())?;
        let read = |at| Told::new(self.graph, at, self.lexicon.ontology);
        Ok(self.told.get_or_init(|| (0..documents.len()).map(read).collect()))
    }

    /// Sentences that have some of the question, those with most first.
    pub(super) fn passages(&self) -> Result<&[Passage], Need> {
        let told = self.told()?;
        Ok(self.passages.get_or_init(|| self.ranked(told)))
    }

    fn ranked(&self, told: &[Told]) -> Vec<Passage> {
        let terms = self.terms(told);
        let whole: f64 = terms.iter().map(|term| term.weight).sum();
        if whole == 0.0 {
            return Vec::new();
        }
        let who_is_asked = matches!(self.read.hole, Some(Hole::Agent | Hole::Source));
        let mut found = Vec::new();
        for (document, of_document) in told.iter().enumerate() {
            for (number, (span, sentence)) in of_document.sentences.iter().enumerate() {
                let mut sum = 0.0;
                let (mut names_all, mut has_main) = (true, true);
                for term in &terms {
                    let met = of_document.met(number, term, who_is_asked);
                    sum += term.weight * met;
                    names_all &= met > 0.0 || !term.kind.is_name();
                    has_main &= met > BESIDE || !term.is_main;
                }
                let share = sum / whole;
                if share >= LEAST {
                    let sentence = sentence.clone();
                    found.push(Passage {
                        document,
                        number,
                        span: *span,
                        sentence,
                        share,
                        names_all,
                        has_main,
                    });
                }
            }
        }
        found.sort_by(|a, b| {
            b.share.total_cmp(&a.share).then((a.document, a.number).cmp(&(b.document, b.number)))
        });
        found
    }

    /// What the question asks about, each with its weight: rare words tell more.
    fn terms(&self, told: &[Told]) -> Vec<Term> {
        let actors: Vec<String> = self.read.actors.iter().map(|p| self.cast.id(p)).collect();
        let main = self.form.main_word().map(|word| words(&word.form).join(""));
        let mut kinds: Vec<TermKind> = Vec::new();
        let mut spoken_of: Vec<String> = Vec::new();
        for (participant, id) in self.read.actors.iter().zip(&actors) {
            let mut names = self.cast.names(id);
            names.push(words(&participant.text));
            spoken_of.extend(words(&participant.text));
            kinds.push(TermKind::Actor { names });
        }
        for (at, word) in self.form.words.iter().enumerate() {
            let content = matches!(
                word.upos,
                Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num | Upos::Adv
            );
            let lemma = self.form.lemma(at);
            let form = words(&word.form).join("");
            let asks = [
                WordClass::Interrogative,
                WordClass::QuestionFiller,
                WordClass::AsksActor,
                WordClass::AsksThing,
                WordClass::AsksMeasure,
            ];
            let idle = asks.iter().any(|&c| self.lexicon.is(&lemma, c));
            if !content || idle || form.is_empty() || spoken_of.contains(&form) {
                continue;
            }
            let is_name = word.upos == Upos::Propn;
            kinds.push(TermKind::Word { form, lemma, is_name });
        }
        let sentences: usize = told.iter().map(|t| t.sentences.len()).sum();
        let weighed = kinds.into_iter().map(|kind| {
            let is_main = match &kind {
                TermKind::Word { form, .. } => main.as_ref() == Some(form),
                TermKind::Actor { .. } => false,
            };
            let mut term = Term { kind, weight: 0.0, is_main };
            let having: usize = told
                .iter()
                .map(|t| (0..t.sentences.len()).filter(|&at| t.has(at, &term)).count())
                .sum();
            let rarity = (1.0 + sentences as f64 / having.max(1) as f64).ln();
            term.weight = if having == 0 { NOWHERE * rarity } else { rarity };
            term
        });
        weighed.collect()
    }
}

impl Told {
    /// How far a sentence has a term, 0 to 1.
    fn met(&self, at: usize, term: &Term, who_is_asked: bool) -> f64 {
        if self.has(at, term) {
            return 1.0;
        }
        let beside = match &term.kind {
            TermKind::Word { form, lemma, .. } => {
                self.words_before[at].iter().any(|w| alike(w, lemma) || alike(w, form))
            }
            TermKind::Actor { names } => {
                // "He rejected it" does not name the one to whom, where it is asked who
                let back = match who_is_asked {
                    true => self.points_back[at] && !self.opens_back[at],
                    false => self.points_back[at] || self.opens_back[at],
                };
                back && cast::holds_name(&self.before[at], names)
            }
        };
        if beside { BESIDE } else { 0.0 }
    }

    fn has(&self, at: usize, term: &Term) -> bool {
        match &term.kind {
            TermKind::Word { form, lemma, .. } => {
                self.words[at].iter().any(|w| alike(w, lemma) || alike(w, form))
            }
            TermKind::Actor { names } => cast::holds_name(&self.sentences[at].1, names),
        }
    }
}
