//! How sure a claim is: the share of claims like it that are right.
//!
//! A logistic model over features of the claim, whose weights stand in
//! `models/confidence.tsv` and are fitted to gold by `demarche eval --calibrate`.
//! A claim counts as right when a gold claim bears it out, agent included. The gold
//! does not list everything that a text says, so the figure is a lower bound.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use thiserror::Error;

use super::claim::{Claim, Participant};
use super::lexicon::Lexicon;

const SHIPPED: &str = include_str!("../../models/confidence.tsv");

/// Confidence below which a candidate is no claim: on texts that the network was not trained
/// on, each judged by weights fitted to the others, the harmonic mean of precision and recall
/// is greatest from 0.2 to 0.3.
pub(super) const LEAST: f64 = 0.25;

/// The feature that every claim has.
pub const ALWAYS: &str = "always";

/// Sets the confidence of a claim as the shipped weights have it, to two places.
pub(super) fn set(claim: &mut Claim, lexicon: &Lexicon<'_>) {
    claim.confidence = Confidence::shipped().of(claim, lexicon);
}

/// Weights of the features of a claim.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Confidence {
    weights: BTreeMap<String, f64>,
}

/// A line of a table of weights that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {content:?} is no weight; valid: a feature, a tab and a number")]
pub struct ConfidenceError {
    /// Line, from 1.
    pub line: usize,
    /// What stands there.
    pub content: String,
}

impl Confidence {
    /// Weights for the features; a feature without weight says nothing.
    pub fn new(weights: BTreeMap<String, f64>) -> Self {
        Self { weights }
    }

    /// The weights that the program comes with.
    pub fn shipped() -> &'static Self {
        static TABLE: OnceLock<Confidence> = OnceLock::new();
        TABLE.get_or_init(|| Self::read(SHIPPED).expect("the embedded table is tested"))
    }

    /// Reads a table as [`Display`](fmt::Display) writes it: a feature, a tab and its
    /// weight a line; lines that start with `#` are remarks.
    ///
    /// # Errors
    /// For the first line that is neither.
    pub fn read(table: &str) -> Result<Self, ConfidenceError> {
        let mut weights = BTreeMap::new();
        for (at, line) in table.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let weight = line.split_once('\t').and_then(|(feature, weight)| {
                let weight = weight.trim().parse::<f64>().ok().filter(|w| w.is_finite())?;
                Some((feature.to_owned(), weight))
            });
            let (feature, weight) =
                weight.ok_or_else(|| ConfidenceError { line: at + 1, content: line.to_owned() })?;
            weights.insert(feature, weight);
        }
        Ok(Self { weights })
    }

    /// The share of claims like this one that are right, 0 to 1, to two places: a
    /// difference further behind says nothing.
    pub fn of(&self, claim: &Claim, lexicon: &Lexicon<'_>) -> f64 {
        let sum: f64 =
            features(claim, lexicon).iter().filter_map(|feature| self.weights.get(feature)).sum();
        let share = 1.0 / (1.0 + (-sum).exp());
        (share * 100.0).round() / 100.0
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (feature, weight) in &self.weights {
            writeln!(f, "{feature}\t{weight:.3}")?;
        }
        Ok(())
    }
}

/// What is looked at in a claim. The claim itself is enough, so that a built graph can
/// be calibrated. Matter, addressee, source and the length of the quote were tried too
/// and told nothing about documents that the weights were not fitted to.
pub fn features(claim: &Claim, lexicon: &Lexicon<'_>) -> Vec<String> {
    let mut found = vec![
        ALWAYS.to_owned(),
        format!("act:{}", claim.act),
        format!("extractor:{}", claim.extractor),
        format!("status:{}", claim.status.as_str()),
        format!("model:{}", bucket(claim.evidence.model)),
        format!("other-act:{}", bucket(claim.evidence.other)),
        format!("agent-model:{}", bucket(claim.evidence.agent_model)),
        format!("agent-by:{}", claim.evidence.agent.as_str()),
        format!("status-by:{}", claim.evidence.status.as_str()),
    ];
    let is_pronoun = |p: &Participant| {
        let word = p.text.to_lowercase();
        lexicon.ontology.is_pronoun(&word)
    };
    let is_known =
        |p: &Participant| p.id.as_ref().is_some_and(|id| lexicon.ontology.actor(id).is_some());
    let known = !claim.agent.is_empty() && claim.agent.iter().all(is_known);
    let seen = claim.evidence.model > 0.5;
    for (feature, holds) in [
        ("agent:known", known),
        ("agent:known, unseen by the network", known && !seen),
        ("agent:none", claim.agent.is_empty()),
        ("agent:pronoun", claim.agent.iter().any(is_pronoun)),
        ("agent:several", claim.agent.len() > 1),
        ("agent:unresolved", claim.agent.iter().any(|p| p.id.is_none())),
        ("time", claim.time.is_some()),
        ("trigger:several-words", claim.trigger.contains(char::is_whitespace)),
    ] {
        if holds {
            found.push(feature.to_owned());
        }
    }
    found
}

/// The logit of a chance to the next whole number, as a word: how sure the network is
/// counts by steps of e.
fn bucket(chance: f64) -> String {
    if chance <= 0.0 {
        return "unseen".to_owned();
    }
    let logit = (chance / (1.0 - chance)).ln();
    format!("{:+}", logit.round().clamp(-3.0, 5.0) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn the_shipped_table_is_read_and_knows_every_claim() {
        let table = Confidence::read(SHIPPED).unwrap();
        assert!(table.weights.contains_key(ALWAYS));
        let ontology = fixture::ontology();
        let lexicon = Lexicon::new(&ontology);
        for claim in fixture::corpus().claims {
            let share = table.of(&claim, &lexicon);
            assert!((0.0..=1.0).contains(&share), "{share} for {}", claim.id);
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let table = Confidence::read("# a remark\nalways\t-0.5\n\nmatter\t1.25\n").unwrap();
        assert_eq!(table.to_string(), "always\t-0.500\nmatter\t1.250\n");
        assert_eq!(Confidence::read(&table.to_string()), Ok(table));
        let error = Confidence::read("always\t1\nmatter 1").unwrap_err();
        assert_eq!(error.line, 2);
        assert!(Confidence::read("always\tNaN").is_err());
    }

    #[test]
    fn weights_move_the_share_and_unknown_features_do_not() {
        let ontology = fixture::ontology();
        let lexicon = Lexicon::new(&ontology);
        let claim = fixture::corpus().claims.remove(0);
        let of = |weight: f64, feature: &str| {
            Confidence::new(BTreeMap::from([(feature.to_owned(), weight)])).of(&claim, &lexicon)
        };
        assert!((of(0.0, ALWAYS) - 0.5).abs() < 1e-9);
        assert!((of(9.0, "no-such-feature") - 0.5).abs() < 1e-9);
        assert!((of(1.0, ALWAYS) - 0.73).abs() < 1e-9, "to two places");
        assert!(of(-1.0, ALWAYS) < 0.5);
    }
}
