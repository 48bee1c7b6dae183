//! Other words that texts have for what a question asks about, after the ontology: "mediator" for
//! "go-between", "withdraw" for "pull back".

use super::Asking;
use super::term::{LISTED, Wording};
use super::told::{Forms, Told};
use crate::annotate::{Deprel, Kinship, Upos};
use crate::ontology::Family;

impl Asking<'_> {
    /// What the texts may have for the word of the question at a place: words that are akin by
    /// their vectors, and those that the ontology puts beside it.
    pub(super) fn wording(&self, at: usize, form: &str, told: &[Told], least: f64) -> Wording {
        let kinship: &Kinship = self.kinship(told);
        let mut found = Wording { akin: kinship.akin_to(form, least), phrases: Vec::new() };
        let said = self.said(at);
        let forms = self.forms.get_or_init(|| Forms::of(told, self.annotator));
        let ontology = self.lexicon.ontology;
        let listed = ontology.classes_of(Family::Akin).chain(ontology.classes_of(Family::Same));
        for class in listed.filter(|class| said.iter().any(|word| class.has(word))) {
            for word in class.words.iter().filter(|word| !said.contains(word)) {
                let mut parts = word.split(|c: char| !c.is_alphanumeric());
                let first = parts.next().unwrap_or_default();
                let rest: Vec<String> = parts.map(str::to_owned).collect();
                for written in forms.written(first) {
                    if rest.is_empty() {
                        let known = found.akin.entry(written.clone()).or_default();
                        *known = known.max(LISTED);
                    } else {
                        let phrase = [written.clone()].into_iter().chain(rest.clone());
                        found.phrases.push(phrase.collect());
                    }
                }
            }
        }
        found
    }

    /// A word of the question as a list may have it: itself, or with what belongs to it ("pull
    /// back", "go along", "vote against"). What is listed so is not meant by the word alone.
    fn said(&self, at: usize) -> Vec<String> {
        let longer = self.longer(at);
        match longer.is_empty() {
            true => vec![self.form.words[at].form.to_lowercase(), self.form.lemma(at)],
            false => longer,
        }
    }

    /// Does a verb of the question mean something only with what follows ("give way")?
    pub(super) fn is_phrase(&self, at: usize) -> bool {
        self.form.words[at].upos == Upos::Verb && !self.longer(at).is_empty()
    }

    /// Is a word the end of such a phrase?
    pub(super) fn ends_phrase(&self, at: usize) -> bool {
        (1..=2).filter(|back| *back <= at).any(|back| {
            let is_long = |phrase: &String| phrase.split(' ').count() > back;
            self.form.words[at - back].upos == Upos::Verb
                && self.longer(at - back).iter().any(is_long)
        })
    }

    /// The phrases of the lists that begin with a word of the question.
    fn longer(&self, at: usize) -> Vec<String> {
        let words = &self.form.words;
        let lemma = self.form.lemma(at);
        let next = |n: usize| words.get(at + n).map(|word| word.form.to_lowercase());
        let particle = words
            .iter()
            .find(|word| word.head == Some(at) && matches!(word.deprel, Deprel::CompoundPrt));
        let mut longer: Vec<String> = Vec::new();
        longer.extend(particle.map(|word| format!("{lemma} {}", word.form.to_lowercase())));
        longer.extend(next(1).map(|next| format!("{lemma} {next}")));
        longer.extend(next(1).zip(next(2)).map(|(one, two)| format!("{lemma} {one} {two}")));
        let ontology = self.lexicon.ontology;
        longer.retain(|word| ontology.classes_of(Family::Akin).any(|class| class.has(word)));
        longer
    }
}
