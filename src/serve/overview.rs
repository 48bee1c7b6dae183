//! What is in a graph, and what to be careful with.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::extract::{Point, When};
use crate::resolve::Matter;
use crate::views::{Site, Weakness};

/// What is in a graph.
#[derive(Debug, Serialize)]
pub(super) struct Overview<'a> {
    pub documents: usize,
    pub words: usize,
    pub claims: usize,
    pub actors: usize,
    pub matters: usize,
    pub events: usize,
    pub disputes: usize,
    pub base: &'a str,
    pub program: &'a str,
    /// Are verdicts on claims taken?
    pub review: bool,
    /// The first and the last day that claims or documents tell.
    pub from: Option<Date>,
    pub until: Option<Date>,
    /// What a reader should be careful with.
    pub weak: Weak,
}

/// How much rests on little.
#[derive(Debug, Serialize)]
pub(super) struct Weak {
    /// Claims of which nobody knows who acts.
    pub unknown_agents: usize,
    /// Claims that somebody reports of whom nothing but words are known.
    pub unknown_sources: usize,
    /// Matters of two claims or more that one document alone tells of.
    pub single_document: usize,
    /// Claims that are right in less than half of the cases.
    pub unsure: usize,
}

impl Site {
    pub(super) fn overview(&self, review: bool) -> Overview<'_> {
        let corpus = self.corpus();
        let first = |time: When| match time {
            When::At(Point::Day(day)) | When::Between(Point::Day(day), _) => Some(day),
            _ => None,
        };
        let of_claims = corpus.claims.iter().filter_map(|it| it.time.and_then(first));
        let of_documents =
            corpus.documents.iter().filter_map(|it| it.date.as_ref()?.get(..10)?.parse().ok());
        let days: BTreeSet<Date> = of_claims.chain(of_documents).collect();
        let count =
            |weakness: Weakness| corpus.claims.iter().filter(|it| weakness.is_of(it, self)).count();
        let single = |it: &&Matter| self.is_of_one_document(it);
        Overview {
            documents: corpus.documents.len(),
            words: corpus.documents.iter().map(|it| it.words).sum(),
            claims: corpus.claims.len(),
            actors: corpus.actors.len(),
            matters: corpus.matters.len(),
            events: corpus.events.len(),
            disputes: corpus.disputes.len(),
            base: self.naming.base(),
            program: env!("CARGO_PKG_VERSION"),
            review,
            from: days.first().copied(),
            until: days.last().copied(),
            weak: Weak {
                unknown_agents: count(Weakness::Agent),
                unknown_sources: count(Weakness::Source),
                single_document: corpus.matters.iter().filter(single).count(),
                unsure: count(Weakness::Unsure),
            },
        }
    }
}
