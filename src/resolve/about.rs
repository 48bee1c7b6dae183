//! Claims on somebody: in "Moscow turned Washington down" what is rejected is no matter but an actor.

use std::collections::{BTreeMap, BTreeSet};

use super::actors::listed_with;
use super::corpus::Actor;
use super::knowledge::Knowledge;
use super::words::{Word, words};
use crate::extract::Claim;
use crate::ontology::{ActorKind, NameKind, WordClass, kebab};

/// The longest name in words that is looked for.
const LONGEST: usize = 6;

/// Who is meant by the proper names in the texts, by their words in kebab-case; none by a name of
/// several.
pub(super) type Called = BTreeMap<String, Option<String>>;

/// Writes into each claim which actors the words of its matter name, where they name nothing else:
/// "Washington", "the Americans", "NATO and Ukraine", "himself". A place is what talks are about, so
/// its name stays a matter. Actors that no claim has otherwise are added to the list.
pub(super) fn name_actors(
    claims: &mut [Claim],
    actors: &mut Vec<Actor>,
    names: &Called,
    knowledge: &Knowledge<'_>,
) {
    let mut read: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut found: BTreeSet<String> = BTreeSet::new();
    for claim in claims.iter_mut() {
        let Some(matter) = &mut claim.matter else { continue };
        matter.about = if knowledge.ontology.is(&matter.text.to_lowercase(), WordClass::Reflexive) {
            match &claim.agent[..] {
                [one] => one.id.iter().cloned().collect(),
                _ => Vec::new(),
            }
        } else {
            let known = read.entry(matter.text.clone());
            known
                .or_insert_with(|| named(&matter.text, names, knowledge).unwrap_or_default())
                .clone()
        };
        if !matter.about.is_empty() {
            (matter.id, matter.label) = (None, None);
            found.extend(matter.about.iter().cloned());
        }
    }
    listed_with(actors, found, knowledge);
}

/// The names by which the texts call actors that the ontology does not know.
pub(super) fn called(actors: &[Actor], knowledge: &Knowledge<'_>) -> Called {
    let mut names = Called::new();
    for actor in actors.iter().filter(|it| knowledge.ontology.actor(&it.id).is_none()) {
        let own = actor.names.iter().map(|(name, _)| name).chain([&actor.label]);
        let own: BTreeSet<String> = own.filter(|it| is_proper(it)).map(|it| kebab(it)).collect();
        for name in own {
            let whom = names.entry(name).or_insert_with(|| Some(actor.id.clone()));
            if whom.as_ref() != Some(&actor.id) {
                *whom = None;
            }
        }
    }
    names
}

/// Do all its words begin with a capital?
fn is_proper(name: &str) -> bool {
    name.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
}

/// The ids of the actors whose names are all that the words are.
fn named(text: &str, names: &Called, knowledge: &Knowledge<'_>) -> Option<Vec<String>> {
    let words = words(text);
    let is = |at: usize, class| knowledge.ontology.is(&words[at].form.to_lowercase(), class);
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        if at < words.len() && is(at, WordClass::DefiniteArticle) {
            at += 1;
        }
        let (length, id) = name_at(&words, at, names, knowledge)?;
        found.push(id);
        at += length;
        if at == words.len() {
            found.dedup();
            return Some(found);
        }
        if let Some(joint) = knowledge.is_at(&words, at, WordClass::MatterAnd) {
            at += joint;
        } else if !words[at].after_comma {
            return None;
        }
    }
}

/// The actor whose name stands at a word, with its length; the longest name wins.
pub(super) fn name_at(
    words: &[Word],
    at: usize,
    names: &Called,
    knowledge: &Knowledge<'_>,
) -> Option<(usize, String)> {
    let known = knowledge.actor_at(words, at).filter(|(length, id, how)| {
        let actor = knowledge.ontology.actor(id);
        // "European" is a word for what is of Europe before it is one for somebody
        let ascribes = *how == NameKind::Adjective
            || *length == 1 && actor.is_some_and(|it| it.adjectives.contains(&words[at].form));
        !ascribes && actor.is_some_and(|it| it.kind != ActorKind::Place)
    });
    let proper = |length: &usize| words[at..at + length].iter().all(Word::is_capitalised);
    let of_texts = (1..=LONGEST.min(words.len().saturating_sub(at))).rev().filter(proper);
    let told = of_texts.into_iter().find_map(|length| {
        let forms: Vec<&str> = words[at..at + length].iter().map(|it| it.form.as_str()).collect();
        let whom = names.get(&kebab(&forms.join(" ")))?.clone()?;
        Some((length, whom))
    });
    let known = known.map(|(length, id, _)| (length, id.to_owned()));
    match (known, told) {
        (Some(known), Some(told)) => Some(if told.0 > known.0 { told } else { known }),
        (known, told) => known.or(told),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Participant;
    use crate::fixture;
    use crate::resolve::resolve;
    use crate::resolve::tests::shipped;

    /// The actors that the words name, where a text has an unknown Ada Quill.
    fn whom(text: &str) -> Vec<String> {
        let knowledge = Knowledge::new(shipped());
        let ada = Actor {
            id: "ada-quill".into(),
            label: "Ada Quill".into(),
            names: vec![("Quill".into(), 1), ("aides".into(), 1)],
            ..Actor::default()
        };
        named(text, &called(&[ada], &knowledge), &knowledge).unwrap_or_default()
    }

    #[test]
    fn names_and_nothing_else_mean_actors() {
        assert_eq!(whom("Washington"), ["united-states"]);
        assert_eq!(whom("the Americans"), ["united-states"]);
        assert_eq!(whom("NATO and Ukraine"), ["nato", "ukraine"]);
        assert_eq!(whom("Vladimir Putin"), ["vladimir-putin"]);
        assert_eq!(whom("Quill"), ["ada-quill"]);
    }

    #[test]
    fn what_says_more_is_a_matter() {
        for words in [
            "divide Ukraine",
            "Ukraine’s borders",
            "Ukraine again",
            "Crimea",
            "European",
            "aides",
            "peace",
            "the",
        ] {
            assert!(whom(words).is_empty(), "{words}");
        }
    }

    #[test]
    fn a_claim_on_somebody_has_no_matter() {
        let corpus = fixture::corpus();
        let mut claim = corpus.claims.iter().find(|it| it.matter.is_some()).unwrap().clone();
        claim.agent = vec![Participant {
            id: Some("vladimir-putin".into()),
            label: Some("Vladimir Putin".into()),
            text: "Putin".into(),
        }];
        for (words, whom) in [("himself", "vladimir-putin"), ("Tokyo", "japan")] {
            let mut on = claim.clone();
            on.matter.as_mut().unwrap().text = words.into();
            let resolved = resolve(corpus.documents.clone(), vec![on], shipped());
            let matter = resolved.claims[0].matter.as_ref().unwrap();
            assert_eq!((&matter.id, &matter.about[..]), (&None, &[whom.to_owned()][..]), "{words}");
            assert!(resolved.matters.is_empty());
            assert!(resolved.actors.iter().any(|it| it.id == whom), "{words}");
        }
    }
}
