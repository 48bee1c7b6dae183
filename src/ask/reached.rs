//! Which texts are read through for a question: all of a few, of many those that have most of it.

use std::collections::BTreeSet;

use regex::{Regex, RegexBuilder};

use super::Asking;
use super::term::rarity;
use super::words::{alike, beginning, words};
use crate::resolve::DocumentRecord;

/// How many texts are read through sentence by sentence: what the answer to one question may take
/// (below a second for a thousand texts; `cargo run --release --example vary -- measure 1000`).
pub(super) const READ_THROUGH: usize = 100;

/// A word of a question, or somebody whom it names, as a text may have it.
struct Wish {
    /// Finds words that begin like one of its forms.
    begins: Regex,
    /// Folded; a word of the text must be a form of one of them.
    forms: Vec<String>,
}

impl Wish {
    fn new(forms: Vec<String>) -> Option<Self> {
        let begin = forms.iter().map(|form| regex::escape(beginning(form)));
        let begin: BTreeSet<String> = begin.filter(|begin| !begin.is_empty()).collect();
        let begin: Vec<String> = begin.into_iter().collect();
        let pattern = format!(r"(?-u:\b)(?:{})\w*", begin.join("|"));
        let begins = RegexBuilder::new(&pattern).case_insensitive(true).build().ok()?;
        (!begin.is_empty()).then_some(Self { begins, forms })
    }

    fn is_in(&self, text: &str) -> bool {
        self.begins.find_iter(text).any(|found| {
            let own = words(found.as_str());
            own.iter().any(|word| self.forms.iter().any(|form| alike(word, form)))
        })
    }
}

impl Asking<'_> {
    /// Places of the documents whose sentences are looked at: of more than [`READ_THROUGH`] those
    /// that have most of the question, rare words more than frequent ones.
    pub(super) fn read_through(&self) -> BTreeSet<usize> {
        let documents = &self.graph.corpus().documents;
        if documents.len() <= READ_THROUGH {
            return (0..documents.len()).collect();
        }
        let mut shares = vec![0.0; documents.len()];
        for wish in self.wishes() {
            let has = |document: &DocumentRecord| {
                wish.is_in(&document.text)
                    || document.title.as_deref().is_some_and(|title| wish.is_in(title))
            };
            let having: Vec<usize> =
                (0..documents.len()).filter(|&place| has(&documents[place])).collect();
            let weight = rarity(having.len(), documents.len());
            having.into_iter().for_each(|place| shares[place] += weight);
        }
        let mut best: Vec<usize> = (0..documents.len()).filter(|&at| shares[at] > 0.0).collect();
        best.sort_by(|&a, &b| shares[b].total_cmp(&shares[a]).then(a.cmp(&b)));
        best.truncate(READ_THROUGH);
        best.into_iter().collect()
    }

    /// What a question looks for in a text: each of its words, and each whom it names.
    fn wishes(&self) -> Vec<Wish> {
        let mut wishes = Vec::new();
        let mut named: Vec<String> = Vec::new();
        for participant in &self.read.actors {
            named.extend(words(&participant.text));
            let names = self.known_names(&self.cast.id(participant)).into_iter();
            let last = names.chain([words(&participant.text)]).filter_map(|mut name| name.pop());
            let last: BTreeSet<String> = last.collect();
            wishes.extend(Wish::new(last.into_iter().collect()));
        }
        for at in (0..self.form.words.len()).filter(|&at| self.is_content(at)) {
            let form = words(&self.form.words[at].form).join("");
            if !named.contains(&form) {
                wishes.extend(Wish::new(vec![form, self.form.lemma(at)]));
            }
        }
        wishes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_a_word_in_any_form() {
        let wish = Wish::new(vec!["proposals".to_owned(), "proposal".to_owned()]).unwrap();
        assert!(wish.is_in("Proposals were made."));
        assert!(wish.is_in("Their proposal, then"));
        assert!(!wish.is_in("A propeller; the proportion"));
        assert!(Wish::new(vec![String::new()]).is_none());
    }
}
