use std::collections::BTreeMap;

use super::Graph;
use crate::extract::Status;
use crate::ontology::ActStance;

/// What one actor did about one matter.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stance {
    /// Index of the actor in the corpus.
    pub actor: usize,
    /// Index of the matter in the corpus.
    pub matter: usize,
    /// Id of the act.
    pub act: String,
    /// Done, not done, or neither.
    pub status: Status,
    /// Is the actor for it (`Some(true)`), against it, or does the act not say?
    /// Not accepting is no rejecting, so only what was done says it.
    pub stands_for: Option<bool>,
    /// Indices of the claims, ascending.
    pub claims: Vec<usize>,
}

impl Graph {
    /// Who stands where: what every actor did about every matter, or about one.
    ///
    /// # Arguments
    /// * `matter`: index of the only matter to look at, if any.
    ///
    /// # Returns
    /// One stance for each actor, matter, act and status, sorted by these.
    ///
    /// # Complexity
    /// Time O(c log c) for c claims.
    ///
    /// # Example
    /// ```
    /// use demarche::graph::Graph;
    /// use demarche::ontology::Ontology;
    /// use demarche::resolve::Corpus;
    ///
    /// assert!(Graph::new(Corpus::default(), &Ontology::default()).stances(None).is_empty());
    /// ```
    pub fn stances(&self, matter: Option<usize>) -> Vec<Stance> {
        let mut found: BTreeMap<(usize, usize, &str, Status), Vec<usize>> = BTreeMap::new();
        for (at, claim) in self.corpus().claims.iter().enumerate() {
            let Some(of) = self.matter_of(claim) else { continue };
            if matter.is_some_and(|only| only != of) {
                continue;
            }
            for actor in self.resolved(&claim.agent) {
                found.entry((actor, of, &claim.act, claim.status)).or_default().push(at);
            }
        }
        found
            .into_iter()
            .map(|((actor, matter, act, status), claims)| {
                let stance = self.act(act).and_then(|a| a.stance);
                let stands_for = match (stance, status) {
                    (Some(ActStance::For), Status::Actual) => Some(true),
                    (Some(ActStance::Against), Status::Actual) => Some(false),
                    _ => None,
                };
                Stance { actor, matter, act: act.to_owned(), status, stands_for, claims }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::graph::Node;

    #[test]
    fn not_accepting_is_not_opposing() {
        let graph = Graph::new(fixture::corpus(), &fixture::ontology());
        let matter = graph.matter("end-of-military-aid").unwrap();
        let stances: Vec<_> = graph
            .stances(Some(matter))
            .into_iter()
            .map(|s| (graph.id(Node::Actor(s.actor)).to_owned(), s.act, s.stands_for))
            .collect();
        let expected = [
            ("donald-trump", "accept", None),
            ("vladimir-putin", "demand", Some(true)),
            ("volodymyr-zelenskyy", "reject", Some(false)),
        ]
        .map(|(actor, act, stands_for)| (actor.to_owned(), act.to_owned(), stands_for));
        assert_eq!(stances, expected);
    }
}
