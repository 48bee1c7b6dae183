//! Words of issues, offices and collectives found in a sequence of lemmas.

use std::collections::BTreeMap;

use super::terms::Ontology;
use super::vocabulary::fold;

/// Phrases indexed for longest match.
///
/// Phrases and lemmas are compared in lower case, without accents, and with
/// hyphens as spaces: "cease-fire", "cease - fire" and "cease fire" are one.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    /// First word → phrases that start with it, longest first: their words, and
    /// the places of the terms in the ontology's list.
    by_first: BTreeMap<String, Vec<(Vec<String>, Vec<usize>)>>,
}

/// Where a phrase stands in a sequence of lemmas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhraseMatch<'a> {
    /// Index of its first lemma.
    pub start: usize,
    /// Index after its last lemma.
    pub end: usize,
    /// Places of the terms that it can mean, ascending.
    pub terms: &'a [usize],
}

impl Phrases {
    /// The words of [`Ontology::issues`].
    pub fn of_issues(ontology: &Ontology) -> Phrases {
        let issues = ontology.issues.iter().enumerate();
        Self::index(issues.flat_map(|(i, issue)| issue.words.iter().map(move |w| (w, i))))
    }

    /// The names of [`Ontology::offices`]. One word can name several ("leader").
    pub fn of_offices(ontology: &Ontology) -> Phrases {
        let offices = ontology.offices.iter().enumerate();
        Self::index(
            offices
                .flat_map(|(i, o)| std::iter::once(&o.label).chain(&o.names).map(move |w| (w, i))),
        )
    }

    /// The names of [`Ontology::collectives`].
    pub fn of_collectives(ontology: &Ontology) -> Phrases {
        let collectives = ontology.collectives.iter().enumerate();
        Self::index(collectives.flat_map(|(i, c)| c.names.iter().map(move |w| (w, i))))
    }

    fn index<'a>(phrases: impl Iterator<Item = (&'a String, usize)>) -> Phrases {
        let mut terms: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for (phrase, term) in phrases {
            let words: Vec<String> = parts(&fold(phrase)).map(str::to_owned).collect();
            let found = terms.entry(words).or_default();
            if !found.contains(&term) {
                found.push(term);
            }
        }
        let mut by_first: BTreeMap<String, Vec<(Vec<String>, Vec<usize>)>> = BTreeMap::new();
        for (words, mut found) in terms {
            let Some(first) = words.first().cloned() else { continue };
            found.sort_unstable();
            by_first.entry(first).or_default().push((words, found));
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        }
        Phrases { by_first }
    }

    /// All phrases in the lemmas, from left to right, at each place the longest,
    /// none overlapping another.
    pub fn find<S: AsRef<str>>(&self, lemmas: &[S]) -> Vec<PhraseMatch<'_>> {
        // Hyphens vanish, but each word remembers its lemma.
        let mut words: Vec<(String, usize)> = Vec::with_capacity(lemmas.len());
        for (i, lemma) in lemmas.iter().enumerate() {
            words.extend(parts(&fold(lemma.as_ref())).map(|w| (w.to_owned(), i)));
        }
        let mut matches = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let candidates = self.by_first.get(&words[at].0).map(Vec::as_slice).unwrap_or_default();
            let found = candidates.iter().find(|(phrase, _)| {
                words.len() - at >= phrase.len()
                    && phrase.iter().zip(&words[at..]).all(|(a, (b, _))| a == b)
            });
            match found {
                Some((phrase, terms)) => {
                    let last = words[at + phrase.len() - 1].1;
                    matches.push(PhraseMatch { start: words[at].1, end: last + 1, terms });
                    at += phrase.len();
                }
                None => at += 1,
            }
        }
        matches
    }

    /// The terms that the phrase means as a whole; empty if none.
    pub fn get(&self, phrase: &str) -> &[usize] {
        let folded = fold(phrase);
        let words: Vec<&str> = parts(&folded).collect();
        words
            .first()
            .and_then(|first| self.by_first.get(*first))
            .and_then(|phrases| phrases.iter().find(|(p, _)| p.iter().eq(words.iter())))
            .map(|(_, terms)| terms.as_slice())
            .unwrap_or_default()
    }
}

/// The words of a phrase, cut at spaces and hyphens.
fn parts(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.split(|c: char| c.is_whitespace() || c == '-').filter(|w| !w.is_empty())
}
