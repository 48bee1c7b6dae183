//! Where actors stand on matters, as their acts show it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::corpus::Corpus;
use super::words::{StemIndex, words};
use crate::extract::{Claim, Status};
use crate::named::named;
use crate::ontology::{ActStance, KeyAct, Ontology, WordClass};

/// How one actor stands to one matter, with the claims that say so. An actor can
/// have several stances to a matter: reports differ, and minds change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Stance {
    /// Id of the actor.
    pub actor: String,
    /// Id of the matter.
    pub matter: String,
    /// How it stands.
    pub stance: Position,
    /// Ids of the claims.
    pub claims: Vec<String>,
    /// Labels of who reports it, sorted; empty where only the documents do.
    pub sources: Vec<String>,
    /// Dates of the claims, else of their documents, sorted.
    pub dates: Vec<String>,
}

named! {
    /// How an actor stands to a matter, as its acts show it.
    pub enum Position {
        /// Accepts it.
        Accepts = "accepts",
        /// Neither accepts nor rejects it, and is told not to.
        Avoids = "avoids",
        /// Accepts it under a condition.
        ConditionallyAccepts = "conditionally accepts",
        /// Demands it.
        Demands = "demands",
        /// Does another act that is against it.
        Opposes = "opposes",
        /// Proposes it.
        Proposes = "proposes",
        /// Rejects it.
        Rejects = "rejects",
        /// Does another act that is for it.
        Supports = "supports",
    }
}

/// The stances of all actors, sorted by matter, actor, then first date. Only what is
/// told as done counts, but for acceptance under a condition. O(n log n).
pub fn stances(corpus: &Corpus, ontology: &Ontology) -> Vec<Stance> {
    let words_of = ontology.words_of(WordClass::StanceConditional);
    let conditional = StemIndex::new(words_of.iter().map(|words| (words.as_str(), ())));
    let stance_of = |claim| stance_of(claim, ontology, &conditional);
    let dates: BTreeMap<&str, &str> =
        corpus.documents.iter().filter_map(|d| Some((d.id.as_str(), d.date.as_deref()?))).collect();
    let mut found: BTreeMap<(&str, &str, Position), Vec<&Claim>> = BTreeMap::new();
    for claim in &corpus.claims {
        let matter = claim.matter.as_ref().and_then(|m| m.id.as_deref());
        let (Some(matter), Some(stance)) = (matter, stance_of(claim)) else { continue };
        for agent in claim.agent.iter().filter_map(|a| a.id.as_deref()) {
            found.entry((matter, agent, stance)).or_default().push(claim);
        }
    }
    let mut stances: Vec<Stance> = found
        .into_iter()
        .map(|((matter, actor, stance), claims)| {
            let sources: BTreeSet<String> =
                claims.iter().flat_map(|c| &c.source).map(|s| s.name().to_owned()).collect();
            let times: BTreeSet<String> = claims
                .iter()
                .filter_map(|c| {
                    let published = || dates.get(c.document.as_str()).map(|&date| date.to_owned());
                    c.time.map(|time| time.to_string()).or_else(published)
                })
                .collect();
            Stance {
                actor: actor.to_owned(),
                matter: matter.to_owned(),
                stance,
                claims: claims.iter().map(|c| c.id.clone()).collect(),
                sources: sources.into_iter().collect(),
                dates: times.into_iter().collect(),
            }
        })
        .collect();
    stances.sort_by(|a, b| {
        (&a.matter, &a.actor, a.dates.first(), &a.stance).cmp(&(
            &b.matter,
            &b.actor,
            b.dates.first(),
            &b.stance,
        ))
    });
    stances
}

/// The stance that a claim's agents take, by the words that bind an acceptance to something.
fn stance_of(claim: &Claim, ontology: &Ontology, conditional: &StemIndex<()>) -> Option<Position> {
    let act = KeyAct::named(&claim.act);
    match claim.status {
        Status::Actual => {}
        // "has not agreed" and "does not say no" both leave it open
        Status::Negated => {
            return matches!(act, Some(KeyAct::Accept | KeyAct::Reject))
                .then_some(Position::Avoids);
        }
        Status::Unrealised => {
            return (act == Some(KeyAct::Accept) && is_conditional(claim, conditional))
                .then_some(Position::ConditionallyAccepts);
        }
    }
    match act {
        Some(KeyAct::Propose) => Some(Position::Proposes),
        Some(KeyAct::Demand) => Some(Position::Demands),
        Some(KeyAct::Accept) if is_conditional(claim, conditional) => {
            Some(Position::ConditionallyAccepts)
        }
        Some(KeyAct::Accept) => Some(Position::Accepts),
        Some(KeyAct::Reject) => Some(Position::Rejects),
        _ => match ontology.act(&claim.act)?.stance? {
            ActStance::For => Some(Position::Supports),
            ActStance::Against => Some(Position::Opposes),
        },
    }
}

/// Does the quote bind the acceptance to something ("in principle", "provided")?
fn is_conditional(claim: &Claim, conditional: &StemIndex<()>) -> bool {
    let quote = words(&claim.quote);
    (0..quote.len()).any(|at| conditional.at(&quote, at).next().is_some())
}
