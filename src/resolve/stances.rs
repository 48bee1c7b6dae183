//! Where actors stand on matters, as their acts show it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::corpus::Corpus;
use super::knowledge::Knowledge;
use super::words::words;
use crate::extract::{Claim, Status};
use crate::ontology::{Ontology, WordClass};

/// How one actor stands to one matter, with the claims that say so. An actor can
/// have several stances to a matter: reports differ, and minds change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stance {
    /// Id of the actor.
    pub actor: String,
    /// Id of the matter.
    pub matter: String,
    /// `proposes`, `demands`, `accepts`, `conditionally accepts`, `rejects` or
    /// `avoids`; of other acts that are for or against something, `supports` or
    /// `opposes`.
    pub stance: String,
    /// Ids of the claims.
    pub claims: Vec<String>,
    /// Labels of who reports it, sorted; empty where only the documents do.
    pub sources: Vec<String>,
    /// Dates of the claims, else of their documents, sorted.
    pub dates: Vec<String>,
}

/// The stances of all actors, sorted by matter, actor, then first date. Only what is
/// told as done counts, but for acceptance under a condition. O(n log n).
pub fn stances(corpus: &Corpus, ontology: &Ontology) -> Vec<Stance> {
    let knowledge = Knowledge::new(ontology);
    let dates: BTreeMap<&str, &str> =
        corpus.documents.iter().filter_map(|d| Some((d.id.as_str(), d.date.as_deref()?))).collect();
    let mut found: BTreeMap<(&str, &str, &str), Vec<&Claim>> = BTreeMap::new();
    for claim in &corpus.claims {
        let matter = claim.matter.as_ref().and_then(|m| m.id.as_deref());
        let (Some(matter), Some(stance)) = (matter, stance_of(claim, &knowledge)) else { continue };
        for agent in claim.agent.iter().filter_map(|a| a.id.as_deref()) {
            found.entry((matter, agent, stance)).or_default().push(claim);
        }
    }
    let mut stances: Vec<Stance> = found
        .into_iter()
        .map(|((matter, actor, stance), claims)| {
            let sources: BTreeSet<String> =
                claims.iter().flat_map(|c| &c.source).map(|s| s.name().to_owned()).collect();
            let times: BTreeSet<&str> = claims
                .iter()
                .filter_map(|c| {
                    c.time.as_deref().or_else(|| dates.get(c.document.as_str()).copied())
                })
                .collect();
            Stance {
                actor: actor.to_owned(),
                matter: matter.to_owned(),
                stance: stance.to_owned(),
                claims: claims.iter().map(|c| c.id.clone()).collect(),
                sources: sources.into_iter().collect(),
                dates: times.into_iter().map(str::to_owned).collect(),
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

fn stance_of(claim: &Claim, knowledge: &Knowledge<'_>) -> Option<&'static str> {
    let act = claim.act.as_str();
    match claim.status {
        Status::Actual => {}
        // "has not agreed" and "does not say no" both leave it open
        Status::Negated => return matches!(act, "accept" | "reject").then_some("avoids"),
        Status::Unrealised => {
            return (act == "accept" && is_conditional(claim, knowledge))
                .then_some("conditionally accepts");
        }
    }
    match act {
        "propose" => Some("proposes"),
        "demand" => Some("demands"),
        "accept" if is_conditional(claim, knowledge) => Some("conditionally accepts"),
        "accept" => Some("accepts"),
        "reject" => Some("rejects"),
        _ => match knowledge.ontology.act(act)?.stance.as_deref() {
            Some("for") => Some("supports"),
            Some("against") => Some("opposes"),
            _ => None,
        },
    }
}

/// Does the quote bind the acceptance to something ("in principle", "provided")?
fn is_conditional(claim: &Claim, knowledge: &Knowledge<'_>) -> bool {
    let quote = words(&claim.quote);
    (0..quote.len()).any(|i| knowledge.is_at(&quote, i, WordClass::StanceConditional).is_some())
}
