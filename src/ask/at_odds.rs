//! Questions about what voices disagree on.

use std::collections::{BTreeMap, BTreeSet};

use crate::extract::Hole;
use crate::graph::folder::Selection;
use crate::graph::{Graph, Node};
use crate::resolve::Dispute;

use super::answer::{Disagreement, Found, Kind, Position};
use super::filling;
use super::understood::Reading;
use super::{Asking, Attempt};
use crate::ontology::WordClass;

/// How many claims of a side are shown.
const SHOWN: usize = 10;

/// A dispute of the graph in the form of an answer.
pub(super) fn disagreement(dispute: &Dispute) -> Disagreement {
    Disagreement {
        kind: dispute.kind,
        label: dispute.label.clone(),
        sides: dispute
            .sides
            .iter()
            .map(|side| Position {
                label: side.label.clone(),
                according_to: side.voices.iter().filter(|v| !v.is_empty()).cloned().collect(),
                claims: side.claims.clone(),
            })
            .collect(),
    }
}

/// Is each side held by a voice that does not hold the other, too? Who says one thing
/// today and another tomorrow disagrees with nobody.
pub(super) fn is_between_voices(graph: &Graph, dispute: &Disagreement) -> bool {
    let voices = |side: &Position| -> BTreeSet<String> {
        let claims = side.claims.iter().filter_map(|id| graph.claim(id));
        let claims = claims.map(|at| &graph.corpus().claims[at]);
        claims
            .flat_map(|claim| match claim.source.as_slice() {
                [] => vec![format!("the author of {}", claim.document)],
                voices => voices.iter().map(|p| p.id.clone().unwrap_or(p.text.clone())).collect(),
            })
            .collect()
    };
    let sides: Vec<_> = dispute.sides.iter().map(voices).collect();
    let apart = |a: &BTreeSet<String>, b: &BTreeSet<String>| !a.is_subset(b) && !b.is_subset(a);
    sides.iter().enumerate().any(|(n, a)| sides[n + 1..].iter().any(|b| apart(a, b)))
}

/// "What do A and B disagree on?", "What is in dispute?"
pub(super) fn disputes(asking: &Asking<'_>) -> Attempt {
    // "When did A disagree with B?" asks for what a claim tells
    let of_a_claim =
        matches!(asking.read.hole, Some(Hole::Agent | Hole::Addressee | Hole::Time | Hole::Reason));
    if !asking.has(WordClass::AsksDispute) || of_a_claim {
        return Ok(None);
    }
    let actors = asking.named();
    let graph = asking.graph;
    let disputed = graph.corpus().disputes.iter().flat_map(|d| &d.sides).flat_map(|s| &s.claims);
    let disputed = Some(disputed.cloned().collect());
    asking.held.claims(Selection { ids: disputed, ..Selection::default() })?;
    let speaks = |actor: &str, claims: &[String], voices: &[String]| {
        voices.iter().any(|v| *v == asking.cast.label(actor))
            || claims.iter().filter_map(|id| graph.claim(id)).any(|at| {
                let claim = asking.claim(at);
                let own = claim.source.is_empty();
                asking.matcher.among(actor, &claim.source) > 0.5
                    || own && asking.matcher.among(actor, &claim.agent) > 0.5
            })
    };
    let mut found: Vec<Found> = Vec::new();
    let mut shown = Vec::new();
    for dispute in &graph.corpus().disputes {
        let sides: Vec<bool> = actors
            .iter()
            .map(|a| dispute.sides.iter().any(|s| speaks(a, &s.claims, &s.voices)))
            .collect();
        if !sides.iter().all(|&s| s) {
            continue;
        }
        let claims: Vec<usize> = dispute
            .sides
            .iter()
            .flat_map(|s| s.claims.iter().take(SHOWN))
            .filter_map(|id| graph.claim(id))
            .collect();
        let (kind, id) = match &dispute.matter {
            Some(matter) => (Kind::Matter, matter.clone()),
            None => (Kind::Claim, dispute.id.clone()),
        };
        let label = dispute.label.clone();
        found.push(filling::from_claims(graph, kind, id, label, &claims, 1.0));
        shown.push(disagreement(dispute));
    }
    if let [a, b, ..] = actors.as_slice() {
        asking.held.claims(asking.of_stance(&actors))?;
        found.extend(opposed(asking, a, b));
    }
    Ok(Some((asking.understood(Reading::Disputes, actors), found, shown)))
}

/// Matters that one actor is for and the other against.
fn opposed(asking: &Asking<'_>, a: &str, b: &str) -> Vec<Found> {
    let graph = asking.graph;
    // matter → claims (for, against) of each of the two
    let mut sides: BTreeMap<usize, [Vec<usize>; 4]> = BTreeMap::new();
    for stance in graph.stances(None) {
        let id = graph.id(Node::Actor(stance.actor));
        let Some(stands_for) = stance.stands_for else { continue };
        for (n, asked) in [a, b].iter().enumerate() {
            if asking.matcher.closeness(asked, id) > 0.5 {
                let side = n * 2 + usize::from(!stands_for);
                sides.entry(stance.matter).or_default()[side].extend(&stance.claims);
            }
        }
    }
    let mut found = Vec::new();
    for (matter, [a_for, a_against, b_for, b_against]) in sides {
        let at_odds = !a_for.is_empty() && !b_against.is_empty()
            || !a_against.is_empty() && !b_for.is_empty();
        if at_odds {
            let claims: Vec<usize> = [a_for, a_against, b_for, b_against].concat();
            let matter = &graph.corpus().matters[matter];
            let (id, label) = (matter.id.clone(), matter.label.clone());
            let score = 0.5 + 0.01 * claims.len() as f64;
            found.push(filling::from_claims(graph, Kind::Matter, id, label, &claims, score));
        }
    }
    found.sort_by(|x, y| y.score.total_cmp(&x.score).then_with(|| x.id.cmp(&y.id)));
    found
}
