use petgraph::algo::astar;
use petgraph::graph::UnGraph;
use petgraph::visit::EdgeRef;

use super::ties::{Tie, Ties};
use super::{Graph, Node};
use crate::extract::Status;

/// What makes one connection better than another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Measure {
    /// The fewest steps that need a claim; steps from one who acts for another
    /// break ties.
    #[default]
    Fewest,
    /// The most reliable: the product of the steps' supports is highest, where
    /// the support of a step is the probability that one of its claims is right
    /// (0.9 where one acts for the other).
    Strongest,
}

/// How two actors are connected.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Connection {
    /// The steps from the first actor to the second; empty if they are the same.
    pub steps: Vec<Step>,
    /// Product of the steps' supports, 0 to 1.
    pub support: f64,
}

/// One step of a connection.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// An actor or a matter.
    pub from: Node,
    /// An actor or a matter.
    pub to: Node,
    /// Indices of the claims that tie the two, most reliable first; empty where
    /// one acts for the other.
    pub claims: Vec<usize>,
}

/// Cost of a step that needs a claim, against 1 for a step by office.
const BY_CLAIM: f64 = 1000.0;

impl Graph {
    /// The best connection between two actors through what they act on and whom
    /// they act towards, with the claims as evidence.
    ///
    /// Claims of what was done are enough in most cases; only if they give no
    /// connection do negated and unrealised ones count too.
    ///
    /// # Arguments
    /// * `from`, `to`: indices of actors in the corpus.
    /// * `measure`: what makes a connection good.
    ///
    /// # Returns
    /// `None` when nothing connects the two, or there is no such actor.
    ///
    /// # Complexity
    /// Time O((V + E) log V), space O(V + E), over actors, matters and their ties.
    ///
    /// # Example
    /// ```
    /// use demarche::graph::{Graph, Measure};
    /// use demarche::ontology::Ontology;
    /// use demarche::resolve::{Actor, Corpus};
    ///
    /// let kremlin = Actor { id: "kremlin".into(), acts_for: Some("russia".into()), ..Actor::default() };
    /// let russia = Actor { id: "russia".into(), ..Actor::default() };
    /// let corpus = Corpus { actors: vec![kremlin, russia], ..Corpus::default() };
    /// let graph = Graph::new(corpus, &Ontology::default());
    /// let connection = graph.connection(0, 1, Measure::Fewest).unwrap();
    /// assert_eq!(connection.steps.len(), 1);
    /// assert!(connection.steps[0].claims.is_empty()); // by office, not by a claim
    /// ```
    pub fn connection(&self, from: usize, to: usize, measure: Measure) -> Option<Connection> {
        if from.max(to) >= self.corpus().actors.len() {
            return None;
        }
        let done = Ties::new(self, |status| status == Status::Actual);
        self.path(&done.graph, from, to, measure)
            .or_else(|| self.path(&Ties::new(self, |_| true).graph, from, to, measure))
    }

    fn path(
        &self,
        ties: &UnGraph<Node, Tie>,
        from: usize,
        to: usize,
        measure: Measure,
    ) -> Option<Connection> {
        let cost = |tie: &Tie| match measure {
            Measure::Fewest if tie.claims.is_empty() => 1.0,
            Measure::Fewest => BY_CLAIM,
            Measure::Strongest => -tie.support.clamp(1e-12, 1.0).ln(),
        };
        let goal = self.index(Node::Actor(to));
        let (_, path) = astar(
            ties,
            self.index(Node::Actor(from)),
            |node| node == goal,
            |edge| cost(edge.weight()),
            |_| 0.0,
        )?;
        let mut support = 1.0;
        let steps = path
            .windows(2)
            .map(|pair| {
                let edge = ties
                    .edges_connecting(pair[0], pair[1])
                    .next()
                    .expect("the path goes along edges");
                debug_assert_ne!(edge.source(), edge.target());
                support *= edge.weight().support;
                let mut claims = edge.weight().claims.clone();
                let confidence = |at: usize| self.corpus().claims[at].confidence;
                claims.sort_by(|&a, &b| {
                    confidence(b).total_cmp(&confidence(a)).then_with(|| a.cmp(&b))
                });
                Step { from: ties[pair[0]], to: ties[pair[1]], claims }
            })
            .collect();
        Some(Connection { steps, support })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn walk(from: &str, to: &str, measure: Measure) -> Option<String> {
        let graph = Graph::new(fixture::corpus(), &fixture::ontology());
        let connection =
            graph.connection(graph.actor(from).unwrap(), graph.actor(to).unwrap(), measure)?;
        let mut words = vec![from.to_owned()];
        words.extend(
            connection.steps.iter().map(|s| format!("-{}-> {}", s.claims.len(), graph.id(s.to))),
        );
        Some(words.join(" "))
    }

    #[test]
    fn an_accusation_connects_directly() {
        insta::assert_snapshot!(
            walk("emmanuel-macron", "vladimir-putin", Measure::Fewest).unwrap(),
            @"emmanuel-macron -1-> vladimir-putin");
    }

    #[test]
    fn offices_are_followed_but_cost_nothing_against_claims() {
        insta::assert_snapshot!(
            walk("white-house", "kremlin", Measure::Fewest).unwrap(),
            @"white-house -0-> united-states -0-> donald-trump -1-> russia -0-> kremlin");
    }

    #[test]
    fn the_strongest_way_goes_where_many_claims_agree() {
        insta::assert_snapshot!(
            walk("emmanuel-macron", "volodymyr-zelenskyy", Measure::Strongest).unwrap(),
            @"emmanuel-macron -1-> vladimir-putin -4-> energy-truce -1-> volodymyr-zelenskyy");
    }

    #[test]
    fn nobody_is_connected_to_a_mere_reporter() {
        assert_eq!(walk("reuters", "vladimir-putin", Measure::Fewest), None);
    }
}
