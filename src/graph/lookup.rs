//! From a name as a person writes it to the things of the graph.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use crate::extract::Claim;
use crate::ontology::without_marks;
use crate::resolve::{Actor, Corpus, Dispute, DocumentRecord, Event, Matter};

/// How alike two names must be to suggest one for the other (Jaro–Winkler, 0 to 1).
const ALIKE: f64 = 0.82;
/// How many suggestions are worth reading.
const SUGGESTIONS: usize = 5;

/// Something of a corpus that has a name.
///
/// Serialises as the thing itself.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Thing<'a> {
    /// An actor.
    Actor(&'a Actor),
    /// A matter.
    Matter(&'a Matter),
    /// An event.
    Event(&'a Event),
    /// A dispute.
    Dispute(&'a Dispute),
    /// A document.
    Document(&'a DocumentRecord),
    /// A claim.
    Claim(&'a Claim),
}

impl<'a> Thing<'a> {
    /// The last but one part of its IRI: `actor`.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Actor(_) => "actor",
            Self::Matter(_) => "matter",
            Self::Event(_) => "event",
            Self::Dispute(_) => "dispute",
            Self::Document(_) => "document",
            Self::Claim(_) => "claim",
        }
    }

    /// The last part of its IRI.
    pub fn id(self) -> &'a str {
        match self {
            Self::Actor(it) => &it.id,
            Self::Matter(it) => &it.id,
            Self::Event(it) => &it.id,
            Self::Dispute(it) => &it.id,
            Self::Document(it) => &it.id,
            Self::Claim(it) => &it.id,
        }
    }

    /// What people call it.
    pub fn label(self) -> &'a str {
        match self {
            Self::Actor(it) => &it.label,
            Self::Matter(it) => &it.label,
            Self::Event(it) => &it.label,
            Self::Dispute(it) => &it.label,
            Self::Document(it) => it.title.as_deref().unwrap_or(&it.id),
            Self::Claim(it) => &it.quote,
        }
    }

    /// Places in the corpus of the claims that tell of it, ascending: in which an actor has a part,
    /// of a matter, event, dispute or document, and the claim itself.
    pub fn claims(self, corpus: &Corpus) -> Vec<usize> {
        let sides = |it: &'a Dispute| it.sides.iter().flat_map(|side| &side.claims);
        let named: BTreeSet<&str> = match self {
            Self::Matter(it) => it.claims.iter().map(String::as_str).collect(),
            Self::Event(it) => it.claims.iter().map(String::as_str).collect(),
            Self::Dispute(it) => sides(it).map(String::as_str).collect(),
            Self::Claim(it) => [it.id.as_str()].into(),
            Self::Actor(_) | Self::Document(_) => BTreeSet::new(),
        };
        let tells = |claim: &Claim| match self {
            Self::Actor(it) => participants(claim).any(|id| id == it.id),
            Self::Document(it) => claim.document == it.id,
            _ => named.contains(claim.id.as_str()),
        };
        (0..corpus.claims.len()).filter(|at| tells(&corpus.claims[*at])).collect()
    }

    /// Other words for it.
    fn names(self) -> Box<dyn Iterator<Item = &'a str> + 'a> {
        match self {
            Self::Actor(it) => Box::new(it.names.iter().map(|(name, _)| name.as_str())),
            Self::Matter(it) => Box::new(it.variants.iter().map(|(name, _)| name.as_str())),
            _ => Box::new(std::iter::empty()),
        }
    }
}

/// How well a thing fits the name asked for, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Its kind and id.
    Iri,
    /// Its id, label or another name, whole: which of several is meant, their claims
    /// tell ("Putin" is a name of somebody and may be the id of some matter).
    Whole,
    WordsOfLabel,
    WordsOfName,
}

/// What `name` can mean, best first. An id, an IRI or its end (`actor/russia`), a
/// label, other words for it, or some words of these, whatever their case.
pub fn find<'a>(corpus: &'a Corpus, name: &str) -> Vec<Thing<'a>> {
    let parts: Vec<_> = name.trim().rsplitn(3, '/').collect();
    let (id, kind) = (parts[0], parts.get(1).copied());
    let asked = fold(name);
    let mentions = mentions(corpus);
    let mut found: Vec<_> = things(corpus)
        .filter_map(|thing| {
            let fit = if thing.id() == id && kind.is_none_or(|kind| kind == thing.kind()) {
                Some(if kind.is_some() { Fit::Iri } else { Fit::Whole })
            } else {
                fit(thing, &asked)
            };
            fit.map(|fit| (fit, Reverse(mentions.get(thing.id()).copied().unwrap_or(0)), thing))
        })
        .collect();
    // Things come in the order of their kinds and ids, which a stable sort keeps.
    found.sort_by_key(|(fit, mentions, _)| (*fit, *mentions));
    found.into_iter().map(|(_, _, thing)| thing).collect()
}

/// What `name` can mean of one kind, best first: one thing where it is called just so,
/// else all that the words fit.
pub fn of_kind<'a>(corpus: &'a Corpus, name: &str, kind: &str) -> Vec<Thing<'a>> {
    let mut found = find(corpus, name);
    found.retain(|thing| thing.kind() == kind);
    let asked = fold(name);
    if found.first().is_some_and(|it| it.id() == name || fold(it.label()) == asked) {
        found.truncate(1);
    }
    found
}

fn fit(thing: Thing<'_>, asked: &str) -> Option<Fit> {
    if asked.is_empty() || matches!(thing, Thing::Claim(_)) {
        return None;
    }
    let label = fold(thing.label());
    if label == asked {
        return Some(Fit::Whole);
    }
    let names: Vec<_> = thing.names().map(fold).collect();
    if names.iter().any(|name| name == asked) {
        return Some(Fit::Whole);
    }
    let holds = |name: &str| asked.split(' ').all(|word| name.split(' ').any(|it| it == word));
    if holds(&label) {
        return Some(Fit::WordsOfLabel);
    }
    names.iter().any(|name| holds(name)).then_some(Fit::WordsOfName)
}

/// Labels and names that are spelt like `name`, most alike first.
pub fn suggest(corpus: &Corpus, name: &str) -> Vec<String> {
    let asked = fold(name);
    let mut alike: Vec<(f64, &str)> = Vec::new();
    for thing in things(corpus).filter(|it| matches!(it, Thing::Actor(_) | Thing::Matter(_))) {
        let best = [thing.label(), thing.id()]
            .into_iter()
            .chain(thing.names())
            .flat_map(|known| {
                let known = fold(known);
                let words: Vec<_> = known.split(' ').map(str::to_owned).collect();
                words.into_iter().chain([known])
            })
            .map(|known| strsim::jaro_winkler(&known, &asked))
            .fold(0.0, f64::max);
        if best >= ALIKE {
            alike.push((best, thing.label()));
        }
    }
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    alike.truncate(SUGGESTIONS);
    alike.into_iter().map(|(_, label)| label.to_owned()).collect()
}

fn things(corpus: &Corpus) -> impl Iterator<Item = Thing<'_>> {
    let actors = corpus.actors.iter().map(Thing::Actor);
    let matters = corpus.matters.iter().map(Thing::Matter);
    let events = corpus.events.iter().map(Thing::Event);
    let disputes = corpus.disputes.iter().map(Thing::Dispute);
    let documents = corpus.documents.iter().map(Thing::Document);
    let claims = corpus.claims.iter().map(Thing::Claim);
    actors.chain(matters).chain(events).chain(disputes).chain(documents).chain(claims)
}

/// How many claims name each actor and matter.
fn mentions(corpus: &Corpus) -> BTreeMap<&str, usize> {
    let mut mentions = BTreeMap::new();
    for claim in &corpus.claims {
        for id in participants(claim).chain(claim.matter.iter().filter_map(|it| it.id.as_deref())) {
            *mentions.entry(id).or_default() += 1;
        }
    }
    mentions
}

/// Ids of all who have a part in the claim.
pub fn participants(claim: &Claim) -> impl Iterator<Item = &str> {
    claim.participants().filter_map(|it| it.id.as_deref())
}

/// Letters and digits in lower case, without accents, one space between words.
fn fold(name: &str) -> String {
    let plain: String = without_marks(name.nfkd())
        .map(|character| if character.is_alphanumeric() { character } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus() -> Corpus {
        let actor = |id: &str, label: &str, names: &[&str]| Actor {
            id: id.into(),
            label: label.into(),
            names: names.iter().map(|&name| (name.into(), 1)).collect(),
            ..Actor::default()
        };
        let matter = Matter {
            id: "ceasefire".into(),
            label: "30-day ceasefire".into(),
            ..Matter::default()
        };
        Corpus {
            actors: vec![
                actor("recep-erdogan", "Recep Erdoğan", &["the Turkish president"]),
                actor("vladimir-putin", "Vladimir Putin", &["the Russian leader"]),
            ],
            matters: vec![matter],
            ..Corpus::default()
        }
    }

    fn ids(name: &str) -> Vec<String> {
        find(&corpus(), name).iter().map(|thing| thing.id().to_owned()).collect()
    }

    #[test]
    fn finds_by_id_iri_label_name_and_words() {
        for name in ["vladimir-putin", "actor/vladimir-putin", "PUTIN", "the russian leader"] {
            assert_eq!(ids(name), ["vladimir-putin"], "{name}");
        }
        assert_eq!(ids("https://w3id.org/demarche/id/actor/vladimir-putin"), ["vladimir-putin"]);
        assert_eq!(ids("erdogan"), ["recep-erdogan"]);
        assert_eq!(ids("ceasefire 30 day"), ["ceasefire"]);
    }

    #[test]
    fn a_bare_id_does_not_hide_whom_more_claims_name() {
        let mut corpus = corpus();
        corpus.matters.push(Matter {
            id: "putin".into(),
            label: "Putin".into(),
            ..Matter::default()
        });
        corpus.actors[1].names.push(("Putin".into(), 2));
        let mut claim = crate::fixture::corpus().claims[0].clone();
        claim.agent[0].id = Some("vladimir-putin".into());
        corpus.claims.push(claim);
        assert_eq!(find(&corpus, "Putin")[0].id(), "vladimir-putin");
        assert_eq!(find(&corpus, "matter/putin")[0].id(), "putin");
    }

    #[test]
    fn does_not_find_by_part_of_a_word() {
        assert!(ids("put").is_empty());
        assert!(ids("").is_empty());
        assert!(ids("matter/vladimir-putin").is_empty());
    }

    #[test]
    fn suggests_what_is_spelt_alike() {
        assert_eq!(suggest(&corpus(), "Puttin"), ["Vladimir Putin"]);
        assert!(suggest(&corpus(), "xyzzy").is_empty());
    }
}
