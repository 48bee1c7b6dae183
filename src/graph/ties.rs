use std::collections::BTreeMap;

use petgraph::graph::{NodeIndex, UnGraph};

use super::{Graph, Node};
use crate::extract::Status;

/// What ties two nodes: the claims between them. Empty claims: one acts for the other.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub(super) struct Tie {
    /// Indices of the claims, ascending.
    pub claims: Vec<usize>,
    /// Probability that at least one of the claims is right, taken as
    /// independent: 1 − ∏ (1 − confidence). [`OFFICE`] for `acts for`.
    pub support: f64,
}

/// Support of a tie by office: as much as a good claim. Less than 1, so that a way
/// through offices is not better than a claim that says the thing itself.
const OFFICE: f64 = 0.9;

/// Actors and matters, undirected, tied by claims: the network in which people are
/// connected, central or cut off.
///
/// An actor is tied to the matters that it acts on, to its addressees and those its claims are on, and to the
/// other agents of a claim (who met whom); and to whom it acts for.
pub(super) struct Ties {
    pub graph: UnGraph<Node, Tie>,
}

impl Ties {
    /// The ties by claims of the given statuses. O(c log c) for c claims.
    pub(super) fn new(graph: &Graph, holds: impl Fn(Status) -> bool) -> Self {
        let corpus = graph.corpus();
        let mut pairs: BTreeMap<(Node, Node), Vec<usize>> = BTreeMap::new();
        for (at, claim) in corpus.claims.iter().enumerate().filter(|(_, c)| holds(c.status)) {
            let agents = graph.resolved(&claim.agent);
            let others = graph.towards(claim);
            for (i, &agent) in agents.iter().enumerate() {
                let to_actors = agents[i + 1..].iter().chain(&others).copied().map(Node::Actor);
                let to_matter = graph.matter_of(claim).map(Node::Matter);
                for other in to_actors.chain(to_matter) {
                    let one = Node::Actor(agent);
                    if one != other {
                        let claims = pairs.entry((one.min(other), one.max(other))).or_default();
                        if claims.last() != Some(&at) {
                            claims.push(at);
                        }
                    }
                }
            }
        }
        for (at, actor) in corpus.actors.iter().enumerate() {
            if let Some(whom) = actor.acts_for.as_deref().and_then(|id| graph.actor(id))
                && whom != at
            {
                pairs.entry((Node::Actor(at.min(whom)), Node::Actor(at.max(whom)))).or_default();
            }
        }
        let mut ties = UnGraph::with_capacity(corpus.actors.len(), pairs.len());
        for at in 0..corpus.actors.len() {
            ties.add_node(Node::Actor(at));
        }
        for at in 0..corpus.matters.len() {
            ties.add_node(Node::Matter(at));
        }
        for ((one, other), claims) in pairs {
            let support = 1.0
                - claims
                    .iter()
                    .map(|&c| 1.0 - corpus.claims[c].confidence.clamp(0.0, 1.0))
                    .product::<f64>();
            let support = if claims.is_empty() { OFFICE } else { support };
            // Actors and matters come first and in the same order in both graphs.
            ties.add_edge(graph.index(one), graph.index(other), Tie { claims, support });
        }
        Self { graph: ties }
    }

    /// Actors, as indices of this graph.
    pub(super) fn actors(&self, graph: &Graph) -> impl Iterator<Item = NodeIndex> + use<> {
        (0..graph.corpus().actors.len()).map(NodeIndex::new)
    }
}
