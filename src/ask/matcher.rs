//! The claims of a graph, indexed for matching.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use crate::corpus;
use crate::extract::Lexicon;
use crate::graph::Graph;

use super::cast::Cast;
use super::need::Held;

/// The claims of a graph, ready to be matched.
pub(super) struct Matcher<'a> {
    /// The graph.
    pub graph: &'a Graph,
    /// What is at hand of it.
    pub held: &'a Held,
    /// The ontology with its indexes.
    pub lexicon: &'a Lexicon<'a>,
    /// Its actors.
    pub cast: &'a Cast<'a>,
    /// Indices of the claims of each act.
    pub by_act: BTreeMap<&'a str, Vec<usize>>,
    /// The texts by id.
    pub documents: HashMap<&'a str, &'a str>,
    /// Their dates.
    pub dates: HashMap<&'a str, &'a str>,
    /// Texts that have been looked into.
    pub texts: RefCell<HashMap<String, corpus::Text>>,
    /// How close two actors are, as far as it was asked.
    pub closeness: RefCell<HashMap<(String, String), f64>>,
}

impl<'a> Matcher<'a> {
    /// Indexes the claims by act. O(claims).
    pub(super) fn new(
        graph: &'a Graph,
        held: &'a Held,
        lexicon: &'a Lexicon<'a>,
        cast: &'a Cast<'a>,
    ) -> Self {
        let mut by_act: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, claim) in graph.corpus().claims.iter().enumerate() {
            by_act.entry(&claim.act).or_default().push(at);
        }
        let all = || graph.corpus().documents.iter();
        let documents = all().map(|d| (d.id.as_str(), d.text.as_str())).collect();
        let dates = all().filter_map(|d| Some((d.id.as_str(), d.date.as_deref()?))).collect();
        let (texts, closeness) = (RefCell::default(), RefCell::default());
        Self { graph, held, lexicon, cast, by_act, documents, dates, texts, closeness }
    }
}
