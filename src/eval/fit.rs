//! Fitting the confidence of claims to gold.

use std::collections::{BTreeMap, BTreeSet};

use super::gold::GoldClaim;
use super::report::Report;
use super::score::score;
use crate::corpus::Text;
use crate::extract::{Claim, Confidence, Lexicon, features};
use crate::logistic::{Example, fit};
use crate::ontology::Ontology;

/// How strongly weights are held back towards 0 (half the factor of their squares):
/// as if every feature had been seen some times with no effect. Of 0.3, 1, 3 and 10
/// the best on left-out documents.
const RIDGE: f64 = 10.0;

/// Weights fitted to gold, and how they do on documents that they were not fitted to.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Calibration {
    /// Fitted to all documents.
    pub confidence: Confidence,
    /// Claims that it was fitted to.
    pub claims: usize,
    /// Every document scored with weights fitted to the others.
    pub left_out: Report,
    /// Mean of −ln of the share given to what came true, on left-out documents.
    pub loss: f64,
    /// The same when every claim is given the share of right claims of the others.
    pub baseline: f64,
}

/// Fits the confidence of the claims of those documents that have gold.
///
/// The arguments are those of [`score`]. With one document there is nothing to leave
/// out: what `left_out` says then is what a table without weights gives.
pub fn calibrate(
    claims: &[Claim],
    gold: &[GoldClaim],
    texts: &BTreeMap<String, Text>,
    ontology: &Ontology,
) -> Calibration {
    let lexicon = Lexicon::new(ontology);
    let right = score(claims, gold, texts, ontology).right;
    let judged: Vec<&Claim> = claims.iter().filter(|c| right.contains_key(&c.id)).collect();
    let examples = |keep: &dyn Fn(&Claim) -> bool| -> Vec<Example> {
        let kept = judged.iter().filter(|c| keep(c));
        kept.map(|c| Example { signs: features(c, &lexicon), right: right[&c.id] }).collect()
    };
    let mut set: Vec<Claim> = judged.iter().map(|c| (*c).clone()).collect();
    let (mut losses, mut of_one_share) = (0.0, 0.0);
    let documents: BTreeSet<&str> = judged.iter().map(|c| c.document.as_str()).collect();
    for document in documents {
        let others = examples(&|c| c.document != document);
        let one_share = share(others.iter().filter(|e| e.right).count(), others.len());
        let fitted = Confidence::new(fit(&others, RIDGE));
        for claim in set.iter_mut().filter(|c| c.document == document) {
            claim.confidence = fitted.of(claim, &lexicon);
            losses += loss(claim.confidence, right[&claim.id]);
            of_one_share += loss(one_share, right[&claim.id]);
        }
    }
    let n = judged.len().max(1) as f64;
    Calibration {
        confidence: Confidence::new(fit(&examples(&|_| true), RIDGE)),
        claims: judged.len(),
        loss: losses / n,
        baseline: of_one_share / n,
        left_out: score(&set, gold, texts, ontology),
    }
}

fn loss(share: f64, right: bool) -> f64 {
    let share = share.clamp(0.01, 0.99);
    -(if right { share } else { 1.0 - share }).ln()
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}
