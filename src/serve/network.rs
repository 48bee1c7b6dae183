//! Who did what to whom and about what, as nodes and edges.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::site::Site;
use super::views::NAMED;
use crate::extract::Participant;
use crate::graph::Node;

/// Actors and matters with what is done between them.
#[derive(Debug, Serialize)]
pub(super) struct Network {
    pub nodes: Vec<NetworkNode>,
    pub edges: Vec<NetworkEdge>,
    /// How many edges were left out: those with the fewest claims.
    pub left_out: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct NetworkNode {
    /// `actor/russia`, `matter/peace`.
    pub id: String,
    pub kind: &'static str,
    pub label: String,
    /// How many claims it has part in.
    pub claims: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct NetworkEdge {
    pub source: String,
    pub target: String,
    pub act: String,
    pub status: &'static str,
    /// Do only others than the documents' authors say so?
    pub reported: bool,
    /// Ids of its claims, the first [`NAMED`] of them.
    pub claims: Vec<String>,
    /// How many claims there are.
    pub count: usize,
}

impl Site {
    /// Who did what to whom and about what, in these claims; at most so many edges.
    pub(super) fn network(&self, claims: &[usize], most: usize) -> Network {
        let mut edges: BTreeMap<(String, String, &str, &'static str), Vec<usize>> = BTreeMap::new();
        for &at in claims {
            let claim = &self.corpus().claims[at];
            let actor = |it: &Participant| it.id.as_ref().map(|id| format!("actor/{id}"));
            let matter = claim.matter.as_ref().and_then(|it| it.id.as_ref());
            let targets: Vec<String> = claim
                .addressee
                .iter()
                .filter_map(actor)
                .chain(matter.map(|id| format!("matter/{id}")))
                .collect();
            for agent in claim.agent.iter().filter_map(actor) {
                for target in targets.iter().filter(|it| **it != agent) {
                    let key =
                        (agent.clone(), target.clone(), claim.act.as_str(), claim.status.as_str());
                    edges.entry(key).or_default().push(at);
                }
            }
        }
        let mut all: Vec<_> = edges.into_iter().collect();
        all.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(&b.0)));
        let left_out = all.len().saturating_sub(most);
        all.truncate(most);
        let mut held: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        let edges: Vec<NetworkEdge> = all
            .into_iter()
            .map(|((source, target, act, status), claims)| {
                for end in [&source, &target] {
                    held.entry(end.clone()).or_default().extend(&claims);
                }
                let of = |at: &usize| &self.corpus().claims[*at];
                let reported =
                    claims.iter().map(of).all(|it| !it.source.is_empty() || !it.via.is_empty());
                let (act, count) = (act.to_owned(), claims.len());
                let claims = claims.iter().take(NAMED).map(|at| of(at).id.clone()).collect();
                NetworkEdge { source, target, act, status, reported, claims, count }
            })
            .collect();
        let nodes = held.into_iter().map(|(id, claims)| {
            let (kind, name) = id.split_once('/').unwrap_or(("actor", &id));
            let node = match kind {
                "actor" => self.graph.actor(name).map(Node::Actor),
                _ => self.graph.matter(name).map(Node::Matter),
            };
            let label = node.map_or(name, |node| self.graph.label(node)).to_owned();
            let kind = if kind == "actor" { "actor" } else { "matter" };
            NetworkNode { kind, label, claims: claims.len(), id: id.clone() }
        });
        Network { nodes: nodes.collect(), edges, left_out }
    }
}
