//! What the network sees as a claim, as a candidate: its stretches of words become
//! people, through the same rooms that tell who is meant for the rules.

use std::ops::Range;

use super::claim::{Evidence, Status};
use super::reading::{Candidate, Reading};
use super::tree::Tree;
use super::who::Referent;
use crate::annotate::{Sighting, Stretch, Upos};
use crate::ontology::ActorKind;

/// Statuses in the order of [`Sighting::status`].
const STATUSES: [Status; 3] = [Status::Actual, Status::Negated, Status::Unrealised];

/// Chance of a stretch in the sentence of the trigger from which on no other sentence is
/// looked at.
const NEAR_ENOUGH: f32 = 0.5;
/// Words of a stretch, at most, that are given as they stand where nobody known is meant.
const LONGEST_PHRASE: usize = 8;
/// Of several stretches those stay that have this part of the surest one's chance.
const AS_SURE: f32 = 0.75;

/// The candidate that the network sees.
pub(super) fn read(reading: &Reading<'_>, sighting: &Sighting) -> Candidate {
    let tree = reading.tree;
    let at = sighting.trigger.start;
    let agent_words = heads(reading, at, &sighting.agent);
    let agent = meant(reading, &agent_words, &sighting.agent);
    let addressee = reading.others(meant(reading, &heads(reading, at, &sighting.addressee), &sighting.addressee), &agent);
    // somebody's own words are a source's also where he speaks of himself, but who does
    // the saying is its agent
    let reporters: Vec<usize> = heads(reading, at, &sighting.source)
        .into_iter()
        .filter(|head| !agent_words.contains(head))
        .collect();
    let source = meant(reading, &reporters, &sighting.source);
    Candidate {
        construction: "model",
        act: sighting.act.to_owned(),
        trigger: sighting.trigger.clone().collect(),
        head: tops(tree, &sighting.trigger)[0],
        agent,
        agent_words,
        addressee,
        matter: Vec::new(),
        status: Some(likeliest(sighting)),
        spoken_by_agent: false,
        matter_words: sighting.matter.as_ref().map(|stretch| stretch.words.clone()),
        source: Some(source),
        evidence: Evidence {
            model: rounded(sighting.chance),
            agent_model: rounded(sighting.agent.iter().map(|s| s.chance).fold(0.0, f32::max)),
            ..Evidence::default()
        },
    }
}

/// The status with the greatest chance.
fn likeliest(sighting: &Sighting) -> Status {
    let [actual, negated, unrealised] = sighting.status;
    let best = if actual >= negated && actual >= unrealised {
        0
    } else if negated >= unrealised {
        1
    } else {
        2
    };
    STATUSES[best]
}

/// A chance to three places: a difference further behind says nothing.
pub(super) fn rounded(chance: f32) -> f64 {
    (f64::from(chance) * 1000.0).round() / 1000.0
}

/// The head of the noun phrase that a stretch is: of several that hang on nothing in it the one
/// with most words below, nouns first.
fn nominal(tree: &Tree<'_>, words: &Range<usize>) -> usize {
    let noun = |w: usize| matches!(tree.upos(w), Upos::Noun | Upos::Propn | Upos::Pron);
    let below = |w: usize| tree.subtree(w).iter().filter(|w| words.contains(w)).count();
    let tops = tops(tree, words);
    tops.iter().copied().max_by_key(|&w| (noun(w), below(w), usize::MAX - w)).unwrap_or(tops[0])
}

/// "US President Donald Trump": of a stretch that ends in the name of a person, the person,
/// however the words before hang together; not so of "the envoys of Donald Trump".
fn titled_person(reading: &Reading<'_>, words: &Range<usize>) -> Option<usize> {
    let name = reading.who.name(words.end - 1)?;
    let whole = name.actor.kind == ActorKind::Person && name.words.start > words.start;
    let titles = words.start..name.words.start;
    let plain = |w: usize| {
        let tree = reading.tree;
        matches!(tree.upos(w), Upos::Adj | Upos::Noun | Upos::Propn | Upos::Det)
            && !(tree.upos(w) == Upos::Noun && matches!(tree.word(w).xpos, "NNS"))
    };
    (whole && titles.into_iter().all(plain)).then_some(name.words.start)
}

/// "The army and the paramilitary Rapid Support Forces (RSF)": the parts of a stretch with "and"
/// that the tree has hung elsewhere.
fn coordinated(reading: &Reading<'_>, words: &Range<usize>, top: usize) -> Vec<usize> {
    let tree = reading.tree;
    let parts = words.clone().collect::<Vec<_>>();
    let splits = |w: &usize| tree.upos(*w) == Upos::Cconj || tree.word(*w).form == ",";
    let inside_name = |w: usize| {
        let named = |at: usize| reading.who.name(at).map(|n| n.words.clone());
        w > 0 && named(w - 1).is_some_and(|n| n.contains(&w))
    };
    if parts.iter().filter(|&&w| tree.upos(w) == Upos::Cconj && !inside_name(w)).count() == 0 {
        return Vec::new();
    }
    parts
        .split(splits)
        .filter_map(|part| Some(nominal(tree, &(*part.first()?..part.last()? + 1))))
        .filter(|&head| {
            head != top
                && (!reading.who.one(head).is_empty()
                    || matches!(tree.upos(head), Upos::Noun | Upos::Propn))
                // "the leaders of France and Italy": the tree says whose they are
                && !["nmod", "compound", "amod", "appos"].iter().any(|rel| tree.is(head, rel))
                && !(tree.is(head, "conj")
                    && tree.head(head).is_some_and(|h| h != top && tree.is(h, "nmod")))
        })
        .collect()
}

/// The words of a stretch without prepositions, conjunctions and punctuation around it.
fn phrase(reading: &Reading<'_>, words: &Range<usize>) -> String {
    let tree = reading.tree;
    let mut words = words.clone();
    let idle = |w: usize| {
        tree.upos(w) == Upos::Punct
            || matches!(tree.upos(w), Upos::Adp | Upos::Cconj)
    };
    while words.len() > 1 && idle(words.start) {
        words.start += 1;
    }
    while words.len() > 1 && (tree.upos(words.end - 1) == Upos::Punct || tree.word(words.end - 1).form == "'s")
    {
        words.end -= 1;
    }
    reading.document.text.slice(tree.annotation().span(words)).to_owned()
}

/// The words of a stretch that hang on none of its others.
fn tops(tree: &Tree<'_>, words: &Range<usize>) -> Vec<usize> {
    words
        .clone()
        .filter(|&w| !matches!(tree.upos(w), Upos::Punct))
        .filter(|&w| tree.head(w).is_none_or(|h| !words.contains(&h)))
        .chain([words.start])
        .collect()
}

/// The heads of the phrases that the stretches are, coordinated ones apart. Words of the
/// sentence at hand come before words of others: those are there for want of nearer ones.
fn heads(reading: &Reading<'_>, trigger: usize, stretches: &[Stretch]) -> Vec<usize> {
    let tree = reading.tree;
    let sentence = tree.sentence(trigger);
    let here = |s: &&Stretch| tree.sentence(s.words.start) == sentence;
    let surest = stretches.iter().filter(here).map(|s| s.chance).fold(0.0, f32::max);
    let near: Vec<&Stretch> = if surest >= NEAR_ENOUGH {
        stretches.iter().filter(here).collect()
    } else {
        stretches.iter().collect()
    };
    let best = near.iter().map(|s| s.chance).fold(0.0, f32::max);
    let mut found = Vec::new();
    for Stretch { words, .. } in near.into_iter().filter(|s| s.chance >= best * AS_SURE) {
        if let Some(person) = titled_person(reading, words) {
            found.push(person);
            continue;
        }
        let top = nominal(tree, words);
        found.extend(tree.conjuncts(top).into_iter().filter(|w| words.contains(w)));
        found.extend(coordinated(reading, words, top));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Who is meant by the heads; one that cannot be told stays with its words (codebook
/// rule 8).
fn meant(reading: &Reading<'_>, heads: &[usize], stretches: &[Stretch]) -> Vec<Referent> {
    let mut found: Vec<Referent> = Vec::new();
    for &head in heads {
        let known = reading.who.one(head);
        let unresolved = || {
            let alone = stretches.iter().find(|s| {
                s.words.contains(&head) && heads.iter().filter(|h| s.words.contains(h)).count() == 1
            });
            let text = match alone {
                Some(stretch) if stretch.words.len() <= LONGEST_PHRASE => {
                    phrase(reading, &stretch.words)
                }
                _ => reading.who.words(head),
            };
            vec![Referent { actor: None, text, plural: false }]
        };
        let referents = if known.is_empty() { unresolved() } else { known.to_vec() };
        for referent in referents {
            if found.iter().all(|f| f.key() != referent.key()) {
                found.push(referent);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::extract::testing::{annotator, document, lexicon};
    use crate::extract::{Agreement, Claim, extract};

    fn claims(text: &str) -> Vec<Claim> {
        let document = document(text);
        extract(&document, &annotator().annotate(&document.text), lexicon())
    }

    #[test]
    fn network_and_ontology_have_the_same_acts() {
        let of_network: BTreeSet<&str> = annotator().acts().iter().copied().collect();
        let of_ontology: BTreeSet<&str> =
            lexicon().ontology.acts.iter().map(|act| act.id.as_str()).collect();
        assert_eq!(of_network, of_ontology);
    }

    #[test]
    fn what_both_see_is_one_claim() {
        let found = claims("Egypt proposed a truce in Gaza.");
        let [claim] = &found[..] else { panic!("{found:#?}") };
        assert_eq!(claim.extractor, "rules:active+model");
        assert_eq!(claim.evidence.agent, Agreement::Both);
        assert!(claim.evidence.model > 0.5, "{:?}", claim.evidence);
    }

    #[test]
    fn a_wrong_sense_is_outvoted() {
        let found = claims("The minister was leaning on the table during lunch.");
        assert!(found.is_empty(), "{found:#?}");
    }

    #[test]
    fn a_person_stands_before_the_state_in_the_title() {
        let found = claims("Xi Jinping talked to US President Donald Trump on the phone.");
        let call = found.iter().find(|c| c.act == "consult").expect("a call");
        let ids: Vec<_> = call.addressee.iter().filter_map(|p| p.id.as_deref()).collect();
        assert_eq!(ids, ["donald-trump"]);
    }
}
