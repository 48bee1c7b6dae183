//! Fitting the confidence of claims to gold.

use std::collections::{BTreeMap, BTreeSet};

use super::gold::GoldClaim;
use super::report::Report;
use super::score::score;
use crate::corpus::Text;
use crate::extract::{ALWAYS, Claim, Confidence, Lexicon, features};
use crate::ontology::Ontology;

/// How strongly weights are held back towards 0 (half the factor of their squares):
/// as if every feature had been seen some times with no effect. Of 0.3, 1, 3 and 10
/// the best on left-out documents.
const RIDGE: f64 = 10.0;
/// Steps of descent; the weights no longer change in the third place long before.
const STEPS: usize = 4000;

/// Weights fitted to gold, and how they do on documents that they were not fitted to.
#[derive(Debug, Clone)]
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
        kept.map(|c| Example { features: features(c, &lexicon), right: right[&c.id] }).collect()
    };
    let mut set: Vec<Claim> = judged.iter().map(|c| (*c).clone()).collect();
    let (mut losses, mut of_one_share) = (0.0, 0.0);
    let documents: BTreeSet<&str> = judged.iter().map(|c| c.document.as_str()).collect();
    for document in documents {
        let others = examples(&|c| c.document != document);
        let one_share = share(others.iter().filter(|e| e.right).count(), others.len());
        let fitted = fit(&others);
        for claim in set.iter_mut().filter(|c| c.document == document) {
            claim.confidence = fitted.of(claim, &lexicon);
            losses += loss(claim.confidence, right[&claim.id]);
            of_one_share += loss(one_share, right[&claim.id]);
        }
    }
    let n = judged.len().max(1) as f64;
    Calibration {
        confidence: fit(&examples(&|_| true)),
        claims: judged.len(),
        loss: losses / n,
        baseline: of_one_share / n,
        left_out: score(&set, gold, texts, ontology),
    }
}

/// A claim's features, and whether it is right.
struct Example {
    features: Vec<String>,
    right: bool,
}

/// Logistic regression with a ridge, by descent from 0 along the mean gradient.
/// The share of what is right everywhere ([`ALWAYS`]) is not held back.
fn fit(examples: &[Example]) -> Confidence {
    const STEP: f64 = 0.2;
    let names: BTreeSet<&str> =
        examples.iter().flat_map(|e| e.features.iter().map(String::as_str)).collect();
    let at: BTreeMap<&str, usize> = names.iter().enumerate().map(|(i, n)| (*n, i)).collect();
    let rows: Vec<(Vec<usize>, f64)> = examples
        .iter()
        .map(|e| {
            let row = e.features.iter().map(|name| at[name.as_str()]).collect();
            (row, f64::from(u8::from(e.right)))
        })
        .collect();
    let ridges: Vec<f64> = names.iter().map(|n| if *n == ALWAYS { 0.0 } else { RIDGE }).collect();
    let n = rows.len().max(1) as f64;
    let mut weights = vec![0.0; names.len()];
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = weights.iter().zip(&ridges).map(|(w, r)| w * r).collect();
        for (row, right) in &rows {
            let sum: f64 = row.iter().map(|i| weights[*i]).sum();
            let error = 1.0 / (1.0 + (-sum).exp()) - right;
            row.iter().for_each(|i| gradient[*i] += error);
        }
        weights.iter_mut().zip(&gradient).for_each(|(w, g)| *w -= STEP * g / n);
    }
    Confidence::new(names.iter().map(|n| (*n).to_owned()).zip(weights).collect())
}

fn loss(share: f64, right: bool) -> f64 {
    let share = share.clamp(0.01, 0.99);
    -(if right { share } else { 1.0 - share }).ln()
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examples(rows: &[(&str, bool, usize)]) -> Vec<Example> {
        rows.iter()
            .flat_map(|&(feature, right, n)| {
                (0..n)
                    .map(move |_| Example { features: vec![ALWAYS.into(), feature.into()], right })
            })
            .collect()
    }

    fn weight(fitted: &Confidence, feature: &str) -> f64 {
        let table = fitted.to_string();
        let line = table.lines().find(|l| l.starts_with(feature)).unwrap();
        line.split_once('\t').unwrap().1.parse().unwrap()
    }

    #[test]
    fn what_is_right_more_often_weighs_more() {
        let fitted = fit(&examples(&[
            ("good", true, 90),
            ("good", false, 10),
            ("bad", true, 40),
            ("bad", false, 60),
        ]));
        assert!(weight(&fitted, "good") > 0.5);
        assert!(weight(&fitted, "bad") < 0.0);
    }

    #[test]
    fn what_is_rare_weighs_little() {
        let fitted =
            fit(&examples(&[("often", true, 80), ("often", false, 20), ("once", false, 1)]));
        assert!(weight(&fitted, "once").abs() < 0.5, "one example is not much evidence");
        assert!(fit(&[]).to_string().is_empty());
    }
}
