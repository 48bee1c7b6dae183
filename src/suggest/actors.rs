use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use super::{NewActor, Tally};
use crate::ontology::Ontology;
use crate::resolve::{Actor, Corpus};

/// The most letters of a word that a name has in small ones.
const SHORT: usize = 3;
/// Other names, at most, that are suggested with an actor.
const NAMES: usize = 5;

/// Actors of the corpus whom the ontology does not describe, those with most claims first.
pub(super) fn unknown(corpus: &Corpus, ontology: &Ontology, least: usize) -> Vec<NewActor> {
    let known: HashSet<&str> = ontology.actors.iter().map(|it| it.id.as_str()).collect();
    let mut tallies: BTreeMap<&str, Tally<'_>> = BTreeMap::new();
    for claim in &corpus.claims {
        let ids: HashSet<&str> = claim.participants().filter_map(|it| it.id.as_deref()).collect();
        for id in ids.into_iter().filter(|id| !known.contains(id)) {
            let quote = || claim.quote.split_whitespace().collect::<Vec<_>>().join(" ");
            tallies.entry(id).or_default().meet(&claim.document, quote);
        }
    }
    let described = corpus.actors.iter().filter(|it| is_named(it));
    let mut found: Vec<NewActor> = described
        .filter_map(|it| {
            let tally = tallies.remove(it.id.as_str()).filter(|tally| tally.times >= least)?;
            let others = it.names.iter().map(|(name, _)| name);
            let others = others.filter(|name| **name != it.label && is_name(name));
            Some(NewActor {
                id: it.id.clone(),
                label: it.label.clone(),
                kind: it.kind.clone(),
                names: others.take(NAMES).cloned().collect(),
                met: tally.met(),
            })
        })
        .collect();
    found.sort_by_key(|it| (Reverse(it.met.times), it.id.clone()));
    found
}

/// Is it somebody with a name, and not only described ("Russian officials")?
fn is_named(actor: &Actor) -> bool {
    is_name(&actor.label) && !actor.kind.is_empty()
}

/// Do all words but short ones ("of", "the") begin like those of a name?
fn is_name(words: &str) -> bool {
    let begins = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let mut parts = words.split_whitespace();
    words.contains(char::is_uppercase)
        && !words.contains(['"', '\n'])
        && parts.all(|word| begins(word) || word.chars().count() <= SHORT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn what_describes_somebody_is_no_name() {
        assert!(is_name("the League") && is_name("Organisation of African Unity"));
        assert!(!is_name("Russian officials") && !is_name("His army") && !is_name("officials"));
    }

    #[test]
    fn only_those_whom_no_file_describes_are_suggested() {
        let corpus = fixture::corpus();
        let all = unknown(&corpus, &Ontology::default(), 1);
        assert!(all.iter().any(|it| it.id == "vladimir-putin" && it.kind == "Person"));
        assert!(all.is_sorted_by_key(|it| Reverse(it.met.times)));
        let shipped = Ontology::shipped().unwrap();
        let found = unknown(&corpus, &shipped, 1);
        assert!(found.iter().all(|it| it.id != "vladimir-putin"), "{found:?}");
        assert!(unknown(&corpus, &Ontology::default(), 1000).is_empty());
    }
}
