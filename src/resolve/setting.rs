//! Where and when a document plays: the powers that it speaks of most, and its date.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::corpus::DocumentRecord;
use super::knowledge::Knowledge;
use crate::extract::Claim;

/// How many powers make a setting.
const POWERS: usize = 3;
/// Days within which two texts without other evidence speak of the same affair.
const NEAR_DAYS: i32 = 92;

/// Powers and date of a document or of what was put together from several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Setting {
    /// The states and organisations spoken of most, at most three.
    pub powers: BTreeSet<String>,
    /// First and last date.
    pub dates: Option<(Date, Date)>,
}

impl Setting {
    /// May both speak of the same affair? They must share two of the powers spoken
    /// of most, or all where one has fewer, and lie within a quarter of each other.
    pub(super) fn fits(&self, other: &Self) -> bool {
        let fewest = self.powers.len().min(other.powers.len());
        let shared = self.powers.intersection(&other.powers).count();
        shared >= fewest.min(2) && self.is_near(other)
    }

    fn is_near(&self, other: &Self) -> bool {
        let (Some(a), Some(b)) = (self.dates, other.dates) else { return true };
        let gap = |from: Date, to: Date| (to - from).get_days();
        gap(a.1, b.0) <= NEAR_DAYS && gap(b.1, a.0) <= NEAR_DAYS
    }

    /// Widens the dates by those of another.
    pub(super) fn extend(&mut self, other: &Self) {
        if self.powers.is_empty() {
            self.powers = other.powers.clone();
        }
        self.dates = match (self.dates, other.dates) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
    }
}

/// The setting of every document that has claims.
pub(super) fn settings(
    documents: &[DocumentRecord],
    claims: &[Claim],
    acts_for: &BTreeMap<String, String>,
    knowledge: &Knowledge<'_>,
) -> HashMap<String, Setting> {
    let mut counts: HashMap<&str, BTreeMap<String, usize>> = HashMap::new();
    let mut powers: HashMap<&str, String> = HashMap::new();
    for claim in claims {
        let of_document = counts.entry(&claim.document).or_default();
        for participant in claim.agent.iter().chain(&claim.addressee) {
            if let Some(id) = &participant.id {
                let power = powers.entry(id).or_insert_with(|| knowledge.power(id, acts_for));
                match of_document.get_mut(power) {
                    Some(count) => *count += 1,
                    None => drop(of_document.insert(power.clone(), 1)),
                }
            }
        }
    }
    let dates: HashMap<&str, Option<Date>> = documents
        .iter()
        .map(|d| (d.id.as_str(), d.date.as_ref().and_then(|d| d.parse().ok())))
        .collect();
    counts
        .into_iter()
        .map(|(document, counts)| {
            let mut known: Vec<(String, usize)> = counts
                .into_iter()
                .filter(|(power, _)| knowledge.ontology.actor(power).is_some())
                .collect();
            known.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            let powers = known.into_iter().take(POWERS).map(|(power, _)| power).collect();
            let dates = dates.get(document).copied().flatten().map(|d| (d, d));
            (document.to_owned(), Setting { powers, dates })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting(powers: &[&str], date: &str) -> Setting {
        let date = date.parse().unwrap();
        let powers = powers.iter().map(|p| (*p).to_owned()).collect();
        Setting { powers, dates: Some((date, date)) }
    }

    #[test]
    fn another_war_is_another_setting() {
        let ukraine = setting(&["russia", "ukraine", "united-states"], "2025-03-19");
        let gaza = setting(&["hamas", "israel", "united-states"], "2025-03-19");
        assert!(!ukraine.fits(&gaza));
        assert!(ukraine.fits(&setting(&["russia", "united-states"], "2025-03-20")));
    }

    #[test]
    fn a_year_later_is_another_setting() {
        let then = setting(&["russia", "ukraine"], "2025-03-19");
        assert!(!then.fits(&setting(&["russia", "ukraine"], "2026-03-19")));
    }
}
