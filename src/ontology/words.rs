//! Words of issues found in a sequence of lemmas.

use std::collections::BTreeMap;

use super::terms::Ontology;
use super::vocabulary::fold;

/// Phrases indexed for longest match.
///
/// Phrases and lemmas are compared in lower case, without accents, and with
/// hyphens as spaces: "cease-fire", "cease - fire" and "cease fire" are one.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    /// First word → phrases that start with it, longest first.
    by_first: BTreeMap<String, Vec<Phrase>>,
}

#[derive(Debug, Clone)]
struct Phrase {
    words: Vec<String>,
    terms: Vec<usize>,
}

/// Where a phrase stands in a sequence of lemmas.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
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

    fn index<'a>(phrases: impl Iterator<Item = (&'a String, usize)>) -> Phrases {
        let mut terms: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for (phrase, term) in phrases {
            let words: Vec<String> = parts(&fold(phrase)).map(str::to_owned).collect();
            let found = terms.entry(words).or_default();
            if !found.contains(&term) {
                found.push(term);
            }
        }
        let mut by_first: BTreeMap<String, Vec<Phrase>> = BTreeMap::new();
        for (words, mut terms) in terms {
            let Some(first) = words.first().cloned() else { continue };
            terms.sort_unstable();
            by_first.entry(first).or_default().push(Phrase { words, terms });
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by(|a, b| {
                b.words.len().cmp(&a.words.len()).then_with(|| a.words.cmp(&b.words))
            });
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
            let found = candidates.iter().find(|phrase| {
                let ahead = words[at..].iter().map(|(word, _)| word);
                words.len() - at >= phrase.words.len()
                    && phrase.words.iter().zip(ahead).all(|(a, b)| a == b)
            });
            match found {
                Some(Phrase { words: phrase, terms }) => {
                    let last = words[at + phrase.len() - 1].1;
                    matches.push(PhraseMatch { start: words[at].1, end: last + 1, terms });
                    at += phrase.len();
                }
                None => at += 1,
            }
        }
        matches
    }
}

/// The words of a phrase, cut at spaces and hyphens.
fn parts(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.split(|c: char| c.is_whitespace() || c == '-').filter(|w| !w.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(usize, usize, String)> {
        let ontology = Ontology::shipped().unwrap();
        let phrases = Phrases::of_issues(&ontology);
        let lemmas: Vec<&str> = text.split(' ').collect();
        let matches = phrases.find(&lemmas);
        let id = |m: &PhraseMatch<'_>| ontology.issues[m.terms[0]].id.clone();
        matches.iter().map(|m| (m.start, m.end, id(m))).collect()
    }

    #[test]
    fn the_longest_phrase_wins() {
        assert_eq!(
            found("a full and unconditional ceasefire"),
            [(1, 5, "unconditional-ceasefire".into())]
        );
        assert_eq!(found("the truce"), [(1, 2, "ceasefire".into())]);
        assert_eq!(
            found("exchange of prisoner and the lifting of sanction"),
            [(0, 3, "prisoner-exchange".into()), (5, 8, "sanctions-relief".into())]
        );
    }

    #[test]
    fn hyphens_do_not_matter() {
        for text in ["cease-fire", "cease - fire", "cease fire", "Cease\u{2010}Fire"] {
            let issues: Vec<String> = found(text).into_iter().map(|(_, _, id)| id).collect();
            assert_eq!(issues, ["ceasefire"], "{text}");
        }
        assert_eq!(found("a 30 - day ceasefire"), [(3, 5, "temporary-ceasefire".into())]);
    }

    #[test]
    fn a_part_of_a_phrase_is_no_match() {
        assert_eq!(found("cease at once"), []);
        assert_eq!(found(""), []);
    }
}
