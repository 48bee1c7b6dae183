use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::{NewActor, Read, Tally};
use crate::extract::Claim;
use crate::ontology::Ontology;
use crate::resolve::{Actor, Corpus};

/// The most letters of a word that a name has in small ones.
const SHORT: usize = 3;
/// Other names, at most, that are suggested with an actor.
const NAMES: usize = 5;

/// Actors of the corpus whom the ontology does not describe, those with most claims first, each with
/// a sentence that names it.
pub(super) fn unknown(
    corpus: &Corpus,
    documents: &[Read<'_>],
    ontology: &Ontology,
    least: usize,
) -> Vec<NewActor> {
    let known: HashSet<&str> = ontology.actors.iter().map(|it| it.id.as_str()).collect();
    let mut tallies: BTreeMap<&str, Tally<'_>> = BTreeMap::new();
    let mut claims: HashMap<&str, Vec<&Claim>> = HashMap::new();
    for claim in &corpus.claims {
        let ids: HashSet<&str> = claim.participants().filter_map(|it| it.id.as_deref()).collect();
        for id in ids.into_iter().filter(|id| !known.contains(id)) {
            // Which sentence is told of it is looked for when it is known who is told of at all.
            tallies.entry(id).or_default().meet(&claim.document, String::new);
            claims.entry(id).or_default().push(claim);
        }
    }
    let read: HashMap<&str, &Read<'_>> =
        documents.iter().map(|it| (it.record.id.as_str(), it)).collect();
    let described = corpus.actors.iter().filter(|it| is_named(it));
    let mut found: Vec<NewActor> = described
        .filter_map(|it| {
            let tally = tallies.remove(it.id.as_str()).filter(|tally| tally.times >= least)?;
            let mut met = tally.met();
            (met.sentence, met.document) = sentence(it, &claims[it.id.as_str()], &read);
            let others = it.names.iter().map(|(name, _)| name);
            let others = others.filter(|name| **name != it.label && is_name(name));
            Some(NewActor {
                id: it.id.clone(),
                label: it.label.clone(),
                kind: it.kind.clone(),
                names: others.take(NAMES).cloned().collect(),
                met,
            })
        })
        .collect();
    found.sort_by_key(|it| (Reverse(it.met.times), it.id.clone()));
    found
}

/// A sentence that names the actor, and its document: of its claims' sentences the first that has its
/// label, else one of its names; else the first of their documents' sentences that has one. Who is
/// named nowhere as it is called has the first of its claims'.
fn sentence(actor: &Actor, claims: &[&Claim], read: &HashMap<&str, &Read<'_>>) -> (String, String) {
    let names: Vec<&str> = std::iter::once(actor.label.as_str())
        .chain(actor.names.iter().map(|(name, _)| name.as_str()).filter(|name| is_name(name)))
        .collect();
    let of_claim = |claim: &&&Claim| {
        let read = read.get(claim.document.as_str())?;
        Some((read.sentence_at(claim.trigger_start), claim.document.clone()))
    };
    let of_claims: Vec<(String, String)> =
        claims.iter().filter_map(|claim| of_claim(&claim)).collect();
    let named = |name: &&str| of_claims.iter().find(|(sentence, _)| has(sentence, name)).cloned();
    let anywhere = || {
        let documents: Vec<&&Read<'_>> =
            claims.iter().filter_map(|claim| read.get(claim.document.as_str())).collect();
        let places = names.iter().flat_map(|name| documents.iter().map(move |it| (name, it)));
        places.into_iter().find_map(|(name, read)| {
            let text = read.record.text.as_str();
            let at = text[..text.find(name)?].chars().count();
            Some((read.sentence_at(at), read.record.id.clone()))
        })
    };
    let found = names.iter().find_map(named).or_else(anywhere);
    found.or_else(|| of_claims.first().cloned()).unwrap_or_default()
}

/// Does the name stand in the sentence as words of its own?
fn has(sentence: &str, name: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    sentence.match_indices(name).any(|(at, _)| {
        let (before, after) = (&sentence[..at], &sentence[at + name.len()..]);
        !is_word(before.chars().next_back()) && !is_word(after.chars().next())
    })
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

    #[test]
    fn what_describes_somebody_is_no_name() {
        assert!(is_name("the League") && is_name("Organisation of African Unity"));
        assert!(!is_name("Russian officials") && !is_name("His army") && !is_name("officials"));
    }

    #[test]
    fn a_name_is_words_of_its_own() {
        assert!(has("The League, too, agreed.", "League") && !has("The Leagues agreed.", "League"));
    }
}
