use std::collections::VecDeque;

use petgraph::graph::NodeIndex;
use petgraph::visit::{EdgeRef, NodeIndexable};

use super::ties::Ties;
use super::{Graph, Node};
use crate::extract::Status;

/// How central an actor is.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Centrality {
    /// Index of the actor in the corpus.
    pub actor: usize,
    /// The score; its meaning is that of the function that gave it.
    pub score: f64,
    /// Indices of the claims that tie the actor to others, ascending.
    pub claims: Vec<usize>,
}

/// Above so many nodes, betweenness is estimated from so many of them.
const PIVOTS: usize = 1000;

impl Graph {
    /// Brokers: betweenness of actors, the share of shortest connections between
    /// two other actors that lead through this one (Freeman 1977), by the
    /// algorithm of Brandes (2001).
    ///
    /// Above 1,000 actors the sum runs over 1,000 of them, evenly spread, and is
    /// scaled up (Brandes and Pich 2007).
    ///
    /// # Returns
    /// All actors with a score above 0, highest first, then by id. Scores are
    /// divided by the number of pairs of other actors, so they lie in 0 to 1.
    ///
    /// # Complexity
    /// Time O(min(a, 1000) · (V + E)) for a actors, space O(V + E).
    ///
    /// # Example
    /// ```
    /// use demarche::graph::Graph;
    /// use demarche::ontology::Ontology;
    /// use demarche::resolve::Corpus;
    ///
    /// assert!(Graph::new(Corpus::default(), &Ontology::default()).brokers().is_empty());
    /// ```
    pub fn brokers(&self) -> Vec<Centrality> {
        let ties = Ties::new(self, |status| status == Status::Actual);
        let actors: Vec<NodeIndex> = ties.actors(self).collect();
        let step = actors.len().div_ceil(PIVOTS).max(1);
        let pivots: Vec<NodeIndex> = actors.iter().copied().step_by(step).collect();
        let mut between = vec![0.0; ties.graph.node_bound()];
        for &source in &pivots {
            self.add_dependencies(&ties, source, &mut between);
        }
        let others = actors.len().saturating_sub(1) * actors.len().saturating_sub(2);
        // Each pair is met from both of its ends, and `others` counts it twice too.
        let scale = if others == 0 {
            0.0
        } else {
            actors.len() as f64 / pivots.len() as f64 / others as f64
        };
        self.ranked(&ties, |at| between[at] * scale)
    }

    /// One source of Brandes' sum: adds to `between` how much every node lies on
    /// shortest ways from `source` to actors. Breadth first, backwards.
    fn add_dependencies(&self, ties: &Ties, source: NodeIndex, between: &mut [f64]) {
        let bound = ties.graph.node_bound();
        let mut ways = vec![0.0_f64; bound];
        let mut far = vec![usize::MAX; bound];
        let mut share = vec![0.0_f64; bound];
        let mut order = Vec::new();
        let mut queue = VecDeque::from([source]);
        ways[source.index()] = 1.0;
        far[source.index()] = 0;
        while let Some(node) = queue.pop_front() {
            order.push(node);
            for next in ties.graph.neighbors(node) {
                if far[next.index()] == usize::MAX {
                    far[next.index()] = far[node.index()] + 1;
                    queue.push_back(next);
                }
                if far[next.index()] == far[node.index()] + 1 {
                    ways[next.index()] += ways[node.index()];
                }
            }
        }
        for &node in order.iter().rev() {
            // Only actors are ends of a connection; matters just lie between.
            let end = f64::from(u8::from(matches!(ties.graph[node], Node::Actor(_))));
            for before in ties.graph.neighbors(node) {
                if far[before.index()].wrapping_add(1) == far[node.index()] {
                    share[before.index()] +=
                        ways[before.index()] / ways[node.index()] * (end + share[node.index()]);
                }
            }
            if node != source {
                between[node.index()] += share[node.index()];
            }
        }
    }

    /// Prominence: PageRank (Brin and Page 1998) over actors and matters, where a
    /// tie passes on the more the better it is supported by claims. Damping 0.85,
    /// until no score moves by more than 10⁻⁹ or 100 rounds are over.
    ///
    /// (`petgraph::algo::page_rank` is not used: it knows no weights, and takes
    /// time quadratic in the nodes.)
    ///
    /// # Returns
    /// All actors with at least one claim, highest first, then by id; scores of
    /// all actors and matters add up to 1.
    ///
    /// # Complexity
    /// Time O(rounds · (V + E)), space O(V + E).
    ///
    /// # Example
    /// ```
    /// use demarche::graph::Graph;
    /// use demarche::ontology::Ontology;
    /// use demarche::resolve::Corpus;
    ///
    /// assert!(Graph::new(Corpus::default(), &Ontology::default()).prominence().is_empty());
    /// ```
    pub fn prominence(&self) -> Vec<Centrality> {
        const DAMPING: f64 = 0.85;
        let ties = Ties::new(self, |status| status == Status::Actual);
        let count = ties.graph.node_count();
        if count == 0 {
            return Vec::new();
        }
        let out: Vec<f64> = ties
            .graph
            .node_indices()
            .map(|n| ties.graph.edges(n).map(|e| e.weight().support).sum())
            .collect();
        let mut rank = vec![1.0 / count as f64; count];
        for _ in 0..100 {
            let stranded: f64 = (0..count).filter(|&n| out[n] == 0.0).map(|n| rank[n]).sum();
            let base = (1.0 - DAMPING + DAMPING * stranded) / count as f64;
            let mut next = vec![base; count];
            for edge in ties.graph.edge_references() {
                let (a, b) = (edge.source().index(), edge.target().index());
                let support = edge.weight().support;
                if support > 0.0 {
                    next[b] += DAMPING * rank[a] * support / out[a];
                    next[a] += DAMPING * rank[b] * support / out[b];
                }
            }
            let moved = rank.iter().zip(&next).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            rank = next;
            if moved < 1e-9 {
                break;
            }
        }
        let mut ranked = self.ranked(&ties, |at| rank[at]);
        ranked.retain(|c| !c.claims.is_empty());
        ranked
    }

    fn ranked(&self, ties: &Ties, score: impl Fn(usize) -> f64) -> Vec<Centrality> {
        let mut ranked: Vec<Centrality> = ties
            .actors(self)
            .map(|node| {
                let mut claims: Vec<usize> =
                    ties.graph.edges(node).flat_map(|e| e.weight().claims.clone()).collect();
                claims.sort_unstable();
                claims.dedup();
                Centrality { actor: node.index(), score: score(node.index()), claims }
            })
            .filter(|c| c.score > 0.0)
            .collect();
        // Actors are sorted by id, so the index breaks ties.
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.actor.cmp(&b.actor)));
        ranked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn show(graph: &Graph, ranked: &[Centrality]) -> String {
        let line = |c: &Centrality| {
            format!("{} {:.3} ({})", graph.id(Node::Actor(c.actor)), c.score, c.claims.len())
        };
        ranked.iter().take(4).map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn each_measure_has_its_own_order() {
        let graph = Graph::new(fixture::corpus(), &fixture::ontology());
        insta::assert_snapshot!(show(&graph, &graph.prominence()), @r"
        vladimir-putin 0.102 (9)
        russia 0.102 (4)
        donald-trump 0.093 (5)
        ukraine 0.078 (3)
        ");
        insta::assert_snapshot!(show(&graph, &graph.brokers()), @r"
        russia 0.265 (4)
        united-states 0.178 (1)
        donald-trump 0.148 (5)
        ukraine 0.141 (3)
        ");
    }

    #[test]
    fn prominence_is_shared_with_matters() {
        let graph = Graph::new(fixture::corpus(), &fixture::ontology());
        let sum: f64 = graph.prominence().iter().map(|c| c.score).sum();
        assert!(sum > 0.3 && sum < 1.0, "{sum}");
    }
}
