//! What claims do not hold themselves and the words around them tell: when, where, how
//! many, how long, why.

use std::collections::BTreeMap;

use super::answer::{Evidence, Found, Kind};
use super::filling::{self, Filling};
use super::matching::Fit;
use super::need::Need;
use super::sentence::{Part, Sentence};
use super::{Asking, cast, words};
use crate::extract::{Duration, When};
use crate::resolve::Attribute;

/// How many sentences are read again for places, numbers and reasons.
const SENTENCES: usize = 8;

impl Asking<'_> {
    pub(super) fn times(&self, fits: &[Fit]) -> Result<Vec<Found>, Need> {
        let dated: Vec<Fit> = fits
            .iter()
            .filter(|fit| self.graph.corpus().claims[fit.claim].time.is_some())
            .cloned()
            .collect();
        if dated.is_empty() {
            return self.in_sentences(fits, Kind::Time, |s| s.times(self.lexicon));
        }
        Ok(filling::group(self.graph, &dated, |claim| {
            let spoken = |time: When| Filling {
                kind: Kind::Time,
                label: time.spoken(),
                id: time.to_string(),
                weight: 1.0,
                evidence: None,
            };
            claim.time.map(spoken).into_iter().collect()
        }))
    }

    /// How long the matters asked about are to last, as their attributes say.
    pub(super) fn durations(&self) -> Result<Vec<Found>, Need> {
        let Some(pattern) = self.matter_pattern(&[]) else { return Ok(Vec::new()) };
        let fits = self.matcher.fitting(&pattern)?;
        Ok(filling::group(self.graph, &fits, |claim| {
            let id = claim.matter.as_ref().and_then(|m| m.id.as_deref());
            let Some(at) = id.and_then(|id| self.graph.matter(id)) else { return Vec::new() };
            let attributes = &self.graph.corpus().matters[at].attributes;
            let lasting = attributes.iter().filter(|(name, _)| *name == Attribute::Duration);
            lasting
                .map(|(_, value)| Filling {
                    kind: Kind::Quantity,
                    id: value.clone(),
                    label: value.parse().map_or_else(|_| value.clone(), Duration::spoken),
                    weight: 1.0,
                    evidence: None,
                })
                .collect()
        }))
    }

    /// Numbers of what is counted, in the sentences of claims, else in any that have all
    /// words and names of the question.
    pub(super) fn numbers(
        &self,
        fits: &[Fit],
        names: &[Vec<Vec<String>>],
    ) -> Result<Vec<Found>, Need> {
        let counted = self.read.counted.as_deref();
        let numbers = |s: &Sentence| s.quantities(counted, self.lexicon);
        let found = self.in_sentences(fits, Kind::Quantity, numbers)?;
        let corpus = self.graph.corpus();
        if !found.is_empty() || counted.is_none() || self.form.period.is_some() {
            return Ok(found);
        }
        let named: Vec<&String> = names.iter().flatten().flatten().collect();
        let content: Vec<String> = self.read.content.iter().flat_map(|l| words::words(l)).collect();
        let content: Vec<&String> = content.iter().filter(|l| !named.contains(l)).collect();
        let mut found = Vec::new();
        for (document, told) in corpus.documents.iter().zip(self.told()?) {
            for ((span, sentence), own) in told.sentences.iter().zip(&told.words) {
                let has = |wish: &&String| own.iter().any(|w| words::alike(w, wish));
                if !content.iter().all(has)
                    || !names.iter().all(|names| cast::holds_name(sentence, names))
                {
                    continue;
                }
                let read = Sentence::at(&document.id, span.start, sentence, self.annotator);
                found.extend(numbers(&read).into_iter().map(|part| {
                    let id = words::words(&part.label).join("-");
                    let evidence = Evidence::at(&document.id, *span, sentence);
                    Found::told(Kind::Quantity, id, part.label, evidence, document, part.weight)
                }));
                if found.len() >= SENTENCES {
                    return Ok(found);
                }
            }
        }
        Ok(found)
    }

    /// Reads the sentences of the best claims again.
    pub(super) fn in_sentences(
        &self,
        fits: &[Fit],
        kind: Kind,
        parts: impl Fn(&Sentence) -> Vec<Part>,
    ) -> Result<Vec<Found>, Need> {
        let best = &fits[..fits.len().min(SENTENCES)];
        let claims = &self.graph.corpus().claims;
        self.held.texts(best.iter().map(|fit| claims[fit.claim].document.clone()).collect())?;
        let texts: BTreeMap<&str, &str> = self
            .graph
            .corpus()
            .documents
            .iter()
            .map(|d| (d.id.as_str(), d.text.as_str()))
            .collect();
        Ok(filling::group(self.graph, best, |claim| {
            let text = texts.get(claim.document.as_str()).copied();
            let sentence = Sentence::around(claim, text, self.annotator);
            parts(&sentence)
                .into_iter()
                .map(|part| Filling {
                    kind,
                    id: words::words(&part.label).join("-"),
                    label: part.label,
                    weight: part.weight,
                    evidence: Some(part.evidence),
                })
                .collect()
        }))
    }
}
