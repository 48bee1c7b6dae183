//! Who did what to whom and about what, as nodes and edges.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::Serialize;

use crate::extract::{Claim, Status};
use crate::graph::Node;
use crate::views::NAMED;
use crate::views::Site;

/// Actors, matters and events with what is done between them.
#[derive(Debug, Serialize)]
pub(super) struct Network {
    pub nodes: Vec<NetworkNode>,
    pub edges: Vec<NetworkEdge>,
    /// How many edges were left out: those with the fewest claims.
    pub left_out: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct NetworkNode {
    /// `actor/russia`, `matter/peace`, `event/…`.
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
    /// Who did what to whom and about what, in these claims; at most so many edges. With events,
    /// who takes part in those that the claims tell of, too.
    pub(super) fn network(&self, claims: &[usize], most: usize, with_events: bool) -> Network {
        let corpus = self.corpus();
        let mut edges = self.graph.acts_of(claims.iter().copied());
        if with_events {
            let wanted: HashSet<usize> = claims.iter().copied().collect();
            for (at, event) in corpus.events.iter().enumerate() {
                let places = event.claims.iter().filter_map(|id| self.graph.claim(id));
                let told: Vec<usize> = places.filter(|at| wanted.contains(at)).collect();
                for who in event.participants.iter().filter_map(|id| self.graph.actor(id)) {
                    if !told.is_empty() {
                        let key = (Node::Actor(who), Node::Event(at), event.act.as_str());
                        let key = (key.0, key.1, key.2, Status::Actual);
                        edges.insert(key, told.clone());
                    }
                }
            }
        }
        let mut all: Vec<_> = edges.into_iter().collect();
        all.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(&b.0)));
        let left_out = all.len().saturating_sub(most);
        all.truncate(most);
        let mut held: BTreeMap<Node, BTreeSet<usize>> = BTreeMap::new();
        let edges: Vec<NetworkEdge> = all
            .into_iter()
            .map(|((source, target, act, status), claims)| {
                for end in [source, target] {
                    held.entry(end).or_default().extend(&claims);
                }
                let of = |at: &usize| &corpus.claims[*at];
                let reported = claims.iter().map(of).all(Claim::is_reported);
                let (act, status, count) = (act.to_owned(), status.as_str(), claims.len());
                let claims = claims.iter().take(NAMED).map(|at| of(at).id.clone()).collect();
                let (source, target) = (self.graph.name(source), self.graph.name(target));
                NetworkEdge { source, target, act, status, reported, claims, count }
            })
            .collect();
        let nodes = held.into_iter().map(|(node, claims)| NetworkNode {
            id: self.graph.name(node),
            kind: node.kind(),
            label: self.graph.label(node).to_owned(),
            claims: claims.len(),
        });
        Network { nodes: nodes.collect(), edges, left_out }
    }
}
