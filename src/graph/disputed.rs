use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::Graph;
use crate::extract::{Claim, Status};
use crate::resolve::Dispute;

impl Graph {
    /// Disputes, the most telling first: those between named voices before those that
    /// only authors see, those about what was done before those about what might be,
    /// then those with more voices and more claims. O(d log d + c) for d disputes with
    /// c claims.
    ///
    /// # Example
    /// ```
    /// use demarche::graph::Graph;
    /// use demarche::ontology::Ontology;
    /// use demarche::resolve::Corpus;
    ///
    /// assert!(Graph::new(Corpus::default(), &Ontology::default()).disputes().is_empty());
    /// ```
    pub fn disputes(&self) -> Vec<&Dispute> {
        let mut disputes: Vec<&Dispute> = self.corpus().disputes.iter().collect();
        disputes.sort_by_cached_key(|dispute| {
            let sides: Vec<Vec<&Claim>> = dispute
                .sides
                .iter()
                .map(|side| side.claims.iter().filter_map(|id| self.claim(id)))
                .map(|claims| claims.map(|at| &self.corpus().claims[at]).collect())
                .collect();
            let count = |is: fn(&Claim) -> bool| {
                sides.iter().filter(|claims| claims.iter().any(|claim| is(claim))).count()
            };
            let voices: BTreeSet<&String> = dispute.sides.iter().flat_map(|s| &s.voices).collect();
            Reverse((
                count(|claim| !claim.source.is_empty()),
                // What somebody says not to have been done is no less real.
                count(|claim| claim.status != Status::Unrealised),
                voices.len(),
                sides.iter().map(Vec::len).sum::<usize>(),
            ))
        });
        disputes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::resolve::Side;

    #[test]
    fn two_named_voices_come_before_an_author() {
        let mut corpus = fixture::corpus();
        let claim =
            |at: usize| Side { claims: vec![corpus.claims[at].id.clone()], ..Side::default() };
        let named: Vec<usize> =
            (0..corpus.claims.len()).filter(|&at| !corpus.claims[at].source.is_empty()).collect();
        let own = (0..corpus.claims.len()).find(|&at| corpus.claims[at].source.is_empty()).unwrap();
        let dispute =
            |id: &str, sides: Vec<Side>| Dispute { id: id.into(), sides, ..Dispute::default() };
        let disputes = vec![
            dispute("author", vec![claim(own), claim(named[0])]),
            dispute("voices", vec![claim(named[0]), claim(named[1])]),
        ];
        corpus.disputes = disputes;
        let graph = Graph::new(corpus, &fixture::ontology());
        assert_eq!(graph.disputes()[0].id, "voices");
    }
}
