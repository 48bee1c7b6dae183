use std::collections::BTreeSet;

use super::{ActEdge, Graph, Node};
use crate::extract::Claim;

/// What would not be known any more.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Loss {
    /// Indices of the claims that fall away, ascending.
    pub claims: Vec<usize>,
    /// Direct edges that no other claim supports: from whom, to what, and the edge.
    pub edges: Vec<(Node, Node, ActEdge)>,
    /// Actors, matters, events and documents that no other claim names, sorted.
    pub nodes: Vec<Node>,
}

impl Graph {
    /// What hangs on one voice alone: what would fall away if nothing was believed
    /// that this actor reports.
    ///
    /// # Arguments
    /// * `source`: index of the actor, as source or via of claims.
    ///
    /// # Returns
    /// The claims that it reports, and what only these support.
    ///
    /// # Complexity
    /// Time O(V + E), space O(V).
    ///
    /// # Example
    /// ```
    /// use demarche::graph::{Graph, Loss};
    /// use demarche::ontology::Ontology;
    /// use demarche::resolve::{Actor, Corpus};
    ///
    /// let silent = Actor { id: "silent".into(), ..Actor::default() };
    /// let corpus = Corpus { actors: vec![silent], ..Corpus::default() };
    /// assert_eq!(Graph::new(corpus, &Ontology::default()).loss(0), Loss::default());
    /// ```
    pub fn loss(&self, source: usize) -> Loss {
        let id = self.corpus().actors.get(source).map(|a| a.id.as_str());
        self.loss_of(|claim| id.is_some() && claim.reporters().any(|p| p.id.as_deref() == id))
    }

    /// What would fall away without the claims that `falls` picks (those of a
    /// document, of a construction, of low confidence …).
    ///
    /// # Arguments
    /// * `falls`: is the claim to be left out?
    ///
    /// # Returns
    /// The claims, and what only these support.
    ///
    /// # Complexity
    /// Time O(V + E), space O(V).
    ///
    /// # Example
    /// ```
    /// use demarche::graph::{Graph, Loss};
    /// use demarche::ontology::Ontology;
    /// use demarche::resolve::Corpus;
    ///
    /// let graph = Graph::new(Corpus::default(), &Ontology::default());
    /// assert_eq!(graph.loss_of(|claim| claim.confidence < 0.5), Loss::default());
    /// ```
    pub fn loss_of(&self, falls: impl Fn(&Claim) -> bool) -> Loss {
        let gone: Vec<bool> = self.corpus().claims.iter().map(falls).collect();
        let mut with = BTreeSet::new();
        let mut without = BTreeSet::new();
        for (at, gone) in gone.iter().enumerate() {
            let from = self.index(Node::Claim(at));
            let set = if *gone { &mut without } else { &mut with };
            for to in self.inner().neighbors_undirected(from) {
                if !matches!(self.inner()[to], Node::Claim(_)) {
                    set.insert(self.inner()[to]);
                }
            }
        }
        Loss {
            claims: (0..gone.len()).filter(|&at| gone[at]).collect(),
            edges: self
                .act_edges()
                .filter(|(_, _, edge)| edge.claims.iter().all(|&at| gone[at]))
                .map(|(from, to, edge)| (from, to, edge.clone()))
                .collect(),
            nodes: without.difference(&with).copied().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn the_rejection_of_peacekeepers_hangs_on_reuters() {
        let graph = Graph::new(fixture::corpus(), &fixture::ontology());
        let loss = graph.loss(graph.actor("reuters").unwrap());
        assert_eq!(loss.claims.len(), 1);
        let edges: Vec<_> =
            loss.edges.iter().map(|(a, b, e)| (graph.id(*a), &*e.act, graph.id(*b))).collect();
        assert_eq!(edges, [("russia", "reject", "peacekeepers")]);
        assert_eq!(loss.nodes, [Node::Actor(graph.actor("reuters").unwrap())]);
    }
}
