//! What a question has that a sentence may have: its words, whom it names, and
//! when.

use crate::annotate::{Deprel, Kinship, Upos};
use crate::extract::Hole;
use crate::ontology::WordClass;

use super::Asking;
use super::plain::LEAST_AKIN;
use super::term::{Day, Term, TermKind, Wording, rarity};
use super::told::Told;
use super::words::words;

/// What a word counts for, of its weight, that no text has.
const NOWHERE: f64 = 0.5;
/// What a date weighs.
const DATE: f64 = 2.0;

impl Asking<'_> {
    /// What the question asks about, each with its weight: rare words tell more.
    pub(super) fn terms(&self, told: &[Told]) -> &[Term] {
        self.terms.get_or_init(|| self.weighed_terms(told))
    }

    fn weighed_terms(&self, told: &[Told]) -> Vec<Term> {
        let mut kinds: Vec<TermKind> = Vec::new();
        let mut spoken_of: Vec<String> = Vec::new();
        for participant in &self.read.actors {
            let id = self.cast.id(participant);
            let mut names = self.known_names(&id);
            names.push(words(&participant.text));
            spoken_of.extend(words(&participant.text));
            kinds.push(TermKind::Actor { names, parts: self.parts_of(&id) });
        }
        let dated = self.date_words();
        kinds.extend(self.day(&dated));
        for (at, word) in self.form.words.iter().enumerate() {
            let form = words(&word.form).join("");
            if !self.is_content(at) || dated.contains(&at) || spoken_of.contains(&form) {
                continue;
            }
            let lemma = self.form.lemma(at);
            let is_name = word.upos == Upos::Propn;
            let is_noun = is_name || word.upos == Upos::Noun;
            let wording = match is_name {
                true => Wording::default(),
                false => self.wording(at, &form, told, LEAST_AKIN),
            };
            kinds.push(TermKind::Word { form, lemma, is_name, is_noun, wording });
        }
        let sentences: usize = told.iter().map(|t| t.sentences.len()).sum();
        let main = self.form.main_word().map(|word| words(&word.form).join(""));
        let weighed = kinds.into_iter().map(|kind| {
            let is_main = match &kind {
                TermKind::Word { form, .. } => main.as_ref() == Some(form),
                TermKind::Actor { .. } | TermKind::Date { .. } => false,
            };
            let mut term = Term { kind, weight: DATE, is_main, is_missing: false };
            if matches!(term.kind, TermKind::Date { .. }) {
                return term;
            }
            let having: usize = told
                .iter()
                .map(|t| (0..t.sentences.len()).filter(|&at| t.has(at, &term) > 0.0).count())
                .sum();
            let rarity = rarity(having, sentences);
            term.is_missing = having == 0
                && matches!(&term.kind, TermKind::Word { is_noun: true, wording, .. } if wording.is_bare())
                && !told.iter().any(|t| t.is_headed(&term));
            term.weight = if having == 0 { NOWHERE * rarity } else { rarity };
            term
        });
        weighed.collect()
    }

    /// Which words of the texts are akin to words of the question.
    pub(super) fn kinship(&self, told: &[Told]) -> &Kinship {
        self.kinship.get_or_init(|| {
            let asked = self.form.folded();
            let of_texts = told.iter().flat_map(|of_document| of_document.words.iter().flatten());
            Kinship::of(of_texts.chain(&asked).map(String::as_str), self.annotator)
        })
    }

    /// Does a word of the question say what it is about, not how it asks?
    pub(super) fn is_content(&self, at: usize) -> bool {
        let word = &self.form.words[at];
        let content = matches!(
            word.upos,
            Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num | Upos::Adv
        );
        let asks = [
            WordClass::Interrogative,
            WordClass::QuestionFiller,
            WordClass::AsksActor,
            WordClass::AsksThing,
            WordClass::AsksMeasure,
            WordClass::AccordingTo,
            WordClass::AsksAmount,
            WordClass::AsksCondition,
        ];
        let lemma = self.form.lemma(at);
        // "What did she say on pay?" is answered by whatever she says on it
        let says =
            self.read.hole == Some(Hole::Matter) && self.lexicon.is(&lemma, WordClass::AsksSaying);
        let idle = says || asks.iter().any(|&class| self.lexicon.is(&lemma, class));
        // "pull back" is one word
        let particle = word.deprel == Deprel::CompoundPrt;
        let beside = particle || self.ends_phrase(at);
        content
            && (!idle || self.is_phrase(at))
            && !beside
            && word.form.chars().any(char::is_alphanumeric)
    }

    /// The words of the question that are a date.
    fn date_words(&self) -> Vec<usize> {
        let said = &self.form.words;
        let form = |at: usize| said[at].form.to_lowercase();
        let month = |at: usize| self.lexicon.is(&form(at), WordClass::Month);
        let number = |at: usize| said[at].upos == Upos::Num;
        let beside = |at: usize, is: &dyn Fn(usize) -> bool| {
            at > 0 && is(at - 1) || at + 1 < said.len() && is(at + 1)
        };
        let year = |at: usize| number(at) && form(at).len() == 4;
        let dated = !self.read.dates.is_empty();
        (0..said.len())
            .filter(|&at| {
                dated
                    && (month(at) && said[at].upos == Upos::Propn
                        || number(at) && beside(at, &month))
                    || year(at) && at > 0 && month(at - 1)
            })
            .collect()
    }

    /// The date of the question, with the words that a sentence may have of it.
    fn day(&self, at: &[usize]) -> Option<TermKind> {
        let words = at.iter().map(|&at| self.form.words[at].form.to_lowercase()).collect();
        match &self.form.period {
            Some(period) => {
                Some(TermKind::Date { day: Day::Stretch(period.clone()), words: Vec::new() })
            }
            None if !at.is_empty() => {
                Some(TermKind::Date { day: Day::Dates(self.read.dates.clone()), words })
            }
            None => None,
        }
    }

    /// The names of an actor, with those that the texts have used and his initials.
    pub(super) fn known_names(&self, id: &str) -> Vec<Vec<String>> {
        let mut names = self.cast.names(id);
        if let Some(at) = self.graph.actor(id) {
            let actor = &self.graph.corpus().actors[at];
            let proper = actor.names.iter().map(|(name, _)| name.as_str()).filter(|name| {
                name.split_whitespace().last().is_some_and(|w| w.starts_with(char::is_uppercase))
            });
            names.extend(proper.map(words));
            let capitals = |label: &str| -> String {
                let firsts = label.split_whitespace().filter_map(|word| word.chars().next());
                firsts.filter(|c| c.is_uppercase()).collect()
            };
            let initials = capitals(&actor.label);
            if initials.chars().count() > 2 {
                names.push(vec![initials.to_lowercase()]);
            }
        }
        names.retain(|name| !name.is_empty());
        names.sort();
        names.dedup();
        names
    }
}
