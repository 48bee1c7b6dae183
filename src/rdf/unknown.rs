//! Terms of the ontology that a query names and that there are not: mostly misspelled.

use std::collections::BTreeSet;
use std::fmt;

use super::naming::{namespace, prefixes};
use super::tokens::tokens;
use super::{Naming, terms, vocabulary};
use crate::ontology::{Ontology, nearest};

/// A term that nothing declares.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownTerm {
    /// As it stands in the query: `dm:propozed`.
    pub term: String,
    /// What may have been meant: `dm:proposed`.
    pub nearest: Option<String>,
}

impl fmt::Display for UnknownTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no {}, so nothing can match it", self.term)?;
        match &self.nearest {
            Some(near) => write!(f, "; did you mean {near}?"),
            None => Ok(()),
        }
    }
}

/// Prefixes whose terms are all known.
const CLOSED: [&str; 3] = ["dm", "act", "issue"];

/// The terms of the ontology (`dm:`, `act:`, `issue:`) that `query` names and that are not
/// declared, in the order of the query. A prefix that the query declares for something else is
/// none of these.
pub fn unknown_terms(query: &str, ontology: &Ontology) -> Vec<UnknownTerm> {
    let mut asked: Vec<(&str, &str)> = Vec::new();
    let mut before = "";
    let mut others: BTreeSet<&str> = BTreeSet::new();
    for token in tokens(query) {
        if let (Some(prefix), true) = (before.strip_suffix(':'), token.starts_with('<')) {
            let known = CLOSED.contains(&prefix);
            if known && token.trim_matches(['<', '>']) != namespace(prefix) {
                others.insert(prefix);
            }
        }
        if let Some((prefix, local)) = token.split_once(':')
            && CLOSED.contains(&prefix)
            && !local.is_empty()
            && !asked.contains(&(prefix, local))
        {
            asked.push((prefix, local));
        }
        before = token;
    }
    asked.retain(|(prefix, _)| !others.contains(prefix));
    if asked.is_empty() {
        return Vec::new();
    }
    let declared = declared(ontology);
    let unknown = |(prefix, local): (&str, &str)| {
        // A dot at the end closes the triple.
        let term = format!("{prefix}:{}", local.trim_end_matches('.'));
        if declared.contains(&term) {
            return None;
        }
        let alike = declared.iter().map(String::as_str).filter(|it| it.starts_with(prefix));
        let nearest = nearest(&term, alike).map(str::to_owned);
        Some(UnknownTerm { term, nearest })
    };
    asked.into_iter().filter_map(unknown).collect()
}

/// `dm:proposed` of every term that the vocabulary or a graph of this ontology has.
fn declared(ontology: &Ontology) -> BTreeSet<String> {
    let naming = Naming::default();
    let prefixes = prefixes(&naming);
    let short = |iri: &str| {
        prefixes.iter().find_map(|(prefix, space)| {
            Some(format!("{prefix}:{}", iri.strip_prefix(space.as_str())?))
        })
    };
    vocabulary()
        .chain(terms::quads(ontology))
        .filter_map(|quad| match quad.subject {
            oxigraph::model::NamedOrBlankNode::NamedNode(node) => short(node.as_str()),
            oxigraph::model::NamedOrBlankNode::BlankNode(_) => None,
        })
        .filter(|name| CLOSED.iter().any(|it| name.split(':').next() == Some(it)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(query: &str) -> Vec<String> {
        let ontology = Ontology::shipped().unwrap();
        unknown_terms(query, &ontology).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_misspelled_is_told_with_the_nearest() {
        assert_eq!(
            told("SELECT * { ?who dm:propozed ?what . ?claim dm:act act:rejct. }"),
            [
                "there is no dm:propozed, so nothing can match it; did you mean dm:proposed?",
                "there is no act:rejct, so nothing can match it; did you mean act:reject?"
            ]
        );
    }

    #[test]
    fn what_is_known_or_something_else_is_not_told() {
        for query in [
            "SELECT * { ?claim a dm:Claim ; dm:act act:reject ; dm:quote ?q }",
            "# dm:propozed\nASK { ?s ?p \"dm:propozed\" }",
            "PREFIX dm: <https://example.org/> ASK { ?s dm:propozed ?o }",
            "PREFIX dm: <https://w3id.org/demarche/ontology#> ASK { ?s dm:act ?o . }",
            "ASK { actor:nobody skos:prefLable ?o }",
        ] {
            assert!(told(query).is_empty(), "{query}: {:?}", told(query));
        }
    }
}
