//! What fills the hole: fitting claims grouped by the actor, matter, time or number
//! that they give.

use std::collections::{BTreeMap, BTreeSet};

use crate::extract::{Claim, MatterMention, Participant, Status};
use crate::graph::Graph;
use crate::ontology::{Ontology, WordClass};

use super::answer::{Evidence, Found, Kind};
use super::cast::Cast;
use super::matching::Fit;
use super::words::words;

/// Answers that fit less than this share of the best are left out.
const BESIDE_THE_BEST: f64 = 0.45;
/// How much support counts: answers with more claims win among like ones.
const SUPPORT: f64 = 0.04;

/// What one claim gives as an answer.
pub(super) struct Filling {
    /// What kind of thing.
    pub kind: Kind,
    /// Id.
    pub id: String,
    /// For people.
    pub label: String,
    /// How much of the claim's fit it keeps.
    pub weight: f64,
    /// Other words as evidence than the claim's own.
    pub evidence: Option<Evidence>,
}

/// Score, index of the claim, and what it gives.
type Member = (f64, usize, Filling);

/// Groups fitting claims by what `fill` finds in each, best first.
pub(super) fn group(
    graph: &Graph,
    fits: &[Fit],
    mut fill: impl FnMut(&Claim) -> Vec<Filling>,
) -> Vec<Found> {
    let mut groups: BTreeMap<(Kind, String), Vec<Member>> = BTreeMap::new();
    for fit in fits {
        for filling in fill(&graph.corpus().claims[fit.claim]) {
            let key = (filling.kind, filling.id.clone());
            groups.entry(key).or_default().push((fit.score * filling.weight, fit.claim, filling));
        }
    }
    let mut found: Vec<Found> = groups
        .into_iter()
        .map(|((kind, id), mut members)| {
            members.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let claims: Vec<usize> = members.iter().map(|(_, claim, _)| *claim).collect();
            let support = members.iter().map(|(score, _, _)| score).sum::<f64>().max(1.0).ln();
            let score = members[0].0 * (1.0 + SUPPORT * support);
            let mut own: Vec<Evidence> = members
                .iter()
                .map(|(_, claim, filling)| {
                    filling
                        .evidence
                        .clone()
                        .unwrap_or_else(|| evidence(&graph.corpus().claims[*claim]))
                })
                .collect();
            let label = members[0].2.label.clone();
            distinct(&mut own);
            Found { evidence: own, ..from_claims(graph, kind, id, label, &claims, score) }
        })
        .collect();
    rank(&mut found);
    found
}

/// Sorts answers best first, done before not done, and drops the far-fetched.
pub(super) fn rank(found: &mut Vec<Found>) {
    let done = |found: &Found| found.status == Status::Negated;
    found.sort_by(|a, b| {
        done(a)
            .cmp(&done(b))
            .then(b.score.total_cmp(&a.score))
            .then(b.claims.len().cmp(&a.claims.len()))
            .then_with(|| a.id.cmp(&b.id))
    });
    let best = found.first().map_or(0.0, |f| f.score);
    let any_done = found.first().is_some_and(|f| !done(f));
    found.retain(|f| f.score >= BESIDE_THE_BEST * best && !(any_done && done(f)));
}

/// An answer that rests on some claims, best first.
pub(super) fn from_claims(
    graph: &Graph,
    kind: Kind,
    id: String,
    label: String,
    claims: &[usize],
    score: f64,
) -> Found {
    let all = &graph.corpus().claims;
    let mut seen = BTreeSet::new();
    let distinct_claims: Vec<usize> = claims.iter().copied().filter(|c| seen.insert(*c)).collect();
    let best = distinct_claims.first().map(|&c| all[c].status);
    let published =
        |claim: &Claim| graph.corpus().document(&claim.document).and_then(|it| it.date.clone());
    let mut words_of_claims = distinct_claims.iter().map(|&c| evidence(&all[c])).collect();
    distinct(&mut words_of_claims);
    let date = distinct_claims.first().map(|&c| &all[c]);
    Found {
        kind,
        id,
        label,
        status: best.unwrap_or(Status::Actual),
        according_to: voices(distinct_claims.iter().map(|&c| &all[c])),
        claims: distinct_claims.iter().map(|&c| all[c].id.clone()).collect(),
        evidence: words_of_claims,
        date: date
            .and_then(|claim| claim.time.map(|time| time.to_string()).or_else(|| published(claim))),
        score,
    }
}

/// The words of a claim.
pub(super) fn evidence(claim: &Claim) -> Evidence {
    Evidence::at(&claim.document, claim.span(), &claim.quote)
}

/// Leaves out words that stand there already.
pub(super) fn distinct(evidence: &mut Vec<Evidence>) {
    let mut seen = BTreeSet::new();
    evidence.retain(|one| seen.insert((one.document.clone(), one.start, one.end)));
}

/// Labels of the sources of some claims, in their order, without repeats.
pub(super) fn voices<'c>(claims: impl Iterator<Item = &'c Claim>) -> Vec<String> {
    let mut voices: Vec<String> = Vec::new();
    for participant in claims.flat_map(|claim| &claim.source) {
        let label = participant.name().to_owned();
        if !voices.contains(&label) {
            voices.push(label);
        }
    }
    voices
}

/// The participants of a role as answers.
pub(super) fn actors(cast: &Cast<'_>, role: &[Participant], without: &[String]) -> Vec<Filling> {
    role.iter()
        .map(|participant| match &participant.id {
            Some(id) => (id.clone(), cast.label(id), 1.0),
            None => {
                let id = cast.described(&participant.text);
                let label = match cast.label(&id) {
                    label if label != id => label,
                    _ => participant.text.clone(),
                };
                (id, label, 0.8)
            }
        })
        .filter(|(id, _, _)| !without.contains(id) && !id.is_empty())
        .map(|(id, label, weight)| Filling { kind: Kind::Actor, id, label, weight, evidence: None })
        .collect()
}

/// The matter of a claim as an answer; without one, or where it is only pointed
/// back at, the claim's own words.
pub(super) fn matter(graph: &Graph, ontology: &Ontology, claim: &Claim) -> Filling {
    let classes = [
        WordClass::It,
        WordClass::They,
        WordClass::He,
        WordClass::She,
        WordClass::Interrogative,
        WordClass::Relative,
        WordClass::Demonstrative,
    ];
    let says = |label: &str| {
        words(label).iter().any(|w| !classes.iter().any(|&class| ontology.is(w, class)))
    };
    let label_of = |mention: &MatterMention| {
        let known = mention.id.as_deref().and_then(|id| graph.matter(id));
        known.map_or(mention.text.clone(), |at| graph.corpus().matters[at].label.clone())
    };
    if let Some(mention) = claim.matter.as_ref().filter(|mention| says(&label_of(mention))) {
        let known = mention.id.as_deref().and_then(|id| graph.matter(id));
        if let Some(at) = known {
            let matter = &graph.corpus().matters[at];
            return Filling {
                kind: Kind::Matter,
                id: matter.id.clone(),
                label: matter.label.clone(),
                weight: 1.0,
                evidence: None,
            };
        }
        return Filling {
            kind: Kind::Matter,
            id: words(&mention.text).join("-"),
            label: mention.text.split_whitespace().collect::<Vec<_>>().join(" "),
            weight: 1.0,
            evidence: None,
        };
    }
    words_of(claim, 0.7)
}

/// A claim's own words as an answer.
pub(super) fn words_of(claim: &Claim, weight: f64) -> Filling {
    Filling {
        kind: Kind::Claim,
        id: claim.id.clone(),
        label: claim.quote.split_whitespace().collect::<Vec<_>>().join(" "),
        weight,
        evidence: None,
    }
}
