//! How sure a claim is: the share of claims like it that are right.
//!
//! A logistic model over features of the claim, whose weights stand in
//! `models/confidence.tsv` and are fitted to gold by `demarche eval --calibrate`.
//! A claim counts as right when a gold claim bears it out, agent included. The gold
//! does not list everything that a text says, so the figure is a lower bound.

use std::fmt;
use std::sync::OnceLock;

use super::claim::{Claim, Participant};
use super::lexicon::Lexicon;
use crate::logistic::{ALWAYS, Logistic, Sign};

const SHIPPED: &str = include_str!("../../models/confidence.tsv");

/// Confidence below which a candidate is no claim: on texts that the network was not trained
/// on, each judged by weights fitted to the others, the harmonic mean of precision and recall
/// is greatest from 0.2 to 0.3.
pub(super) const LEAST: f64 = 0.25;

/// Sets the confidence of a claim as the shipped weights have it, to two places.
pub(super) fn set(claim: &mut Claim, lexicon: &Lexicon<'_>) {
    claim.confidence = Confidence::shipped().of(claim, lexicon);
}

/// How likely claims are right, by the signs that they have.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Confidence(Logistic);

impl Confidence {
    /// What the weights of [`features`] say.
    pub fn new(weights: Logistic) -> Self {
        Self(weights)
    }

    /// The weights that the program comes with.
    pub fn shipped() -> &'static Self {
        static TABLE: OnceLock<Confidence> = OnceLock::new();
        TABLE.get_or_init(|| Self(Logistic::read(SHIPPED).expect("the embedded table is tested")))
    }

    /// The share of claims like this one that are right, 0 to 1, to two places: a
    /// difference further behind says nothing.
    pub fn of(&self, claim: &Claim, lexicon: &Lexicon<'_>) -> f64 {
        (self.0.chance(&features(claim, lexicon)) * 100.0).round() / 100.0
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What is looked at in a claim. The claim itself is enough, so that a built graph can
/// be calibrated. Matter, addressee, source and the length of the quote were tried too
/// and told nothing about documents that the weights were not fitted to.
pub fn features(claim: &Claim, lexicon: &Lexicon<'_>) -> Vec<Sign> {
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
    found.into_iter().map(|feature| (feature, 1.0)).collect()
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
    use std::collections::BTreeMap;

    use super::super::claim::{Agreement, Status};
    use super::super::construction::{Construction, extractor};
    use super::*;
    use crate::fixture;

    #[test]
    fn the_shipped_table_is_read_and_knows_every_claim() {
        let table = Logistic::read(SHIPPED).unwrap();
        assert!(table.knows(ALWAYS));
        let ontology = fixture::ontology();
        let lexicon = Lexicon::new(&ontology);
        for claim in fixture::corpus().claims {
            let share = Confidence::shipped().of(&claim, &lexicon);
            assert!((0.0..=1.0).contains(&share), "{share} for {}", claim.id);
        }
    }

    #[test]
    fn every_weight_of_an_extractor_act_or_agreement_is_of_one_that_there_is() {
        let ontology = fixture::ontology();
        let constructions = Construction::ALL.iter().map(|&one| Some(one)).chain([None]);
        let extractors: Vec<String> =
            constructions.flat_map(|one| [true, false].map(|seen| extractor(one, seen))).collect();
        let agreements: Vec<&str> = Agreement::ALL.iter().map(|one| one.as_str()).collect();
        let mut counted = 0;
        for sign in SHIPPED.lines().filter_map(|line| line.split_once('\t')).map(|it| it.0) {
            let known = match sign.split_once(':') {
                Some(("extractor", name)) => extractors.iter().any(|it| it == name),
                Some(("act", act)) => ontology.act(act).is_some(),
                Some(("status", status)) => Status::named(status).is_some(),
                Some(("agent-by" | "status-by", name)) => agreements.contains(&name),
                _ => continue,
            };
            assert!(known, "no claim has the sign {sign}");
            counted += 1;
        }
        assert!(counted > 40, "only {counted} signs are held against what there is");
    }

    #[test]
    fn weights_move_the_share_and_unknown_features_do_not() {
        let ontology = fixture::ontology();
        let lexicon = Lexicon::new(&ontology);
        let claim = fixture::corpus().claims.remove(0);
        let of = |weight: f64, feature: &str| {
            let weights = BTreeMap::from([(feature.to_owned(), weight)]);
            Confidence::new(Logistic::new(weights)).of(&claim, &lexicon)
        };
        assert!((of(0.0, ALWAYS) - 0.5).abs() < 1e-9);
        assert!((of(9.0, "no-such-feature") - 0.5).abs() < 1e-9);
        assert!((of(1.0, ALWAYS) - 0.73).abs() < 1e-9, "to two places");
        assert!(of(-1.0, ALWAYS) < 0.5);
    }
}
