//! How well a clustering agrees with gold: B-cubed (Bagga and Baldwin 1998).

use std::collections::BTreeMap;

/// B-cubed precision and recall, averaged over the items.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct BCubed {
    /// Share of an item's cluster that belongs with it.
    pub precision: f64,
    /// Share of what belongs with an item that is in its cluster.
    pub recall: f64,
    /// Number of items.
    pub items: usize,
}

impl BCubed {
    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        let sum = self.precision + self.recall;
        if sum == 0.0 { 0.0 } else { 2.0 * self.precision * self.recall / sum }
    }
}

/// Compares clusterings of the same items: for each item its gold cluster and the
/// cluster found. Without items both measures are 1.
#[expect(clippy::cast_precision_loss, reason = "counts are small")]
pub fn bcubed<G: Ord, F: Ord>(items: &[(G, F)]) -> BCubed {
    let mut gold: BTreeMap<&G, usize> = BTreeMap::new();
    let mut found: BTreeMap<&F, usize> = BTreeMap::new();
    let mut both: BTreeMap<(&G, &F), usize> = BTreeMap::new();
    for (g, f) in items {
        *gold.entry(g).or_default() += 1;
        *found.entry(f).or_default() += 1;
        *both.entry((g, f)).or_default() += 1;
    }
    let mean = |size: &dyn Fn(&G, &F) -> usize| {
        if items.is_empty() {
            return 1.0;
        }
        let sum: f64 = items.iter().map(|(g, f)| both[&(g, f)] as f64 / size(g, f) as f64).sum();
        sum / items.len() as f64
    };
    BCubed { precision: mean(&|_, f| found[f]), recall: mean(&|g, _| gold[g]), items: items.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_is_one() {
        let found = bcubed(&[("a", 1), ("a", 1), ("b", 2)]);
        assert_eq!((found.precision, found.recall, found.items), (1.0, 1.0, 3));
    }

    #[test]
    fn merging_costs_precision_and_splitting_recall() {
        let merged = bcubed(&[("a", 1), ("b", 1)]);
        assert_eq!((merged.precision, merged.recall), (0.5, 1.0));
        let split = bcubed(&[("a", 1), ("a", 2)]);
        assert_eq!((split.precision, split.recall), (1.0, 0.5));
        assert!((split.f1() - 2.0 / 3.0).abs() < 1e-9);
    }
}
