use super::report::{Bucket, Yield};

/// Tenths of confidence.
pub(super) const TENTHS: [f64; 11] = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0];

/// Sorts claims, given as confidence and whether borne out, into tenths; those
/// without a claim are left out.
pub(super) fn buckets(claims: &[(f64, bool)]) -> Vec<Bucket> {
    TENTHS
        .windows(2)
        .filter_map(|edge| {
            let (from, to) = (edge[0], edge[1]);
            let last = to >= 1.0;
            let here: Vec<_> =
                claims.iter().filter(|(c, _)| *c >= from && (*c < to || last)).collect();
            let (n, sum) = here.iter().fold((0, 0.0), |(n, sum), (c, _)| (n + 1, sum + c));
            (n > 0).then(|| Bucket {
                from,
                to,
                claims: Yield {
                    claims: n,
                    matched: here.iter().filter(|(_, matched)| *matched).count(),
                },
                mean_confidence: sum / n as f64,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_claim_is_in_one_bucket() {
        let buckets = buckets(&[(0.0, false), (0.3, true), (0.95, true), (1.0, false)]);
        let shown: Vec<_> =
            buckets.iter().map(|b| (b.from, b.claims.claims, b.claims.matched)).collect();
        assert_eq!(shown, [(0.0, 1, 0), (0.3, 1, 1), (0.9, 2, 1)]);
        assert!((buckets[2].mean_confidence - 0.975).abs() < 1e-9);
    }
}
